"""What a reader thinks of an answer, said in a real browser and read back from the real library."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from corpus.feedback import Feedback, all_feedback
from corpus.library import Library
from corpus.records import LANGUAGES, Language
from tests.web.browsing import WIDTHS, Visits, ask, in_language, ready, sideways, switch_language, wait_until
from tests.web.conftest import Site, serving
from tests.web.fake import DESTROYED, FUNDED, FakeAssistant
from web.strings import strings

READERS = pytest.mark.parametrize("language", LANGUAGES)
ZH, EN = strings("zh"), strings("en")


def said(site: Site, turn: Locator) -> Feedback | None:
    """What the library keeps of a turn."""
    turn_id = turn.get_attribute("data-turn")
    return next((each for each in all_feedback(site.library) if each.id == turn_id), None)


def pressed(turn: Locator) -> list[str | None]:
    return [vote.get_attribute("aria-pressed") for vote in turn.locator(".vote").all()]


@WIDTHS
@READERS
def test_a_vote_with_its_comment_is_kept_changed_and_withdrawn(
    open_page: Visits, site: Site, language: Language, width: int
) -> None:
    words = strings(language).feedback
    page = open_page(in_language(language), width)
    ask(page, " ")
    ask(page, "cryptocurrencies")
    turn = ask(page, "销毁")
    group = turn.get_by_role("group", name=words.group)
    up, down = (group.get_by_role("button", name=name, exact=True) for name in (words.up, words.down))
    withdraw = group.get_by_role("button", name=words.undo)
    comment = turn.get_by_role("textbox", name=words.comment)
    expect(withdraw).to_be_hidden()
    expect(comment).to_be_hidden()
    up.click()
    expect(turn.locator(".feedback-said")).to_have_text(words.thanks)
    kept = said(site, turn)
    assert kept is not None
    assert (kept.vote, kept.comment, kept.language, kept.question) == ("up", "", language, "销毁")
    assert kept.cited == ("wg6-2014-background#p59", "wg6-2014-background#p61")
    assert kept.answer == f"{DESTROYED[1]}\n{FUNDED[1]}"
    # A question that was refused is none that a later one leans on.
    assert kept.earlier == ("cryptocurrencies",)
    assert (kept.mode, kept.abstained) == ("extractive", False)
    expect(comment).to_be_focused()
    page.keyboard.type("有用，但缺第60段 <b>")
    page.keyboard.press("Enter")
    wait_until(page, lambda: getattr(said(site, turn), "comment", "") == "有用，但缺第60段 <b>")
    down.click()
    expect(down).to_have_attribute("aria-pressed", "true")
    assert pressed(turn) == ["false", "true"]
    kept = said(site, turn)
    assert kept is not None
    assert (kept.vote, kept.comment) == ("down", "有用，但缺第60段 <b>")
    assert sideways(page, "html", ".log") == []
    # It is there after a reload, in the other language, too.
    page.reload()
    ready(page)
    assert pressed(turn) == ["false", "true"]
    expect(comment).to_have_value("有用，但缺第60段 <b>")
    withdraw.click()
    expect(turn.locator(".feedback-said")).to_have_text(words.withdrawn)
    assert said(site, turn) is None
    assert pressed(turn) == ["false", "false"]
    expect(comment).to_be_hidden()
    page.reload()
    ready(page)
    assert pressed(turn) == ["false", "false"]


def test_an_abstention_can_be_judged_and_what_it_was_narrowed_to_is_kept(open_page: Visits, site: Site) -> None:
    page = open_page("en-GB")
    page.locator(".filters > summary").click()
    page.get_by_role("checkbox", name="2014 background paper").check()
    page.keyboard.press("Escape")
    turn = ask(page, "Who knows?")
    turn.get_by_role("button", name=EN.feedback.down).click()
    expect(turn.locator(".feedback-said")).to_have_text(EN.feedback.thanks)
    kept = said(site, turn)
    assert kept is not None
    assert (kept.vote, kept.abstained, kept.cited, kept.answer) == ("down", True, (), "")
    assert kept.documents == ("wg6-2014-background",)


def test_what_failed_cannot_be_judged(open_page: Visits) -> None:
    page = open_page()
    turn = ask(page, "crash")
    expect(turn.locator("[data-feedback]")).to_have_count(0)


def test_a_vote_survives_a_change_of_language(open_page: Visits, site: Site) -> None:
    page = open_page()
    turn = ask(page, "销毁")
    turn.get_by_role("button", name=ZH.feedback.up, exact=True).click()
    expect(turn.locator(".feedback-said")).to_have_text(ZH.feedback.thanks)
    switch_language(page, "English")
    up = turn.get_by_role("button", name=EN.feedback.up, exact=True)
    expect(up).to_have_attribute("aria-pressed", "true")
    turn.get_by_role("button", name=EN.feedback.undo).click()
    expect(turn.locator(".feedback-said")).to_have_text(EN.feedback.withdrawn)
    assert said(site, turn) is None


@READERS
def test_where_it_could_not_be_kept_that_is_said(open_page: Visits, made: Library, language: Language) -> None:
    words = strings(language).feedback
    open_page.expects("ERR_CONNECTION_REFUSED")
    with serving(FakeAssistant(made), made) as leaving:
        page = open_page(in_language(language), url=leaving.url)
        turn = ask(page, "销毁")
    turn.get_by_role("button", name=words.up, exact=True).click()
    expect(turn.locator(".feedback-said")).to_have_text(words.not_kept)
    assert pressed(turn) == ["false", "false"]


def test_a_long_comment_is_cut_at_what_the_library_takes(open_page: Visits, site: Site) -> None:
    page: Page = open_page()
    turn = ask(page, "销毁")
    turn.get_by_role("button", name=ZH.feedback.down, exact=True).click()
    comment = turn.get_by_role("textbox", name=ZH.feedback.comment)
    expect(comment).to_be_focused()
    page.keyboard.insert_text("长" * 2500)
    page.keyboard.press("Enter")
    wait_until(page, lambda: len(getattr(said(site, turn), "comment", "")) == 2000)
    expect(turn.locator(".feedback-said")).to_have_text(ZH.feedback.thanks)
