"""The conversation as a browser keeps it: through a reload, a change of language, a new tab, a library that changed."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from corpus.library import Library
from corpus.records import LANGUAGES, Language
from corpus.shelf.adding import add_version
from corpus.shelf.naming import day_in_words
from corpus.shelf.versions import versions_of
from tests.shelf import description, reading_of
from tests.web.browsing import WIDTHS, Visits, ask, box, in_language, put_question, ready, settled, switch_language
from tests.web.conftest import Site, serving
from tests.web.documents import BACKGROUND, DOCUMENTS, put
from tests.web.fake import FakeAssistant
from web.strings import strings

READERS = pytest.mark.parametrize("language", LANGUAGES)
ZH, EN = strings("zh"), strings("en")


def texts(page: Page) -> list[str]:
    """All that is said in the turns."""
    return page.locator(".turn").all_inner_texts()


def kept(page: Page, where: str = "localStorage") -> list[dict[str, Any]]:
    """The turns as the browser keeps them."""
    written = page.evaluate(f"{where}.getItem('rapporteur.conversation')")
    turns: list[dict[str, Any]] = json.loads(written or "[]")
    return turns


def keep(page: Page, turns: list[dict[str, Any]]) -> None:
    """Lets the browser keep other turns."""
    for where in ("localStorage", "sessionStorage"):
        script = "([where, turns]) => window[where].setItem('rapporteur.conversation', turns)"
        page.evaluate(script, [where, json.dumps(turns)])


@WIDTHS
@READERS
def test_a_reload_changes_nothing(open_page: Visits, language: Language, width: int) -> None:
    page = open_page(in_language(language), width)
    for question in ("2012年5月销毁了多少支枪支？", "Who knows?", "", "How do the drafts differ?", "cryptocurrencies"):
        ask(page, question)
    box(page).fill("a draft of the next")
    before = texts(page)
    assert len(before) == 5
    address = page.url
    page.reload()
    ready(page)
    assert texts(page) == before
    expect(page).to_have_url(address)
    expect(page.locator(".welcome")).to_be_hidden()
    expect(page.locator(".turn").last).to_be_in_viewport()
    expect(box(page)).to_have_value("a draft of the next")
    if width == 1280:
        expect(page.locator(".evidence mark")).to_have_count(1)
        expect(page.locator(".turn").last.locator(".mark")).to_have_attribute("aria-current", "true")


def test_a_change_of_language_says_it_all_in_the_other(open_page: Visits) -> None:
    page = open_page()
    expect(page).to_have_title(ZH.site.title)
    ask(page, " ")
    ask(page, "销毁")
    box(page).fill("草稿")
    address = page.url
    switch_language(page, "English")
    expect(page).to_have_title(EN.site.title)
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(box(page)).to_have_attribute("placeholder", EN.ask.placeholder)
    expect(box(page)).to_have_value("草稿")
    expect(page.locator(".turn.failed .reason")).to_contain_text("write what you want to know")
    expect(page.locator(".turn.answered .sources-heading")).to_have_text(EN.answer.sources)
    # What was quoted stays as it was quoted, and what was open is open.
    expect(page.locator(".turn.answered .sentences > p").first).to_have_attribute("lang", "zh-CN")
    expect(page).to_have_url(address)
    expect(page.locator(".evidence h2")).to_have_text("para. 59")
    expect(page.locator(".evidence mark")).to_have_count(1)
    page.reload()
    ready(page)
    expect(page).to_have_title(EN.site.title)
    switch_language(page, "中文")
    expect(page).to_have_title(ZH.site.title)
    expect(page.locator(".turn.answered .sources-heading")).to_have_text(ZH.answer.sources)


@READERS
def test_what_the_library_no_longer_holds_is_left_out_and_said(
    open_page: Visits, own_library: Library, language: Language
) -> None:
    words = strings(language)
    with serving(FakeAssistant(own_library), own_library) as changing:
        page = open_page(in_language(language), url=changing.url)
        ask(page, "销毁")
        ask(page, "cryptocurrencies")
        expect(page.locator(".changed")).to_have_count(0)
        put(own_library, BACKGROUND, without=("p61",))
        page.reload()
        ready(page)
        first, second = page.locator(".turn").all()
        expect(first.locator(".changed")).to_have_text(words.answer.changed)
        expect(first.locator(".sentences > p")).to_have_count(1)
        expect(first.locator(".source")).to_have_count(1)
        expect(first.locator(".gone li")).to_have_count(1)
        expect(first.locator(".gone li")).to_contain_text(words.panel.lost)
        expect(second.locator(".changed")).to_have_count(0)
        put(own_library, BACKGROUND, without=tuple(f"p{n}" for n in range(56, 75)))
        page.reload()
        ready(page)
        expect(page.locator(".turn").first.locator(".changed")).to_have_text(words.answer.changed)
        expect(page.locator(".turn").first.locator(".sentences > p")).to_have_count(0)
        expect(page.locator(".turn").first.locator(".gone li")).to_have_count(2)
        for document in DOCUMENTS:
            put(own_library, document)
        page.reload()
        ready(page)
        # What is there again is shown again: nothing was thrown away.
        expect(page.locator(".changed")).to_have_count(0)
        expect(page.locator(".turn").first.locator(".sentences > p")).to_have_count(2)


@READERS
def test_a_text_that_was_replaced_after_the_answer_is_said_with_the_day_and_opens(
    open_page: Visits, own_library: Library, language: Language
) -> None:
    words, official = strings(language), "The Office took part in the destruction of firearms."
    with serving(FakeAssistant(own_library), own_library) as changing:
        page = open_page(in_language(language), url=changing.url)
        ask(page, "How many were destroyed?")
        reading = reading_of([official])
        units = tuple(replace(unit, anchor="p59", number="59") for unit in reading.units)
        said = description(BACKGROUND.doc_id, official=True)
        add_version(own_library, replace(reading, units=units), said, b"official", "official.txt")
        moment = next(v.replaced_at for v in versions_of(own_library, BACKGROUND.doc_id) if v.language == "en")
        day = datetime.fromisoformat(moment).astimezone().date().isoformat()
        page.reload()
        ready(page)
        gone = page.locator(".turn .gone li")
        expect(gone).to_have_count(1)
        expect(gone).to_contain_text(words.losses.replaced.format(date=day_in_words(day).get(language)))
        expect(gone.locator(".quote")).to_have_text(official)
        gone.get_by_role("link", name=words.losses.as_it_stands).click()
        expect(page.locator(".unit.cited .version:not(.other) .text")).to_have_text(official)
        expect(page.locator(".evidence").get_by_role("alert")).to_have_count(0)


@READERS
def test_a_new_conversation_begins_and_the_last_can_be_brought_back(open_page: Visits, language: Language) -> None:
    words = strings(language)
    page = open_page(in_language(language))
    ask(page, "销毁")
    ask(page, "cryptocurrencies")
    before = texts(page)
    page.get_by_role("button", name=words.ask.new_conversation).click()
    expect(page.locator(".turn")).to_have_count(0)
    expect(page.locator(".welcome")).to_be_visible()
    expect(page.locator(".evidence.empty")).to_be_visible()
    expect(page.locator(".tools .said")).to_contain_text(words.browser.cleared)
    expect(box(page)).to_be_focused()
    expect(page).to_have_url(re.compile("/$"))
    page.get_by_role("button", name=words.browser.undo).click()
    expect(page.locator(".turn")).to_have_count(2)
    assert texts(page) == before
    expect(page.get_by_role("button", name=words.browser.undo)).to_have_count(0)
    page.reload()
    ready(page)
    assert texts(page) == before
    # Where there is nothing to bring back, it is not offered.
    page.get_by_role("button", name=words.ask.new_conversation).click()
    expect(page.locator(".turn")).to_have_count(0)
    page.get_by_role("button", name=words.ask.new_conversation).click()
    expect(page.get_by_role("button", name=words.browser.undo)).to_have_count(0)


def test_a_new_conversation_forgets_the_old_one_even_while_it_waits(open_page: Visits, site: Site) -> None:
    page = open_page()
    put_question(page, "slow 销毁")
    expect(page.locator(".turn.pending")).to_be_visible()
    page.get_by_role("button", name=ZH.ask.new_conversation).click()
    expect(page.locator(".welcome")).to_be_visible()
    expect(page.locator(".turn")).to_have_count(0)
    site.fake.go.set()
    ask(page, "cryptocurrencies")
    expect(page.locator(".turn")).to_have_count(1)
    assert [turn["question"] for turn in kept(page)] == ["cryptocurrencies"]


def test_a_tab_keeps_its_own_conversation_and_a_new_one_begins_with_the_last(open_page: Visits, site: Site) -> None:
    one = open_page()
    ask(one, "销毁")
    other = open_page(context=one.context)
    expect(other.locator(".turn .question")).to_contain_text("销毁")
    other.get_by_role("button", name=ZH.ask.new_conversation).click()
    ask(other, "cryptocurrencies")
    ask(one, "那呢？")
    assert [each.question for each in site.fake.asked[-1].history] == ["销毁"]
    for page, questions in ((one, ["销毁", "那呢？"]), (other, ["cryptocurrencies"])):
        page.reload()
        ready(page)
        expect(page.locator(".turn .question > span + *, .turn .question")).to_have_count(len(questions))
        for turn, question in zip(page.locator(".turn .question").all(), questions, strict=True):
            expect(turn).to_contain_text(question)


@READERS
def test_a_question_that_was_stopped_or_lost_is_not_kept(open_page: Visits, site: Site, language: Language) -> None:
    page = open_page(in_language(language))
    put_question(page, "slow 销毁")
    page.get_by_role("button", name=strings(language).ask.stop, exact=True).click()
    expect(page.locator(".turn.failed")).to_have_count(1)
    site.fake.go.set()
    page.reload()
    ready(page)
    expect(page.locator(".turn")).to_have_count(0)
    # The question itself is not lost.
    expect(box(page)).to_have_value("slow 销毁")


@pytest.mark.parametrize(
    "junk",
    ["", "{", "null", "7", '"x"', "{}", "[]", "[null]", "[[]]", '[{"id": 7}]', "[{}]"],
)
def test_what_a_browser_keeps_may_be_anything(open_page: Visits, junk: str) -> None:
    page = open_page()
    keys = ["conversation", "conversation.before", "draft", "filters", "both"]
    script = "([where, keys, junk]) => keys.forEach((key) => window[where].setItem(`rapporteur.${key}`, junk))"
    for where in ("localStorage", "sessionStorage"):
        page.evaluate(script, [where, keys, junk])
    page.reload()
    ready(page)
    expect(page.locator(".welcome")).to_be_visible()
    box(page).fill("")
    ask(page, "销毁")
    expect(page.locator(".turn.answered")).to_have_count(1)


def test_a_conversation_that_cannot_be_read_is_said_and_another_can_begin(open_page: Visits) -> None:
    open_page.expects("422")
    page = open_page()
    keep(page, [{"id": "0" * 32, "question": 7}])
    page.reload()
    ready(page)
    expect(page.locator(".disconnected[role=alert]")).to_have_text(ZH.browser.internal)
    page.get_by_role("button", name=ZH.ask.new_conversation).click()
    ask(page, "销毁")
    page.reload()
    ready(page)
    expect(page.locator(".turn.answered .sentences > p")).to_have_count(2)


def test_a_forged_turn_shows_nothing_that_the_library_does_not_hold(open_page: Visits) -> None:
    page = open_page()
    ask(page, "销毁")
    turns = kept(page)
    turns[0]["answer"]["sentences"][0]["text"] = "销毁了9,999支枪支。"
    turns[0]["answer"]["citations"][1]["quote"] = "<img src=http://127.0.0.1:9/x onerror=window.hacked=1>"
    keep(page, turns)
    page.reload()
    ready(page)
    expect(page.locator(".turn .changed")).to_have_text(ZH.answer.changed)
    assert "9,999" not in page.locator(".turn").inner_text()
    assert page.evaluate("window.hacked") is None


def test_a_browser_with_little_room_keeps_the_newest(open_page: Visits) -> None:
    page = open_page()
    ask(page, "销毁")
    turn = len(json.dumps(kept(page), ensure_ascii=False))
    # Room for this turn and two or three more.
    page.evaluate(
        """(room) => {
          for (const where of [localStorage, sessionStorage]) {
            let size = 5_300_000;
            while (size > 0) { try { where.setItem("filler", "x".repeat(size)); break; } catch { size -= 1000; } }
            where.setItem("filler", "x".repeat(size - room));
          }
        }""",
        turn * 4,
    )
    for n in range(6):
        ask(page, f"销毁 {n}")
    questions = [each["question"] for each in kept(page)]
    assert 1 <= len(questions) < 7
    assert questions[-1] == "销毁 5"
    expect(page.locator(".turn")).to_have_count(7)
    page.reload()
    ready(page)
    expect(page.locator(".turn")).to_have_count(len(questions))


def test_a_browser_that_keeps_nothing_still_asks(open_page: Visits, site: Site) -> None:
    page = open_page()
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('none'); }});"
        "Object.defineProperty(window, 'sessionStorage', {get() { throw new Error('none'); }});"
    )
    page.reload()
    ready(page)
    ask(page, "销毁")
    ask(page, "那呢？")
    turn = ask(page, "那么呢？")
    expect(turn.locator(".understood")).to_contain_text("销毁 那呢？ 那么呢？")
    assert len(site.fake.asked[-1].history) == 2


def test_the_draft_is_kept_in_its_tab_until_it_is_asked(open_page: Visits) -> None:
    page = open_page()
    box(page).fill("销毁了多少\n支枪支")
    page.reload()
    ready(page)
    expect(box(page)).to_have_value("销毁了多少\n支枪支")
    other = open_page(context=page.context)
    expect(box(other)).to_have_value("")
    box(page).press("Enter")
    expect(page.locator(".turn.answered")).to_have_count(1)
    settled(page)
    page.reload()
    ready(page)
    expect(box(page)).to_have_value("")


def test_two_people_at_once_see_their_own_alone(open_page: Visits, site: Site) -> None:
    one, other = open_page(), open_page("en-GB")
    put_question(one, "slow 销毁")
    put_question(other, "slow cryptocurrencies")
    for page in (one, other):
        expect(page.locator(".turn.pending")).to_have_count(1)
    site.fake.go.set()
    expect(one.locator(".turn.answered .sentences")).to_contain_text("1,045支枪支的销毁工作")
    expect(other.locator(".turn.answered .sentences")).to_contain_text("cryptocurrencies")
    ask(one, "那呢？")
    assert [each.question for each in site.fake.asked[-1].history] == ["slow 销毁"]
    for page, count in ((one, 2), (other, 1)):
        page.reload()
        ready(page)
        expect(page.locator(".turn")).to_have_count(count)
    assert "cryptocurrencies" not in one.locator(".turns").inner_text()
    assert "销毁" not in other.locator(".turns").inner_text()
    stranger = open_page()
    expect(stranger.locator(".turn")).to_have_count(0)
