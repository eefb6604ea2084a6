"""What the search is narrowed to, chosen in a real browser: sent, said, remembered in the tab, and cleared."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from corpus.records import LANGUAGES, Language
from tests.web.browsing import WIDTHS, Visits, ask, box, in_language, ready, sideways, switch_language
from tests.web.conftest import Site
from web.strings import strings

READERS = pytest.mark.parametrize("language", LANGUAGES)
ZH, EN = strings("zh"), strings("en")


def opened(page: Page) -> Locator:
    """The choices, opened."""
    if page.locator(".filters[open]").count() == 0:
        page.locator(".filters > summary").click()
    return page.locator(".choices")


def choose(page: Page, *names: str) -> None:
    for name in names:
        opened(page).get_by_role("checkbox", name=name, exact=True).check()
    page.keyboard.press("Escape")
    expect(page.locator(".filters[open]")).to_have_count(0)


@WIDTHS
@READERS
def test_what_there_is_to_choose_from_is_said_in_the_readers_language(
    open_page: Visits, language: Language, width: int
) -> None:
    words = strings(language)
    page = open_page(in_language(language), width)
    expect(page.locator(".filters-said")).to_have_text(words.filters.all)
    choices = opened(page)
    for heading in (words.filters.documents, words.filters.kinds, words.filters.years, words.filters.languages):
        expect(choices.get_by_role("group", name=heading, exact=True)).to_be_visible()
    kinds = choices.get_by_role("group", name=words.filters.kinds, exact=True)
    expect(kinds.get_by_role("checkbox", name=words.kinds.background, exact=True)).to_be_visible()
    expect(kinds.get_by_role("checkbox", name=words.kinds.other, exact=True)).to_be_visible()
    expect(choices.get_by_role("checkbox", name="2014", exact=True)).not_to_be_checked()
    expect(choices.get_by_role("button", name=words.filters.clear)).to_be_hidden()
    expect(choices).to_be_in_viewport(ratio=1)
    assert sideways(page, "html", ".choices", ".composer") == []
    # A click elsewhere closes them.
    page.locator(".welcome h2").click(force=True)
    expect(choices).to_be_hidden()


@READERS
def test_each_choice_is_sent_and_said(open_page: Visits, site: Site, language: Language) -> None:
    words = strings(language)
    short = "2014年背景文件" if language == "zh" else "2014 background paper"
    page = open_page(in_language(language))
    for names, documents, languages in (
        ([short if language == "zh" else "2014 background paper"], ("wg6-2014-background",), ()),
        ([words.kinds.resolution], ("cop10-2020-draft-resolution",), ()),
        (["2014"], ("wg6-2014-background",), ()),
        ([words.texts.chinese], ("forged", "wg6-2014-background"), ("zh",)),
        (["2014", words.texts.english], ("wg6-2014-background",), ("en",)),
    ):
        choose(page, *names)
        expect(page.locator(".filters-said")).to_have_text(words.filters.some.format(n=len(names)))
        turn = ask(page, "销毁")
        assert (tuple(sorted(site.fake.asked[-1].documents)), site.fake.asked[-1].languages) == (documents, languages)
        said = words.site.list_stop.join(names)
        expect(turn.locator(".within")).to_have_text(words.answer.only_within.format(filters=said))
        opened(page).get_by_role("button", name=words.filters.clear).click()
        expect(page.locator(".filters-said")).to_have_text(words.filters.all)
        expect(page.locator(".filters > summary")).to_be_focused()
        page.keyboard.press("Escape")
    turn = ask(page, "销毁")
    assert site.fake.asked[-1].documents == ()
    expect(turn.locator(".within")).to_have_count(0)
    # What each answer was narrowed to stays with it.
    page.reload()
    ready(page)
    expect(page.locator(".within")).to_have_count(5)


@READERS
def test_choices_that_no_document_fits_are_refused_with_what_to_do(open_page: Visits, language: Language) -> None:
    words = strings(language)
    page = open_page(in_language(language))
    choose(page, "2014", words.kinds.resolution)
    turn = ask(page, "销毁")
    expect(turn.locator(".reason")).to_contain_text("放宽一项" if language == "zh" else "widen one of the choices")
    expect(box(page)).to_have_value("销毁")


def test_the_choices_are_remembered_as_long_as_the_tab_is_open(open_page: Visits, site: Site) -> None:
    page = open_page()
    choose(page, "2014", ZH.texts.chinese)
    page.reload()
    ready(page)
    expect(page.locator(".filters-said")).to_have_text(ZH.filters.some.format(n=2))
    switch_language(page, "English")
    expect(page.locator(".filters-said")).to_have_text(EN.filters.some.format(n=2))
    expect(opened(page).get_by_role("checkbox", name=EN.texts.chinese, exact=True)).to_be_checked()
    page.keyboard.press("Escape")
    # A new conversation is narrowed to the same.
    page.get_by_role("button", name=EN.ask.new_conversation).click()
    ask(page, "销毁")
    assert site.fake.asked[-1].documents == ("wg6-2014-background",)
    other = open_page("en-GB", context=page.context)
    expect(other.locator(".filters-said")).to_have_text(EN.filters.all)


def test_a_choice_is_made_and_put_away_by_keyboard(open_page: Visits) -> None:
    page = open_page("en-GB")
    page.keyboard.press("/")
    expect(box(page)).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(page.locator(".filters > summary")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.locator(".filters-said")).to_have_text(EN.filters.some.format(n=1))
    page.keyboard.press("Escape")
    expect(page.locator(".filters[open]")).to_have_count(0)
    expect(page.locator(".filters > summary")).to_be_focused()
    page.keyboard.press("Tab")
    expect(box(page)).to_be_focused()
