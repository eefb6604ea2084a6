"""The page over the real assistant and the five documents: each example asked, each citation opened."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from assistant import Assistant
from tests.web.conftest import Site, ask, serving
from web.strings import EXAMPLES, strings

OpenPage = Callable[..., Page]

# What a reader of the documents expects for each example: the paragraph that opens, and words that are marked in it,
# in the question's language.
EXPECTED = {
    "第八次会议何时开幕？": ("议程项目1(a)，第1段", "将于 2021 年 5 月 10 日星期一上午 10 时开幕"),
    "2012年5月销毁了多少支枪支？": ("第59段", "1,045 支枪支的销毁工作"),
    "报告讨论要点10怎么说？": ("讨论要点10", "将非法持有、上传和下载此类蓝图"),
    "How many tracing requests did South Africa report?": ("para. 17", "more than 500 tracing requests"),
    "Which paragraph of the draft resolution mentions cryptocurrencies?": ("operative para. 14", "cryptocurrencies"),
    "Who chaired the July 2020 meeting?": ("para. 26", "chaired by Gonzalo Fabián Medina Hernández"),
}


@pytest.fixture(scope="module")
def real_site(assistant: Assistant) -> Iterator[Site]:
    with serving(assistant) as running:
        yield running


def test_the_examples_are_the_ones_expected_here() -> None:
    assert {question for questions in EXAMPLES.values() for question in questions} == EXPECTED.keys()


@pytest.mark.parametrize("question", EXPECTED)
def test_a_click_on_a_citation_shows_its_paragraph_with_the_quote_marked(
    open_page: OpenPage, real_site: Site, question: str
) -> None:
    label, words = EXPECTED[question]
    page = open_page("zh-CN" if ord(question[0]) > 127 or question[0].isdigit() else "en-GB", url=real_site.url)
    page.get_by_role("button", name=question).click()
    sentences = page.locator(".sentences")
    expect(sentences).to_contain_text(words)
    page.locator(".evidence").get_by_role("button").last.wait_for()
    page.locator(".sentences .mark").first.click()
    expect(page.locator(".evidence h2")).to_have_text(label)
    mark = page.locator(".evidence mark").first
    expect(mark).to_contain_text(words)
    expect(mark).to_be_in_viewport()
    expect(page.locator(".unit.cited")).to_have_count(1)
    assert page.locator(".unit").count() > 1


def test_a_discussion_point_stands_in_both_languages_and_says_which_is_official(
    open_page: OpenPage, real_site: Site
) -> None:
    page = open_page("en-GB", url=real_site.url)
    words = strings("en")
    ask(page, "What does discussion point 10 of the report say?")
    page.get_by_role("button", name=words.both_languages).click()
    chinese, english = page.locator(".version:visible").all()
    expect(chinese).to_contain_text(words.official)
    expect(chinese).to_contain_text("将非法持有、上传和下载此类蓝图")
    expect(english).to_contain_text(words.unofficial)
    expect(english.locator("mark")).to_contain_text("criminalizing the illicit possession, uploading and downloading")


@pytest.mark.parametrize(
    ("locale", "first", "following", "understood", "label"),
    [
        ("zh-CN", "报告第21段说什么？", "下一段呢？", "2020年会议报告第22段说了什么？", "第22段"),
        ("en-GB", "What does para. 21 of the report say?", "And the next paragraph?",
         "What does para. 22 of the report of the 2020 meeting say?", "para. 22"),
    ],
)  # fmt: skip
def test_a_follow_up_opens_the_paragraph_it_leads_to(
    open_page: OpenPage, real_site: Site, locale: str, first: str, following: str, understood: str, label: str
) -> None:
    page = open_page(locale, url=real_site.url)
    ask(page, first)
    ask(page, following)
    words = strings("zh" if locale == "zh-CN" else "en")
    expect(page.locator(".understood")).to_have_text(words.understood.format(question=understood))
    expect(page.locator(".evidence h2")).to_have_text(label)


@pytest.mark.parametrize(
    ("locale", "question", "marked"),
    [
        ("zh-CN", "报告讨论要点1和主席的总结讨论要点1有什么不同？",
         ["各国", "国家", "以期", "普遍加入和全面实施", "会员国", "会员国", "以", "普遍性"]),
        ("en-GB", "How does discussion point 1 of the report differ from discussion point 1 of the Chair's summary?",
         ["with a view to achieving universal adherence to and full implementation",
          "Member", "Member", "in order to achieve the universality"]),
    ],
)  # fmt: skip
def test_points_compared_have_the_words_marked_that_moved(
    open_page: OpenPage, real_site: Site, locale: str, question: str, marked: list[str]
) -> None:
    page = open_page(locale, url=real_site.url)
    ask(page, question)
    expect(page.locator(".side")).to_have_count(2)
    expect(page.locator(".comparison mark.differs")).to_have_text(marked)


def test_the_glossary_has_the_terms_of_the_project(open_page: OpenPage, real_site: Site) -> None:
    page = open_page("zh-CN", url=real_site.url)
    page.get_by_role("button", name=strings("zh").glossary).click()
    for typed, found in (("silence procedure", "默许程序"), ("默许程序", "silence procedure")):
        page.get_by_role("searchbox").fill(typed)
        expect(page.locator(".terms tbody tr:visible")).to_have_count(1)
        expect(page.locator(".terms tbody tr:visible")).to_contain_text(found)
