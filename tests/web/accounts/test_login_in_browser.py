"""Two people share a real browser: of what the first asked nothing is left when the second logs in."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from corpus.library import Library
from corpus.records import LANGUAGES, Language
from tests.web.accounts.people import PASSWORDS, accounts_in
from tests.web.browsing import Visits, ask, in_language, ready, sideways
from tests.web.conftest import Site, serving
from tests.web.fake import DESTROYED, FakeAssistant
from tests.web.test_accessibility import everywhere
from web.accounts.gate import SESSION_COOKIE
from web.strings import strings


@pytest.fixture(scope="module")
def running(made: Library, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with serving(FakeAssistant(made), made, accounts=accounts_in(tmp_path_factory.mktemp("users"))) as site:
        yield site


def log_in(page: Page, name: str, language: Language) -> None:
    words = strings(language).login
    expect(page.get_by_role("heading", name=words.title)).to_be_visible()
    page.get_by_label(words.name).fill(name)
    page.get_by_label(words.password).fill(PASSWORDS[name])
    page.get_by_role("button", name=words.enter).click()


def log_out(page: Page, name: str, language: Language) -> None:
    words = strings(language).login
    page.locator(".reader summary").click()
    expect(page.locator(".reader-role")).to_contain_text(name)
    page.get_by_role("button", name=words.leave).click()
    expect(page.get_by_role("heading", name=words.title)).to_be_visible()


def kept(page: Page) -> list[str]:
    """The keys of all that the browser keeps for the site, and for the tab."""
    keys = "() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)].sort()"
    found: list[str] = page.evaluate(keys)
    return found


@pytest.mark.parametrize(("language", "width"), [("zh", 390), ("en", 1280)])
def test_nothing_of_a_conversation_is_left_for_who_comes_next(
    open_page: Visits, running: Site, language: Language, width: int
) -> None:
    page = open_page.at(f"{running.url}/?doc=wg6-2014-background&anchor=p61", in_language(language), width)
    log_in(page, "anna", language)
    ready(page)
    # It led back to what was asked for.
    expect(page.locator(".evidence .unit.cited")).to_have_count(1)
    assert sideways(page, "html", ".bar") == []
    ask(page, "销毁")
    expect(page.locator(".turn .sentences")).to_contain_text(DESTROYED[1])
    assert {key.split("/")[1] for key in kept(page)} == {"anna"}
    # The other tab of hers is told, and has nothing more either.
    other = page.context.new_page()
    open_page.watch(other)
    other.goto(running.url)
    ready(other)
    expect(other.locator(".turn")).to_have_count(1)
    log_out(page, "anna", language)
    expect(other.get_by_role("heading", name=strings(language).login.title)).to_be_visible()
    assert kept(page) == kept(other) == []
    page.go_back()
    expect(page.get_by_role("heading", name=strings(language).login.title)).to_be_visible()
    log_in(page, "ben", language)
    ready(page)
    expect(page.locator(".welcome")).to_be_visible()
    expect(page.locator(".turn")).to_have_count(0)
    expect(page.locator(".log")).not_to_contain_text(DESTROYED[1])
    # What was never taken away, as by a browser that was closed, is taken away now.
    page.evaluate("() => localStorage.setItem('rapporteur/anna/conversation', '[]')")
    page.reload()
    ready(page)
    assert not [key for key in kept(page) if "anna" in key]


def test_a_session_that_ended_is_said_with_the_way_back(open_page: Visits, running: Site) -> None:
    page = open_page.at(running.url, in_language("en"))
    log_in(page, "anna", "en")
    ready(page)
    page.context.clear_cookies(name=SESSION_COOKIE)
    open_page.expects("401")
    turn = ask(page, "销毁")
    expect(turn.locator("[data-reason]")).to_have_text(strings("en").browser.logged_out)
    again = page.get_by_role("link", name=strings("en").login.again)
    expect(again).to_be_visible()
    again.click()
    log_in(page, "anna", "en")
    ready(page)
    # The question that was not taken up waits in the box.
    expect(page.locator("#question")).to_have_value("销毁")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wrong_password_is_said_and_one_goes_on_from_there(
    open_page: Visits, running: Site, language: Language
) -> None:
    words = strings(language).login
    page = open_page.at(f"{running.url}/documents", in_language(language), 390)
    open_page.expects("401")
    expect(page.get_by_label(words.name)).to_be_focused()
    page.keyboard.type("anna")
    page.keyboard.press("Tab")
    page.keyboard.type("wrong")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_have_text(words.wrong)
    expect(page.get_by_label(words.name)).to_have_value("anna")
    expect(page.get_by_label(words.password)).to_be_focused()
    expect(page.get_by_label(words.password)).to_have_value("")
    assert everywhere(page) == []
    page.keyboard.type(PASSWORDS["anna"])
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{running.url}/documents")


def test_without_scripts_one_logs_in_and_out(open_page: Visits, running: Site) -> None:
    page = open_page.at(f"{running.url}/glossary", in_language("en"), java_script_enabled=False)
    log_in(page, "lin", "en")
    expect(page).to_have_url(re.compile("/glossary$"))
    log_out(page, "lin", "en")
    page.goto(f"{running.url}/glossary")
    expect(page.get_by_role("heading", name=strings("en").login.title)).to_be_visible()
