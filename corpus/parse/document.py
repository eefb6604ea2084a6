"""One language version of a document: its bytes in, its units out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from corpus.errors import ParseError
from corpus.parse.agenda import parse_agenda
from corpus.parse.blocks import Block, ends_mark_paragraphs, join_blocks, read_lines
from corpus.parse.builder import Builder, Parsed
from corpus.parse.footnotes import take_notes
from corpus.parse.marks import take_marks
from corpus.parse.numbered import parse_numbered
from corpus.parse.resolution import parse_resolution
from corpus.readers.text import read_text
from corpus.records import Document, Language

#: Raised when the grammar changes what units come of the same bytes, so that a library built before is built again.
PARSER_VERSION = 2

_GRAMMARS: dict[str, Callable[[list[Block], Builder], None]] = {
    "agenda": parse_agenda,
    "resolution": parse_resolution,
    "report": parse_numbered,
    "background": parse_numbered,
    "chair_summary": parse_numbered,
}


def parse_version(document: Document, language: Language, data: bytes) -> Parsed:
    """The units of one language version.

    Raises:
        SourceError: the bytes are not text.
        ParseError: no citable unit was found, or two have one anchor.
    """
    name = f"{document.doc_id} ({language})"
    source = read_text(data, name)
    lines = read_lines(source)
    by_trailing_space = ends_mark_paragraphs(lines)
    kept, notes, rules = take_notes(lines)
    blocks, placed, orphans = take_marks(join_blocks(kept, by_trailing_space), notes)
    builder = Builder(document.doc_id, language)
    builder.take("footnote rule", *rules)
    builder.take("footnote mark without a footnote", *orphans)
    _GRAMMARS[document.kind]([replace(block, text=builder.plain(block.text)) for block in blocks], builder)
    parsed = builder.finish(source, placed)
    anchors = [unit.anchor for unit in parsed.units]
    if not any(anchor != "head" for anchor in anchors):
        raise ParseError(
            f"{name} has no paragraph that can be cited",
            f"the numbering of a document of kind {document.kind!r}",
            "check its kind in meta.yaml",
        )
    doubled = sorted({anchor for anchor in anchors if anchors.count(anchor) > 1})
    if doubled:
        raise ParseError(f"{name} has {doubled[0]} twice", "one unit an anchor", "check the numbering in its text")
    return parsed
