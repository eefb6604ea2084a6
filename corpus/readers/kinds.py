"""Which grammar a text follows, decided by the text itself, and which kind of document it says it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from corpus.parse.agenda import LIST, NOTES
from corpus.parse.blocks import Block
from corpus.parse.numbered import LOST, first_number
from corpus.parse.patterns import ANNEX, CHAPTER, DISCUSSION_POINT, LETTERED, NUMBERED, SECTION, ends_as_prose
from corpus.parse.resolution import SPEAKER
from corpus.readers.reading import Field

Grammar = Literal["agenda", "resolution", "numbered", "unnumbered"]

# A preamble opens within this many blocks, or the document holds a resolution and is none.
_OPENING = 40
_FEWEST_PARAGRAPHS = 3
# Of the text's characters, how much stands in numbered paragraphs and their lists: in the numbered seeds .97 and more.
_NUMBERED_SHARE = 0.4
_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("chair_summary", re.compile(r"主席的?总结|Chair(?:man|person)?[’']s summary", re.IGNORECASE)),
    (
        "background",
        re.compile(r"背景(?:文件|说明)|Background (?:paper|note)|Note by the Secretariat|秘书处的?说明", re.I),
    ),
    ("report", re.compile(r"报告|\bReport\b", re.IGNORECASE)),
)


def grammar_of(blocks: Sequence[Block]) -> Grammar:
    """The grammar that the text of these blocks follows."""
    strings = [block.string for block in blocks]
    if _is_resolution(strings):
        return "resolution"
    if any(LIST.fullmatch(s) for s in strings) and any(NOTES.fullmatch(s) for s in strings):
        return "agenda"
    points = sum(bool(DISCUSSION_POINT.fullmatch(s)) for s in strings)
    return "numbered" if points > 1 or _is_numbered(blocks) else "unnumbered"


def kind_of(grammar: Grammar, head: Sequence[str]) -> Field:
    """The kind of document by its grammar, else by the words of its head; ``other`` where neither says."""
    if grammar in ("agenda", "resolution"):
        return Field(grammar, "inferred", head[-1] if head else "")
    for kind, words in _KINDS:
        for line in head:
            if words.search(line):
                return Field(kind, "inferred", line)
    return Field("other", "inferred", head[0] if head else "")


def head_of(blocks: Sequence[Block], grammar: Grammar) -> list[str]:
    """The strings of the blocks before the text begins."""
    head: list[str] = []
    for block in blocks:
        string = block.string
        begins = block.row or (SPEAKER.fullmatch(string) if grammar == "resolution" else _begins(string))
        if begins or (grammar == "agenda" and LIST.fullmatch(string)):
            break
        head.append(string)
    return head


def _begins(string: str) -> bool:
    return bool(
        CHAPTER.match(string)
        or SECTION.match(string)
        or NUMBERED.match(string)
        or DISCUSSION_POINT.fullmatch(string)
        or (ends_as_prose(string) and len(string) > 30)
    )


def _is_resolution(strings: list[str]) -> bool:
    at = next((i for i, s in enumerate(strings[:_OPENING]) if SPEAKER.fullmatch(s)), None)
    if at is None:
        return False
    preamble = any(s.endswith((",", "，")) for s in strings[at + 1 : at + 4])
    return preamble and any(NUMBERED.match(s) and int(NUMBERED.match(s)[1]) == 1 for s in strings[at + 1 :])  # type: ignore[index]


def _is_numbered(blocks: Sequence[Block]) -> bool:
    number, paragraphs, inside, total, running = first_number(blocks) - 1, 0, 0, 0, False
    for block in blocks:
        numbered = NUMBERED.match(block.string)
        total += len(block.string)
        if paragraphs and ANNEX.fullmatch(block.string):
            # In an annex numbering starts anew.
            number, running = 0, False
        elif numbered and 0 < int(numbered[1]) - number <= LOST + 1 and ends_as_prose(block.string):
            number, paragraphs, running = int(numbered[1]), paragraphs + 1, True
            inside += len(block.string)
        elif running and (numbered or LETTERED.match(block.string)):
            inside += len(block.string)
        else:
            running = False
    return paragraphs >= _FEWEST_PARAGRAPHS and inside >= _NUMBERED_SHARE * total
