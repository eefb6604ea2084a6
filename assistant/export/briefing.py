"""A briefing note as a paper: its sections under headings, quotes with footnotes, texts side by side, the sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from babel.dates import format_date

from assistant.answer import Citation
from assistant.briefing.records import Line, Note, Section, SectionKey
from assistant.briefing.strings import ANSWER_AT, MODEL_MARK, MODEL_MARKED, NO_STANDING, SOURCE_HEADS
from assistant.export.content import Block, Columns, Inline, Kind, Mark, Paper, Paragraph, Run, Table
from assistant.export.sources import Sources
from assistant.export.strings import strings
from assistant.schedule import read_out
from corpus.anchors import split_anchor_id, standing_at
from corpus.records import Document

#: What is left to be written on.
BLANK = "_" * 36


@dataclass(frozen=True)
class Piece:
    """A block of the paper with the section and the lines that it shows; no lines for title and headings."""

    block: Block
    section: SectionKey | None = None
    lines: tuple[Line, ...] = ()


def note_paper(note: Note, documents: Mapping[str, Document], at: date) -> Paper:
    """A note as a paper.

    Args:
        note: what is written, in its own language.
        documents: by id, at least those that the note cites.
        at: the day of the paper.

    Raises:
        UnknownDocumentError: a document that is cited is not among ``documents``.
    """
    blocks = tuple(piece.block for piece in note_pieces(note, documents, at))
    return Paper(note.title, note.language, at, blocks)


def note_pieces(note: Note, documents: Mapping[str, Document], at: date) -> tuple[Piece, ...]:
    """The blocks of a note's paper, each with what it shows, see :func:`note_paper`."""
    return tuple(_Writer(note, Sources(note.language, documents)).pieces(at))


@dataclass(frozen=True)
class _Writer:
    note: Note
    sources: Sources

    def pieces(self, at: date) -> Iterator[Piece]:
        words = strings(self.note.language)
        yield Piece(self._plain("title", self.note.title))
        yield Piece(self._plain("date", format_date(at, words.date, locale=self.note.language)))
        if not self.note.nothing:
            yield Piece(self._plain("remark", words.verbatim))
        if any(line.kind == "polished" for section in self.note.sections for line in section.lines):
            yield Piece(self._plain("remark", MODEL_MARKED.get(self.note.language)))
        for section in self.note.sections:
            yield Piece(self._plain("heading", section.heading), section.key)
            yield from self._table(section) if section.key == "sources" else self._section(section)

    def _section(self, section: Section) -> Iterator[Piece]:
        for beside, group in groupby(section.lines, key=lambda line: line.beside):
            lines = list(group)
            if beside:
                yield from self._beside(section.key, lines)
            else:
                yield from (Piece(self._line(line), section.key, (line,)) for line in lines)

    def _line(self, line: Line) -> Paragraph:
        cited = self._cited(line)
        if line.kind == "label":
            return self._plain("subheading", line.text)
        if line.kind == "blank":
            return self._plain("body", BLANK)
        if line.kind == "question":
            where = self.sources.words.list_stop.join(map(self.sources.name, cited))
            return self._plain("item", line.text + ANSWER_AT.get(self.note.language).format(where=where))
        if line.kind == "quote":
            return self._quotation("item", line, cited)
        if line.kind == "polished":
            mark = Run(MODEL_MARK.get(self.note.language), self.note.language, "model")
            return Paragraph("item", (Run(line.text, line.language), mark, self.sources.footnote(cited, line.text)))
        footnote = (self.sources.footnote(cited, line.text),) if cited and line.kind == "standing" else ()
        kind: Kind = "body" if line.kind == "fixed" else "item"
        return Paragraph(kind, (Run(line.text, line.language), *footnote))

    def _quotation(self, kind: Kind, line: Line, cited: Sequence[Citation], mark: Mark = "") -> Paragraph:
        """A quote with its footnote; a row of a table of work is read out."""
        shown = read_out(line.text, line.language)
        words: tuple[Inline, ...] = (Run(shown, line.language),)
        if shown == line.text:
            opening, _, closing = self.sources.quotation(line.text, line.language)
            words = (opening, *marked(line, mark), closing)
        return Paragraph(kind, (*words, self.sources.footnote(cited, line.text)))

    def _beside(self, key: SectionKey, lines: Sequence[Line]) -> Iterator[Piece]:
        """Two texts in columns, under what became of the point, and over the changes that matter."""
        quotes = [line for line in lines if line.kind == "quote"]
        others = [line for line in lines if line.kind != "quote"]
        yield from (Piece(self._plain("label", line.text), key, (line,)) for line in others[:1])
        sides: dict[str, list[Line]] = {}
        for line in quotes:
            sides.setdefault(self._cited(line)[0].document.id, []).append(line)
        marks: tuple[Mark, ...] = ("gone", "come")
        columns = tuple(
            tuple(self._quotation("body", line, self._cited(line), mark) for line in side)
            for side, mark in zip(sides.values(), marks, strict=False)
        )
        if len(columns) > 1:
            yield Piece(Columns(columns), key, tuple(quotes))
        else:
            yield from (Piece(paragraph, key, tuple(quotes)) for side in columns for paragraph in side)
        yield from (Piece(self._plain("item", line.text), key, (line,)) for line in others[1:])

    def _table(self, section: Section) -> Iterator[Piece]:
        language = self.note.language
        head = tuple(self._plain("cell", name.get(language)) for name in SOURCE_HEADS)
        rows = []
        for line in section.lines:
            citation = self._cited(line)[0]
            notes = standing_at(self.sources.document(citation), split_anchor_id(citation.anchor)[1])
            said = strings(language).gap.join(note.get(language) for note in notes) or NO_STANDING.get(language)
            rows.append((self._plain("cell", line.text), self._plain("cell", said)))
        yield Piece(Table(head, tuple(rows)), section.key, section.lines)

    def _cited(self, line: Line) -> list[Citation]:
        return [self.note.citations[n - 1] for n in line.citations]

    def _plain(self, kind: Kind, text: str) -> Paragraph:
        return Paragraph(kind, (Run(text, self.note.language),))


def marked(line: Line, mark: Mark) -> list[Run]:
    """A text as runs, those that changed marked."""
    runs: list[Run] = []
    end = 0
    for start, last in line.changed:
        runs += [Run(line.text[end:start], line.language), Run(line.text[start:last], line.language, mark)]
        end = last
    runs.append(Run(line.text[end:], line.language))
    return [run for run in runs if run.text]
