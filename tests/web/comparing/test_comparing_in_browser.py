"""The comparison in a real browser: chosen by keyboard, narrowed, and read on a telephone, one text above the other."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from corpus.library import Library
from tests.web.browsing import Visits, place
from tests.web.conftest import serving
from tests.web.fake import FakeAssistant
from tests.web.reading import too_wide
from web.strings import strings

COMPARED = "/compare?a=wg6-2020-chair-summary&b=wg6-2020-report"


@pytest.fixture(scope="module")
def url(held: Library) -> Iterator[str]:
    with serving(FakeAssistant(held), held) as site:
        yield site.url


def test_a_reader_compares_two_documents_without_a_mouse(open_page: Visits, url: str) -> None:
    words = strings("en").comparing
    page = open_page.at(f"{url}/compare", "en-GB")
    page.get_by_label(words.first).focus()
    page.keyboard.type("2020 Chair")
    page.keyboard.press("Tab")
    page.keyboard.type("Report of the 2020")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".summary")).to_contain_text("1 split, 15 new")
    expect(page.locator("#a")).to_have_value("wg6-2020-chair-summary")
    page.get_by_role("navigation", name=words.show).get_by_role("link", name="Split").press("Enter")
    expect(page.locator(".pair")).to_have_count(1)
    pair = page.get_by_role("article")
    expect(pair).to_have_accessible_name("Discussion point 24 discussion points 34–35 Split")
    pair.get_by_role("link", name="Discussion point 34", exact=True).press("Enter")
    expect(page.locator("#dp34")).to_be_in_viewport()
    expect(page).to_have_url(re.compile(r"/documents/wg6\-2020\-report\?text=en\#dp34$"))


@pytest.mark.parametrize("width", [1280, 390])
def test_the_texts_stand_beside_each_other_or_one_above_the_other(open_page: Visits, url: str, width: int) -> None:
    page = open_page.at(url + COMPARED, "zh-CN", width)
    sides = page.locator("#a-dp10 .side")
    expect(sides).to_have_count(2)
    first, second = place(sides.first), place(sides.last)
    if width == 390:
        assert second["y"] >= first["y"] + first["height"]
    else:
        assert second["x"] >= first["x"] + first["width"]
        assert second["y"] == first["y"]
    assert not too_wide(page)
    # What moved is told by a line, not by its colour alone.
    lines = [
        page.locator(f"#a-dp10 {tag}").first.evaluate("e => getComputedStyle(e).textDecorationLine")
        for tag in ("del", "ins")
    ]
    assert lines == ["line-through", "underline"]
