"""The page over the real assistant and the five documents: each example asked, each citation opened."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from playwright.sync_api import expect

from assistant import Assistant
from corpus.records import Language
from tests.web.browsing import Visits, ask, in_language, ready, switch_language
from tests.web.conftest import Site, serving
from web.asking.routes import EXAMPLES
from web.strings import strings

ZH, EN = strings("zh"), strings("en")

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
def site(assistant: Assistant) -> Iterator[Site]:
    """The application over the real assistant."""
    with serving(assistant, assistant.library) as running:
        yield running


def spoken(question: str) -> Language:
    return "zh" if ord(question[0]) > 127 or question[0].isdigit() else "en"


def test_the_examples_are_the_ones_expected_here() -> None:
    assert {question for questions in EXAMPLES.values() for question in questions} == EXPECTED.keys()


@pytest.mark.parametrize("question", EXPECTED)
def test_a_click_on_a_citation_shows_its_paragraph_with_the_quote_marked(open_page: Visits, question: str) -> None:
    label, words = EXPECTED[question]
    page = open_page(in_language(spoken(question)))
    page.get_by_role("link", name=question).click()
    turn = page.locator(".turn.answered")
    expect(turn.locator(".sentences")).to_contain_text(words)
    turn.locator(".sentences .mark").first.click()
    expect(page.locator(".evidence h2")).to_have_text(label)
    mark = page.locator(".evidence mark")
    expect(mark).to_have_count(1)
    expect(mark).to_contain_text(words)
    expect(mark).to_be_in_viewport()
    # The marked words are the quote of the source, which the sentence is a part of.
    sentence = turn.locator(".sentences > p").first.evaluate("e => e.firstChild.textContent")
    assert sentence.strip("\u2060 ") in mark.inner_text()
    assert page.locator(".unit").count() > 1
    address = page.url
    shown = page.locator(".evidence .units").inner_text()
    # The address opens the same for someone else.
    other = open_page(in_language(spoken(question)), path=address.removeprefix(open_page.usual()))
    assert other.locator(".evidence mark").all_inner_texts() == mark.all_inner_texts()
    assert other.locator(".evidence .units").inner_text() == shown


def test_a_discussion_point_stands_in_both_languages_and_says_which_is_official(open_page: Visits) -> None:
    page = open_page("en-GB")
    ask(page, "What does discussion point 10 of the report say?")
    page.get_by_role("button", name=EN.panel.both_languages).click()
    expect(page.locator(".version:visible")).to_have_count(2)
    chinese, english = page.locator(".version:visible").all()
    expect(chinese).to_contain_text(EN.texts.official)
    expect(chinese).to_contain_text("将非法持有、上传和下载此类蓝图")
    expect(english).to_contain_text(EN.texts.unofficial)
    expect(english.locator("mark")).to_contain_text("criminalizing the illicit possession, uploading and downloading")


@pytest.mark.parametrize(
    ("language", "first", "following", "understood", "label"),
    [
        ("zh", "报告第21段说什么？", "下一段呢？", "2020年会议报告第22段说了什么？", "第22段"),
        ("en", "What does para. 21 of the report say?", "And the next paragraph?",
         "What does para. 22 of the report of the 2020 meeting say?", "para. 22"),
    ],
)  # fmt: skip
def test_a_follow_up_opens_the_paragraph_it_leads_to_even_after_a_reload(
    open_page: Visits, language: Language, first: str, following: str, understood: str, label: str
) -> None:
    page = open_page(in_language(language))
    ask(page, first)
    page.reload()
    ready(page)
    turn = ask(page, following)
    said = strings(language).answer.understood.format(question=understood)
    expect(turn.locator(".understood")).to_have_text(said)
    expect(page.locator(".evidence h2")).to_have_text(label)


@pytest.mark.parametrize(
    ("language", "question", "marked"),
    [
        ("zh", "报告讨论要点1和主席的总结讨论要点1有什么不同？",
         ["各国", "国家", "以期", "普遍加入和全面实施", "会员国", "会员国", "以", "普遍性"]),
        ("en", "How does discussion point 1 of the report differ from discussion point 1 of the Chair's summary?",
         ["with a view to achieving universal adherence to and full implementation",
          "Member", "Member", "in order to achieve the universality"]),
    ],
)  # fmt: skip
def test_points_compared_have_the_words_marked_that_moved(
    open_page: Visits, language: Language, question: str, marked: list[str]
) -> None:
    page = open_page(in_language(language))
    turn = ask(page, question)
    expect(turn.locator(".side")).to_have_count(2)
    expect(turn.locator(".comparison mark.differs")).to_have_text(marked)


@pytest.mark.parametrize(
    ("language", "question"),
    [("zh", "工作组第二十次会议由谁主持？"), ("en", "How many tanks did South Africa destroy in 1987?")],
)
def test_what_the_documents_do_not_say_is_not_answered(open_page: Visits, language: Language, question: str) -> None:
    words = strings(language)
    page = open_page(in_language(language))
    turn = ask(page, question)
    expect(turn.locator(".verdict")).to_have_text(words.answer.abstained)
    expect(turn.locator(".reason")).not_to_be_empty()
    expect(turn.locator(".leads-note")).to_have_text(words.answer.leads_note)
    turn.locator("[data-open]").first.click()
    expect(page.locator(".evidence mark")).to_be_in_viewport()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_search_kept_to_one_document_cites_no_other(open_page: Visits, language: Language) -> None:
    words = strings(language)
    page = open_page(in_language(language))
    page.locator(".filters > summary").click()
    page.get_by_role("checkbox", name=words.kinds.chair_summary, exact=True).check()
    page.keyboard.press("Escape")
    turn = ask(page, "讨论要点1怎么说？" if language == "zh" else "What does discussion point 1 say?")
    expect(turn.locator(".within")).to_contain_text(words.kinds.chair_summary)
    addresses = [link.get_attribute("href") or "" for link in turn.locator(".source-open").all()]
    assert addresses
    assert all("doc=wg6-2020-chair-summary&" in address for address in addresses)


def test_a_search_kept_to_texts_in_one_language_quotes_no_other(open_page: Visits) -> None:
    page = open_page("zh-CN")
    page.locator(".filters > summary").click()
    page.get_by_role("group", name=ZH.filters.languages).get_by_role("checkbox", name=ZH.texts.english).check()
    page.keyboard.press("Escape")
    turn = ask(page, "2012年5月销毁了多少支枪支？")
    expect(turn.locator(".sentences > p").first).to_have_attribute("lang", "en")
    expect(turn.locator(".sentences > p").first).to_contain_text("1,045 firearms")


def test_the_language_is_changed_in_the_middle_of_a_conversation(open_page: Visits) -> None:
    page = open_page("zh-CN")
    turn = ask(page, "报告讨论要点10怎么说？")
    quoted = page.locator(".evidence mark").inner_text()
    switch_language(page, "English")
    expect(turn.locator(".sources-heading")).to_have_text(EN.answer.sources)
    expect(page.locator(".evidence h2")).to_have_text("discussion point 10")
    assert page.locator(".evidence mark").inner_text() == quoted
    following = ask(page, "And discussion point 11?")
    expect(following.locator(".source-label").first).to_have_text("discussion point 11")


def test_the_conversation_is_exported_with_its_sources(open_page: Visits, tmp_path: Path) -> None:
    page = open_page("en-GB")
    ask(page, "Who chaired the July 2020 meeting?")
    for form, ending in ((EN.ask.export_markdown, "md"), (EN.ask.export_word, "docx")):
        page.locator(".exporting summary").click()
        with page.expect_download() as downloading:
            page.get_by_role("button", name=form).click()
        downloading.value.save_as(tmp_path / f"saved.{ending}")
    text = (tmp_path / "saved.md").read_text("utf-8")
    assert "chaired by Gonzalo Fabián Medina Hernández" in text
    assert "para. 26" in text
    paragraphs = [paragraph.text for paragraph in docx.Document(str(tmp_path / "saved.docx")).paragraphs]
    assert any("chaired by Gonzalo Fabián Medina Hernández" in paragraph for paragraph in paragraphs)
