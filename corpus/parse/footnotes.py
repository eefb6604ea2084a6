"""Footnotes, taken out of the lines of text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.parse.blocks import Line
from corpus.parse.traced import Traced, join_lines

_RULE = re.compile(r"_{5,}")
_NOTE = re.compile(r"(\d{1,3})\s+(?=\S)")
_STAR_NOTE = re.compile(r"([*∗])\s+(?=\S)")


@dataclass(frozen=True)
class Note:
    """A footnote as it stood: its mark, its text, and the span of source offsets of the page it belongs to."""

    mark: Traced
    text: Traced
    page_start: int
    page_end: int


def take_notes(lines: list[Line]) -> tuple[list[Line], list[Note], list[Traced]]:
    """Parts the lines of text from the footnotes.

    A rule opens a block of notes; it ends at the line that a page break begins with a space and no note number. A rule
    may have no notes under it.

    Returns:
        The lines of text, the notes, and the rules.
    """
    kept: list[Line] = []
    notes: list[Note] = []
    rules: list[Traced] = []
    in_notes, page_start, page_end, last_number = False, 0, 0, 0
    for line in lines:
        if _RULE.fullmatch(line.text.text):
            rules.append(line.text)
            in_notes, page_start, page_end = True, page_end, line.text.origin[0]
            continue
        if in_notes:
            match = _NOTE.match(line.text.text)
            if match and int(match[1]) == last_number + 1:
                last_number += 1
                mark, text = line.text[: match.end(1)], line.text[match.end() :]
                notes.append(Note(mark, text, page_start, page_end))
                continue
            if not line.starts_with_space and notes and notes[-1].page_end == page_end:
                last = notes.pop()
                notes.append(Note(last.mark, join_lines(last.text, line.text), last.page_start, last.page_end))
                continue
            in_notes = False
        star = _STAR_NOTE.match(line.text.text)
        if star:
            notes.append(Note(line.text[: star.end(1)], line.text[star.end() :], 0, line.text.origin[0]))
            continue
        kept.append(line)
    return kept, notes, rules
