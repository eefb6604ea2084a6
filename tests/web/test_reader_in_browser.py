"""A document read in a real browser: looking for words by keyboard, finding one's way, and what stays in sight."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.patience import PATIENCE
from tests.web.reading import Opener, compose, too_wide
from web.strings import strings

AGENDA, REPORT, DRAFT = "wg6-2021-agenda", "wg6-2020-report", "cop10-2020-draft-resolution"
SUMMARY, PAPER = "wg6-2020-chair-summary", "wg6-2014-background"
EN, ZH = strings("en").reader, strings("zh").reader


def box(page: Page) -> Locator:
    return page.get_by_role("searchbox")


def outcome(page: Page) -> Locator:
    return page.locator("[data-part=matches]")


def expect_below_what_stays(page: Page, place: Locator) -> None:
    """Wait until a place begins below what stays at the top, in the window: an address is there before its page is."""
    deadline = time.monotonic() + PATIENCE
    while True:
        at, bar = place.bounding_box(), page.locator(".tools").bounding_box()
        if at and bar and bar["y"] + bar["height"] <= at["y"] <= page.viewport_size["height"]:  # type: ignore[index]
            return
        assert time.monotonic() < deadline, f"the place is at {at}, below a bar at {bar}"
        page.wait_for_timeout(100)


def test_words_are_found_as_one_types_and_gone_through_by_keyboard(open_at: Opener, reading_url: str) -> None:
    page = open_at(f"{reading_url}/documents/{PAPER}?text=both", "en-GB")
    box(page).press_sequentially("burkina")
    expect(outcome(page)).to_have_text(EN.matches.format(n=2))
    expect(page).to_have_url(f"{reading_url}/documents/{PAPER}?text=both&find=burkina")
    current = page.locator("mark.current")
    for key, n, anchor in [("Enter", 1, "p50"), ("Enter", 2, "p57"), ("Enter", 1, "p50"), ("Shift+Enter", 2, "p57")]:
        page.keyboard.press(key)
        expect(outcome(page)).to_have_text(EN.match.format(i=n, n=2))
        expect(current).to_have_text("Burkina")
        expect(page.locator(f"#{anchor} mark.current")).to_have_count(1)
        expect_below_what_stays(page, current)
        said = EN.match_at.format(at=f"Para. {anchor[1:]}", i=n, n=2)
        expect(page.locator("#announcement")).to_have_text(said)
    expect(box(page)).to_be_focused()
    page.get_by_role("button", name=EN.previous).click()
    expect(page.locator("#p50 mark.current")).to_have_count(1)
    page.get_by_role("button", name=EN.next).click()
    expect(page.locator("#p57 mark.current")).to_have_count(1)


def test_who_presses_enter_at_once_is_taken_to_the_first_match(open_at: Opener, reading_url: str) -> None:
    page = open_at(f"{reading_url}/documents/{REPORT}?text=zh")
    box(page).fill("2020年 7月")
    page.keyboard.press("Enter")
    expect(outcome(page)).to_contain_text(ZH.match.split("{")[0] + "1")
    expect(page.locator("mark.current")).to_have_count(1)
    box(page).fill("水雷")
    expect(outcome(page)).to_have_text(ZH.none)
    expect(page.locator("mark")).to_have_count(0)
    expect(page.get_by_role("button", name=ZH.next)).to_be_hidden()
    box(page).fill("")
    expect(outcome(page)).to_be_empty()
    expect(page).to_have_url(f"{reading_url}/documents/{REPORT}?text=zh")


def test_the_list_of_matches_leads_to_them(open_at: Opener, reading_url: str) -> None:
    page = open_at(f"{reading_url}/documents/{PAPER}?text=en&find=Burkina", "en-GB")
    page.get_by_text(EN.where, exact=True).click()
    page.get_by_role("link", name="Para. 57 1").click()
    expect(page.locator(".where[open]")).to_have_count(0)
    expect_below_what_stays(page, page.locator("#p57"))
    box(page).press("Enter")
    expect(page.locator("#p57 mark.current")).to_have_count(1)


def test_what_is_still_being_composed_is_not_looked_for(open_at: Opener, reading_url: str) -> None:
    page = open_at(f"{reading_url}/documents/{REPORT}?text=zh")
    box(page).focus()
    compose(page, "zhangwu")
    expect(outcome(page)).to_be_empty()
    page.keyboard.insert_text("智利")
    expect(page.locator(".body mark").first).to_have_text("智利")


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize(("doc_id", "anchor"), [(REPORT, "dp10"), (DRAFT, "op14"), (AGENDA, "annex.r5")])
def test_an_address_leads_to_its_unit(open_at: Opener, reading_url: str, width: int, doc_id: str, anchor: str) -> None:
    for shown in ("zh", "both"):
        page = open_at(f"{reading_url}/documents/{doc_id}?text={shown}#{anchor}", width=width)
        unit = page.locator(f"[id='{anchor}']")
        expect_below_what_stays(page, unit)
        other = page.locator(".unit").first
        lit, unlit = (each.evaluate("e => getComputedStyle(e).borderLeftColor") for each in (unit, other))
        painted = unit.locator("td").first if unit.locator("td").count() else unit
        assert lit != unlit or painted.evaluate("e => getComputedStyle(e).backgroundColor") != "rgba(0, 0, 0, 0)"
        # What is looked for meanwhile does not take the light away.
        box(page).fill("枪支")
        expect(page.locator("mark").first).to_be_attached()
        assert unit.evaluate("e => e.matches(':target')")


def test_the_outline_shows_where_one_is(open_at: Opener, reading_url: str) -> None:
    page = open_at(f"{reading_url}/documents/{PAPER}?text=en", "en-GB")
    outline = page.locator(".body nav.contents")
    expect(outline.locator("[aria-current]")).to_have_text("Heading")
    outline.get_by_role("link", name="V. Recommendations").click()
    expect(outline.locator("[aria-current]")).to_contain_text("V. Recommendations")
    expect(outline.locator("[aria-current]")).to_be_in_viewport(ratio=1)
    expect_below_what_stays(page, page.get_by_role("heading", name="V. Recommendations"))
    page.locator("#p60").scroll_into_view_if_needed()
    expect(outline.locator("[aria-current]")).not_to_contain_text("V. Recommendations")


def test_a_change_of_language_keeps_the_place(open_at: Opener, reading_url: str) -> None:
    page = open_at(f"{reading_url}/documents/{PAPER}?text=zh&find=加纳#p57")
    page.get_by_role("navigation", name=ZH.shown).get_by_role("link", name=ZH.both).click()
    expect(page).to_have_url(f"{reading_url}/documents/{PAPER}?text=both&find=%E5%8A%A0%E7%BA%B3#p57")
    expect_below_what_stays(page, page.locator("#p57"))
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page).to_have_url(re.compile("text=both"))
    expect(page).to_have_url(re.compile(r"\#p57$"))


def test_a_link_to_a_paragraph_is_copied(open_at: Opener, reading_url: str) -> None:
    page = open_at(f"{reading_url}/documents/{REPORT}?text=en&find=blueprints", "en-GB")
    page.locator("#dp10").get_by_role("button", name=EN.copy_link).click()
    expect(page.locator("#announcement")).to_have_text(strings("en").browser.copied)
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"{reading_url}/documents/{REPORT}?text=en#dp10"
    page.goto(copied)
    expect_below_what_stays(page, page.locator("#dp10"))


def test_two_columns_are_level_and_one_under_the_other_on_a_telephone(open_at: Opener, reading_url: str) -> None:
    for width in (1280, 390):
        page = open_at(f"{reading_url}/documents/{SUMMARY}?text=both", "en-GB", width)
        heads = [head.bounding_box() for head in page.locator(".columns p").all()]
        for unit in page.locator(".unit").all():
            left, right = (version.bounding_box() for version in unit.locator(".version").all())
            assert left
            assert right
            if width == 1280:
                assert left["y"] == right["y"]
                assert left["x"] + left["width"] < right["x"]
                assert [left["x"], right["x"]] == [pytest.approx(head["x"], abs=1) for head in heads if head]
            else:
                assert left["x"] == right["x"]
                assert left["y"] + left["height"] <= right["y"]
        page.locator("#dp28").scroll_into_view_if_needed()
        for head in page.locator(".columns p").all():
            expect(head).to_be_in_viewport(ratio=1)
        assert page.locator(".columns p").all_inner_texts() == [
            "Chinese Official United Nations text",
            "English Unofficial working translation, not a United Nations text",
        ]


@pytest.mark.parametrize("doc_id", [AGENDA, REPORT, DRAFT, PAPER])
@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
def test_it_fits_a_telephone(open_at: Opener, reading_url: str, doc_id: str, locale: str) -> None:
    page = open_at(f"{reading_url}/documents/{doc_id}?text=both&find=%E6%9E%AA", locale, 390, 844)
    for shown in ("both", "zh", "en"):
        page.goto(f"{reading_url}/documents/{doc_id}?text={shown}&find=firearms")
        assert not too_wide(page)
        page.locator(".unit").last.scroll_into_view_if_needed()
        for control in (box(page), page.locator(".switch a").first):
            expect(control).to_be_in_viewport(ratio=1)
    outline = page.locator("details.contents")
    expect(outline.get_by_role("link").first).to_be_hidden()
    outline.locator("summary").click()
    outline.get_by_role("link").nth(1).click()
    expect(outline.get_by_role("link").first).to_be_hidden()
    assert not too_wide(page)


def test_it_works_without_scripts(open_at: Opener, reading_url: str) -> None:
    page = open_at(f"{reading_url}/documents/{PAPER}?text=zh", java_script_enabled=False)
    box(page).fill("布基纳法索")
    page.get_by_role("button", name=ZH.apply).click()
    expect(page.locator(".body mark")).to_have_text(["布基纳法索", "布基纳法索"])
    expect(outcome(page)).to_have_text(ZH.matches.format(n=2))
    expect(page.get_by_role("button", name=ZH.next)).to_be_hidden()
    page.get_by_text(ZH.where).click()
    page.get_by_role("link", name="第57段 1").click()
    expect_below_what_stays(page, page.locator("#p57"))
    page.get_by_role("link", name=ZH.both).click()
    expect(page.locator(".columns p")).to_have_count(2)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", ["documents", f"documents/{REPORT}?text=both&find=2020#dp10", "glossary"])
def test_all_text_can_be_told_from_its_ground(open_at: Opener, reading_url: str, scheme: str, address: str) -> None:
    page = open_at(f"{reading_url}/{address}", "en-GB", color_scheme=scheme)
    page.wait_for_load_state("networkidle")
    faint = page.evaluate(CONTRAST)
    assert faint == []


# Every text that shows, with its contrast as WCAG 2.2 reckons it; those under 4.5 to 1.
CONTRAST = """() => {
  const parse = (colour) => (colour.match(/[\\d.]+/g) ?? []).map(Number);
  const light = (colour) => {
    const [r, g, b] = colour.slice(0, 3).map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const colour = parse(getComputedStyle(each).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const faint = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !element.checkVisibility() || element.closest("script")) continue;
    const [one, two] = [light(parse(getComputedStyle(element).color)), light(ground(element))];
    const contrast = (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
    if (contrast < 4.5) faint.push([element.outerHTML.slice(0, 90), contrast.toFixed(2)]);
  }
  return faint;
}"""
