"""The glossary: found from either language, however it is written, as one types and without scripts."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Locator, Page, expect

from corpus.glossary import glossary
from corpus.library import Library
from corpus.records import Language
from tests.web.documents import HOSTILE, TERMS
from tests.web.reading import Opener, Reader, compose, reading_application, too_wide
from web.strings import strings

ZH, EN = strings("zh").glossary, strings("en").glossary
PROTOCOL, CONVENTION = "枪支议定书", "打击跨国有组织犯罪公约有组织犯罪公约"
PRINTING, FIREARM = "增材制造3D打印", "枪支"
ALL = [PROTOCOL, CONVENTION, PRINTING, FIREARM, HOSTILE]


@pytest.fixture(scope="module")
def reader(held: Library) -> Reader:
    return Reader(reading_application(held, TERMS))


def found(page: BeautifulSoup) -> list[str]:
    return [row.th.get_text() for row in page.select("table.terms tbody tr")]


def rows(page: Page) -> Locator:
    return page.locator("table.terms tbody tr")


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("议定", [PROTOCOL]),
        ("protocol", [PROTOCOL]),
        ("protocols", [PROTOCOL]),
        ("ＰＲＯＴＯＣＯＬ", [PROTOCOL]),
        ("prótocol", [PROTOCOL]),
        ("枪 支 议 定 书", [PROTOCOL]),
        ("firearms  protocol", [PROTOCOL]),
        ("firearms", [PROTOCOL, FIREARM]),
        ("gun", [FIREARM]),
        ("untoc", [CONVENTION]),
        ("3d printing", [PRINTING]),
        ("３Ｄ打印", [PRINTING]),
        ("枪支议定书缔约国", [PROTOCOL, FIREARM]),
        ("the firearm of a gunsmith", [FIREARM]),
        ("……", ALL),
        ("", ALL),
        ("submarine", []),
        # A plain word that serves search alone, and a State.
        ("主持", []),
        ("Ghana", []),
    ],
)
def test_a_term_is_found_from_either_language(reader: Reader, typed: str, terms: list[str]) -> None:
    assert found(reader.get(f"/glossary?find={typed}")) == terms


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ("", EN.count.format(n=5)),
        ("organized", EN.count.format(n=1)),
        ("the firearm of a gunsmith", EN.within.format(n=1)),
        ("submarine", EN.none),
    ],
)
def test_what_is_found_is_counted_and_what_is_not_is_said(reader: Reader, typed: str, status: str) -> None:
    page = reader.get(f"/glossary?find={typed}", "en")
    assert page.select_one("[role=status]").get_text() == status
    assert page.select_one("#find")["value"] == typed
    assert len(page.select("table.terms")) == (status != EN.none)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_readers_language_comes_first_and_of_each_the_preferred_form(reader: Reader, language: Language) -> None:
    page = reader.get("/glossary?find=untoc", language)
    names = {"zh": ["中文", "英文"], "en": ["English", "Chinese"]}
    assert [head.get_text() for head in page.select("thead th")] == names[language]
    row = page.select_one("tbody tr")
    cells = {
        cell["lang"]: [span.get_text() for span in cell.select("span:not(.variants)")] for cell in row.select("th, td")
    }
    assert list(cells) == (["zh-CN", "en"] if language == "zh" else ["en", "zh-CN"])
    assert cells == {
        "zh-CN": ["打击跨国有组织犯罪公约", "有组织犯罪公约"],
        "en": ["Organized Crime Convention", "UNTOC"],
    }


def test_all_terms_of_the_project_are_listed_and_nothing_else(held: Library) -> None:
    terms = [term for term in glossary().terms if term.kind == "term"]
    page = Reader(reading_application(held, glossary().terms)).get("/glossary")
    assert len(terms) > 80
    assert [row.th.span.get_text() for row in page.select("tbody tr")] == [term.zh[0] for term in terms]
    assert [row.td.span.get_text() for row in page.select("tbody tr")] == [term.en[0] for term in terms]


def test_it_is_found_as_one_types_by_keyboard_alone(open_at: Opener, reading_url: str) -> None:
    page = open_at(f"{reading_url}/glossary")
    page.keyboard.press("Tab")
    while not page.evaluate("document.activeElement.matches('#find')"):
        page.keyboard.press("Tab")
    page.keyboard.type("gun")
    expect(rows(page)).to_have_count(1)
    expect(page.get_by_role("status").and_(page.locator(".found"))).to_have_text(ZH.count.format(n=1))
    expect(page).to_have_url(f"{reading_url}/glossary?find=gun")
    page.keyboard.press("Enter")
    expect(rows(page)).to_have_count(1)
    page.get_by_role("searchbox").fill("submarine")
    expect(page.locator(".found")).to_have_text(ZH.none)
    expect(rows(page)).to_have_count(0)
    page.get_by_role("searchbox").fill("")
    expect(rows(page)).to_have_count(len(ALL))
    expect(page).to_have_url(f"{reading_url}/glossary")


def test_what_was_typed_stays_through_a_change_of_language(open_at: Opener, reading_url: str) -> None:
    page = open_at(f"{reading_url}/glossary")
    page.get_by_role("searchbox").fill("公约")
    expect(rows(page)).to_have_count(1)
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("searchbox")).to_have_value("公约")
    expect(rows(page)).to_have_count(1)
    expect(page.get_by_role("columnheader")).to_have_text(["English", "Chinese"])


def test_what_is_still_being_composed_is_not_looked_for(open_at: Opener, reading_url: str) -> None:
    page = open_at(f"{reading_url}/glossary")
    page.get_by_role("searchbox").focus()
    compose(page, "gongyue")
    expect(rows(page)).to_have_count(len(ALL))
    page.keyboard.insert_text("公约")
    expect(rows(page)).to_have_count(1)


def test_it_works_without_scripts(open_at: Opener, reading_url: str) -> None:
    page = open_at(f"{reading_url}/glossary", "en-GB", java_script_enabled=False)
    page.get_by_role("searchbox").fill("PROTOCOLS")
    page.get_by_role("button", name=EN.apply).click()
    expect(rows(page)).to_have_count(1)
    expect(page.locator(".found")).to_have_text(EN.count.format(n=1))


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
@pytest.mark.parametrize("width", [1280, 390])
def test_it_fits_and_text_in_it_stays_text(open_at: Opener, reading_url: str, locale: str, width: int) -> None:
    page = open_at(f"{reading_url}/glossary", locale, width)
    expect(rows(page).last).to_contain_text(HOSTILE)
    assert not too_wide(page)
    page.wait_for_timeout(300)
    assert page.evaluate("window.hacked") is None
    assert page.locator("main :is(script, img, a, b[style])").count() == 0
