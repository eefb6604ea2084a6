"""The evidence in a real browser: opened from a mark, read on, in both languages, copied, opened again by a link."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from corpus.records import LANGUAGES, Language
from tests.web.browsing import (
    WIDTHS,
    Visits,
    ask,
    box,
    in_language,
    place,
    ready,
    settled,
    sideways,
    switch_language,
    wait_until,
)
from tests.web.conftest import Site
from tests.web.fake import CRYPTO, DESTROYED, FUNDED, TOOK_PART
from web.strings import strings

READERS = pytest.mark.parametrize("language", LANGUAGES)
ZH, EN = strings("zh"), strings("en")
IN_MAY = "How many firearms were destroyed in May 2012?"


def copied(page: Page) -> str:
    text: str = page.evaluate("navigator.clipboard.readText()")
    return text


def marked(page: Page) -> Locator:
    return page.locator(".evidence mark")


def copy(page: Page, what: str, said: str) -> str:
    """Takes an entry of the menu, and gives what the clipboard then holds."""
    # The clipboard is the browser's, and another page may have put the same there.
    page.evaluate("navigator.clipboard.writeText('nothing yet')")
    page.locator(".copying summary").click()
    page.get_by_role("button", name=what).click()
    wait_until(page, lambda: copied(page) != "nothing yet")
    expect(page.locator(".copying summary")).to_have_text(said)
    expect(page.locator("#announcement")).to_have_text(said)
    expect(page.locator(".copying[open]")).to_have_count(0)
    return copied(page)


@WIDTHS
@READERS
def test_a_click_on_a_mark_shows_its_words_in_their_place(open_page: Visits, language: Language, width: int) -> None:
    page = open_page(in_language(language), width)
    turn = ask(page, "销毁" if language == "zh" else IN_MAY)
    quotes = [DESTROYED[1], FUNDED[1]] if language == "zh" else [TOOK_PART[1], FUNDED[1][:21], "2012年7月"]
    labels = ["第59段", "第61段"] if language == "zh" else ["para. 59", "para. 61", "para. 60"]
    for n, (quote, label) in enumerate(zip(quotes, labels, strict=True), 1):
        mark = turn.locator(f'.sentences .mark[data-n="{n}"]').first
        mark.click()
        expect(page.locator(".evidence h2")).to_have_text(label)
        expect(marked(page)).to_have_text(quote)
        expect(marked(page)).to_be_in_viewport()
        expect(mark).to_have_attribute("aria-current", "true")
        expect(turn.locator(".mark[aria-current]").first).to_have_attribute("data-n", str(n))
        expect(page.locator(".unit.cited")).to_have_count(1)
        # The question box and the bar stay where they are.
        expect(box(page)).to_be_in_viewport(ratio=1)
        expect(page.locator(".bar")).to_be_in_viewport(ratio=1)
    assert sideways(page, "html", ".log", ".units", ".evidence-head", ".bar") == []
    page.get_by_role("link", name=strings(language).site.close, exact=True).click()
    expect(page.locator(".evidence.empty")).to_have_count(1)
    expect(turn.locator(".mark[aria-current]")).to_have_count(0)
    expect(page).to_have_url(re.compile("/$"))
    expect(page.locator("#panel")).to_be_visible(visible=width == 1280)


@READERS
def test_a_mark_opens_by_keyboard_takes_along_and_gives_the_focus_back(open_page: Visits, language: Language) -> None:
    words = strings(language)
    page = open_page(in_language(language))
    turn = ask(page, "cryptocurrencies")
    mark = turn.locator(".sentences .mark")
    mark.press("Enter")
    heading = page.locator(".evidence h2")
    expect(heading).to_be_focused()
    expect(heading).to_have_text("执行部分第14段" if language == "zh" else "operative para. 14")
    expect(marked(page)).to_have_text(CRYPTO[1])
    expect(marked(page)).to_be_in_viewport()
    evidence = page.get_by_role("complementary", name=words.panel.evidence)
    expect(evidence).to_contain_text(words.texts.symbol_unknown)
    expect(evidence).to_contain_text(words.texts.unofficial)
    expect(evidence.locator(".standing")).to_contain_text("决议草案" if language == "zh" else "A draft; nothing")
    heading.press("Escape")
    expect(mark).to_be_focused()
    expect(page.locator(".evidence.empty")).to_be_visible()
    # From a source in the list, too; and the button that closes gives it back as well.
    source = turn.locator(".source-open")
    source.press("Enter")
    expect(heading).to_be_focused()
    page.locator("[data-close]").press("Enter")
    expect(source).to_be_focused()


def test_the_focus_of_a_mouse_stays_where_it_was(open_page: Visits) -> None:
    page = open_page()
    turn = ask(page, "销毁")
    turn.locator(".mark").nth(1).click()
    expect(page.locator(".evidence h2")).to_have_text("第61段")
    expect(page.locator(".evidence h2")).not_to_be_focused()


@READERS
def test_a_card_says_what_a_number_stands_for(open_page: Visits, language: Language) -> None:
    page = open_page(in_language(language))
    turn = ask(page, "销毁")
    card = page.get_by_role("tooltip")
    first, second = turn.locator(".mark").nth(0), turn.locator(".mark").nth(1)
    second.hover()
    expect(card).to_contain_text("2014年背景文件")
    expect(card).to_contain_text("第61段")
    expect(card.locator("q")).to_have_text(FUNDED[1])
    expect(card.locator("q")).to_have_attribute("lang", "zh-CN")
    expect(second).to_have_attribute("aria-describedby", "card")
    expect(card).to_be_in_viewport(ratio=1)
    first.hover()
    expect(card.locator("q")).to_have_text(DESTROYED[1])
    expect(second).not_to_have_attribute("aria-describedby", "card")
    turn.locator(".question").hover()
    expect(card).to_be_hidden()
    # Escape puts it away without closing what is open.
    first.hover()
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(page.locator(".evidence h2")).to_be_visible()


def test_a_card_follows_the_focus(open_page: Visits) -> None:
    page = open_page()
    turn = ask(page, "销毁")
    page.keyboard.press("/")
    card = page.get_by_role("tooltip")
    page.locator(".log").focus()
    page.keyboard.press("Tab")
    expect(turn.locator(".mark").first).to_be_focused()
    expect(card.locator("q")).to_have_text(DESTROYED[1])
    page.keyboard.press("Tab")
    expect(card.locator("q")).to_have_text(FUNDED[1])
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(turn.locator(".mark").nth(1)).to_be_focused()
    expect(page.locator(".evidence h2")).to_be_visible()


@WIDTHS
@READERS
def test_more_of_the_document_without_losing_the_place(open_page: Visits, language: Language, width: int) -> None:
    words = strings(language)
    page = open_page(in_language(language), width)
    turn = ask(page, "销毁")
    turn.locator(".mark").first.click()
    expect(page.locator(".unit")).to_have_count(5)
    settled(page)
    for more, end, last in (
        (words.panel.earlier, "first", "第56段" if language == "zh" else "para. 56"),
        (words.panel.later, "last", "第66段" if language == "zh" else "para. 66"),
    ):
        link = page.get_by_role("link", name=more)
        link.scroll_into_view_if_needed()
        before = place(page.locator(".unit.cited"))["y"]
        link.click()
        expect(getattr(page.locator(".unit h3"), end)).to_have_text(last)
        settled(page)
        assert abs(place(page.locator(".unit.cited"))["y"] - before) < 2
    # There is nothing before the first.
    expect(page.get_by_role("link", name=words.panel.earlier)).to_have_count(0)
    expect(page.get_by_role("link", name=words.panel.later)).to_have_count(1)
    expect(marked(page)).to_have_text(DESTROYED[1])
    # What is shown is what its address shows.
    shown = page.locator(".units").inner_text()
    page.reload()
    ready(page)
    assert page.locator(".units").inner_text() == shown
    expect(marked(page)).to_be_in_viewport()


@READERS
def test_both_languages_stand_side_by_side_and_the_choice_is_kept(open_page: Visits, language: Language) -> None:
    words = strings(language)
    page = open_page(in_language(language))
    turn = ask(page, "销毁")
    control = page.get_by_role("button", name=words.panel.both_languages)
    expect(control).to_have_attribute("aria-pressed", "false")
    versions = page.locator(".version:visible")
    expect(versions).to_have_count(1)
    control.click()
    expect(control).to_have_attribute("aria-pressed", "true")
    official, unofficial = words.texts.official, words.texts.unofficial
    expect(versions.locator("h4")).to_have_text(
        [f"{words.texts.chinese} {official}", f"{words.texts.english} {unofficial}"]
    )
    expect(versions.nth(0).locator(".path")).to_contain_text("D. 提供技术援助")
    expect(versions.nth(1).locator(".path")).to_contain_text("D. Technical assistance")
    expect(versions.nth(1)).to_contain_text("the destruction of 1,045 firearms")
    expect(marked(page)).to_have_text(DESTROYED[1])
    expect(marked(page)).to_be_in_viewport()
    assert place(versions.nth(0))["y"] == place(versions.nth(1))["y"]
    # The neighbours stay in the language of the citation.
    expect(page.locator(".unit:not(.cited) .text").first).to_contain_text("民间组织代表")
    turn.locator('.mark[data-n="2"]').first.click()
    expect(versions.nth(1)).to_contain_text("Japan funded")
    switch_language(page, "English" if language == "zh" else "中文")
    expect(versions).to_have_count(2)
    expect(page.locator("[data-both][aria-pressed=true]")).to_have_count(1)
    page.locator("button[data-both]").click()
    expect(versions).to_have_count(1)
    page.locator('.sentences .mark[data-n="1"]').first.click()
    expect(page.locator(".evidence h2")).to_have_text("para. 59" if language == "zh" else "第59段")
    expect(versions).to_have_count(1)


def test_both_languages_chosen_while_another_passage_comes_hold_for_that(open_page: Visits) -> None:
    page = open_page()
    turn = ask(page, "销毁")
    control, versions = page.locator("button[data-both]"), page.locator(".version:visible")
    expect(versions).to_have_count(1)
    held: list[Route] = []
    page.route("**/evidence?*anchor=p61*", lambda route: held.append(route))
    for chosen, count in ((True, 2), (False, 1)):
        turn.locator('.mark[data-n="2"]').first.click()
        expect(page.locator("#panel[aria-busy]")).to_have_count(1)
        control.click()
        held.pop().continue_()
        expect(page.locator("#panel[aria-busy]")).to_have_count(0)
        expect(page.locator(".evidence h2")).to_have_text("第61段")
        expect(control).to_have_attribute("aria-pressed", str(chosen).lower())
        expect(versions).to_have_count(count)
        link = page.locator("[data-copy-link]").get_attribute("data-copy-link") or ""
        assert ("both=1" in link) is ("both=1" in page.url) is chosen
        turn.locator('.mark[data-n="1"]').first.click()
        expect(page.locator(".evidence h2")).to_have_text("第59段")
        expect(versions).to_have_count(count)


def test_both_languages_by_keyboard_from_the_translation(open_page: Visits) -> None:
    page = open_page("en-GB")
    turn = ask(page, IN_MAY)
    turn.locator(".sentences .mark").first.press("Enter")
    expect(page.locator(".evidence h2")).to_be_focused()
    control = page.get_by_role("button", name=EN.panel.both_languages)
    for _ in range(6):
        page.keyboard.press("Tab")
        if control.evaluate("e => e === document.activeElement"):
            break
    expect(control).to_be_focused()
    page.keyboard.press("Space")
    expect(control).to_have_attribute("aria-pressed", "true")
    expect(control).to_be_focused()
    versions = page.locator(".version:visible")
    expect(versions.locator("h4")).to_have_text(
        [f"{EN.texts.chinese} {EN.texts.official}", f"{EN.texts.english} {EN.texts.unofficial}"]
    )
    expect(versions.nth(1).locator("mark")).to_have_text(TOOK_PART[1])
    expect(versions.nth(0).locator("mark")).to_have_count(0)
    page.keyboard.press("Enter")
    expect(versions).to_have_count(1)
    expect(versions).to_contain_text("Within the framework")


@READERS
def test_where_there_is_one_language_that_is_said_and_no_control_offered(open_page: Visits, language: Language) -> None:
    words = strings(language)
    page = open_page(in_language(language))
    turn = ask(page, IN_MAY)
    page.get_by_role("button", name=words.panel.both_languages).click()
    turn.locator('.mark[data-n="3"]').first.click()
    expect(page.locator(".evidence h2")).to_have_text("第60段" if language == "zh" else "para. 60")
    alone = words.panel.one_language.format(language=words.texts.chinese)
    expect(page.locator(".evidence .alone")).to_have_text(alone)
    expect(page.get_by_role("button", name=words.panel.both_languages)).to_have_count(0)
    expect(marked(page)).to_have_text("2012年7月")
    expect(marked(page)).to_be_in_viewport()
    # The choice waits for a unit that has both.
    turn.locator('.mark[data-n="1"]').first.click()
    expect(page.locator(".version:visible")).to_have_count(2)


def test_a_telephone_has_both_languages_one_above_the_other(open_page: Visits) -> None:
    page = open_page("zh-CN", 390)
    turn = ask(page, "销毁")
    turn.locator(".mark").first.click()
    page.get_by_role("button", name=ZH.panel.both_languages).click()
    versions = page.locator(".version:visible")
    expect(versions).to_have_count(2)
    one, other = place(versions.nth(0)), place(versions.nth(1))
    assert one["x"] == other["x"]
    assert one["y"] + one["height"] <= other["y"]
    expect(marked(page)).to_be_in_viewport()
    assert sideways(page, "html", ".units", ".evidence-head", ".evidence") == []


@READERS
def test_what_is_copied_is_what_a_delegate_pastes(open_page: Visits, language: Language) -> None:
    words = strings(language)
    page = open_page(in_language(language))
    ask(page, "销毁")
    source_zh = "2014年背景文件（CTOC/COP/WG.6/2014/3，文号系推断），第59段"
    source_en = (
        "Background paper by the Secretariat on activities of the United Nations Office on Drugs and Crime "
        "(CTOC/COP/WG.6/2014/3, symbol inferred), para. 59"
    )
    assert copy(page, words.panel.copy_citation_zh, words.browser.copied) == source_zh
    assert copy(page, words.panel.copy_citation_en, words.browser.copied) == source_en
    standing = {
        "zh": "事实以文件日期为准；本文件为秘书处的背景文件，未经谈判。",
        "en": "Facts hold as of the document's date; a Secretariat background paper, not negotiated.",
    }[language]
    assert copy(page, words.panel.copy_quotation, words.browser.copied).splitlines() == [
        f"“{DESTROYED[1]}”", source_zh if language == "zh" else source_en, standing,
    ]  # fmt: skip
    # Then the menu has its name again.
    expect(page.locator(".copying summary")).to_have_text(words.panel.copy)


def test_words_selected_in_the_text_are_the_text_of_the_document(open_page: Visits) -> None:
    page = open_page(path="/?doc=wg6-2014-background&anchor=p60&text=zh")
    selected = page.locator(".unit.cited .text").evaluate(
        "e => { getSelection().selectAllChildren(e); return getSelection().toString(); }"
    )
    assert "研讨会，阿根廷" in selected
    assert "3" not in selected


@WIDTHS
@READERS
def test_a_link_opens_the_same_view_for_someone_else(open_page: Visits, language: Language, width: int) -> None:
    words = strings(language)
    page = open_page(in_language(language), width)
    turn = ask(page, "销毁")
    turn.locator('.mark[data-n="2"]').first.click()
    expect(marked(page)).to_have_text(FUNDED[1])
    page.get_by_role("link", name=words.panel.earlier).click()
    expect(page.locator(".unit")).to_have_count(8)
    page.get_by_role("button", name=words.panel.both_languages).click()
    link = copy(page, words.panel.copy_link, words.browser.copied)
    assert link.startswith(f"{open_page.usual()}/?doc=wg6-2014-background&anchor=p61")
    other = open_page(in_language(language), width, path=link.removeprefix(open_page.usual()))
    expect(other.locator(".turn")).to_have_count(0)
    assert other.locator(".evidence mark").all_inner_texts() == [FUNDED[1]]
    assert other.locator(".units").inner_text() == page.locator(".units").inner_text()
    for part in (".document", ".facts", ".standing", ".version-row"):
        head = f".evidence-head {part}"
        assert other.locator(head).inner_text() == page.locator(head).inner_text()
    expect(marked(other)).to_be_in_viewport()
    expect(other.locator(".version:visible")).to_have_count(2)
    assert other.url == page.url == link
    # A reader of the other language gets the same text with other labels.
    stranger = open_page("en-GB" if language == "zh" else "zh-CN", path=link.removeprefix(open_page.usual()))
    assert stranger.locator(".evidence mark").all_inner_texts() == [FUNDED[1]]
    expect(stranger.locator(".evidence h2")).to_have_text("para. 61" if language == "zh" else "第61段")


def test_with_a_key_held_a_mark_opens_in_a_tab_of_its_own(open_page: Visits) -> None:
    page = open_page()
    turn = ask(page, "销毁")
    before = page.locator(".evidence h2").inner_text()
    with page.context.expect_page() as opened:
        turn.locator('.mark[data-n="2"]').first.click(modifiers=["ControlOrMeta"])
    tab = opened.value
    open_page.watch(tab)
    ready(tab)
    expect(tab.locator(".evidence mark")).to_have_text(FUNDED[1])
    assert page.locator(".evidence h2").inner_text() == before
    settled(tab)


@READERS
@pytest.mark.parametrize("path", ["/?doc=gone&anchor=p1", "/?doc=wg6-2014-background&anchor=p9999"])
def test_a_link_to_what_is_not_there_says_so_and_the_page_works(
    open_page: Visits, language: Language, path: str
) -> None:
    words = strings(language)
    page = open_page(in_language(language), path=path)
    expect(page.locator(".evidence h2")).to_have_text(words.panel.not_shown)
    expect(page.locator(".evidence").get_by_role("alert")).to_be_visible()
    page.get_by_role("link", name=words.site.close, exact=True).click()
    expect(page.locator(".evidence.empty")).to_be_visible()
    ask(page, "销毁")
    expect(marked(page)).to_have_text(DESTROYED[1])


@READERS
def test_a_link_whose_words_have_changed_says_so(open_page: Visits, language: Language) -> None:
    page = open_page(in_language(language), path="/?doc=wg6-2014-background&anchor=p59&text=zh&mark=0-9-00000000")
    expect(page.locator(".evidence").get_by_role("alert")).to_have_text(strings(language).panel.lost)
    expect(marked(page)).to_have_count(0)
    expect(page.locator(".unit.cited")).to_be_in_viewport()


def test_what_was_asked_for_last_is_what_is_shown(open_page: Visits, site: Site) -> None:
    page = open_page()
    turn = ask(page, "销毁")
    held = []
    page.route("**/evidence?*anchor=p61*", lambda route: held.append(route))
    turn.locator('.mark[data-n="2"]').first.click()
    expect(page.locator("#panel[aria-busy]")).to_have_count(1)
    turn.locator('.mark[data-n="1"]').first.click()
    expect(page.locator("#panel[aria-busy]")).to_have_count(0)
    with page.expect_response("**/evidence?*anchor=p61*"):
        held[0].continue_()
    ask(page, "cryptocurrencies")
    expect(page.locator(".evidence h2")).to_have_text("执行部分第14段")
    # Nor does what was put away meanwhile come back.
    held.clear()
    turn.locator('.mark[data-n="2"]').first.click()
    expect(page.locator("#panel[aria-busy]")).to_have_count(1)
    page.get_by_role("button", name=ZH.ask.new_conversation).click()
    with page.expect_response("**/evidence?*anchor=p61*"):
        held[0].continue_()
    expect(page.locator(".evidence.empty")).to_be_visible()
    ask(page, "Who knows?")
    expect(page.locator(".evidence.empty")).to_be_visible()
    assert len(site.fake.asked) == 3
