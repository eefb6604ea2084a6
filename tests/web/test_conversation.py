"""Follow-ups and comparisons in a real browser, on a screen and on a telephone, in both languages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.web.conftest import Site, ask, sideways
from tests.web.fake import HOSTILE, NOTES
from web.strings import Strings, strings

OpenPage = Callable[..., Page]
# Gradio sums up its queue with an option that pandas has since given up.
pytestmark = pytest.mark.filterwarnings("ignore:.*no_silent_downcasting")

ZH, EN = strings("zh"), strings("en")
READERS = pytest.mark.parametrize(("locale", "words"), [("zh-CN", ZH), ("en-GB", EN)], ids=["zh", "en"])
WIDTHS = pytest.mark.parametrize("width", [1280, 390])


def place(part: Locator) -> dict[str, float]:
    box = part.bounding_box()
    assert box is not None
    return dict(box)


@WIDTHS
@READERS
def test_a_follow_up_is_read_with_the_turn_before_it(
    open_page: OpenPage, site: Site, locale: str, words: Strings, width: int
) -> None:
    page = open_page(locale, width, 844)
    first, following = ("销毁", "那2014年呢？") if words is ZH else ("How many were destroyed?", "And in 2014?")
    ask(page, first)
    expect(page.locator(".understood")).to_have_count(0)
    expect(page.locator(".notes")).to_have_count(0)
    ask(page, following)
    assert site.assistant.asked[-1][:2] == (following, 1)
    said = page.locator(".turn").last.locator(".understood")
    expect(said).to_have_text(words.understood.format(question=f"{first} {following}"))
    expect(page.locator(".understood")).to_have_count(1)
    assert place(said)["y"] < place(page.locator(".turn").last.locator(".sentences"))["y"]
    assert sideways(page, "html", ".log") == []
    page.get_by_role("button", name=words.new_conversation).click()
    expect(page.locator(".welcome")).to_be_visible()
    ask(page, following)
    assert site.assistant.asked[-1][:2] == (following, 0)
    expect(page.locator(".understood")).to_have_count(0)


@WIDTHS
@READERS
def test_a_comparison_stands_side_by_side_with_its_differing_words_marked(
    open_page: OpenPage, locale: str, words: Strings, width: int
) -> None:
    page = open_page(locale, width, 844)
    ask(page, "报告两段有什么不同？" if words is ZH else "How do the drafts differ?")
    comparison = page.get_by_role("group", name=words.compared)
    expect(comparison).to_contain_text(words.differs)
    marks = comparison.locator("mark.differs")
    expect(marks).to_have_text(
        ["62", "63"]
        if words is ZH
        else ["Invites", "make full", "tools for tracing", "Urges", "investigate the", "darknet"]
    )
    assert marks.first.evaluate("e => getComputedStyle(e).textDecorationLine") == "underline"
    one, other = (place(comparison.locator(".side").nth(at)) for at in (0, 1))
    if width == 1280:
        assert one["y"] == other["y"]
        assert one["x"] + one["width"] < other["x"]
    else:
        assert one["x"] == other["x"]
        assert one["y"] + one["height"] < other["y"]
    notes = page.get_by_role("list", name=words.notes)
    expect(notes.locator("li")).to_have_text(list(NOTES["zh" if words is ZH else "en"]))
    third = page.locator(".sentences > p")
    expect(third).to_have_text("2012年7月[3]")
    tops = [place(part)["y"] for part in (comparison, third, notes, page.locator(".sources-heading"))]
    assert tops == sorted(tops)
    assert sideways(page, "html", ".log", ".comparison") == []
    if width == 390:
        page.locator("[data-close]").click()
    comparison.locator(".mark", has_text="[2]").click()
    expect(page.locator(".evidence h2")).to_have_text("第63段" if words is ZH else "operative para. 14")


@WIDTHS
def test_hostile_text_in_either_side_and_in_the_notes_stays_text(open_page: OpenPage, width: int) -> None:
    page = open_page("en-GB", width, 844)
    ask(page, "hostile differ")
    expect(page.locator(".side .quoted").first).to_contain_text(HOSTILE)
    expect(page.locator(".side mark.differs")).not_to_have_count(0)
    ask(page, "hostile")
    expect(page.locator(".understood")).to_contain_text(HOSTILE)
    expect(page.locator(".notes").last).to_contain_text(HOSTILE)
    page.wait_for_timeout(300)
    assert page.evaluate("window.hacked") is None
    assert page.locator("#stage :is(script, img, a, b[style])").count() == 0
    assert sideways(page, "html", ".log") == []
