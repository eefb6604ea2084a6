"""Lines become blocks: a paragraph, heading, list item or table cell whole, its soft wraps and page breaks joined.

Two conventions of extracted text are known, told apart by counting. In one, a trailing space ends a paragraph and a
line without it is a soft wrap; blank lines mean nothing, and a page break shows as a line that begins with a space. In
the other, each line is a paragraph.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.parse.traced import Traced, join_lines

# Of the lines with text in the two conventions seen, 21-46% and 0% end with a space; a tenth parts them safely.
_TRAILING_SPACE_SHARE = 0.1
# A heading or title line that cannot be over yet: it ends with a joiner, or a bracket stands open (see _unfinished).
_JOINER = re.compile(r"(?:，|、|和|及其|及|与|或|的|,| and| of| the| for)$")
_BRACKETS = (("《", "》"), ("（", "）"), ("“", "”"), ("(", ")"))


@dataclass(frozen=True)
class Line:
    """A line with text: its number from 1, its characters without the ends, and what the ends said."""

    number: int
    text: Traced
    starts_with_space: bool
    ends_with_space: bool


@dataclass(frozen=True)
class Block:
    """A paragraph, heading, list item or table cell, joined.

    ``level`` is that of a heading which the file itself marks as one, 0 elsewhere; ``row`` marks a row of a table.
    """

    text: Traced
    line: int
    level: int = 0
    row: bool = False

    @property
    def string(self) -> str:
        return self.text.text


def read_lines(source: str) -> list[Line]:
    """The lines of a source that have text in them."""
    lines, start = [], 0
    for number, raw in enumerate(source.split("\n"), 1):
        body = raw.removesuffix("\r")
        if body.strip():
            text = Traced.at(body, start).strip()
            lines.append(Line(number, text, body[0].isspace(), body[-1].isspace()))
        start += len(raw) + 1
    return lines


def ends_mark_paragraphs(lines: list[Line]) -> bool:
    """Whether a trailing space ends a paragraph here (else each line is one)."""
    return sum(line.ends_with_space for line in lines) > _TRAILING_SPACE_SHARE * len(lines)


def join_blocks(lines: list[Line], by_trailing_space: bool) -> list[Block]:
    """The blocks of a text from its lines, footnotes already taken out."""
    blocks: list[Block] = []
    open_block: Traced | None = None
    first = 0
    for here, line in enumerate(lines):
        if open_block is None:
            open_block, first = line.text, line.number
        else:
            open_block = join_lines(open_block, line.text)
        following = lines[here + 1] if here + 1 < len(lines) else None
        wraps_on = following is not None and following.number == line.number + 1 and _unfinished(open_block.text)
        if not by_trailing_space or (line.ends_with_space and not wraps_on):
            blocks.append(Block(open_block, first))
            open_block = None
    if open_block is not None:
        blocks.append(Block(open_block, first))
    return blocks


def _unfinished(text: str) -> bool:
    return bool(_JOINER.search(text)) or any(text.count(opens) > text.count(closes) for opens, closes in _BRACKETS)
