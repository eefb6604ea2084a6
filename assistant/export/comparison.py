"""A comparison of two documents as a paper: what each is worth, what corresponds side by side, what matters of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date

from assistant.alignment.records import Comparison, Pair
from assistant.alignment.words import CHANGE_NAMES, MOVED, said, summary
from assistant.answer import Citation, DocumentRef
from assistant.citations import is_official
from assistant.citing import OFFICIAL, UNOFFICIAL
from assistant.export.content import Columns, Kind, Mark, Paper, Paragraph, Run
from assistant.export.sources import Sources
from assistant.export.strings import ComparisonStrings, comparison_strings, strings
from corpus.anchors import covers, label, labels, standing_at
from corpus.records import Bilingual, Document, Language, Unit

Block = Paragraph | Columns


def comparison_paper(comparison: Comparison, reader: Language, at: date) -> Paper:
    """A comparison as a paper: the two texts and their standing, every pair side by side, the words that moved marked.

    Args:
        comparison: what is written.
        reader: the language of headings, labels and notes; the texts keep their own.
        at: the day of the paper.
    """
    return _Writer(comparison, reader).paper(at)


@dataclass(frozen=True)
class _Writer:
    comparison: Comparison
    reader: Language

    @property
    def words(self) -> ComparisonStrings:
        return comparison_strings(self.reader)

    @property
    def sources(self) -> Sources:
        return Sources(self.reader, {document.doc_id: document for document in self._documents})

    @property
    def _documents(self) -> tuple[Document, Document]:
        return self.comparison.a, self.comparison.b

    def paper(self, at: date) -> Paper:
        shown = [pair for pair in self.comparison.pairs if not self.comparison.is_beside(pair)]
        beside = [pair for pair in self.comparison.pairs if self.comparison.is_beside(pair)]
        blocks: list[Block] = [
            self._plain("title", self.words.title),
            self._plain("date", format_date(at, strings(self.reader).date, locale=self.reader)),
            Columns(tuple(self._head(document) for document in self._documents)),
            self._plain("body", summary(self.comparison, self.reader)),
            self._plain("remark", self.words.marks),
            self._plain("remark", self.words.made),
        ]
        for pair in shown:
            blocks += self._pair(pair)
        if beside:
            blocks.append(self._plain("heading", self.words.beside))
            blocks += self._beside(beside)
        return Paper(self.words.title, self.reader, at, tuple(blocks))

    def _head(self, document: Document) -> tuple[Paragraph, ...]:
        status = (OFFICIAL if is_official(document, self.comparison.language) else UNOFFICIAL).get(self.reader)
        notes = [note.get(self.reader) for note in standing_of(self.comparison, document)]
        return (
            self._plain("label", _capital(document.title(self.reader))),
            self._plain("remark", f"{self._symbol(document)}{self.words.gap}{status}"),
            *(self._plain("remark", note) for note in notes),
        )

    def _pair(self, pair: Pair) -> Iterator[Block]:
        yield self._plain("subheading", pair_heading(self.comparison, pair, self.reader))
        if pair.change == "same":
            # The same words twice help nobody; which they are, the second text says.
            yield self._text(pair.b[0], (), "body", "")
        elif pair.a and pair.b:
            # Small type, for two texts beside each other take the room of four.
            yield Columns((self._side(pair, pair.a, "remark", "gone"), self._side(pair, pair.b, "remark", "come")))
        else:
            yield from self._side(pair, pair.a or pair.b, "body", "")
        yield from (self._plain("item", said(shift, self.reader)) for shift in pair.shifts)

    def _side(self, pair: Pair, anchor_ids: Sequence[str], kind: Kind, mark: Mark) -> tuple[Paragraph, ...]:
        return tuple(self._text(each, pair.changed.get(each, ()), kind, mark) for each in anchor_ids)

    def _symbol(self, document: Document) -> str:
        if document.symbol is None:
            return self.words.no_symbol
        written = strings(self.reader).symbol_inferred
        return document.symbol if document.symbol_status == "confirmed" else written.format(symbol=document.symbol)

    def _text(self, anchor_id: str, spans: Sequence[tuple[int, int]], kind: Kind, mark: Mark) -> Paragraph:
        unit = self.comparison.units[anchor_id]
        runs: list[Run] = []
        end = 0
        for start, last in spans:
            runs += [Run(unit.text[end:start], unit.language), Run(unit.text[start:last], unit.language, mark)]
            end = last
        runs.append(Run(unit.text[end:], unit.language))
        footnote = self.sources.footnote([self._citation(unit)], unit.text)
        return Paragraph(kind, (*(run for run in runs if run.text), footnote))

    def _citation(self, unit: Unit) -> Citation:
        document = next(each for each in self._documents if each.doc_id == unit.doc_id)
        return Citation(
            1, unit.anchor_id, unit.language, label(unit.anchor, self.reader), unit.text, 0, len(unit.text), unit.text,
            DocumentRef(document.doc_id, document.title(self.reader), document.short_title(self.reader),
                        document.symbol, document.symbol_status),
            tuple(note.get(self.reader) for note in standing_at(document, unit.anchor)),
            is_official(document, unit.language), 1.0,
        )  # fmt: skip

    def _beside(self, pairs: Sequence[Pair]) -> Iterator[Block]:
        """What is not compared point by point, only named: by document, as a range."""
        for document in self._documents:
            units = [self.comparison.units[each] for pair in pairs for each in (*pair.a, *pair.b)]
            anchors = [unit.anchor for unit in units if unit.doc_id == document.doc_id]
            if anchors:
                title = _capital(document.short_title(self.reader))
                yield self._plain("item", self.words.named.format(document=title, labels=labels(anchors, self.reader)))

    def _plain(self, kind: Kind, text: str) -> Paragraph:
        return Paragraph(kind, (Run(text, self.reader),))


def pair_heading(comparison: Comparison, pair: Pair, reader: Language) -> str:
    """The labels of a pair and what became of it: 讨论要点24 → 讨论要点34至35：拆分."""
    words = comparison_strings(reader)
    name = CHANGE_NAMES[pair.change].get(reader)
    if pair.moved:
        name += words.comma + MOVED.get(reader)
    sides = [labels([comparison.units[each].anchor for each in side], reader) for side in (pair.a, pair.b) if side]
    return words.heading.format(labels=_capital(" → ".join(sides)), change=name)


def standing_of(comparison: Comparison, document: Document) -> tuple[Bilingual, ...]:
    """What the text of a document is worth as far as its points are compared; all that is known where no note fits."""
    shown = [each for pair in comparison.pairs if not comparison.is_beside(pair) for each in (*pair.a, *pair.b)]
    anchors = [unit.anchor for each in shown if (unit := comparison.units[each]).doc_id == document.doc_id]
    fitting = [note for note in document.standing if any(covers(note.covers, anchor) for anchor in anchors)]
    return tuple(note.text for note in fitting or document.standing)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
