"""The form of a file: filled in from its masthead, with how sure each field is, and what the reader made of it."""

from __future__ import annotations

import pytest

from corpus.readers.assemble import read_form
from corpus.readers.reading import Reading
from corpus.records import Bilingual
from tests.web.adding.made import SYMBOL, TITLE, paper
from web.adding.form import APART, Filled, Said, description_in, first_filled, is_certain, said_of, wrong_in


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read_form(paper("en"), "docx", "a.docx", None)


def untold(text: str = "", name: str = "notes.txt") -> Reading:
    """A file that has no masthead."""
    return read_form((text or "Seals eat fish.\n\nWhales sing to other whales.").encode(), "text", name, None)


def test_what_the_masthead_says_is_filled_in(reading: Reading) -> None:
    assert first_filled(reading, "a.docx") == Filled(
        title=TITLE["en"], symbol=SYMBOL, date="2026-03-03", session="Fourth session", body="Working Group on Glaciers",
        kind="report", original_language="en", official=True,
    )  # fmt: skip
    said = said_of(reading, "a.docx")
    assert said["date"] == Said("stated", "3 March 2026")
    assert said["kind"] == Said("inferred", TITLE["en"])
    # A symbol is a sign of an official text, and no proof.
    assert said["official"] == Said("inferred", SYMBOL)
    assert is_certain(reading, "a.docx")


def test_what_nothing_tells_is_left_empty_and_never_made_up() -> None:
    bare = untold()
    filled, said = first_filled(bare, "notes.txt"), said_of(bare, "notes.txt")
    assert (filled.symbol, filled.date, filled.body, filled.original_language) == ("", "", "", "")
    assert not filled.official
    assert said["date"] == said["symbol"] == Said("absent")
    assert said["title"].status == "inferred"
    assert not is_certain(bare, "notes.txt")
    assert wrong_in(filled) == {"date": "wrong_no_date"}


def test_a_year_that_only_the_title_has_is_inferred_from_it() -> None:
    text = "Notes of the 2019 meeting\n\nSeals eat fish.\n\nWhales sing to other whales."
    told = untold(text)
    if told.masthead.date is None:
        assert said_of(told, "x.txt")["date"].found == told.masthead.title.value  # type: ignore[union-attr]
    assert first_filled(told, "x.txt").date == "2019"
    assert said_of(told, "x.txt")["date"].status == "inferred"
    assert not is_certain(told, "x.txt")


@pytest.mark.parametrize(
    ("field", "value", "wrong"),
    [
        ("title", " ", "wrong_no_title"),
        ("title", "x" * 301, "wrong_too_long"),
        ("body", "x" * 301, "wrong_too_long"),
        ("session", "x" * 301, "wrong_too_long"),
        ("symbol", "A/" + "x" * 80, "wrong_symbol"),
        ("date", "", "wrong_no_date"),
        ("date", "2026-02-30", "wrong_date"),
        ("date", "3 March 2026", "wrong_date"),
        ("date", "1066", "wrong_date"),
        ("date", "２０２６－０３－０１", None),
        ("date", "2026", None),
        ("date", " 2026-03-01 ", None),
        ("symbol", "", None),
    ],
)
def test_each_field_that_cannot_be_is_named(reading: Reading, field: str, value: str, wrong: str | None) -> None:
    filled = first_filled(reading, "a.docx").model_copy(update={field: value})
    assert wrong_in(filled) == ({field: wrong} if wrong else {})


def test_what_the_reader_confirmed_describes_the_document(reading: Reading) -> None:
    filled = first_filled(reading, "a.docx").model_copy(
        update={"title": "Sirens", "date": "2025", "kind": "background", "official": False, "session": ""}
    )
    described = description_in(filled, reading, "a.docx", set)
    assert described.titles == Bilingual("", "Sirens")
    assert (described.year, described.date) == (2025, "")
    assert (described.symbol, described.symbol_status) == (SYMBOL, "confirmed")
    assert (described.kind, described.official, described.doc_id) == ("background", False, None)
    assert described.session == Bilingual("", "")


def test_an_emptied_symbol_is_no_symbol(reading: Reading) -> None:
    filled = first_filled(reading, "a.docx").model_copy(update={"symbol": " "})
    assert description_in(filled, reading, "a.docx", set).symbol is None


def test_a_file_is_what_the_reader_says_it_belongs_to(reading: Reading) -> None:
    filled = first_filled(reading, "a.docx")
    taken = {"a-ac-300-2026-5"}
    chosen = filled.model_copy(update={"belongs": "wg6-2014-background"})
    assert description_in(chosen, reading, "a.docx", lambda: taken).doc_id == "wg6-2014-background"
    apart = filled.model_copy(update={"belongs": APART})
    assert description_in(apart, reading, "a.docx", lambda: taken).doc_id == "a-ac-300-2026-5-2"
