"""What a delegate does with a briefing note in a real browser: leaves out, pins, switches off, undoes, saves."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.web.browsing import WIDTHS, Visits, ready, sideways
from tests.web.conftest import Site
from tests.web.noted import OURS, QUOTED
from web.strings import strings

ZH = strings("zh")
FIRST, SECOND = (quote for _, quote in QUOTED)
BRIEF = "/brief?topic=枪支销毁"


def block(page: Page, words: str) -> Locator:
    return page.locator(".block", has_text=words).filter(has=page.locator("[data-remove]"))


def at_rest(page: Page) -> None:
    expect(page.locator("[data-note][aria-busy]")).to_have_count(0)


def save(page: Page, form: str, folder: Path) -> str:
    with page.expect_download() as downloading:
        page.locator(f"[data-file={form}]").click()
    downloading.value.save_as(folder / "note")
    return (folder / "note").read_text(encoding="utf-8")


def test_a_note_is_written_trimmed_and_saved_as_it_is_shown(open_page: Visits, tmp_path: Path) -> None:
    page = open_page(path="/brief")
    page.fill("#topic", "枪支销毁")
    page.get_by_role("button", name=ZH.brief.make).click()
    expect(page.locator(".note-title")).to_have_text("关于“枪支销毁”的参阅件")
    # The address opens it again.
    expect(page).to_have_url(re.compile("topic="))

    block(page, FIRST).hover()
    block(page, FIRST).locator("[data-remove]").click()
    expect(page.locator(".note")).not_to_contain_text(FIRST)
    at_rest(page)
    block(page, SECOND).hover()
    block(page, SECOND).locator("[data-pin]").click()
    expect(page.locator(".block.pinned")).to_contain_text(SECOND)
    at_rest(page)
    page.locator('[data-switch="absent"]').click()
    expect(page.locator('[data-section="absent"]')).to_have_count(0)
    at_rest(page)

    text = save(page, "markdown", tmp_path)
    assert SECOND in text
    assert "重点" in text
    assert FIRST not in text
    assert OURS not in text

    # What was done is kept by the browser alone: a reload shows the note as it was left.
    page.reload()
    ready(page)
    expect(page.locator(".block.pinned")).to_contain_text(SECOND)
    expect(page.locator(".note")).not_to_contain_text(FIRST)
    page.locator("[data-restore]").click()
    expect(page.locator('[data-section="background"]')).to_contain_text(FIRST)
    expect(page.locator(".block.pinned")).to_have_count(0)


def test_the_keyboard_alone_leaves_out_pins_and_undoes(open_page: Visits) -> None:
    page = open_page(path=BRIEF)
    block(page, FIRST).locator("[data-remove]").focus()
    page.keyboard.press("Delete")
    expect(page.locator('[data-section="background"]')).not_to_contain_text(FIRST)
    at_rest(page)
    # The focus goes on to the next sentence, and stays in the note.
    expect(block(page, SECOND).locator("[data-remove]")).to_be_focused()
    page.keyboard.press("p")
    expect(page.locator(".block.pinned")).to_contain_text(SECOND)
    at_rest(page)
    page.keyboard.press("Control+z")
    expect(page.locator(".block.pinned")).to_have_count(0)
    at_rest(page)
    page.keyboard.press("Control+z")
    expect(page.locator('[data-section="background"]')).to_contain_text(FIRST)
    expect(page.locator("[data-undo]")).to_be_disabled()


def test_who_waits_is_told_so(open_page: Visits, site: Site) -> None:
    page = open_page(path="/brief")
    page.fill("#topic", "slow 枪支销毁")
    page.get_by_role("button", name=ZH.brief.make).click()
    expect(page.locator("[data-progress]")).to_contain_text("正在查找、对照和核对")
    site.fake.go.set()
    expect(page.locator(".note-title")).to_be_visible()
    expect(page.locator("[data-progress]")).to_have_text("")


@WIDTHS
def test_nothing_runs_out_of_the_page(open_page: Visits, width: int) -> None:
    page = open_page(path=BRIEF, width=width)
    expect(page.locator(".note")).to_be_visible()
    assert not sideways(page, "html", ".note", ".brief-form")
