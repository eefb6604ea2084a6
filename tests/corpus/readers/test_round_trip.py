"""The bundled documents written as DOCX, HTML and PDF and read back: the same anchors, texts, headings and notes."""

from __future__ import annotations

import pytest

from corpus.home import BUNDLED_DATA
from corpus.parse.builder import Parsed
from corpus.readers.assemble import read_form
from corpus.readers.file import read_file
from corpus.readers.forms import Form
from corpus.readers.reading import Reading
from corpus.records import Language
from tests.corpus.readers.seeds import SYMBOLS, pieces_of, told
from tests.corpus.readers.write_docx import write_docx
from tests.corpus.readers.write_html import write_html
from tests.corpus.readers.write_pdf import write_pdf

#: What the report has of its own in its head already.
MASTHEAD = ("Distr.: General", "4 August 2020", "Original: English")
KINDS = {
    "wg6-2021-agenda": "agenda",
    "wg6-2020-report": "report",
    "wg6-2014-background": "background",
    "cop10-2020-draft-resolution": "resolution",
    "wg6-2020-chair-summary": "chair_summary",
}


def _written(parsed: Parsed, form: str, masthead: tuple[str, ...]) -> tuple[bytes, Form]:
    unit = parsed.units[0]
    language: Language = unit.language
    pieces, symbol = pieces_of(parsed, language), SYMBOLS[unit.doc_id]
    if form.startswith("docx"):
        return write_docx(pieces, symbol, masthead, automatic="numbered" in form), "docx"
    if form.startswith("html"):
        return write_html(pieces, symbol, language, masthead, automatic="numbered" in form).encode(), "html"
    return write_pdf(pieces, symbol, language, masthead), "pdf"


def _check(reading: Reading, parsed: Parsed, masthead: tuple[str, ...]) -> None:
    wanted = [told(unit) for unit in parsed.units]
    anchor, head, path, notes = wanted[0]
    wanted[0] = (anchor, "".join("".join(masthead).split()) + head, path, notes)
    found = [told(unit) for unit in reading.units]
    # The places of notes in the head move with the lines before it.
    assert [unit[:3] for unit in found] == [unit[:3] for unit in wanted]
    assert [unit[3] for unit in found[1:]] == [unit[3] for unit in wanted[1:]]
    assert {unit.doc_id for unit in reading.units} == {""}


@pytest.mark.parametrize("form", ["docx", "docx numbered by its lists", "html", "html numbered by its lists", "pdf"])
def test_what_was_written_comes_back(version: Parsed, form: str) -> None:
    doc_id = version.units[0].doc_id
    masthead = () if doc_id == "wg6-2020-report" else MASTHEAD
    data, kind = _written(version, form, masthead)
    reading = read_form(data, kind, "x", None)
    _check(reading, version, masthead)
    stated = reading.masthead
    assert stated.symbol is not None
    assert (stated.symbol.value, stated.symbol.status) == (SYMBOLS[doc_id], "stated")
    assert stated.date is not None
    assert (stated.date.value, stated.date.found) == ("2020-08-04", "4 August 2020")
    assert stated.original_language is not None
    assert stated.original_language.value == "en"
    assert stated.kind is not None
    assert (stated.kind.value, stated.kind.status) == (KINDS[doc_id], "inferred")
    assert reading.language == version.units[0].language
    assert reading.left_out


def test_the_text_files_themselves_read_as_the_library_reads_them(version: Parsed) -> None:
    unit = version.units[0]
    data = (BUNDLED_DATA / unit.doc_id / f"{unit.language}.txt").read_bytes()
    reading = read_form(data, "text", "x", None)
    assert [(u.anchor, u.text, u.heading_path, u.subitems, u.footnotes) for u in reading.units] == [
        (u.anchor, u.text, u.heading_path, u.subitems, u.footnotes) for u in version.units
    ]


@pytest.mark.parametrize("doc_id", ["cop10-2020-draft-resolution", "wg6-2020-chair-summary"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_two_columns_are_read_one_after_the_other(
    versions: dict[tuple[str, Language], Parsed], doc_id: str, language: Language
) -> None:
    parsed = versions[doc_id, language]
    data = write_pdf(pieces_of(parsed, language), SYMBOLS[doc_id], language, columns=2)
    _check(read_form(data, "pdf", "x", None), parsed, ())


def test_the_child_process_gives_the_same_reading(versions: dict[tuple[str, Language], Parsed]) -> None:
    parsed = versions["cop10-2020-draft-resolution", "zh"]
    data, _ = _written(parsed, "docx", MASTHEAD)
    assert read_file(data, "草案.docx") == read_form(data, "docx", "草案.docx", None)
