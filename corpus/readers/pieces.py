"""Line breaks inside a paragraph, and tables that only place lines on a title page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.parse.patterns import DISCUSSION_POINT, LETTERED, NUMBERED, ends_as_prose
from corpus.readers.masthead import is_masthead_line
from corpus.readers.paragraphs import Paragraph

_LABEL = re.compile("|".join(p.pattern for p in (NUMBERED, LETTERED, DISCUSSION_POINT)))


def pieces_of(paragraph: Paragraph) -> Iterator[Paragraph]:
    """A paragraph with breaks in it as the paragraphs one sees: lists and mastheads apart, wrapped lines joined."""
    lines = paragraph.text.split("\n")
    if len(lines) == 1:
        yield paragraph
        return
    apart = any(is_masthead_line(line) for line in lines if line.strip())
    start = at = 0
    for index, line in enumerate(lines):
        end = at + len(line)
        following = lines[index + 1] if index + 1 < len(lines) else None
        if following is None or apart or ends_as_prose(line.strip()) or _LABEL.match(following.strip()):
            yield _part(paragraph, start, end)
            start = end + 1
        at = end + 1


def _part(paragraph: Paragraph, start: int, end: int) -> Paragraph:
    notes = tuple(replace(n, at=n.at - start) for n in paragraph.notes if start <= n.at <= end)
    return replace(paragraph, text=paragraph.text[start:end].replace("\n", " "), notes=notes)


def title_table(cells: Sequence[Sequence[str]]) -> bool:
    """Whether a table only places the lines of a masthead: some of its lines are of one, and none is a paragraph."""
    lines = [line for cell in cells for line in cell if line.strip()]
    return any(is_masthead_line(line) for line in lines) and not any(len(line) > 200 for line in lines)
