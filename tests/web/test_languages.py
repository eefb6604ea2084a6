"""Both languages of a citation, in a real browser: when offered, how reached, what is said of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.web.conftest import ask, sideways
from tests.web.fake import HOSTILE
from web.strings import strings

OpenPage = Callable[..., Page]
# Gradio sums up its queue with an option that pandas has since given up.
pytestmark = pytest.mark.filterwarnings("ignore:.*no_silent_downcasting")

ZH, EN = strings("zh"), strings("en")
DESTROYED = "How many firearms were destroyed in May 2012?"


def place(part: Locator) -> dict[str, float]:
    box = part.bounding_box()
    assert box is not None
    return dict(box)


def test_both_languages_by_mouse_and_the_choice_is_kept(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "销毁")
    control = page.get_by_role("button", name=ZH.both_languages)
    expect(control).to_have_attribute("aria-pressed", "false")
    expect(page.locator(".version:visible")).to_have_count(1)
    expect(page.locator(".path:visible")).to_have_text(
        ["三、 促进批准和执行《枪支议定书》的活动C. 与民间社会的合作",
         "三、 促进批准和执行《枪支议定书》的活动D. 提供技术援助，促进执行《枪支议定书》"]
    )  # fmt: skip
    control.click()
    expect(control).to_have_attribute("aria-pressed", "true")
    versions = page.locator(".version:visible")
    expect(versions.locator("h4")).to_have_text([f"{ZH.chinese} {ZH.official}", f"{ZH.english} {ZH.unofficial}"])
    expect(versions.nth(0).locator(".path")).to_contain_text("D. 提供技术援助")
    expect(versions.nth(1).locator(".path")).to_contain_text("D. Technical assistance")
    expect(versions.nth(1)).to_contain_text("the destruction of 1,045 firearms")
    expect(page.locator(".units > .path:visible")).to_have_count(1)
    expect(page.locator(".evidence mark")).to_have_text("毒品和犯罪问题办公室于2012年5月参加了1,045支枪支的销毁工作")
    expect(page.locator(".evidence mark")).to_be_in_viewport()
    # The neighbours stay in the language of the citation.
    expect(page.locator(".unit h3")).to_have_text(["第57段", "第58段", "第59段", "第60段", "第61段"])
    assert place(versions.nth(0))["y"] == place(versions.nth(1))["y"]
    page.locator(".sentences .mark", has_text="[2]").click()
    expect(versions.nth(1)).to_contain_text("Japan funded")
    page.get_by_role("button", name="English").click()
    control = page.get_by_role("button", name=EN.both_languages)
    expect(control).to_have_attribute("aria-pressed", "true")
    expect(versions.locator("h4")).to_have_text([f"{EN.chinese} {EN.official}", f"{EN.english} {EN.unofficial}"])
    control.click()
    expect(versions).to_have_count(1)
    page.locator(".sentences .mark", has_text="[1]").first.click()
    expect(page.locator(".evidence h2")).to_have_text("para. 59")
    expect(versions).to_have_count(1)


def test_both_languages_by_keyboard_from_the_translation(open_page: OpenPage) -> None:
    page = open_page("en-GB")
    ask(page, DESTROYED)
    page.locator(".sentences .mark").first.press("Enter")
    expect(page.locator(".evidence h2")).to_be_focused()
    for _ in range(3):
        page.keyboard.press("Tab")
    control = page.get_by_role("button", name=EN.both_languages)
    expect(control).to_be_focused()
    page.keyboard.press("Space")
    expect(control).to_have_attribute("aria-pressed", "true")
    expect(control).to_be_focused()
    versions = page.locator(".version:visible")
    expect(versions.locator("h4")).to_have_text([f"{EN.chinese} {EN.official}", f"{EN.english} {EN.unofficial}"])
    expect(versions.nth(1).locator("mark")).to_have_text(
        "UNODC took part in the destruction of 1,045 firearms in May 2012."
    )
    expect(versions.nth(0).locator("mark")).to_have_count(0)
    page.keyboard.press("Enter")
    expect(versions).to_have_count(1)
    expect(versions).to_contain_text("Within the framework")


def test_where_there_is_one_language_that_is_said_and_no_control_offered(open_page: OpenPage) -> None:
    page = open_page("en-GB")
    ask(page, DESTROYED)
    page.get_by_role("button", name=EN.both_languages).click()
    page.locator(".sentences .mark", has_text="[3]").click()
    expect(page.locator(".evidence h2")).to_have_text("para. 60")
    expect(page.get_by_role("button", name=EN.both_languages)).to_have_count(0)
    expect(page.locator(".evidence")).to_contain_text(EN.one_language.format(language=EN.chinese))
    expect(page.locator(".evidence.both")).to_have_count(0)
    page.locator(".sentences .mark", has_text="[2]").click()
    expect(page.locator(".version:visible")).to_have_count(2)


@pytest.mark.parametrize(("locale", "words"), [("zh-CN", ZH), ("en-GB", EN)], ids=["zh", "en"])
@pytest.mark.parametrize("width", [1280, 390])
def test_columns_where_there_is_room_and_nothing_sideways(open_page: OpenPage, locale: str, words, width: int) -> None:  # type: ignore[no-untyped-def]
    page = open_page(locale, width, 800)
    ask(page, DESTROYED)
    page.get_by_role("button", name=words.both_languages).click()
    chinese, english = (place(page.locator(".version:visible").nth(at)) for at in (0, 1))
    if width == 1280:
        assert chinese["y"] == english["y"]
        assert chinese["x"] + chinese["width"] < english["x"]
    else:
        assert chinese["x"] == english["x"]
        assert chinese["y"] + chinese["height"] < english["y"]
    expect(page.locator(".evidence mark")).to_be_in_viewport()
    expect(page.get_by_role("textbox")).to_be_in_viewport()
    # The head of a column stays in sight as long as its text does.
    expect(page.locator(".version:visible h4").nth(1)).to_be_in_viewport()
    assert sideways(page, "html", ".log", ".units", ".evidence-head", ".bar") == []
    # In the panel's head, over the column, under the answer, and by its quote in the list.
    expect(page.locator(".unofficial:visible")).to_have_text(
        [words.quoted_unofficial.format(marks="[1]"), *[words.unofficial] * 3]
    )


def test_a_copied_citation_of_the_translation_says_what_it_is(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, DESTROYED)
    page.get_by_role("button", name=ZH.copy).click()
    expect(page.locator("[data-copy]")).to_have_text(ZH.copied)
    lines = page.evaluate("navigator.clipboard.readText()").splitlines()
    assert lines[0] == "“UNODC took part in the destruction of 1,045 firearms in May 2012.”"
    assert lines[2] == ZH.unofficial


def test_hostile_text_in_either_language_runs_nothing(open_page: OpenPage) -> None:
    page = open_page("en-GB")
    ask(page, "hostile")
    page.get_by_role("button", name=EN.both_languages).click()
    expect(page.locator(".version:visible")).to_have_count(2)
    for version in page.locator(".version:visible > p:not(.path)").all():
        expect(version).to_contain_text(HOSTILE)
    page.wait_for_timeout(300)
    assert page.evaluate("window.hacked") is None
    assert page.locator("#stage :is(script, img, a, b[style])").count() == 0
