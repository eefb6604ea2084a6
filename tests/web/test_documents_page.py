"""The table of the documents: what a row says, how it is sorted and narrowed, with and without scripts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from playwright.sync_api import expect

from corpus.library import Library
from corpus.records import Language
from tests.web.documents import FORGED, HOSTILE, TERMS, put
from tests.web.reading import Opener, Reader, compose, reading_application, serving_pages, too_wide
from web.strings import strings

AGENDA, REPORT, DRAFT = "wg6-2021-agenda", "wg6-2020-report", "cop10-2020-draft-resolution"
SUMMARY, BACKGROUND = "wg6-2020-chair-summary", "wg6-2014-background"
AS_HELD = [AGENDA, REPORT, DRAFT, SUMMARY, BACKGROUND]

# What each document holds, as it is counted by hand; the heading block of each is no paragraph.
HELD = {AGENDA: [8, 19, 9], REPORT: [46, 44], DRAFT: [17, 27], SUMMARY: [28], BACKGROUND: [94]}


@pytest.fixture(scope="module")
def reader(held: Library) -> Reader:
    return Reader(reading_application(held, TERMS))


def rows(page: BeautifulSoup) -> dict[str, Tag]:
    """The rows by the document that each leads to, in their order."""
    found = page.select("table.library tbody tr")
    return {re.sub(r".*/", "", str(row.select_one("th a")["href"])): row for row in found}


def said(tag: Tag | None) -> str:
    assert tag is not None
    return " ".join(tag.get_text(" ").split())


@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_document_has_as_many_units_as_it_has(reader: Reader, language: Language) -> None:
    table = rows(reader.get("/documents", language))
    assert list(table) == AS_HELD
    for doc_id, counts in HELD.items():
        assert said(table[doc_id].select_one(".total")) == str(sum(counts))
        kinds = [re.findall(r"\d+", each.get_text()) for each in table[doc_id].select(".counts > span")]
        assert sorted(kinds) == sorted([str(count)] for count in counts)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_row_says_what_is_known_and_how_sure_it_is(reader: Reader, held: Library, language: Language) -> None:
    words = strings(language)
    for doc_id, row in rows(reader.get("/documents", language)).items():
        document = held.document(doc_id)
        text = said(row)
        for known in (document.title(language), document.short_title(language)):
            assert known[1:] in text
        assert document.dates.get(language) in text
        assert document.place.get(language) in text
        if document.symbol:
            assert document.symbol in text
            assert words.documents.inferred in text
        else:
            assert said(row.select("td")[0]).endswith(words.documents.unknown)
        assert words.kinds[document.kind] in text
        versions = [said(each) for each in row.select("td")[3].select(".line")]
        assert versions == [
            f"{words.texts.chinese} {words.documents.official}",
            f"{words.texts.english} {words.documents.unofficial}",
        ]


def test_standing_begins_with_what_is_on_the_whole_document(reader: Reader, held: Library) -> None:
    table = rows(reader.get("/documents"))
    whole, part = held.document(BACKGROUND).standing
    cell = table[BACKGROUND].select_one(".standing")
    assert [whole.text.zh in said(each) for each in cell.select(":scope > ul > li")] == [True]
    assert [part.text.zh in said(each) for each in cell.select("details li")] == [True]
    # None of the four notes on the report is on all of it.
    cell = table[REPORT].select_one(".standing")
    assert len(cell.select(":scope > ul > li")) == 1
    assert len(cell.select("details li")) == 3
    assert [link["href"].split("#")[1] for link in cell.select("a")] == ["p6", "p5", "p7", "p46"]


@pytest.mark.parametrize(
    ("query", "order"),
    [
        ("sort=year", [BACKGROUND, REPORT, DRAFT, SUMMARY, AGENDA]),
        ("sort=year&order=desc", [AGENDA, REPORT, DRAFT, SUMMARY, BACKGROUND]),
        ("sort=units&order=desc", [BACKGROUND, REPORT, DRAFT, AGENDA, SUMMARY]),
        ("sort=symbol", [BACKGROUND, REPORT, AGENDA, DRAFT, SUMMARY]),
        ("sort=symbol&order=desc", [AGENDA, REPORT, BACKGROUND, DRAFT, SUMMARY]),
        # As pronounced: bao, bei, jue, lin, zhu.
        ("sort=kind", [REPORT, BACKGROUND, DRAFT, AGENDA, SUMMARY]),
        # 2020, lian, qiang, sa, zeng.
        ("sort=title", [REPORT, BACKGROUND, AGENDA, DRAFT, SUMMARY]),
        ("sort=<script>&order=sideways", AS_HELD),
    ],
)
def test_the_table_is_sorted_by_any_column(reader: Reader, query: str, order: list[str]) -> None:
    assert list(rows(reader.get(f"/documents?{query}"))) == order


def test_titles_are_sorted_in_the_language_they_are_shown_in(reader: Reader) -> None:
    # Activities, Addendum, Annotated, El Salvador, Report.
    order = [BACKGROUND, SUMMARY, AGENDA, DRAFT, REPORT]
    assert list(rows(reader.get("/documents?sort=title", "en"))) == order


def test_the_head_of_the_table_says_how_it_is_sorted_and_leads_on(reader: Reader) -> None:
    heads = reader.get("/documents?sort=year&q=2020").select("table.library th[scope=col]")
    assert [head.get("aria-sort") for head in heads] == ["none", "none", "ascending", "none", None, "none", None]
    assert heads[2].a["href"] == "/documents?q=2020&sort=year&order=desc"
    assert heads[0].a["href"] == "/documents?q=2020&sort=title&order=asc"
    assert reader.get("/documents?sort=year&order=desc").select("th[aria-sort=descending]")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("２０２０", [REPORT, DRAFT, SUMMARY]),
        ("2020 报告", [REPORT]),
        ("vienna TENTH", [DRAFT]),
        ("ctoc/cop", [AGENDA, REPORT, BACKGROUND]),
        ("背景文件", [BACKGROUND]),
        ("Annotated agenda", [AGENDA]),
        ("7 月 16 日", [REPORT]),
        ("Genève", []),
    ],
)
def test_the_table_is_narrowed_to_what_has_every_word(reader: Reader, query: str, found: list[str]) -> None:
    page = reader.get(f"/documents?q={query}", "en")
    assert list(rows(page)) == found
    words = strings("en").documents
    status = said(page.select_one("[data-part=found]"))
    assert status == (words.some.format(held=5, n=len(found), words=query) if found else words.none.format(words=query))
    assert page.select_one("#find")["value"] == query
    assert bool(page.select("a[href='/documents']:-soup-contains('Show')")) == (not found)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_empty_library_says_what_to_do(tmp_path: Path, language: Language) -> None:
    page = Reader(reading_application(Library.open(tmp_path / "empty"), TERMS)).get("/documents", language)
    words = strings(language).documents
    assert words.empty in said(page.main)
    assert words.empty_remedy in said(page.main)
    assert said(page.select_one("pre code")) == "python -m corpus list"
    assert not page.select("table, form[role=search]")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Library:
    library = Library.open(tmp_path_factory.mktemp("hostile"))
    put(library, FORGED)
    return library


def test_a_hostile_title_stays_text(hostile: Library) -> None:
    page = Reader(reading_application(hostile, TERMS)).get(f"/documents?q={'%3Cscript%3E'}")
    assert said(page.select_one(".document-title a")) == " ".join(HOSTILE.split())
    assert not page.select("main :is(script, img, b[style]), [onerror], [href^=javascript]")


def test_it_is_narrowed_as_one_types(open_at: Opener, reading_url: str) -> None:
    page = open_at(f"{reading_url}/documents?sort=year&order=desc", "en-GB")
    box, table = page.get_by_role("searchbox"), page.locator("table.library tbody tr")
    expect(table).to_have_count(5)
    box.press_sequentially("chair's")
    expect(table).to_have_count(1)
    expect(page.locator(".found")).to_have_text(strings("en").documents.some.format(held=5, n=1, words="chair's"))
    expect(page).to_have_url(f"{reading_url}/documents?sort=year&order=desc&q=chair%27s")
    box.fill("")
    expect(table).to_have_count(5)
    page.get_by_role("link", name="Citable units").click()
    expect(table.first.get_by_role("rowheader")).to_contain_text("Chair's summary")
    expect(page.get_by_role("columnheader", name="Citable units")).to_have_attribute("aria-sort", "ascending")


def test_what_is_still_being_composed_is_not_looked_for(open_at: Opener, reading_url: str) -> None:
    page = open_at(f"{reading_url}/documents")
    page.get_by_role("searchbox").focus()
    compose(page, "jueyi")
    expect(page.locator("table.library tbody tr")).to_have_count(5)
    page.keyboard.insert_text("决议修订")
    expect(page.locator("table.library tbody tr")).to_have_count(1)


def test_it_works_without_scripts(open_at: Opener, reading_url: str) -> None:
    page = open_at(f"{reading_url}/documents?sort=symbol", "en-GB", java_script_enabled=False)
    page.get_by_role("searchbox").fill("firearms 2020")
    page.get_by_role("button", name=strings("en").documents.apply).click()
    expect(page).to_have_url(f"{reading_url}/documents?sort=symbol&order=asc&q=firearms+2020")
    # The draft resolution has firearms in its title, the other two in their body.
    expect(page.locator("table.library tbody tr")).to_have_count(3)
    page.get_by_role("link", name="Report on the meeting").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Report on the meeting")


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
@pytest.mark.parametrize("width", [1280, 768, 390])
def test_it_fits_the_screen(open_at: Opener, reading_url: str, locale: str, width: int) -> None:
    page = open_at(f"{reading_url}/documents", locale, width)
    for more in page.locator("details.others").all():
        more.locator("summary").click()
    assert not too_wide(page)
    cells = page.locator("table.library tbody tr").first.locator("td")
    tops = {round(cell["y"]) for each in cells.all() if (cell := each.bounding_box())}
    assert len(tops) == (1 if width == 1280 else 6)
    expect(page.get_by_role("row")).to_have_count(6)
    expect(page.get_by_role("columnheader")).to_have_count(7)


def test_hostile_text_does_nothing_in_a_browser(open_at: Opener, hostile: Library) -> None:
    with serving_pages(reading_application(hostile, TERMS)) as url:
        page = open_at(f"{url}/documents?q=script", width=390)
        expect(page.locator(".document-title a")).to_have_text(HOSTILE, use_inner_text=False)
        assert not too_wide(page)
        page.wait_for_timeout(300)
        assert page.evaluate("window.hacked") is None
        page.close()
