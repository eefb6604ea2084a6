"""The conversation as a file, saved by a real browser and opened as a delegate opens it."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from playwright.sync_api import Page, expect

from corpus.library import Library
from corpus.records import LANGUAGES, Language
from tests.web.browsing import Visits, ask, in_language, put_question
from tests.web.conftest import Site, serving
from tests.web.documents import BACKGROUND, HOSTILE, put
from tests.web.fake import CRYPTO, DESTROYED, FUNDED, REASONS, SIDES, FakeAssistant
from web.strings import strings

READERS = pytest.mark.parametrize("language", LANGUAGES)
ZH = strings("zh")


def export(page: Page, language: Language, form: str, folder: Path) -> Path:
    """Saves the conversation, and gives the file under the name the browser got for it."""
    words = strings(language).ask
    page.locator(".exporting summary").click()
    with page.expect_download() as downloading:
        page.get_by_role("button", name=words.export_word if form == "word" else words.export_markdown).click()
    expect(page.locator(".exporting[open]")).to_have_count(0)
    name = downloading.value.suggested_filename
    downloading.value.save_as(folder / name)
    return folder / name


def converse(page: Page) -> None:
    for question in ("销毁", "", "How do the drafts differ?", "cryptocurrencies", "Who knows?"):
        ask(page, question)


@READERS
def test_markdown_has_every_answer_with_its_sources_in_footnotes(
    open_page: Visits, tmp_path: Path, language: Language
) -> None:
    page = open_page(in_language(language))
    converse(page)
    saved = export(page, language, "markdown", tmp_path)
    assert re.fullmatch(rf"{strings(language).ask.file_name}-\d{{4}}-\d\d-\d\d\.md", saved.name)
    assert abs((date.today() - date.fromisoformat(saved.stem[-10:])).days) <= 1
    text = saved.read_text("utf-8")
    # What was refused is no part of it.
    assert re.findall(r"^## (.+)$", text, re.MULTILINE)[:4] == [
        "销毁", "How do the drafts differ?", "cryptocurrencies", "Who knows?",
    ]  # fmt: skip
    for quote in (DESTROYED[1], FUNDED[1], SIDES["drafts"][0][1], SIDES["drafts"][1][1]):
        assert re.search(rf"“{re.escape(quote)}”\[\^\d\]", text)
    assert CRYPTO[1] in text
    assert REASONS["en"] in text
    source = {
        "zh": "2014年背景文件（CTOC/COP/WG.6/2014/3，文号系推断），第59段",
        "en": "(CTOC/COP/WG.6/2014/3, symbol inferred), para. 59",
    }[language]
    assert re.search(rf"^\[\^1\]: .*{re.escape(source)}", text, re.MULTILINE)
    # Each footnote that is referred to is there, once.
    referred = re.findall(r"(?<!^)\[\^(\d+)\]", text, re.MULTILINE)
    assert referred == [str(n) for n in range(1, len(referred) + 1)]
    assert re.findall(r"^\[\^(\d+)\]:", text, re.MULTILINE) == referred


@READERS
def test_word_has_every_answer_with_its_sources_in_footnotes(
    open_page: Visits, tmp_path: Path, language: Language
) -> None:
    page = open_page(in_language(language))
    converse(page)
    saved = export(page, language, "word", tmp_path)
    assert re.fullmatch(rf"{strings(language).ask.file_name}-\d{{4}}-\d\d-\d\d\.docx", saved.name)
    opened = docx.Document(str(saved))
    paragraphs = [paragraph.text for paragraph in opened.paragraphs]
    cells = [cell.text for table in opened.tables for row in table.rows for cell in row.cells]
    for question in ("销毁", "How do the drafts differ?", "cryptocurrencies", "Who knows?"):
        assert question in paragraphs
    assert f"“{DESTROYED[1]}”" in paragraphs
    assert REASONS["en"] in paragraphs
    # The two texts of a comparison stand side by side.
    for _, quote in SIDES["drafts"]:
        assert any(quote in cell for cell in cells)
    with ZipFile(saved) as archive:
        footnotes = archive.read("word/footnotes.xml").decode()
        body = archive.read("word/document.xml").decode()
    numbers = re.findall(r'<w:footnoteReference w:id="(\d+)"', body)
    assert numbers == [str(n) for n in range(1, len(numbers) + 1)]
    assert len(numbers) >= 7
    assert all(f'<w:footnote w:id="{n}"' in footnotes for n in numbers)
    assert "CTOC/COP/WG.6/2014/3" in footnotes
    assert ("第59段" if language == "zh" else "para. 59") in footnotes
    assert opened.core_properties.language == ("zh-CN" if language == "zh" else "en-GB")


@READERS
def test_where_there_is_nothing_to_export_that_is_said(open_page: Visits, language: Language) -> None:
    words = strings(language)
    page = open_page(in_language(language))
    page.locator(".exporting summary").click()
    page.get_by_role("button", name=words.ask.export_markdown).click()
    expect(page.locator(".tools").get_by_role("status")).to_have_text(words.browser.nothing_to_export)


def test_what_the_library_no_longer_holds_is_not_exported(
    open_page: Visits, own_library: Library, tmp_path: Path
) -> None:
    with serving(FakeAssistant(own_library), own_library) as changing:
        page = open_page(url=changing.url)
        ask(page, "销毁")
        put(own_library, BACKGROUND, without=("p61",))
        text = export(page, "zh", "markdown", tmp_path).read_text("utf-8")
    assert DESTROYED[1] in text
    assert FUNDED[1] not in text


@pytest.mark.parametrize("form", ["word", "markdown"])
def test_hostile_text_is_text_in_the_file_too(open_page: Visits, tmp_path: Path, form: str) -> None:
    page = open_page()
    ask(page, f"hostile {HOSTILE}")
    saved = export(page, "zh", form, tmp_path)
    if form == "word":
        assert any(HOSTILE in paragraph.text for paragraph in docx.Document(str(saved)).paragraphs)
        with ZipFile(saved) as archive:
            assert "127.0.0.1:9" not in archive.read("word/_rels/document.xml.rels").decode()
    else:
        assert not re.search(r"(?<!\\)<(script|img|a )", saved.read_text("utf-8"))


@READERS
def test_a_file_that_cannot_be_made_is_said(open_page: Visits, made: Library, language: Language) -> None:
    words = strings(language)
    open_page.expects("ERR_CONNECTION_REFUSED")
    with serving(FakeAssistant(made), made) as leaving:
        page = open_page(in_language(language), url=leaving.url)
        ask(page, "销毁")
    page.locator(".exporting summary").click()
    page.get_by_role("button", name=words.ask.export_word).click()
    expect(page.locator(".tools").get_by_role("status")).to_have_text(words.browser.disconnected)


def test_a_conversation_is_exported_while_another_question_is_searched(
    open_page: Visits, site: Site, tmp_path: Path
) -> None:
    page = open_page()
    ask(page, "销毁")
    put_question(page, "slow cryptocurrencies")
    expect(page.locator(".turn.pending")).to_be_visible()
    assert DESTROYED[1] in export(page, "zh", "markdown", tmp_path).read_text("utf-8")
    site.fake.go.set()
    expect(page.locator(".turn.answered")).to_have_count(2)
