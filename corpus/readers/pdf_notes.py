"""Footnotes at the ends of pages: small type below the text, each beginning with its mark."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from corpus.readers.pdf_lines import SMALLER, Line

_NUMBER = re.compile(r"(\d{1,3}|[*∗†‡§]{1,3})\s*(?=\S)")


@dataclass(frozen=True)
class PageNote:
    """A note at the end of a page, as lines."""

    mark: str
    lines: tuple[Line, ...]
    page: int


def body_size(pages: Sequence[Sequence[Line]]) -> float:
    """The size that most characters are set in."""
    sizes: Counter[float] = Counter()
    for lines in pages:
        for line in lines:
            sizes[round(line.size * 2) / 2] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def part_notes(pages: Sequence[Sequence[Line]], size: float) -> tuple[list[Line], list[PageNote]]:
    """The lines of the text in reading order, and the notes; one that runs over a page is one.

    ``pages`` holds the lines of each page in reading order; notes end a column, or the page below its columns.
    """
    kept: list[Line] = []
    notes: list[PageNote] = []
    for number, page in enumerate(pages):
        for _, group in groupby(page, key=lambda line: line.column):
            lines = list(group)
            end = len(lines)
            while end and lines[end - 1].size < SMALLER * size:
                end -= 1
            found, ahead = _split(lines[end:], number, last=_last_number(notes))
            if ahead and notes and notes[-1].page >= number - 1:
                notes[-1] = replace(notes[-1], lines=notes[-1].lines + tuple(ahead), page=number)
                ahead = []
            notes += found
            kept += lines[:end] + ahead
    return kept, notes


def _last_number(notes: Sequence[PageNote]) -> int:
    return next((int(note.mark) for note in reversed(notes) if note.mark.isdigit()), 0)


def _split(lines: Sequence[Line], page: int, last: int) -> tuple[list[PageNote], list[Line]]:
    """The notes of a block of small lines, and the lines before the first of them."""
    notes: list[PageNote] = []
    ahead: list[Line] = []
    for line in lines:
        mark, rest = line.lead, line
        if not mark and (found := _NUMBER.match(line.text)):
            number = int(found[1]) if found[1].isdigit() else None
            # Notes are numbered on; a year or an amount at a line's beginning is no mark.
            if number is None or number == last + 1 or (number == 1 and not notes):
                mark, rest = found[1], _after(line, found.end())
        if mark:
            last = int(mark) if mark.isdigit() else last
            notes.append(PageNote(mark, (rest,), page))
        elif notes:
            notes[-1] = replace(notes[-1], lines=(*notes[-1].lines, line))
        else:
            ahead.append(line)
    return notes, ahead


def _after(line: Line, at: int) -> Line:
    """A line without its first characters."""
    runs = list(line.runs)
    while runs and at >= len(runs[0].text):
        at -= len(runs[0].text) + 1
        runs.pop(0)
    if runs and at > 0:
        runs[0] = replace(runs[0], text=runs[0].text[at:].lstrip())
    return replace(line, runs=tuple(runs) or line.runs[-1:])
