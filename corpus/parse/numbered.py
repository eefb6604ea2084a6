"""Reports, background papers and summaries: numbered paragraphs and discussion points under headings.

Paragraph numbers rise by one through the document, from 1 unless it begins midway; a number that breaks the sequence is
a heading or a list item, unless the paragraphs after it go on from it: then what was between them was lost.
Discussion points have a sequence of their own; they stand inside a paragraph's chapter and leave its numbers alone.
Rows of tables are units of their own without a number; in an annex numbering starts anew.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.parse.annexes import Annexes
from corpus.parse.blocks import Block
from corpus.parse.builder import Builder
from corpus.parse.patterns import (
    CHAPTER,
    DISCUSSION_POINT,
    LETTERED,
    NUMBERED,
    NUMBERED_OR_YEAR,
    SECTION,
    ends_as_prose,
)
from corpus.parse.traced import Traced

# A paragraph cut by a page break can lack its full stop, but no numbered heading seen is as long as 60 characters in
# Chinese or 120 in English.
_LONGEST_NUMBERED_HEADING = {"zh": 60, "en": 120}
#: So many numbers in a row may be lost, and so many must follow one another for the rest to be taken up again.
LOST, _TAKEN_UP = 3, 3


def parse_numbered(blocks: list[Block], builder: Builder) -> None:
    """Feeds the blocks of a numbered document to the builder."""
    paragraph, point, in_body, annexes = first_number(blocks) - 1, 0, False, Annexes()
    # A year that begins a line stands in no one's way, and where three follow one another they are no years.
    goes_on = _taken_up(blocks, NUMBERED) | _taken_up(blocks, NUMBERED_OR_YEAR)
    for at, block in enumerate(blocks):
        text, string = block.text, block.string
        numbered = NUMBERED.match(string) or _year_that_follows(string, paragraph, at in goes_on)
        pointed = DISCUSSION_POINT.fullmatch(string)
        heading = block.level or _heading_level(string)
        if in_body and annexes.opens(block):
            builder.heading(1, text)
        elif annexes.inside and not heading:
            annexes.add(block, builder)
        elif block.row:
            builder.open_unnumbered(text)
            in_body = True
        elif pointed and int(pointed[1]) == point + 1:
            point += 1
            builder.take("number", text)
            builder.open("discussion_point", f"dp{point}", str(point), text[:0])
            in_body = True
        elif (
            numbered
            and not annexes.inside
            and 0 < int(numbered[1]) - paragraph <= (LOST + 1 if in_body and at in goes_on else 1)
            and not (heading and len(string) < _LONGEST_NUMBERED_HEADING[builder.language])
        ):
            paragraph = int(numbered[1])
            builder.take("number", text[: numbered.end()])
            builder.open("paragraph", f"p{paragraph}", str(paragraph), text[numbered.end() :])
            in_body = True
        elif in_body and builder.open_text == "":
            builder.add(text, new_line=False)
        elif heading and (block.level or heading < 4 or (in_body and ends_as_prose(builder.open_text or ""))):
            builder.heading(heading, text)
            in_body = True
        elif builder.open_kind == "unnumbered":
            builder.open_unnumbered(text)
        else:
            _add_or_begin(builder, text, string, in_body, bool(numbered))


def _taken_up(blocks: Sequence[Block], pattern: re.Pattern[str]) -> set[int]:
    """The places of paragraphs whose numbers those after them go on from."""
    found = ((at, _paragraph_number(block.string, pattern)) for at, block in enumerate(blocks))
    numbers = [(at, int(match[1])) for at, match in found if match]
    return {
        at for (at, number), *after in zip(numbers, *(numbers[n:] for n in range(1, _TAKEN_UP)), strict=False)
        if [other for _, other in after] == [number + n for n in range(1, _TAKEN_UP)]
    }  # fmt: skip


def _year_that_follows(string: str, paragraph: int, goes_on: bool) -> re.Match[str] | None:
    """The number that a block begins with though it may be a year: the next one, or one that others go on from."""
    match = NUMBERED_OR_YEAR.match(string)
    return match if match and (goes_on or int(match[1]) == paragraph + 1) else None


def _paragraph_number(string: str, pattern: re.Pattern[str] = NUMBERED) -> re.Match[str] | None:
    return pattern.match(string) if ends_as_prose(string) else None


def first_number(blocks: Sequence[Block]) -> int:
    """The number of the first paragraph: 1, or where there is none of that number, the one that a document begins with.

    An extract begins midway; its second numbered paragraph follows its first.
    """
    numbers = [int(match[1]) for b in blocks if (match := _paragraph_number(b.string))]
    if 1 in numbers or len(numbers) < 2 or numbers[1] != numbers[0] + 1:
        return 1
    return numbers[0]


def _heading_level(string: str) -> int | None:
    """1 for a chapter, 2 for a lettered section, 3 for a numbered and 4 for an unnumbered heading; None for prose."""
    if ends_as_prose(string) or LETTERED.match(string):
        return None
    for level, pattern in ((1, CHAPTER), (2, SECTION), (3, NUMBERED)):
        if pattern.match(string):
            return level
    return 4


def _add_or_begin(builder: Builder, text: Traced, string: str, in_body: bool, numbered: bool) -> None:
    if not in_body:
        if builder.open_text is None:
            builder.open("head", "head", "", text)
        else:
            builder.add(text, new_line=True)
        return
    is_item = numbered or LETTERED.match(string) is not None
    builder.add(text, new_line=is_item or ends_as_prose(builder.open_text or ""))
