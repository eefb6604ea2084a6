"""Annexes, in which numbering starts anew: each numbered paragraph has an anchor with its annex before it."""

from __future__ import annotations

import re

from corpus.anchors import ANNEX_NUMBERS
from corpus.parse.blocks import Block
from corpus.parse.builder import Builder
from corpus.parse.patterns import ANNEX, LETTERED, NUMBERED, ends_as_prose

_NAMED = re.compile(r"(?:附件|Annex)\s*(\w*)", re.IGNORECASE)


class Annexes:
    """The annexes of a document as they are opened, and their paragraphs as they come.

    A paragraph whose number continues that of the one before is ``annex2.p3``, or ``annex.p3`` in an annex without a
    number. What has no number, or stands in an appendix or a second annex of the same name, is an unnumbered unit.
    """

    def __init__(self) -> None:
        self.inside = False
        self._stem, self._paragraph = "", 0
        self._stems: set[str] = set()

    def opens(self, block: Block) -> bool:
        """Whether a block is the heading of an annex, which is open from then on."""
        if not ANNEX.fullmatch(block.string):
            return False
        stem = _stem(block.string)
        self.inside, self._paragraph = True, 0
        self._stem = "" if stem in self._stems else stem
        self._stems.add(stem)
        return True

    def add(self, block: Block, builder: Builder) -> None:
        """Makes a unit of a block of the annex, or a listed part of the numbered one before."""
        numbered = NUMBERED.match(block.string)
        if (
            self._stem
            and numbered
            and int(numbered[1]) == self._paragraph + 1
            and ends_as_prose(block.string)
            and not block.row
        ):
            self._paragraph += 1
            builder.take("number", block.text[: numbered.end()])
            anchor = f"{self._stem}.p{self._paragraph}"
            builder.open("paragraph", anchor, str(self._paragraph), block.text[numbered.end() :])
        elif self._paragraph and builder.open_kind == "paragraph" and LETTERED.match(block.string):
            builder.add(block.text, new_line=True)
        else:
            builder.open_unnumbered(block.text)


def _stem(heading: str) -> str:
    """annex2 of 附件二 or Annex II, annex of one without a number, nothing of what is called otherwise."""
    named = _NAMED.fullmatch(heading.strip())
    if not named:
        return ""
    if not named[1]:
        return "annex"
    for number, (zh, roman) in enumerate(ANNEX_NUMBERS, 1):
        if named[1].upper() in (zh, roman, str(number)):
            return f"annex{number}"
    return ""
