"""A citation made anew from what was kept of it: only what the library holds, in the reader's language."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant import Assistant
from corpus.errors import RapporteurError, SpanError, UnknownAnchorError, UnknownDocumentError, UnknownVersionError
from corpus.home import BUNDLED_DATA
from corpus.library import Library
from corpus.meta import read_meta
from corpus.records import LANGUAGES, Language
from corpus.sync import add_document
from embeddings.build import ensure_index
from tests.letters import Letters, add_texts

POINT = "wg6-2020-report#dp10"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """Over a library of two documents, one of them in Chinese alone."""
    library = Library.open(tmp_path_factory.mktemp("home"))
    add_texts(library, "alone", {"zh": ["海豹吃鱼。", "海豹游泳。"]})
    add_texts(library, "paper", {"zh": ["企鹅吃磷虾。"], "en": ["Penguins eat krill."]})
    return Assistant(library, Letters(), ensure_index(library, Letters(), progress=False))


def test_the_library_is_there_to_be_read(small: Assistant) -> None:
    assert [document.doc_id for document in small.library.documents()] == ["alone", "paper"]
    with pytest.raises(AttributeError):
        small.library = small.library  # type: ignore[misc]


@pytest.mark.parametrize("reader", LANGUAGES)
@pytest.mark.parametrize(
    "question", ["决议草案哪一段提到加密货币？", "What does discussion point 10 of the report say?", "讨论要点1"]
)
def test_every_citation_of_an_answer_can_be_made_anew(assistant: Assistant, question: str, reader: Language) -> None:
    answer = assistant.ask(question, language=reader)
    assert answer.citations
    for c in answer.citations:
        assert assistant.cite(c.anchor, c.language, c.start, c.end, c.n, c.score, reader) == c


def test_what_a_citation_says_comes_from_the_library(assistant: Assistant) -> None:
    text = assistant.library.unit("wg6-2020-report", "dp10", "zh").text
    chinese = assistant.cite(POINT, "zh", 0, 5)
    assert (chinese.n, chinese.score, chinese.label, chinese.official) == (1, 0.0, "讨论要点10", True)
    assert (chinese.quote, chinese.text) == (text[:5], text)
    record = read_meta(BUNDLED_DATA / "wg6-2020-report" / "meta.yaml")
    english = assistant.cite(POINT, "en", 0, 5, reader="en")
    assert (english.label, english.official) == ("discussion point 10", False)
    assert english.document.title == record.titles.en
    assert chinese.document.title == record.titles.zh
    assert english.standing == tuple(note.text.en for note in record.standing if "dp*" in note.covers)
    assert english.standing


def test_a_quote_may_be_the_whole_text_and_no_more(small: Assistant) -> None:
    assert small.cite("alone#p1", "zh", 0, 5).quote == "海豹吃鱼。"
    assert small.cite("alone#p1", "zh", 4, 5).quote == "。"


@pytest.mark.parametrize(
    ("anchor_id", "language", "start", "end", "error", "found", "zh"),
    [
        ("no-such#p1", "zh", 0, 1, UnknownDocumentError, "no-such", "no-such"),
        ("alone#p3", "zh", 0, 1, UnknownAnchorError, "p3", "p3"),
        ("alone", "zh", 0, 1, UnknownAnchorError, "alone", "alone"),
        ("alone#p1", "en", 0, 1, UnknownVersionError, "no text in 'en'", "没有语言为“en”的文本"),
        ("alone#p1", "fr", 0, 1, UnknownVersionError, "no text in 'fr'", "没有语言为“fr”的文本"),
        ("alone#p1", "zh", 0, 6, SpanError, "character 0 to 6", "0 至 6"),
        ("alone#p1", "zh", 5, 6, SpanError, "5 characters", "为 5 个字符"),
        ("alone#p1", "zh", -2, 2, SpanError, "-2", "-2"),
        ("alone#p1", "zh", 2, 2, SpanError, "character 2 to 2", "2 至 2"),
        ("alone#p1", "zh", 3, 2, SpanError, "character 3 to 2", "3 至 2"),
    ],
)
def test_what_the_library_does_not_hold_is_not_cited(
    small: Assistant, anchor_id: str, language: Language, start: int, end: int, error: type[RapporteurError],
    found: str, zh: str,
) -> None:  # fmt: skip
    with pytest.raises(error) as raised:
        small.cite(anchor_id, language, start, end)
    assert type(raised.value) is error
    assert found in raised.value.message("en")
    assert zh in raised.value.message("zh")


def test_a_citation_follows_the_library(tmp_path_factory: pytest.TempPathFactory) -> None:
    library = Library.open(tmp_path_factory.mktemp("home"))
    add_texts(library, "paper", {"zh": ["企鹅吃磷虾。"]})
    over = Assistant(library, Letters(), ensure_index(library, Letters(), progress=False))
    assert over.cite("paper#p1", "zh", 0, 2).quote == "企鹅"
    unit = library.unit("paper", "p1", "zh")
    add_document(library, library.document("paper"), [replace(unit, text="海豹吃鱼。", sentences=())])
    assert over.cite("paper#p1", "zh", 0, 2).quote == "海豹"
