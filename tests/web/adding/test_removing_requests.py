"""Removing and bringing back over HTTP: gone from every page at once, kept for a day, and never the last one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from bs4 import BeautifulSoup

from corpus.records import LANGUAGES, Language
from corpus.shelf.removing import remove
from tests.shelf import everything
from tests.web.adding.conftest import Desk, said
from tests.web.documents import BACKGROUND, RESOLUTION
from web.strings import strings

DOC = BACKGROUND.doc_id
EN = strings("en")


def page(desk: Desk, address: str = "/documents", reader: str = "") -> BeautifulSoup:
    return BeautifulSoup(desk.request("GET", address, reader=reader).text, "lxml")


def listed(desk: Desk) -> set[str]:
    return {str(link["href"]).rpartition("/")[2] for link in page(desk).select(".document-title a")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_document_goes_from_the_table_and_comes_back(desk: Desk, language: Language) -> None:
    desk.language = language
    words = strings(language).removing
    units = desk.library.units(DOC)
    assert desk.request("DELETE", f"/documents/{DOC}").status_code == 200
    assert DOC not in listed(desk)
    assert desk.request("GET", f"/documents/{DOC}").status_code == 404
    after = page(desk, f"/documents?removed={DOC}")
    notice = after.select_one(".notice-said")
    assert words.removed.format(document=BACKGROUND.short_titles.get(language)) in said(notice)
    assert notice.button["data-restore"] == DOC
    gone = after.select_one(".gone")
    assert words.recently.format(n=1) in said(gone)
    assert words.hours.format(n=24) in said(gone)
    assert desk.send("POST", f"/removed/{DOC}/restore", {}).status_code == 200
    assert DOC in listed(desk)
    assert desk.library.units(DOC) == units
    after = page(desk, f"/documents?restored={DOC}")
    assert said(after.select_one(".notice-said")) == words.restored.format(
        document=BACKGROUND.short_titles.get(language)
    )
    assert not after.select(".gone")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_only_document_stays_and_it_is_said(desk: Desk, language: Language) -> None:
    desk.language = language
    remove(desk.library, DOC)
    remove(desk.library, "forged")
    before = everything(desk.library)
    answer = desk.request("DELETE", f"/documents/{RESOLUTION.doc_id}")
    assert answer.status_code == 409
    assert ("唯一的文件" if language == "zh" else "the only document") in answer.json()["message"]
    assert everything(desk.library) == before


def test_what_is_not_there_is_not_removed_and_not_brought_back(desk: Desk) -> None:
    assert desk.request("DELETE", "/documents/nothing").status_code == 404
    answer = desk.send("POST", "/removed/nothing/restore", {})
    assert answer.status_code == 409
    assert "no document 'nothing' was removed" in answer.json()["message"]
    assert desk.send("POST", f"/removed/{DOC}/restore", {}).status_code == 409


def test_an_address_that_says_what_was_not_done_says_nothing(desk: Desk) -> None:
    for query in (f"removed={DOC}", "removed=nothing", "restored=nothing", "removed=%3Cscript%3E"):
        assert not page(desk, f"/documents?{query}").select(".notice-said")


def test_how_long_it_can_be_brought_back_is_counted_down(desk: Desk) -> None:
    remove(desk.library, DOC)
    past = (datetime.now(UTC) - timedelta(hours=20, minutes=55)).strftime("%Y-%m-%dT%H:%M:%SZ")
    desk.library.connection.execute("UPDATE removed SET removed_at = ?", (past,))
    desk.library.connection.commit()
    assert EN.removing.hours.format(n=3) in said(page(desk).select_one(".gone"))


def test_who_is_no_librarian_removes_nothing_and_is_offered_nothing(desk: Desk) -> None:
    remove(desk.library, "forged")
    before = everything(desk.library)
    assert desk.request("DELETE", f"/documents/{DOC}", reader="guest").status_code == 409
    assert desk.request("POST", "/removed/forged/restore", b"{}", reader="guest").status_code == 409
    assert everything(desk.library) == before
    for address in ("/documents", "/documents?removed=forged", f"/documents/{DOC}"):
        assert not page(desk, address, reader="guest").select("[data-remove], [data-restore]")
        assert page(desk, address).select("[data-remove], [data-restore]")


def test_another_site_removes_nothing(desk: Desk) -> None:
    before = everything(desk.library)
    for headers in ({"origin": "https://example.org"}, {"sec_fetch_site": "same-site"}):
        assert desk.request("DELETE", f"/documents/{DOC}", **headers).status_code in (403, 421)
    assert everything(desk.library) == before
