"""The whole way by keyboard, from the page that loads to a citation that is copied: no mouse, no focus by script."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from corpus.records import LANGUAGES, Language
from tests.web.browsing import Visits, box, in_language, ready
from tests.web.fake import DESTROYED, FUNDED
from web.asking.routes import EXAMPLES
from web.strings import strings

#: More presses of a key than any way in the page takes.
FAR = 60


def has_focus(part: Locator) -> bool:
    return part.count() > 0 and bool(part.first.evaluate("e => e === document.activeElement"))


def walk(page: Page, to: Callable[[], Locator], key: str = "Tab") -> None:
    """Presses a key until a part has the focus, which must be seen each time."""
    for _ in range(FAR):
        page.keyboard.press(key)
        seen = page.evaluate(
            "() => { const e = document.activeElement; if (!e || e === document.body) return true;"
            " const s = getComputedStyle(e), b = e.getBoundingClientRect();"
            " return (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0) && b.width > 0; }"
        )
        assert seen, page.evaluate("document.activeElement.outerHTML").split(">")[0]
        if has_focus(to()):
            return
    pytest.fail(f"not reached with {key}")


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("language", LANGUAGES)
def test_from_the_first_key_to_a_copied_citation(open_page: Visits, language: Language, width: int) -> None:
    words = strings(language)
    page = open_page(in_language(language), width)
    # The first stop leads past the bar.
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name=words.site.skip)
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name=words.ask.new_conversation)).to_be_focused()
    walk(page, lambda: box(page))
    page.keyboard.insert_text("2012年5月销毁了多少支枪支？")
    page.keyboard.press("Enter")
    expect(page.locator(".turn.answered")).to_have_count(1)
    expect(box(page)).to_be_focused()
    # Back to the answer, to its second citation.
    walk(page, lambda: page.locator(".sentences .mark").nth(1), "Shift+Tab")
    page.keyboard.press("Enter")
    heading = page.locator(".evidence h2")
    expect(heading).to_be_focused()
    expect(heading).to_have_text("第61段" if language == "zh" else "para. 61")
    expect(page.locator(".evidence mark")).to_have_text(FUNDED[1])
    expect(page.locator(".evidence mark")).to_be_in_viewport()
    walk(page, lambda: page.locator(".copying summary"))
    page.keyboard.press("Enter")
    walk(page, lambda: page.get_by_role("button", name=words.panel.copy_citation_zh))
    page.keyboard.press("Enter")
    expect(page.locator("#announcement")).to_have_text(words.browser.copied)
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == "2014年背景文件（CTOC/COP/WG.6/2014/3，文号系推断），第61段"
    # The menu is closed, the focus is not lost, and Escape leads back to where the way began.
    expect(page.locator(".copying[open]")).to_have_count(0)
    expect(page.locator(".copying summary")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".sentences .mark").nth(1)).to_be_focused()
    expect(page.locator(".evidence.empty")).to_have_count(1)
    page.keyboard.press("/")
    expect(box(page)).to_be_focused()


def test_the_text_beside_an_answer_is_scrolled_and_more_of_it_read(open_page: Visits) -> None:
    words = strings("zh")
    page = open_page("zh-CN", 1280, 500)
    walk(page, lambda: box(page))
    page.keyboard.insert_text("销毁")
    page.keyboard.press("Enter")
    expect(page.locator(".evidence mark")).to_have_text(DESTROYED[1])
    units = page.get_by_role("region", name="2014年背景文件")
    walk(page, lambda: units)
    before = units.evaluate("e => e.scrollTop")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.wait_for_function("([e, top]) => e.scrollTop > top", arg=[units.element_handle(), before])
    walk(page, lambda: page.get_by_role("link", name=words.panel.later))
    page.keyboard.press("Enter")
    expect(page.locator(".unit")).to_have_count(10)


def test_an_example_a_menu_and_the_language_by_keyboard(open_page: Visits) -> None:
    zh, en = strings("zh"), strings("en")
    page = open_page("zh-CN")
    walk(page, lambda: page.get_by_role("link", name=EXAMPLES["zh"][1]))
    page.keyboard.press("Enter")
    expect(page.locator(".turn.answered")).to_have_count(1)
    walk(page, lambda: page.locator(".exporting summary"), "Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=zh.ask.export_word)).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name=zh.ask.export_word)).to_be_hidden()
    expect(page.locator(".exporting summary")).to_be_focused()
    # Escape in the menu closed nothing else.
    expect(page.locator(".evidence mark")).to_be_visible()
    walk(page, lambda: page.get_by_role("button", name="English"), "Shift+Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_title(en.site.title)
    ready(page)
    expect(page.locator(".turn.answered")).to_have_count(1)


def test_a_vote_by_keyboard_keeps_the_focus_where_the_reader_is(open_page: Visits) -> None:
    words = strings("en").feedback
    page = open_page("en-GB")
    walk(page, lambda: box(page))
    page.keyboard.insert_text("cryptocurrencies")
    page.keyboard.press("Enter")
    expect(page.locator(".turn.answered")).to_have_count(1)
    walk(page, lambda: page.get_by_role("button", name=words.down), "Shift+Tab")
    page.keyboard.press("Space")
    expect(page.get_by_role("textbox", name=words.comment)).to_be_focused()
    page.keyboard.type("No.")
    page.keyboard.press("Enter")
    expect(page.locator(".feedback-said")).to_have_text(words.thanks)
    walk(page, lambda: page.get_by_role("button", name=words.undo), "Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".feedback-said")).to_have_text(words.withdrawn)
    expect(page.get_by_role("button", name=words.up, exact=True)).to_be_focused()
