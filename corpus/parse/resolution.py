"""Resolutions and drafts: preambular paragraphs in the order they stand, then operative paragraphs by number."""

from __future__ import annotations

import re

from corpus.parse.annexes import Annexes
from corpus.parse.blocks import Block
from corpus.parse.builder import Builder
from corpus.parse.patterns import LETTERED, NUMBERED

#: "The Conference of the Parties to …," opens the body; it names who speaks and is no preambular paragraph.
SPEAKER = re.compile(
    r".{2,40}(?:会议|大会|理事会|委员会)，|大会，"
    r"|The (?:Conference|General Assembly|Economic and Social|Security Council|Human Rights Council|Commission)"
    r"[^.;]{0,150},"
)


def parse_resolution(blocks: list[Block], builder: Builder) -> None:
    """Feeds the blocks of a resolution to the builder."""
    preambular, operative, in_body, annexes = 0, 0, False, Annexes()
    for block in blocks:
        text, string = block.text, block.string
        numbered = NUMBERED.match(string)
        if not in_body:
            if SPEAKER.fullmatch(string):
                builder.heading(1, text)
                in_body = True
            elif builder.open_text is None:
                builder.open("head", "head", "", text)
            else:
                builder.add(text, new_line=True)
        elif operative and annexes.opens(block):
            builder.heading(1, text)
        elif annexes.inside and block.level:
            builder.heading(block.level + 1, text)
        elif annexes.inside:
            annexes.add(block, builder)
        elif block.row:
            builder.open_unnumbered(text)
        elif numbered and int(numbered[1]) == operative + 1:
            operative += 1
            builder.take("number", text[: numbered.end()])
            builder.open("operative", f"op{operative}", str(operative), text[numbered.end() :])
        elif operative or LETTERED.match(string):
            builder.add(text, new_line=True)
        else:
            preambular += 1
            builder.open("preambular", f"pp{preambular}", str(preambular), text)
