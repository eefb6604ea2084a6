"""The child's side of reading: bytes → paragraphs → the grammar that fits → units and masthead."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from corpus.parse.agenda import parse_agenda
from corpus.parse.blocks import Block
from corpus.parse.builder import Builder, Parsed
from corpus.parse.numbered import parse_numbered
from corpus.parse.resolution import SPEAKER, parse_resolution
from corpus.parse.unnumbered import parse_unnumbered
from corpus.readers import refusals
from corpus.readers.characters import language_of, visible
from corpus.readers.decode import decode_text
from corpus.readers.forms import Form
from corpus.readers.furniture import is_emblem, is_furniture, is_symbol
from corpus.readers.kinds import Grammar, grammar_of, head_of, kind_of
from corpus.readers.masthead import masthead_of
from corpus.readers.paragraphs import Extract
from corpus.readers.reading import Reading
from corpus.readers.source import Source, as_text_rows, source_of_extract, source_of_text
from corpus.records import Bilingual, Language

_GRAMMARS: dict[Grammar, Callable[[list[Block], Builder], None]] = {
    "agenda": parse_agenda,
    "resolution": parse_resolution,
    "numbered": parse_numbered,
    "unnumbered": parse_unnumbered,
}
# The blocks that a masthead takes at most; an emblem or a symbol further down is text.
_MASTHEAD_BLOCKS = 15
_NAMES = {"pdf": "PDF", "docx": "DOCX", "html": "HTML", "text": "text"}


def read_form(data: bytes, form: Form, name: str, language: Language | None) -> Reading:
    """The reading of a file whose form is known.

    Raises:
        SourceError: the file cannot be read.
    """
    extract, source = _source(data, form, name)
    if not source.blocks:
        raise refusals.no_text(name, _NAMES[form])
    return _read(source, extract, form, name, language)


def parse_source(source: Source, language: Language) -> tuple[Grammar, Parsed]:
    """The units of a source by the grammar that fits it: one that makes two units of an anchor, or none, does not."""
    for grammar in dict.fromkeys((grammar_of(source.blocks), "unnumbered")):
        builder = Builder("", language)
        for taker, piece in source.taken:
            builder.take(taker, piece)
        blocks = as_text_rows(source.blocks) if grammar == "agenda" else list(source.blocks)
        _GRAMMARS[grammar](blocks, builder)
        parsed = builder.finish(source.text, list(source.notes))
        anchors = Counter(unit.anchor for unit in parsed.units)
        if any(anchor != "head" for anchor in anchors) and max(anchors.values()) == 1:
            break
    return grammar, parsed


def _source(data: bytes, form: Form, name: str) -> tuple[Extract, Source]:
    if form == "text":
        text, cut = decode_text(data, name)
        shown = visible(text)
        notes = (_HALF_CHARACTER,) if cut else ()
        if len(shown) != len(text):
            notes = (*notes, _hidden_characters(len(text) - len(shown)))
        return Extract((), left_out=notes), source_of_text(shown)
    extract = _reader(form)(data, name)
    return extract, source_of_extract(extract)


def _reader(form: Form) -> Callable[[bytes, str], Extract]:
    """The reader of a form; its libraries are imported only where they are needed."""
    if form == "docx":
        from corpus.readers.docx import read_docx

        return read_docx
    if form == "html":
        from corpus.readers.html import read_html

        return read_html
    from corpus.readers.pdf import read_pdf

    return read_pdf


def _read(source: Source, extract: Extract, form: Form, name: str, told: Language | None) -> Reading:
    language = language_of("\n".join(block.string for block in source.blocks), told)
    furniture, dropped = _furniture(source.blocks)
    if len(dropped) < len(source.blocks):
        source = source.without(dropped)
    grammar, parsed = parse_source(source, language)
    head = head_of(source.blocks, grammar)
    speaker = (
        next((b.string for b in source.blocks if SPEAKER.fullmatch(b.string)), "") if grammar == "resolution" else ""
    )
    body = next((unit.text for unit in parsed.units if unit.anchor != "head"), "")
    masthead = masthead_of(
        head, [*furniture, *extract.furniture], language, name, body.split("\n")[0], kind_of(grammar, head), speaker
    )
    left_out = extract.left_out
    if furniture:
        left_out = (*left_out, _lines_left_out(len(furniture)))
    units = tuple(replace(unit, doc_id="") for unit in parsed.units)
    characters = sum(not c.isspace() for unit in units for c in unit.text)
    return Reading(form, language, masthead, units, left_out, characters, extract.pages)


def _furniture(blocks: tuple[Block, ...]) -> tuple[list[str], set[int]]:
    """Blocks that are no text: job numbers and their like anywhere, the emblem and the symbol in the masthead."""
    dropped = set()
    for index, block in enumerate(blocks):
        top = index < _MASTHEAD_BLOCKS
        if is_furniture(block.string) or (top and (is_emblem(block.string) or is_symbol(block.string))):
            dropped.add(index)
    return [blocks[index].string for index in sorted(dropped)], dropped


_HALF_CHARACTER = Bilingual(
    zh="文件末尾有一个不完整的字符，已略去。", en="The file ends inside a character, which was left out."
)


def _hidden_characters(count: int) -> Bilingual:
    return Bilingual(
        zh=f"略去了{count}个不可见的字符（零宽、双向控制等）。",
        en=f"Characters that show nothing (zero-width, bidirectional controls) were left out: {count}.",
    )


def _lines_left_out(count: int) -> Bilingual:
    return Bilingual(
        zh=f"略去了文首的联合国字样、文号、文件流水号等，共{count}行。",
        en=f"Emblem, symbol, job numbers and the like were left out: {count} lines."
        if count > 1
        else "Emblem, symbol, job number or the like was left out: 1 line.",
    )
