"""Documents without numbered paragraphs: each paragraph or table row is a unit, a long one cut at its sentences."""

from __future__ import annotations

from corpus.parse.blocks import Block
from corpus.parse.builder import Builder
from corpus.parse.patterns import CHAPTER, LETTERED, NUMBERED, SECTION, ends_as_prose
from corpus.parse.spans import sentence_spans
from corpus.parse.traced import Traced

#: Characters; the encoder reads 512 tokens, which is about as many of Chinese and twice as many of English.
LONGEST = 1200
# As in numbered documents: no heading seen is longer.
_LONGEST_HEADING = {"zh": 60, "en": 120}


def parse_unnumbered(blocks: list[Block], builder: Builder) -> None:
    """Feeds the blocks to the builder: titles before the first paragraph are the head, short lines above one headings.

    A text of short lines alone has no headings: each line is a unit.
    """
    if not any(_is_prose(block, builder) for block in blocks):
        for block in blocks:
            _open(block.text, builder)
        return
    in_body = False
    for index, block in enumerate(blocks):
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        level = _heading_level(block, following, builder)
        if level and in_body:
            builder.heading(level, block.text)
        elif not in_body and not _is_prose(block, builder) and not block.row:
            builder.add(block.text, new_line=True)
        else:
            in_body = True
            _open(block.text, builder)


def _is_prose(block: Block, builder: Builder) -> bool:
    long = len(block.string) > _LONGEST_HEADING[builder.language]
    return not block.row and not block.level and (long or ends_as_prose(block.string))


def _heading_level(block: Block, following: Block | None, builder: Builder) -> int:
    if block.level:
        return block.level
    if block.row or _is_prose(block, builder) or LETTERED.match(block.string):
        return 0
    # One short line above a paragraph is its heading; short lines in a row are a list.
    if following is None or not (_is_prose(following, builder) or following.level):
        return 0
    for level, pattern in ((1, CHAPTER), (2, SECTION), (3, NUMBERED)):
        if pattern.match(block.string):
            return level
    return 4


def _open(text: Traced, builder: Builder) -> None:
    """One unit, or several where it is long: as many whole sentences in each as fit."""
    sentences = sentence_spans(text.text) if len(text) > LONGEST else ()
    if not sentences:
        builder.open_unnumbered(text)
        return
    start = sentences[0].start
    for index, sentence in enumerate(sentences):
        following = sentences[index + 1] if index + 1 < len(sentences) else None
        if following is None or following.end - start > LONGEST:
            builder.open_unnumbered(text[start : sentence.end])
            start = following.start if following else start
