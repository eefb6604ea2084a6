"""The page of briefing notes where a language model is configured, over the real client: offered, shown, saved."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import httpx
import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import expect

from assistant.generate.settings import Limits, Settings
from assistant.generate.writing import Writer
from corpus.library import Library
from corpus.records import LANGUAGES, Language
from tests import patient
from tests.llm_server import SECRET, Asked, ModelServer, Reply, model_server
from tests.web.browsing import Visits, in_language, sideways
from tests.web.conftest import Site, serving
from tests.web.fake import FakeAssistant
from tests.web.noted import QUOTED
from web.strings import strings

FIRST, SECOND = (quote for _, quote in QUOTED)
TRUE = "2012年5月，毒品和犯罪问题办公室参加了1,045支枪支的销毁工作。"
FALSE = "毒品和犯罪问题办公室得到日本政府提供的资金，用于在三个萨赫勒国家开展枪支收缴和销毁工作。"
TOPIC = "枪支销毁"


@pytest.fixture(scope="module")
def server() -> Iterator[ModelServer]:
    with model_server() as running:
        yield running


@pytest.fixture(scope="module")
def running(made: Library) -> Iterator[Site]:
    with serving(FakeAssistant(made), made) as site:
        yield site


@pytest.fixture
def worded(running: Site, server: ModelServer) -> Site:
    """A site with a model that words one of the two quotations truly and the other not, and has written nothing yet."""
    settings = Settings("openai:scripted", server.url, SECRET, limits=Limits(backoff_s=0.01))
    server.play(said)
    running.fake.writer = Writer(settings)
    return running


def said(asked: Asked) -> Reply:
    return Reply(f"{TRUE}[{asked.number('1,045')}]{FALSE}[{asked.number('日本')}]")


def get(site: Site, path: str = "/brief", language: Language = "zh", **query: Any) -> httpx.Response:
    response = patient.get(f"{site.url}{path}", params=query or None, cookies={"language": language})
    assert response.status_code == 200
    return response


def post(site: Site, path: str, body: dict[str, Any]) -> httpx.Response:
    return patient.post(f"{site.url}{path}", json=body, cookies={"language": "zh"})


def note_in(html: str) -> BeautifulSoup:
    article = BeautifulSoup(html, "lxml").select_one("article.note")
    assert article is not None
    return article  # type: ignore[return-value]


def test_it_is_offered_only_where_there_is_a_model_and_is_off(site: Site, worded: Site, server: ModelServer) -> None:
    assert "polish" not in get(site).text
    drawn = BeautifulSoup(get(worded).text, "lxml")
    switch = drawn.select_one("form[data-brief] input[name=polish]")
    assert switch is not None
    assert not switch.has_attr("checked")
    # Without it the note is the same as where there is none, and nobody is asked.
    assert str(note_in(get(worded, topic=TOPIC).text)) == str(note_in(get(site, topic=TOPIC).text))
    assert server.asked == []
    # An address of elsewhere asks for it in vain where there is none.
    assert str(note_in(get(site, topic=TOPIC, polish="1").text)) == str(note_in(get(site, topic=TOPIC).text))


def test_the_models_words_are_marked_and_all_else_is_quoted(worded: Site, server: ModelServer) -> None:
    note = note_in(get(worded, topic=TOPIC, polish="1").text)
    (polished,) = note.select(".block.polished")
    assert TRUE in polished.get_text()
    assert polished.select_one(".note-model").get_text() == "〔模型行文〕"  # type: ignore[union-attr]
    text = note.get_text()
    assert f"“{SECOND}”" in text
    assert FALSE not in text
    assert SECRET not in text
    # The words that the sentence stands for are in its footnote.
    assert FIRST in note.select_one(".note-footnotes").get_text()  # type: ignore[union-attr]
    assert "经核对 1 句，保留原文引句 1 句" in note.select_one('[data-section="check"]').get_text()  # type: ignore[union-attr]
    assert len(server.asked) == 1


def test_what_a_reader_does_asks_the_model_nothing_and_a_file_is_what_was_shown(
    worded: Site, server: ModelServer
) -> None:
    shown = note_in(get(worded, topic=TOPIC, polish="1").text)
    (polished,) = (str(block["data-lines"]) for block in shown.select(".block.polished"))
    body = {"topic": TOPIC, "polish": True, "pinned": [polished], "off": ["ours"]}
    anew = note_in(post(worded, "/brief", body).text)
    ids = str(anew["data-shown"]).split()  # type: ignore[index]
    for form in ("word", "markdown"):
        response = post(worded, f"/brief/{form}", {**body, "shown": ids})
        assert response.status_code == 200
        text = response.text if form == "markdown" else word(response)
        assert TRUE in text
        assert "重点" in text
        assert "〔模型行文〕" in text
        assert FALSE not in text
    assert len(server.asked) == 1
    forged = post(worded, "/brief/word", {**body, "shown": ids[1:]})
    assert (forged.status_code, forged.json()) == (409, {"message": strings("zh").brief.changed_wording})


def word(response: httpx.Response) -> str:
    return "\n".join(paragraph.text for paragraph in docx.Document(BytesIO(response.content)).paragraphs)


def test_a_model_that_does_not_answer_leaves_the_note_with_one_line(
    site: Site, worded: Site, server: ModelServer
) -> None:
    server.play(Reply(status=500))
    note = note_in(get(worded, topic=TOPIC, polish="1").text)
    (line,) = [each.extract() for each in note.select('[data-section="check"] .block')[1:]]
    assert "语言模型未能作答" in line.get_text()
    plain = note_in(get(site, topic=TOPIC).text)
    assert " ".join(note.get_text().split()) == " ".join(plain.get_text().split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reader_has_a_note_worded_trims_it_and_saves_it(
    open_page: Visits, worded: Site, server: ModelServer, tmp_path: Path, language: Language
) -> None:
    words = strings(language).brief
    page = open_page(in_language(language), 390 if language == "en" else 1280, url=worded.url, path="/brief")
    page.fill("#topic", TOPIC)
    page.get_by_label(words.polish).check()
    page.get_by_role("button", name=words.make).click()
    polished = page.locator(".block.polished")
    expect(polished).to_contain_text(TRUE)
    expect(page).to_have_url(re.compile("polish=1"))
    expect(page.locator(".note")).to_contain_text(f"“{SECOND}”")
    assert not sideways(page, "html", ".note", ".brief-form")
    polished.locator("[data-pin]").focus()
    page.keyboard.press("p")
    expect(page.locator(".block.polished.pinned")).to_contain_text(TRUE)
    expect(page.locator("[data-note][aria-busy]")).to_have_count(0)
    with page.expect_download() as downloading:
        page.locator("[data-file=markdown]").click()
    downloading.value.save_as(tmp_path / "note")
    saved = (tmp_path / "note").read_text(encoding="utf-8")
    assert "〔模型行文〕" in saved
    assert saved.index("重点") < saved.index("2012年5月")
    # A reload shows it as it was left, and the model was asked once.
    page.reload()
    expect(page.locator(".block.polished.pinned")).to_contain_text(TRUE)
    expect(page.get_by_label(words.polish)).to_be_checked()
    assert len(server.asked) == 1
