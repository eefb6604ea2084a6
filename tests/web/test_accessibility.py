"""Every page in its states, light and dark, in both languages, on a screen and a telephone, held against axe-core."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.resources import files
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from corpus.records import LANGUAGES, Language
from tests.web.browsing import HEIGHTS, Visits, ask, in_language, put_question, settled
from tests.web.conftest import Site
from web.strings import strings

#: A page is added by its path.
PATHS = [
    "/documents",
    "/documents/wg6-2014-background",
    "/documents/wg6-2014-background?text=both",
    "/positions",
    "/brief",
    "/brief?topic=枪支销毁",
    "/brief?item=2",
    "/glossary",
    "/evaluation",
    "/compare?a=wg6-2014-background&b=cop10-2020-draft-resolution",
    "/nowhere",
    "/?doc=gone&anchor=p1",
]

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
#: What keeps a reader from using the page, or makes it hard.
GRAVE = ("serious", "critical")


#: The rules that another colour scheme has a bearing on.
COLOURS = ["color-contrast", "link-in-text-block"]


def grave(page: Page, rules: Sequence[str] = ()) -> list[str]:
    """The grave violations of the page as it stands, of all rules or of some: the rule, what it wants, the element."""
    # Evaluated by the browser's own tools, to which the page's policy does not apply.
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE)
    options = {"resultTypes": ["violations"]} | ({"runOnly": {"type": "rule", "values": rules}} if rules else {})
    found: list[dict[str, Any]] = page.evaluate(
        "async (options) => (await axe.run(document, options)).violations", options
    )
    return [
        f"{each['id']}: {each['help']}: {node['html'][:200]} ({node['failureSummary'][-200:]})"
        for each in found
        if each["impact"] in GRAVE
        for node in each["nodes"]
    ]


def everywhere(page: Page) -> list[str]:
    """The grave violations in light and dark, on a screen and on a telephone."""
    found = []
    for width, height in HEIGHTS.items():
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
        found += [f"{width} light {each}" for each in grave(page)]
        page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        found += [f"{width} dark {each}" for each in grave(page, COLOURS)]
    page.set_viewport_size({"width": 1280, "height": 800})
    return found


def states(page: Page, site: Site, language: Language) -> Iterator[str]:
    """Takes the page that questions are asked on through its states, and names each."""
    words = strings(language)
    yield "empty"
    page.locator(".filters > summary").click()
    page.locator(".choices input").first.check()
    yield "choices open"
    page.get_by_role("button", name=words.filters.clear).click()
    page.keyboard.press("Escape")
    put_question(page, "slow 销毁")
    expect(page.locator(".turn.pending")).to_be_visible()
    yield "searching"
    site.fake.go.set()
    expect(page.locator(".turn.answered")).to_be_visible()
    settled(page)
    yield "answered"
    page.locator(".sentences .mark").nth(1).focus()
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("tooltip")).to_be_visible()
    yield "a card"
    page.keyboard.press("Escape")
    page.get_by_role("button", name=words.panel.both_languages).click()
    yield "both languages"
    page.locator(".copying summary").click()
    yield "menu open"
    page.keyboard.press("Escape")
    page.locator(".vote").first.click()
    expect(page.locator(".feedback-said")).not_to_be_empty()
    yield "judged"
    ask(page, "How do the drafts differ?")
    yield "compared"
    ask(page, "What of paragraph 99?")
    yield "abstained"
    ask(page, "crash")
    yield "failed"
    page.get_by_role("button", name=words.ask.new_conversation).click()
    expect(page.get_by_role("button", name=words.browser.undo)).to_be_visible()
    yield "begun anew"


@pytest.mark.parametrize("language", LANGUAGES)
def test_asking_keeps_nobody_out(open_page: Visits, site: Site, language: Language) -> None:
    page = open_page(in_language(language))
    found = {state: everywhere(page) for state in states(page, site, language)}
    assert len(found) == 12
    assert {state: violations for state, violations in found.items() if violations} == {}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PATHS)
def test_no_page_keeps_anybody_out(open_page: Visits, site: Site, path: str, language: Language) -> None:
    page = open_page.profile(in_language(language)).new_page()
    open_page.origins.add(site.url)
    open_page.watch(page)
    if path == "/nowhere":
        open_page.expects("404")
    page.goto(site.url + path)
    assert everywhere(page) == []


def test_what_keeps_someone_out_would_be_found(open_page: Visits) -> None:
    page = open_page()
    page.evaluate("document.querySelector('.brand').insertAdjacentHTML('afterend', '<button></button>')")
    page.evaluate("document.querySelector('.welcome p').style.color = '#ddd'")
    assert {each.split(":")[0] for each in grave(page)} == {"button-name", "color-contrast"}
    page.emulate_media(color_scheme="dark")
    page.evaluate("document.querySelector('.welcome p').style.color = '#222'")
    assert {each.split(":")[0] for each in grave(page, COLOURS)} == {"color-contrast"}
