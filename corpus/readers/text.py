"""Plain text as its characters, and a delegate's text file as blocks with its footnotes placed."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from statistics import quantiles

from corpus.errors import SourceError
from corpus.parse.blocks import Block, Line, ends_mark_paragraphs, join_blocks
from corpus.parse.patterns import CHAPTER, DISCUSSION_POINT, LETTERED, NUMBERED, SECTION, ends_as_prose
from corpus.parse.traced import join_lines

# Columns of a text that is wrapped by hand or by a mail program; the lines of one that is not are as long as they are.
_WRAPPED_AT = (40, 130)
_FEWEST_WRAPPED = 3
_LABEL = re.compile("|".join(p.pattern for p in (NUMBERED, LETTERED, DISCUSSION_POINT, CHAPTER, SECTION)))
#: "… see paragraph" at a line's end: the number that begins the next line is no label.
REFERS_ON = re.compile(
    r"(?:\b(?:paragraphs?|paras?\.?|articles?|arts?\.?|resolutions?|decisions?|sections?|items?|chapters?|annex|table"
    r"|figure|nos?\.?|and|to|of|[-–,/])|第|和|至|、|项目)\s*$",
    re.IGNORECASE,
)


def read_text(data: bytes, name: str) -> str:
    """The characters of a UTF-8 file, with or without a byte order mark; line ends are left as they are.

    Raises:
        SourceError: the file is empty or not UTF-8.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SourceError(
            f"{name} is not UTF-8 text (byte {error.start})", "UTF-8 text", "save the file as UTF-8 and try again"
        ) from error
    if not text.strip():
        raise SourceError(f"{name} has no text in it", "at least one paragraph", "check that the right file was saved")
    return text


def blocks_of_lines(lines: list[Line]) -> list[Block]:
    """The blocks of a text whose footnotes are out: its paragraphs end by trailing spaces, blank lines or each line."""
    if ends_mark_paragraphs(lines):
        return join_blocks(lines, by_trailing_space=True)
    width = _wrapped_at(lines)
    if width is None:
        return join_blocks(lines, by_trailing_space=False)
    blocks: list[Block] = []
    last: Line | None = None
    for line in lines:
        if last is not None and _runs_on(last, line, blocks[-1].string, width):
            blocks[-1] = Block(join_lines(blocks[-1].text, line.text), blocks[-1].line)
        else:
            blocks.append(Block(line.text, line.number))
        last = line
    return blocks


def columns(text: str) -> int:
    """How wide a line is in columns of a fixed pitch: an ideograph takes two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _wrapped_at(lines: list[Line]) -> float | None:
    """The column that a text's lines are wrapped at; None where each line is a paragraph."""
    inner = [
        columns(line.text.text)
        for line, following in pairwise(lines)
        if following.number == line.number + 1 and not ends_as_prose(line.text.text)
    ]
    if len(inner) < _FEWEST_WRAPPED or len(inner) * 4 < len(lines):
        return None
    width = quantiles(inner, n=20)[-1]
    # A few lines are no proof unless all are full.
    needed = 0.6 if len(inner) > 3 * _FEWEST_WRAPPED else 1.0
    full = sum(0.75 * width <= columns_ <= 1.1 * width for columns_ in inner)
    return width if _WRAPPED_AT[0] <= width <= _WRAPPED_AT[1] and full >= needed * len(inner) else None


def _runs_on(last: Line, line: Line, before: str, width: float) -> bool:
    if line.number != last.number + 1 or columns(last.text.text) < 0.6 * width:
        return False
    return bool(REFERS_ON.search(before)) or not _LABEL.match(line.text.text)
