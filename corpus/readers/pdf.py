"""A PDF becomes paragraphs: lines by where they stand, furniture out, notes at their marks, soft wraps rejoined."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from corpus.parse.patterns import (
    CHAPTER,
    DISCUSSION_POINT,
    LETTERED,
    NUMBERED,
    NUMBERED_OR_YEAR,
    SECTION,
    ends_as_prose,
)
from corpus.parse.resolution import SPEAKER
from corpus.readers import refusals
from corpus.readers.characters import without_bullet
from corpus.readers.left_out import Omissions
from corpus.readers.masthead import is_masthead_line
from corpus.readers.paragraphs import Extract, Note, Paragraph
from corpus.readers.pdf_furniture import part_furniture
from corpus.readers.pdf_join import Joiner
from corpus.readers.pdf_lines import Line, gutter_of, lines_across, lines_in_order
from corpus.readers.pdf_notes import PageNote, body_size, part_notes
from corpus.readers.pdf_tables import is_labelled, is_masthead, table_at
from corpus.readers.pdf_text import read_pages
from corpus.readers.text import REFERS_ON

_LABEL = re.compile("|".join(p.pattern for p in (NUMBERED, LETTERED, DISCUSSION_POINT, CHAPTER, SECTION)))
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_STAR = re.compile(r"[*∗]")
# What begins a paragraph of a preamble, where the last one filled its line at a page's end.
_OPENING = re.compile(
    r"[A-Z][a-z]+(?:ing|ed|ly)\b|Aware|Mindful|Conscious"
    r"|[又还并]?(?:回顾|重申|注意到|认识到|意识到|赞赏|关切|深为|深信|铭记|欢迎|强调|考虑到|承认|感到)"
)
# Lines stand further apart than this many usual pitches where a paragraph ends.
_PARAGRAPH_GAP = 1.25
# Of the first page's height, where its masthead ends.
_TOP = 0.88
# Characters that a paragraph is read back to tell whether it is over.
_TAIL = 80
_TITLE_END = re.compile(r"(?:，|、|和|及其|及|与|或|的|：|,| and| of| the| for| in| on| to|:)$")
_BRACKETS = (("《", "》"), ("（", "）"), ("“", "”"), ("(", ")"))


def read_pdf(data: bytes, name: str) -> Extract:
    """The paragraphs of a PDF in reading order.

    Raises:
        SourceError: it cannot be read, or has no text.
    """
    pages = read_pages(data, name)
    lines = [lines_across(page.segments, number) for number, page in enumerate(pages)]
    if not any(lines):
        raise refusals.no_text(name, "PDF")
    omitted = Omissions(blank_pages=sum(not page for page in lines))
    kept, furniture = part_furniture(lines, [page.height for page in pages])
    omitted.running = len(furniture)
    size = body_size(kept)
    segments = [[s for line in page for s in line.segments] for page in kept]
    # Beside a first page's emblem stands its symbol, whatever the columns below.
    top = _TOP * pages[0].height
    across = frozenset(s for line in kept[0] if line.base > top and is_masthead(line) for s in line.segments)
    gutters = gutter_of(segments, size)
    ordered = [
        lines_in_order(page, number, gutter, across)
        for number, (page, gutter) in enumerate(zip(segments, gutters, strict=True))
    ]
    body, notes = part_notes(ordered, size)
    joiner = Joiner(line.text for line in body)
    drafts = _Drafts(body, joiner).drafts()
    paragraphs, loose = _with_notes(drafts, notes, joiner)
    return Extract(tuple(paragraphs), tuple(furniture), omitted.in_words(), pages=len(pages), loose=tuple(loose))


@dataclass
class _Draft:
    """A paragraph as it grows: its text, its marks, its first and last line."""

    text: str = ""
    marks: list[tuple[int, str, int]] = field(default_factory=list)
    cells: tuple[tuple[str, ...], ...] = ()
    lines: list[Line] = field(default_factory=list)


class _Drafts:
    """Goes through the lines and tells where paragraphs begin."""

    def __init__(self, lines: Sequence[Line], joiner: Joiner) -> None:
        self._lines, self._joiner = lines, joiner
        gaps = [
            a.base - b.base
            for a, b in pairwise(lines)
            if a.page == b.page and a.column == b.column and 0 < a.base - b.base < 3 * a.size
        ]
        # Most lines are wrapped ones, which stand as close as lines do.
        self._pitch = sorted(gaps)[len(gaps) // 3] if gaps else 12.0
        self._preamble = any(SPEAKER.match(f"{a.text} {b.text}") for a, b in pairwise(lines))
        self._right: dict[tuple[int, int], float] = {}
        self._left: dict[tuple[int, int], float] = {}
        for column in {line.column for line in lines}:
            of_column = [line for line in lines if line.column == column]
            edges = sorted(line.x1 for line in of_column)
            for parity in (0, 1):
                same = [line for line in of_column if line.page % 2 == parity]
                edges = sorted(line.x1 for line in same) or edges
                self._right[column, parity] = edges[int(len(edges) * 0.98)] if len(edges) > 1 else edges[0]
                starts = [round(line.x0) for line in same]
                self._left[column, parity] = float(max(set(starts), key=starts.count)) if starts else 0.0

    def drafts(self) -> list[_Draft]:
        drafts: list[_Draft] = []
        index = 0
        while index < len(self._lines):
            line = self._lines[index]
            table = table_at(self._lines, index, self._pitch)
            if table is not None:
                end, rows = table
                for row in rows:
                    cells = tuple((self._joined(cell),) for cell in row.lines())
                    drafts.append(_Draft(cells=cells, lines=[self._lines[end - 1]]))
                index = end
                continue
            if is_masthead(line):
                drafts += [_Draft(run.text) for run in line.runs]
            elif drafts and drafts[-1].lines and not drafts[-1].cells and not self._begins(drafts[-1], line):
                self._add(drafts[-1], line)
            else:
                drafts.append(_Draft())
                self._add(drafts[-1], line)
            index += 1
        return drafts

    def _joined(self, lines: Sequence[str]) -> str:
        text = lines[0]
        for line in lines[1:]:
            text = self._joiner.join(text, line)
        return text

    def _add(self, draft: _Draft, line: Line) -> None:
        text = line.text
        joined = self._joiner.join(draft.text, text) if draft.text else text
        shift = len(joined) - len(text)
        draft.marks += [(shift + at, mark, line.page) for at, mark in line.marks]
        draft.text = joined
        draft.lines.append(line)

    def _begins(self, draft: _Draft, line: Line) -> bool:
        """Whether a line begins a paragraph rather than going on with the one before."""
        last, tail = draft.lines[-1], draft.text[-_TAIL:]
        apart = last.page != line.page or last.column != line.column
        labelled = _is_label(line.text, tail) and not REFERS_ON.search(tail)
        if line.page == 0 and (is_masthead_line(line.text) or is_masthead_line(last.text)):
            return True
        if abs(line.size - last.size) > 0.08 * last.size:
            return True
        if line.bold != last.bold and not _mixed(draft, line):
            return True
        if apart and line.text[:1].islower() and not ends_as_prose(tail):
            return False
        if apart and self._preamble and draft.text.endswith((",", "，")) and _OPENING.match(line.text):
            return True
        if apart:
            return labelled or ends_as_prose(tail) or self._indented(line) or self._room(last, line)
        if last.base - line.base > _PARAGRAPH_GAP * self._pitch or line.base > last.base:
            return True
        # A letter may begin a line in the middle of a list that runs on: "…; (b) the other".
        numbered = LETTERED.match(line.text) is None and ends_as_prose(tail)
        if labelled and (is_labelled(line) or numbered or self._room(last, line)):
            return True
        if _title(draft):
            return not _unfinished(draft.text) and self._room(last, line) and not self._centred(last, line)
        if self._room(last, line):
            return True
        return self._indented(line) and not self._hangs(draft, line)

    def _room(self, last: Line, line: Line) -> bool:
        """Whether the first word of a line would have fitted on the one before: the break was meant."""
        right = self._right[last.column, last.page % 2]
        text = line.text
        word = re.match(r"[\u2e80-\uffef]{1,3}|\S+", text)
        wide = (line.x1 - line.x0) * len(word[0]) / max(len(text), 1) if word else 0.0
        return right - last.x1 > wide + 1.6 * last.size

    def _indented(self, line: Line) -> bool:
        return line.x0 > self._left[line.column, line.page % 2] + 0.8 * line.size

    def _hangs(self, draft: _Draft, line: Line) -> bool:
        """Whether the lines of this paragraph are all set in, as those of a list item are."""
        first = draft.lines[0]
        if len(draft.lines) > 1:
            return abs(draft.lines[-1].x0 - line.x0) < line.size
        return len(first.runs) > 1 or first.x0 >= line.x0 - line.size

    def _centred(self, last: Line, line: Line) -> bool:
        return abs((last.x0 + last.x1) - (line.x0 + line.x1)) < 4.0 and abs(last.x0 - line.x0) > 4.0


def _is_label(text: str, before: str) -> bool:
    """Whether a line begins with the number of a paragraph or the like; where a sentence goes on, a year is none."""
    return bool(_LABEL.match(text) or (NUMBERED_OR_YEAR.match(text) and ends_as_prose(before)))


def _mixed(draft: _Draft, line: Line) -> bool:
    """Whether a paragraph only begins or ends in bold: its line is no title, for it runs on in the other type."""
    return len(draft.text) > 120 or (not ends_as_prose(draft.text[-_TAIL:]) and line.text[:1].islower())


def _title(draft: _Draft) -> bool:
    return len(draft.text) < 240 and not ends_as_prose(draft.text) and all(line.bold for line in draft.lines)


def _unfinished(text: str) -> bool:
    return bool(_TITLE_END.search(text)) or any(text.count(a) > text.count(b) for a, b in _BRACKETS)


def _with_notes(
    drafts: Sequence[_Draft], notes: Sequence[PageNote], joiner: Joiner
) -> tuple[list[Paragraph], list[Note]]:
    """Paragraphs with the notes their marks call; a raised number that calls none is one of the text's own."""
    waiting = {(note.page, note.mark): note for note in notes}

    # A note may stand on the page after its mark, or have begun on the page before its end.
    def called(page: int, mark: str) -> PageNote | None:
        for near in (page, page + 1):
            if (near, mark) in waiting:
                return waiting.pop((near, mark))
        return None

    paragraphs = []
    for draft in drafts:
        text, found, put_back = draft.text, [], 0
        for at, mark, page in sorted(draft.marks):
            at += put_back
            note = called(page, mark)
            if note is not None:
                found.append(Note(mark, _note_text(note, joiner), at))
            elif mark.isdigit():
                raised = mark.translate(_SUPERSCRIPTS)
                text, put_back = text[:at] + raised + text[at:], put_back + len(raised)
        for star in _STAR.finditer(text):
            note = called(draft.lines[0].page, "*") if draft.lines else None
            if note is not None:
                found.append(Note("*", _note_text(note, joiner), star.start()))
                text = text[: star.start()] + text[star.end() :]
                break
        paragraphs.append(Paragraph(without_bullet(text), notes=tuple(found), cells=draft.cells))
    return paragraphs, [Note(note.mark, _note_text(note, joiner), 0) for note in waiting.values()]


def _note_text(note: PageNote, joiner: Joiner) -> str:
    text = note.lines[0].text
    for line in note.lines[1:]:
        text = joiner.join(text, line.text)
    return text
