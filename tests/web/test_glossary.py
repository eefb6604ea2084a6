"""The glossary in a real browser: found both ways as one types, by keyboard, in either language of the interface."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.web.conftest import Site, ask, sideways
from tests.web.fake import HOSTILE
from web.strings import strings

OpenPage = Callable[..., Page]
# Gradio sums up its queue with an option that pandas has since given up.
pytestmark = pytest.mark.filterwarnings("ignore:.*no_silent_downcasting")

ZH, EN = strings("zh"), strings("en")
ALL = 5


def rows(page: Page) -> Locator:
    return page.locator("#glossary-sheet tbody tr:visible")


def opened(page: Page, name: str) -> Locator:
    page.get_by_role("button", name=name).click()
    box = page.get_by_role("searchbox")
    expect(box).to_be_focused()
    expect(rows(page)).to_have_count(ALL)
    return box


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("议定", ["枪支议定书"]),
        ("protocol", ["枪支议定书"]),
        ("ＰＲＯＴＯＣＯＬ", ["枪支议定书"]),
        ("枪 支 议 定 书", ["枪支议定书"]),
        ("firearms  protocol", ["枪支议定书"]),
        ("firearms", ["枪支议定书", "枪支"]),
        ("untoc", ["打击跨国有组织犯罪公约有组织犯罪公约"]),
        ("3d printing", ["增材制造3D打印"]),
        ("３Ｄ打印", ["增材制造3D打印"]),
        ("枪支议定书缔约国", ["枪支议定书", "枪支"]),
        ("……", ["枪支议定书", "打击跨国有组织犯罪公约有组织犯罪公约", "增材制造3D打印", "枪支", HOSTILE]),
    ],
)
def test_a_term_is_found_from_either_language(open_page: OpenPage, typed: str, found: list[str]) -> None:
    page = open_page()
    opened(page, ZH.glossary).fill(typed)
    expect(rows(page).locator("td:first-child")).to_have_text(found)


def test_what_is_found_is_counted_and_what_is_not_is_said(open_page: OpenPage) -> None:
    page = open_page("en-GB")
    box = opened(page, EN.glossary)
    said = page.locator("#glossary-sheet").get_by_role("status")
    expect(said).to_have_text(EN.glossary_count.format(n=ALL))
    box.fill("organized")
    expect(said).to_have_text(EN.glossary_count.format(n=1))
    expect(rows(page).locator("td")).to_have_text(
        ["Organized Crime ConventionUNTOC", "打击跨国有组织犯罪公约有组织犯罪公约"]
    )
    box.fill("the firearm of a gunsmith")
    expect(said).to_have_text(EN.glossary_within.format(n=1))
    for unknown in ("submarine", "Ghana", "主持"):
        box.fill(unknown)
        expect(said).to_have_text(EN.glossary_none)
        expect(rows(page)).to_have_count(0)
    box.fill("")
    expect(rows(page)).to_have_count(ALL)


def test_by_keyboard_alone_and_nothing_is_asked(open_page: OpenPage, site: Site) -> None:
    page = open_page()
    asked = len(site.assistant.asked)  # type: ignore[union-attr]
    control = page.get_by_role("button", name=ZH.glossary)
    expect(control).to_have_attribute("aria-expanded", "false")
    control.press("Enter")
    expect(page.get_by_role("searchbox")).to_be_focused()
    expect(control).to_have_attribute("aria-expanded", "true")
    page.keyboard.type("gun")
    page.keyboard.press("Enter")
    expect(rows(page)).to_have_count(1)
    rows(page).click()
    page.get_by_role("searchbox").press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(control).to_be_focused()
    expect(control).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Enter")
    expect(page.get_by_role("searchbox")).to_have_value("gun")
    expect(rows(page)).to_have_count(1)
    expect(page.locator(".turn")).to_have_count(0)
    assert len(site.assistant.asked) == asked  # type: ignore[union-attr]


def test_it_stays_open_through_a_change_of_language_and_a_question(open_page: OpenPage) -> None:
    page = open_page()
    opened(page, ZH.glossary).fill("公约")
    page.get_by_role("button", name="English").click()
    sheet = page.get_by_role("dialog", name=EN.glossary)
    expect(sheet.get_by_role("columnheader")).to_have_text([EN.english, EN.chinese])
    expect(sheet).to_contain_text(EN.glossary_note)
    expect(page.get_by_role("searchbox")).to_have_value("公约")
    expect(rows(page)).to_have_count(1)
    expect(page.get_by_role("button", name=EN.glossary)).to_have_attribute("aria-expanded", "true")
    ask(page, "销毁")
    expect(sheet).to_be_visible()
    sheet.get_by_role("button", name=EN.close).click()
    expect(sheet).to_have_count(0)


@pytest.mark.parametrize(("locale", "words"), [("zh-CN", ZH), ("en-GB", EN)], ids=["zh", "en"])
@pytest.mark.parametrize("width", [1280, 390])
def test_it_fits_and_text_in_it_stays_text(open_page: OpenPage, locale: str, words, width: int) -> None:  # type: ignore[no-untyped-def]
    page = open_page(locale, width, 800)
    opened(page, words.glossary)
    expect(rows(page).last).to_contain_text(HOSTILE)
    expect(page.get_by_role("button", name=words.close)).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("textbox")).to_be_in_viewport(ratio=1)
    assert sideways(page, "html", ".bar", ".sheet", ".terms") == []
    page.wait_for_timeout(300)
    assert page.evaluate("window.hacked") is None
    assert page.locator("#glossary :is(script, img, a, b[style])").count() == 0
