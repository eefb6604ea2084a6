"""The page of briefing notes over HTTP: drawn on the server, exported as it was shown, and nothing forged."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import docx
import httpx
import pytest
from bs4 import BeautifulSoup, Tag

from assistant.export.briefing import note_paper
from assistant.export.content import Columns, Footnote, Paragraph
from corpus.records import Language
from tests import patient
from tests.web.conftest import Site
from tests.web.documents import HOSTILE
from tests.web.noted import OURS, QUOTED
from web.strings import strings

TOPIC = "枪支销毁"
FORGED = "0" * 12


def get(site: Site, path: str = "/brief", language: Language = "zh", **query: Any) -> httpx.Response:
    return patient.get(f"{site.url}{path}", params=query or None, cookies={"language": language})


def page(site: Site, language: Language = "zh", **query: Any) -> BeautifulSoup:
    response = get(site, language=language, **query)
    assert response.status_code == 200
    return BeautifulSoup(response.text, "lxml")


def post(site: Site, path: str, body: dict[str, Any], **headers: str) -> httpx.Response:
    return patient.post(f"{site.url}{path}", json=body, cookies={"language": "zh"}, headers=headers)


def blocks(drawn: BeautifulSoup, section: str) -> list[Tag]:
    return drawn.select(f'[data-section="{section}"] .block')


def ids(drawn: BeautifulSoup, section: str) -> list[str]:
    return [str(block["data-lines"]) for block in blocks(drawn, section)]


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_the_form_alone_comes_first(site: Site) -> None:
    drawn = page(site)
    assert drawn.select_one("form[data-brief] [name=topic]")
    assert not drawn.select_one("article.note")


def test_the_note_is_shown_with_its_sources_without_scripts(site: Site) -> None:
    drawn = page(site, topic=TOPIC)
    text = squeezed(drawn.select_one("article.note").get_text())  # type: ignore[union-attr]
    for _, quote in QUOTED:
        assert f"“{squeezed(quote)}”" in text
    assert OURS in text
    assert "2014年背景文件（CTOC/COP/WG.6/2014/3，文号系推断），第59段" in text
    for block in blocks(drawn, "background")[1:]:
        source = block.select_one(".block-tools a")
        assert source is not None
        assert get(site, str(source["href"])).status_code == 200


def test_the_preview_says_what_the_file_says(site: Site) -> None:
    article = page(site, topic=TOPIC).select_one("article.note")
    assert article is not None
    for extra in article.select(".block-tools, sup, .note-footnotes li > a"):
        extra.decompose()
    footnotes = [squeezed(each.get_text()) for each in article.select(".note-footnotes li")]
    for each in article.select(".note-footnotes"):
        each.decompose()
    note = site.fake.brief(TOPIC)
    paper = note_paper(note, {each.doc_id: each for each in site.library.documents()}, date.today())
    cells = [
        block if isinstance(block, Paragraph) else cell
        for block in paper.blocks if not isinstance(block, Columns)
        for cell in ([block] if isinstance(block, Paragraph) else [c for row in (block.head, *block.rows) for c in row])
    ]  # fmt: skip
    inlines = [inline for paragraph in cells for inline in paragraph.inlines]
    said = "".join(inline.text for inline in inlines if not isinstance(inline, Footnote))
    assert squeezed(article.get_text()) == squeezed(said)
    assert footnotes == [squeezed("".join(r.text for r in i.runs)) for i in inlines if isinstance(i, Footnote)]


@pytest.mark.parametrize("form", ["markdown", "word"])
def test_the_whole_note_is_a_file_by_a_link(site: Site, form: str) -> None:
    link = page(site, topic=TOPIC).select_one(f"[data-file={form}]")
    assert link is not None
    response = get(site, str(link["href"]))
    assert response.status_code == 200
    assert "attachment" in response.headers["content-disposition"]
    text = response.text if form == "markdown" else word(response)
    assert all(quote.replace("_", "") in text for _, quote in QUOTED)


def word(response: httpx.Response) -> str:
    return "\n".join(paragraph.text for paragraph in docx.Document(BytesIO(response.content)).paragraphs)


def test_a_file_holds_what_is_left_of_the_note(site: Site) -> None:
    _, first, second = ids(page(site, topic=TOPIC), "background")
    body = {"topic": TOPIC, "removed": [first], "pinned": [second], "off": ["ours"]}
    shown = BeautifulSoup(post(site, "/brief", body).text, "lxml").select_one("article.note")
    assert shown is not None
    text = word(post(site, "/brief/word", {**body, "shown": str(shown["data-shown"]).split()}))
    assert QUOTED[0][1] not in text
    assert QUOTED[1][1] in text
    assert "重点" in text
    assert "底线" not in text


def test_what_was_not_shown_is_not_exported(site: Site) -> None:
    article = page(site, topic=TOPIC).select_one("article.note")
    assert article is not None
    shown = str(article["data-shown"]).split()
    for forged in ([*shown, FORGED], shown[1:], [FORGED], list(reversed(shown)), []):
        response = post(site, "/brief/word", {"topic": TOPIC, "shown": forged})
        assert response.status_code == 409
        assert response.json() == {"message": strings("zh").brief.changed}


def test_no_words_of_a_browser_come_into_a_file(site: Site) -> None:
    for body in (
        {"topic": TOPIC, "lines": [{"text": "工作组通过了四十四项建议。"}]},
        {"topic": TOPIC, "removed": ["工作组通过了四十四项建议。"]},
        {"topic": TOPIC, "pinned": [{"text": "x"}]},
        {"topic": TOPIC, "title": "x"},
        {"topic": TOPIC, "off": ["nowhere"]},
    ):
        assert post(site, "/brief/word", body).status_code == 422
    plain = post(site, "/brief/markdown", {"topic": TOPIC})
    forged = post(site, "/brief/markdown", {"topic": TOPIC, "removed": [FORGED], "pinned": [FORGED]})
    assert forged.text == plain.text


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"item": "2"}, "没有议程；应有议程；请填写议题"),
        ({"topic": TOPIC, "doc": "nowhere"}, "没有编号为“nowhere”的文件"),
        ({"topic": TOPIC, "item": "2"}, "没有填写议题"),
    ],
)
def test_what_there_cannot_be_is_said_in_a_line(site: Site, query: dict[str, str], said: str) -> None:
    alert = page(site, **query).select_one(".brief-failed")
    assert alert is not None
    assert said in alert.get_text()
    body = {"topic": query.get("topic", ""), "item": query.get("item", "")}
    body |= {"documents": [query["doc"]]} if "doc" in query else {}
    for path in ("/brief", "/brief/word"):
        response = post(site, path, body)
        assert response.status_code in (404, 422)
        assert said in response.json()["message"]


def test_the_words_of_hostile_documents_and_topics_stay_words(site: Site) -> None:
    drawn = page(site, topic=f"hostile {HOSTILE}")
    assert not drawn.select("article script, article img, article b, article a[href^=javascript]")
    assert "<script>" in drawn.select_one("article.note").get_text()  # type: ignore[union-attr]


def test_a_form_of_another_page_changes_nothing(site: Site) -> None:
    for headers in ({"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}):
        assert post(site, "/brief", {"topic": TOPIC}, **headers).status_code == 403
    assert patient.post(f"{site.url}/brief/word", data={"topic": TOPIC}).status_code == 415
