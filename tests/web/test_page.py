"""The page in a real browser: asking, reading the evidence, changing the language, and what must not happen."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.web.conftest import Site, ask
from tests.web.fake import HOSTILE
from web.strings import EXAMPLES, strings

OpenPage = Callable[..., Page]
# Gradio sums up its queue with an option that pandas has since given up.
pytestmark = pytest.mark.filterwarnings("ignore:.*no_silent_downcasting")

ZH, EN = strings("zh"), strings("en")


def test_a_chinese_answer_opens_its_first_citation_and_any_other_on_a_click(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "2012年5月销毁了多少支枪支？")
    mark = page.locator(".evidence mark")
    expect(mark).to_have_text("毒品和犯罪问题办公室于2012年5月参加了1,045支枪支的销毁工作")
    expect(mark).to_be_in_viewport()
    expect(page.locator(".evidence h2")).to_have_text("第59段")
    page.locator(".sentences .mark", has_text="[2]").click()
    expect(page.locator(".evidence h2")).to_have_text("第61段")
    expect(mark).to_have_text(
        "毒品和犯罪问题办公室得到日本政府提供的资金，用于在两个萨赫勒国家开展枪支收缴和销毁工作。"
    )
    expect(mark).to_be_in_viewport()
    expect(page.locator(".unit h3")).to_have_text(["第59段", "第60段", "第61段", "第62段", "第63段"])


def test_an_english_answer_by_keyboard_alone(open_page: OpenPage) -> None:
    page = open_page("en-GB")
    ask(page, "Which paragraph mentions cryptocurrencies?")
    page.get_by_role("button", name="Close").press("Enter")
    expect(page.locator(".evidence.empty")).to_be_visible()
    page.locator(".sentences .mark").press("Enter")
    quote = "cryptocurrencies in trafficking in firearms, and to share what they learn 𠮷"
    expect(page.locator(".evidence mark")).to_have_text(quote)
    heading = page.locator(".evidence h2")
    expect(heading).to_have_text("operative para. 14")
    expect(heading).to_be_focused()
    expect(page.locator(".evidence")).to_contain_text(EN.symbol_unknown)
    expect(page.locator(".evidence")).to_contain_text(EN.unofficial)
    expect(page.locator(".evidence .standing")).to_contain_text("A draft; nothing in the library records its adoption.")
    heading.press("Escape")
    expect(page.locator(".sentences .mark")).to_be_focused()


def test_more_of_the_document_without_losing_the_place(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "销毁")
    cited = page.locator(".unit.cited")
    expect(page.locator(".unit")).to_have_count(5)
    page.get_by_role("button", name=ZH.earlier).click()
    expect(page.locator(".unit h3").first).to_have_text("第56段")
    expect(page.get_by_role("button", name=ZH.earlier)).to_have_count(0)
    expect(cited).to_be_in_viewport()
    page.get_by_role("button", name=ZH.later).click()
    expect(page.locator(".unit h3").last).to_have_text("第66段")
    expect(page.locator(".evidence mark")).to_have_count(1)


def test_an_abstention_offers_leads_and_says_that_they_are_no_answer(open_page: OpenPage) -> None:
    page = open_page("en-GB")
    ask(page, "Who will chair the 2031 meeting?")
    turn = page.locator(".turn.abstained")
    expect(turn).to_contain_text(EN.abstained)
    expect(turn).to_contain_text("No paragraph mentions everything the question asks about.")
    expect(turn).to_contain_text(EN.leads_note)
    expect(turn.locator(".sentences")).to_have_count(0)
    expect(page.locator(".evidence.empty")).to_be_visible()
    expect(turn.locator(".source").nth(1)).to_contain_text(EN.unofficial)
    turn.locator("[data-cite]").first.click()
    expect(page.locator(".evidence h2")).to_have_text("para. 60")
    expect(page.locator(".evidence mark")).to_have_text(
        "阿根廷和巴西的代表在会上分享了制订国家枪支收缴和自愿放弃方案的经验。"
    )


def test_the_language_follows_the_browser_switches_everything_and_is_remembered(open_page: OpenPage) -> None:
    page = open_page("zh-CN")
    expect(page).to_have_title(ZH.title)
    ask(page, "销毁")
    ask(page, " ")
    page.get_by_role("button", name="English").click()
    expect(page).to_have_title(EN.title)
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("textbox")).to_have_attribute("placeholder", EN.placeholder)
    expect(page.get_by_role("button", name=EN.new_conversation)).to_be_visible()
    expect(page.get_by_role("log", name=EN.conversation)).to_contain_text("write what you want to know")
    page.locator(".mark").first.click()
    expect(page.locator(".evidence h2")).to_have_text("para. 59")
    assert re.findall("[\u4e00-\u9fff]+", page.locator(".bar, .composer").all_inner_texts()[0]) == ["中文"]
    page.reload()
    page.wait_for_selector("html[data-ready]")
    expect(page).to_have_title(EN.title)
    expect(page.locator(".example")).to_have_text([*EXAMPLES["en"], *EXAMPLES["zh"]])
    page.get_by_role("button", name="中文").click()
    expect(page.locator(".example")).to_have_text([*EXAMPLES["zh"], *EXAMPLES["en"]])


@pytest.mark.parametrize(
    ("question", "message"),
    [
        ("", "没有问题；请写下要了解的内容。"),
        ("长" * 2001, "问题有2001个字符，最多2,000个；请缩短。"),
        ("crash", ZH.internal),
    ],
    ids=["empty", "too long", "a fault of the program"],
)
def test_a_refused_question_gets_a_sentence(open_page: OpenPage, question: str, message: str) -> None:
    page = open_page()
    ask(page, question)
    expect(page.locator(".turn.failed")).to_contain_text(message)
    assert "secret" not in page.content()
    assert "Traceback" not in page.content()
    ask(page, "销毁")
    expect(page.locator(".turn.answered")).to_have_count(1)


def test_hostile_text_runs_nothing_and_fetches_nothing(open_page: OpenPage) -> None:
    page = open_page("en-GB")
    ask(page, f"hostile {HOSTILE}")
    expect(page.locator(".sentences p")).to_contain_text(HOSTILE.strip())
    expect(page.locator(".evidence mark")).to_have_text(HOSTILE)
    page.wait_for_timeout(300)
    assert page.evaluate("window.hacked") is None
    assert page.locator("#stage :is(script, img, a, b[style])").count() == 0


def test_an_example_is_a_question_and_the_search_is_announced(open_page: OpenPage, site: Site) -> None:
    page = open_page("en-GB")
    page.get_by_role("button", name=EXAMPLES["en"][1]).click()
    expect(page.locator(".turn.answered .question")).to_contain_text(EXAMPLES["en"][1])
    site.assistant.go.clear()
    page.get_by_role("textbox").fill("a slow one about cryptocurrencies")
    page.get_by_role("textbox").press("Enter")
    expect(page.get_by_role("status").filter(has_text=EN.searching)).to_be_visible()
    page.get_by_role("button", name="中文").click()
    expect(page.locator(".searching")).to_have_text(ZH.searching)
    site.assistant.go.set()
    expect(page.locator(".turn.answered")).to_have_count(2)
    assert site.assistant.asked[-1][1] == 1
    expect(page.locator(".sources-heading").first).to_have_text(ZH.sources)


def test_a_new_conversation_forgets_the_old_one_even_while_it_waits(open_page: OpenPage, site: Site) -> None:
    page = open_page()
    site.assistant.go.clear()
    page.get_by_role("textbox").fill("slow 销毁")
    page.get_by_role("textbox").press("Enter")
    expect(page.locator(".turn.pending")).to_be_visible()
    page.get_by_role("button", name=ZH.new_conversation).click()
    expect(page.locator(".welcome")).to_be_visible()
    site.assistant.go.set()
    ask(page, "销毁")
    expect(page.locator(".turn")).to_have_count(1)


def test_shift_enter_begins_a_line_and_the_citation_is_copied_with_its_standing(open_page: OpenPage) -> None:
    page = open_page()
    box = page.get_by_role("textbox")
    box.fill("销毁")
    box.press("Shift+Enter")
    expect(box).to_have_value("销毁\n")
    expect(page.locator(".turn")).to_have_count(0)
    page.get_by_role("button", name=ZH.ask).click()
    page.get_by_role("button", name=ZH.copy).click()
    expect(page.locator("[data-copy]")).to_have_text(ZH.copied)
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "1,045支" in copied
    assert "第59段" in copied
    assert ZH.symbol_inferred in copied
    assert "未经谈判" in copied


def test_a_long_conversation_scrolls_in_its_own_place_to_the_newest_question(open_page: OpenPage) -> None:
    page = open_page("zh-CN", 1000, 420)
    for _ in range(4):
        ask(page, "销毁")
        expect(page.locator(".turn").last.locator(".question")).to_be_in_viewport(ratio=1)
        expect(page.get_by_role("textbox")).to_be_in_viewport(ratio=1)
        expect(page.locator(".bar")).to_be_in_viewport(ratio=1)
    page.locator(".turn").last.locator(".mark", has_text="[2]").first.press("Enter")
    expect(page.locator(".evidence h2")).to_be_focused()
    expect(page.locator(".bar")).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
def test_a_telephone_shows_it_all_without_scrolling_sideways(open_page: OpenPage, locale: str) -> None:
    page = open_page(locale, 390, 844)
    ask(page, "销毁" if locale == "zh-CN" else f"hostile {HOSTILE}")
    expect(page.locator(".evidence mark")).to_be_visible()
    expect(page.get_by_role("textbox")).to_be_in_viewport()
    for part in ("html", ".log", ".units", ".evidence-head"):
        wide, room = page.locator(part).evaluate("e => [e.scrollWidth, e.clientWidth]")
        assert wide <= room, part
    page.locator("[data-close]").click()
    expect(page.locator("#panel")).to_be_hidden()
