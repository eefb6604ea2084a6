"""Asking in a real browser: an answer that grows, one that is stopped, and everything that can go wrong with one."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Route, expect

from corpus.library import Library
from corpus.records import LANGUAGES, Language
from tests.web.browsing import (
    WIDTHS,
    Visits,
    ask,
    box,
    in_language,
    place,
    put_question,
    ready,
    settled,
    sideways,
    wait_until,
)
from tests.web.conftest import Site, serving
from tests.web.documents import HOSTILE
from tests.web.fake import DESTROYED, FUNDED, NOTES, REASONS, TOOK_PART, FakeAssistant
from web.asking.routes import EXAMPLES
from web.strings import strings

READERS = pytest.mark.parametrize("language", LANGUAGES)
ZH, EN = strings("zh"), strings("en")
QUESTION = {"zh": "2012年5月销毁了多少支枪支？", "en": "How many firearms were destroyed in May 2012?"}


@WIDTHS
@READERS
def test_an_answer_stands_under_its_question_with_its_sources(
    open_page: Visits, language: Language, width: int
) -> None:
    words = strings(language)
    page = open_page(in_language(language), width)
    expect(page.locator("html")).to_have_attribute("lang", words.site.html_lang)
    expect(page.locator(".welcome")).to_contain_text(words.ask.welcome)
    turn = ask(page, QUESTION[language])
    expect(turn.locator(".question")).to_contain_text(QUESTION[language])
    expect(turn.locator(".sentences > p").first).to_contain_text((DESTROYED if language == "zh" else TOOK_PART)[1])
    expect(turn.get_by_text(words.answer.extractive)).to_be_visible()
    expect(turn.locator(".source")).to_have_count(2 if language == "zh" else 3)
    expect(page.locator(".welcome")).to_be_hidden()
    expect(box(page)).to_have_value("")
    expect(box(page)).to_be_in_viewport()
    expect(turn.locator(".question")).to_be_in_viewport(ratio=1)
    # Beside the answer there is room for its first citation; on a telephone that would cover it.
    expect(page.locator(".evidence mark")).to_have_count(1 if width == 1280 else 0)
    assert sideways(page, "html", ".log", ".composer", ".bar") == []


@READERS
def test_an_answer_grows_sentence_by_sentence(open_page: Visits, site: Site, language: Language) -> None:
    words = strings(language)
    page = open_page(in_language(language))
    put_question(page, f"paced {QUESTION[language]}")
    sentences = page.locator(".turn.growing .sentences > p")
    expect(sentences).to_have_count(1)
    expect(page.locator("[data-stop]")).to_be_visible()
    expect(page.locator(".log")).to_have_attribute("aria-busy", "true")
    expect(page.locator("[data-feedback]")).to_have_count(0)
    if language == "en":
        site.fake.step.release()
        expect(sentences).to_have_count(2)
        expect(page.locator(".turn.growing .source")).to_have_count(2)
    site.fake.step.release()
    expect(page.locator(".turn.answered:not(.growing) .sentences > p")).to_have_count(2 if language == "zh" else 3)
    expect(page.get_by_role("group", name=words.feedback.group)).to_be_visible()
    expect(page.locator("[data-send]")).to_be_visible()
    expect(page.locator(".log")).not_to_have_attribute("aria-busy", "true")
    # What was read while it grew is still where it was.
    assert page.locator(".turn").count() == 1


@READERS
def test_while_the_documents_are_searched_that_is_seen_and_said(
    open_page: Visits, site: Site, language: Language
) -> None:
    words = strings(language)
    page = open_page(in_language(language))
    put_question(page, "slow cryptocurrencies")
    expect(page.locator(".turn.pending .question")).to_contain_text("slow cryptocurrencies")
    expect(page.locator(".turn.pending").get_by_role("status")).to_have_text(words.answer.searching)
    expect(page.locator("#announcement")).to_have_text(words.browser.searching)
    # Another question waits for this one.
    box(page).fill("two at once")
    box(page).press("Enter")
    expect(page.locator(".turn")).to_have_count(1)
    expect(box(page)).to_have_value("two at once")
    site.fake.go.set()
    expect(page.locator(".turn.answered")).to_have_count(1)
    expect(page.locator("#announcement")).to_have_text("")
    expect(page.locator(".turn .by")).to_have_text(words.answer.by_model)


@pytest.mark.parametrize("how", ["button", "Escape"])
@READERS
def test_a_question_can_be_stopped_and_is_given_back(
    open_page: Visits, site: Site, language: Language, how: str
) -> None:
    words = strings(language)
    page = open_page(in_language(language))
    put_question(page, "slow cryptocurrencies")
    expect(page.locator(".turn.pending")).to_be_visible()
    if how == "button":
        page.get_by_role("button", name=words.ask.stop, exact=True).click()
    else:
        page.keyboard.press("Escape")
    expect(page.locator(".turn.failed .reason")).to_have_text(words.browser.stopped)
    expect(box(page)).to_have_value("slow cryptocurrencies")
    expect(box(page)).to_be_focused()
    expect(page.locator("[data-send]")).to_be_visible()
    site.fake.go.set()
    turn = ask(page, QUESTION[language])
    expect(turn.locator(".sentences > p").first).to_be_visible()
    # What was stopped does not come after all.
    expect(page.locator(".turn")).to_have_count(2)
    expect(page.locator(".turn.failed")).to_have_count(1)


def test_an_answer_can_be_stopped_while_it_grows(open_page: Visits, site: Site) -> None:
    page = open_page()
    ended = site.fake.ended
    put_question(page, "paced 销毁")
    expect(page.locator(".turn.growing .sentences > p")).to_have_count(1)
    page.get_by_role("button", name=ZH.ask.stop, exact=True).click()
    expect(page.locator(".turn.failed .reason")).to_have_text(ZH.browser.stopped)
    ask(page, "cryptocurrencies")
    site.fake.step.release()
    ask(page, "cryptocurrencies")
    expect(page.locator(".turn")).to_have_count(3)
    # Nobody goes on with it: of the three, only the other two answers were given to the end.
    assert site.fake.ended - ended == 2


@pytest.mark.parametrize(
    ("question", "zh", "en"),
    [
        ("", "没有问题；请写下要了解的内容。", "write what you want to know"),
        ("长" * 2001, "问题有2001个字符，最多2,000个；请缩短。", "shorten the question"),
        ("crash", ZH.errors.internal, EN.errors.internal),
    ],
    ids=["empty", "too long", "a fault of the program"],
)
@READERS
def test_a_question_without_an_answer_gets_a_sentence_and_is_given_back(
    open_page: Visits, language: Language, question: str, zh: str, en: str
) -> None:
    page = open_page(in_language(language))
    turn = ask(page, question)
    expect(turn.locator(".verdict")).to_have_text(strings(language).answer.failed)
    expect(turn.locator(".reason")).to_contain_text(zh if language == "zh" else en)
    expect(box(page)).to_have_value(question)
    expect(page.locator(".evidence.empty")).to_be_visible()
    assert "secret" not in page.content()
    assert "Traceback" not in page.content()
    turn = ask(page, QUESTION[language])
    expect(turn.locator(".sentences > p").first).to_be_visible()
    # The failure is kept with the rest, and does not keep the rest from being kept.
    page.reload()
    ready(page)
    expect(page.locator(".turn.failed")).to_have_count(1)
    expect(page.locator(".turn.answered")).to_have_count(1)


def test_a_question_far_too_long_costs_nothing_that_was_asked_before(open_page: Visits) -> None:
    page = open_page()
    ask(page, "销毁")
    turn = ask(page, "长" * 30_000)
    expect(turn.locator(".reason")).to_contain_text("问题有30000个字符")
    page.reload()
    ready(page)
    expect(page.locator(".turn.answered .sentences > p")).to_have_count(2)
    expect(page.get_by_role("alert")).to_have_count(0)


@READERS
def test_one_question_more_than_fits_is_told_at_once_and_answered_later(
    open_page: Visits, made: Library, language: Language
) -> None:
    words = strings(language)
    assistant = FakeAssistant(made)
    open_page.expects(r"console error: .*503 \(Service Unavailable\)")
    with serving(assistant, made, queue_length=1, answers_at_once=1) as full:
        pages = []
        for _ in range(2):
            page = open_page(in_language(language), url=full.url)
            put_question(page, "slow, cryptocurrencies")
            expect(page.locator(".turn.pending")).to_have_count(1)
            pages.append(page)
            # The first is taken up and leaves the queue, the second stays in it.
            wait_until(page, lambda: len(assistant.asked) == 1)
        third = open_page(in_language(language), url=full.url)
        put_question(third, "slow, cryptocurrencies")
        expect(third.locator(".turn.failed .reason")).to_have_text(words.browser.busy)
        expect(box(third)).to_have_value("slow, cryptocurrencies")
        assistant.go.set()
        for page in pages:
            expect(page.locator(".turn.answered")).to_have_count(1)
        box(third).press("Enter")
        expect(third.locator(".turn.answered")).to_have_count(1)
        for page in (*pages, third):
            settled(page)
            page.close()


@READERS
def test_a_lost_connection_is_said(open_page: Visits, made: Library, language: Language) -> None:
    words = strings(language)
    open_page.expects("ERR_CONNECTION_REFUSED")
    assistant = FakeAssistant(made)
    with serving(assistant, made) as leaving:
        page = open_page(in_language(language), url=leaving.url)
        ask(page, QUESTION[language])
    put_question(page, "还在吗")
    expect(page.locator(".turn.failed .reason")).to_have_text(words.browser.disconnected)
    expect(page.get_by_role("alert")).to_have_text(words.browser.disconnected)
    expect(box(page)).to_have_value("还在吗")
    # What was answered is still there, even where its evidence cannot be had.
    page.locator(".turn.answered .mark").nth(1).click()
    expect(page.locator("#panel[aria-busy]")).to_have_count(0)
    expect(page.locator(".turn.answered")).to_have_count(1)
    expect(page.get_by_role("alert")).to_have_text(words.browser.disconnected)


def test_a_connection_lost_while_an_answer_grows_is_said(open_page: Visits, made: Library) -> None:
    # Whatever the browser itself says of it: that depends on how far the server has come in leaving.
    open_page.allows("ERR_")
    assistant = FakeAssistant(made)
    with serving(assistant, made) as leaving:
        page = open_page(url=leaving.url)
        put_question(page, "slow 销毁")
        expect(page.locator(".turn.pending")).to_be_visible()
        leaving.stop()
        expect(page.locator(".turn.failed .reason")).to_have_text(ZH.browser.disconnected)
        expect(box(page)).to_have_value("slow 销毁")


@READERS
def test_an_abstention_says_why_and_offers_leads_that_are_no_answer(open_page: Visits, language: Language) -> None:
    words = strings(language)
    page = open_page(in_language(language))
    turn = ask(page, "Who will chair the 2031 meeting?" if language == "en" else "谁将主持2031年的会议？")
    expect(turn.locator(".verdict")).to_have_text(words.answer.abstained)
    expect(turn.locator(".reason")).to_have_text(REASONS[language])
    expect(turn.locator(".leads-note")).to_have_text(words.answer.leads_note)
    expect(turn.locator(".sentences")).to_have_count(0)
    expect(page.locator(".evidence.empty")).to_be_visible()
    expect(turn.locator(".source").nth(1)).to_contain_text(words.texts.unofficial)
    turn.locator("[data-open]").first.click()
    expect(page.locator(".evidence h2")).to_have_text("第60段" if language == "zh" else "para. 60")
    expect(page.locator(".evidence mark")).to_have_text(
        "阿根廷和巴西的代表在会上分享了制订国家枪支收缴和自愿放弃方案的经验。"
    )


@WIDTHS
@READERS
def test_a_follow_up_is_read_with_the_turn_before_it(
    open_page: Visits, site: Site, language: Language, width: int
) -> None:
    words = strings(language)
    page = open_page(in_language(language), width)
    following = "那2014年呢？销毁" if language == "zh" else "And in 2014?"
    first = ask(page, QUESTION[language])
    expect(first.locator(".understood")).to_have_count(0)
    expect(first.locator(".notes")).to_have_count(0)
    turn = ask(page, following)
    seen = site.fake.asked[-1]
    assert [(each.question, each.cited[0]) for each in seen.history] == [
        (QUESTION[language], "wg6-2014-background#p59")
    ]
    said = turn.locator(".understood")
    expect(said).to_have_text(words.answer.understood.format(question=f"{QUESTION[language]} {following}"))
    assert place(said)["y"] < place(turn.locator(".sentences"))["y"]
    # The next one leans on how that one was read.
    ask(page, following)
    assert site.fake.asked[-1].history[-1].understood == f"{QUESTION[language]} {following}"
    assert sideways(page, "html", ".log") == []
    page.get_by_role("button", name=words.ask.new_conversation).click()
    expect(page.locator(".welcome")).to_be_visible()
    turn = ask(page, following)
    assert site.fake.asked[-1].history == ()
    expect(turn.locator(".understood")).to_have_count(0)


@WIDTHS
@READERS
def test_a_comparison_stands_side_by_side_with_its_differing_words_marked(
    open_page: Visits, language: Language, width: int
) -> None:
    words = strings(language)
    page = open_page(in_language(language), width)
    turn = ask(page, "两段有什么不同？" if language == "zh" else "How do the drafts differ?")
    comparison = turn.get_by_role("group", name=words.answer.compared)
    expect(comparison).to_contain_text(words.answer.differs)
    marks = comparison.locator("mark.differs")
    expect(marks).to_have_text(
        ["62", "63"]
        if language == "zh"
        else ["Invites", "make full", "tools for tracing;", "Urges", "investigate the", "darknet"]
    )
    assert marks.first.evaluate("e => getComputedStyle(e).textDecorationLine") == "underline"
    one, other = (place(comparison.locator(".side").nth(at)) for at in (0, 1))
    if width == 1280:
        assert one["y"] == other["y"]
        assert one["x"] + one["width"] < other["x"]
    else:
        assert one["x"] == other["x"]
        assert one["y"] + one["height"] < other["y"]
    notes = turn.get_by_role("list", name=words.answer.notes)
    expect(notes.locator("li")).to_have_text(list(NOTES[language]))
    third = turn.locator(".sentences > p")
    expect(third).to_have_text("2012年7月3")
    tops = [place(part)["y"] for part in (comparison, third, notes, turn.locator(".sources-heading"))]
    assert tops == sorted(tops)
    assert sideways(page, "html", ".log", ".comparison") == []
    comparison.locator(".mark").nth(1).click()
    expect(page.locator(".evidence h2")).to_have_text("第63段" if language == "zh" else "operative para. 14")


@WIDTHS
@READERS
def test_hostile_text_runs_nothing_and_fetches_nothing(open_page: Visits, language: Language, width: int) -> None:
    page = open_page(in_language(language), width)
    turn = ask(page, f"hostile {HOSTILE}")
    expect(turn.locator(".sentences p")).to_contain_text(HOSTILE)
    for part in (".understood", ".notes"):
        expect(turn.locator(part)).to_contain_text(HOSTILE)
    turn.locator(".mark").first.hover()
    expect(page.locator("#card")).to_contain_text("window.hacked")
    turn.locator(".mark").first.click()
    expect(page.locator(".evidence mark")).to_have_text(HOSTILE)
    page.get_by_role("button", name=strings(language).panel.both_languages).click()
    expect(page.locator(".version:visible")).to_have_count(2)
    assert sideways(page, "html", ".log", ".units", ".evidence-head") == []
    turn = ask(page, "hostile differ")
    expect(turn.locator(".side .quoted").first).to_contain_text(HOSTILE)
    expect(turn.locator(".side mark.differs")).not_to_have_count(0)
    page.reload()
    ready(page)
    expect(page.locator(".side .quoted").first).to_contain_text(HOSTILE)
    # Whatever would have been fetched or run had its time to: the page answers once more.
    ask(page, QUESTION[language])
    assert page.evaluate("window.hacked") is None
    assert page.locator("#main :is(script, img, iframe, b[style], a[href^=javascript])").count() == 0
    assert sideways(page, "html", ".log") == []


@READERS
def test_an_example_is_a_question(open_page: Visits, language: Language) -> None:
    page = open_page(in_language(language))
    order = ("zh", "en") if language == "zh" else ("en", "zh")
    expect(page.locator(".example")).to_have_text([text for code in order for text in EXAMPLES[code]])
    page.get_by_role("link", name=EXAMPLES["en"][1]).click()
    expect(page.locator(".turn.answered .question")).to_contain_text(EXAMPLES["en"][1])


def test_an_example_opened_in_a_new_tab_is_asked_there(open_page: Visits) -> None:
    page = open_page("en-GB")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name=EXAMPLES["en"][1]).click(modifiers=["ControlOrMeta"])
    ready(opened.value)
    expect(opened.value.locator(".turn.answered .question")).to_contain_text(EXAMPLES["en"][1])
    expect(page.locator(".turn")).to_have_count(0)


def test_an_address_with_a_question_asks_it_once(open_page: Visits, site: Site) -> None:
    page = open_page(path="/?q=2012%E5%B9%B45%E6%9C%88%E9%94%80%E6%AF%81")
    expect(page.locator(".turn.answered .question")).to_contain_text("2012年5月销毁")
    expect(page).not_to_have_url(re.compile("q="))
    page.reload()
    ready(page)
    expect(page.locator(".turn.answered")).to_have_count(1)
    assert [each.question for each in site.fake.asked] == ["2012年5月销毁"]
    for nothing in ("/?q=", "/?q=%20"):
        page.goto(site.url + nothing)
        ready(page)
        expect(page.locator(".turn")).to_have_count(1)


def test_a_question_that_is_asked_before_the_scripts_are_there_is_asked(open_page: Visits, site: Site) -> None:
    page = open_page.profile().new_page()
    open_page.origins.add(site.url)
    open_page.watch(page)
    held: list[Route] = []
    page.route("**/static/ask.js", lambda route: held.append(route))
    page.goto(site.url, wait_until="commit")
    box(page).fill("销毁")
    page.unroute("**/static/ask.js")
    page.get_by_role("button", name=ZH.ask.ask, exact=True).click()
    ready(page)
    expect(page.locator(".turn.answered .question")).to_contain_text("销毁")
    expect(box(page)).to_have_value("")
    assert [each.question for each in site.fake.asked] == ["销毁"]


def test_shift_enter_begins_a_line_and_the_box_grows_with_it(open_page: Visits) -> None:
    page = open_page()
    before = place(box(page))["height"]
    box(page).fill("销毁")
    for _ in range(3):
        box(page).press("Shift+Enter")
    expect(box(page)).to_have_value("销毁\n\n\n")
    assert place(box(page))["height"] > before + 30
    expect(page.locator(".turn")).to_have_count(0)
    page.get_by_role("button", name=ZH.ask.ask, exact=True).click()
    expect(page.locator(".turn.answered")).to_have_count(1)
    assert place(box(page))["height"] == before


def test_enter_takes_a_candidate_while_an_input_method_composes(open_page: Visits) -> None:
    page = open_page()
    box(page).focus()
    keyboard = page.context.new_cdp_session(page)
    keyboard.send("Input.imeSetComposition", {"text": "xiaohui", "selectionStart": 7, "selectionEnd": 7})
    expect(box(page)).to_have_value("xiaohui")
    enter = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 229}
    keyboard.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **enter})
    keyboard.send("Input.dispatchKeyEvent", {"type": "keyUp", **enter})
    keyboard.send("Input.insertText", {"text": "销毁"})
    expect(box(page)).to_have_value("销毁")
    expect(page.locator(".turn")).to_have_count(0)
    page.keyboard.press("Enter")
    expect(page.locator(".turn.answered")).to_have_count(1)


def test_a_long_conversation_scrolls_in_its_own_place_to_the_newest_question(open_page: Visits) -> None:
    page = open_page("zh-CN", 1000, 420)
    for _ in range(3):
        turn = ask(page, "销毁")
        expect(turn.locator(".question")).to_be_in_viewport(ratio=1)
        expect(box(page)).to_be_in_viewport(ratio=1)
        expect(page.locator(".bar")).to_be_in_viewport(ratio=1)
    page.locator(".turn").last.locator(".mark").nth(1).press("Enter")
    expect(page.locator(".evidence h2")).to_be_focused()
    expect(page.locator(".bar")).to_be_in_viewport(ratio=1)
    assert page.evaluate("document.scrollingElement.scrollTop") == 0


def test_without_scripts_the_page_says_so_and_shows_what_its_address_opens(open_page: Visits, site: Site) -> None:
    page = open_page.at(f"{site.url}/?doc=wg6-2014-background&anchor=p59&text=zh", java_script_enabled=False)
    expect(page.locator(".disconnected").get_by_text(ZH.site.scripts_needed)).to_be_visible()
    expect(page.locator(".unit.cited")).to_contain_text(DESTROYED[1])
    page.get_by_role("link", name=ZH.panel.later).click()
    expect(page.locator(".unit")).to_have_count(10)
    page.locator(".languages").get_by_text("English", exact=True).click()
    expect(page.locator(".evidence h2")).to_have_text("para. 59")
    assert FUNDED[1] in page.content()
