"""A second language version helps and never hurts: the figures that docs/evaluation.md reports are held here."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from assistant import Assistant
from assistant.weights import WEIGHTS
from benchmarks.languages import Row, copy_library, documents_in, measure
from corpus.library import Library
from corpus.records import LANGUAGES, Language
from corpus.sync import sync_folder
from embeddings.build import ensure_index
from embeddings.model import Encoder
from tests.once import Once, Remembering

Questions = list[dict[str, Any]]


@pytest.fixture(scope="module")
def opened(
    built_home: Path, bundled_encoder: Encoder, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Assistant]:
    """The assistant over both versions of the documents, and over those in one language alone."""
    folder, questions = tmp_path_factory.mktemp("languages"), Remembering(bundled_encoder)

    def over(library: Library) -> Assistant:
        snapshot = ensure_index(library, bundled_encoder, progress=False)
        retriever = Once(library, snapshot, questions, WEIGHTS.retrieval)
        return Assistant(library, bundled_encoder, snapshot, retriever=retriever)

    found = {"zh+en": over(Library.open(built_home))}
    for language in LANGUAGES:
        home = folder / language / "home"
        copy_library(built_home, home)
        library = Library.open(home)
        sync_folder(library, documents_in(folder / language / "data", (language,)))
        found[language] = over(library)
    return found


@pytest.fixture(scope="module")
def rows(opened: dict[str, Assistant], crossing_questions: Questions) -> dict[tuple[Language, str], Row]:
    """The questions of each language over both versions, over their own alone and over the other alone."""
    return {
        (language, name): measure(each, name, language, crossing_questions)
        for language in LANGUAGES
        for name, each in opened.items()
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_version_in_the_other_language_lowers_no_hit_rate(
    rows: dict[tuple[Language, str], Row], language: Language
) -> None:
    other: Language = "en" if language == "zh" else "zh"
    both, own, across = (rows[language, name] for name in ("zh+en", language, other))
    assert both.questions == 50
    assert both.hit1 >= max(own.hit1, across.hit1)
    assert both.hit5 >= across.hit5


@pytest.mark.parametrize(
    ("question", "anchor", "language", "official"),
    [
        ("第八次会议何时开幕？", "wg6-2021-agenda#item1a.1", "zh", True),
        ("When does the eighth session open?", "wg6-2021-agenda#item1a.1", "en", False),
        ("报告讨论要点10怎么说？", "wg6-2020-report#dp10", "zh", True),
        ("What does discussion point 10 of the report say?", "wg6-2020-report#dp10", "en", False),
    ],
)
def test_an_answer_comes_in_the_language_of_the_question(
    assistant: Assistant, question: str, anchor: str, language: Language, official: bool
) -> None:
    first = assistant.ask(question).citations[0]
    assert (first.anchor, first.language, first.official) == (anchor, language, official)


def test_a_document_in_one_language_answers_the_other(opened: dict[str, Assistant]) -> None:
    first = opened["zh"].ask("How many firearms were destroyed in May 2012?").citations[0]
    assert (first.anchor, first.language, first.official) == ("wg6-2014-background#p59", "zh", True)
    assert "1,045" in first.quote


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kept", LANGUAGES)
def test_keeping_to_texts_in_a_language_finds_no_less_than_a_library_of_that_language(
    opened: dict[str, Assistant],
    rows: dict[tuple[Language, str], Row],
    crossing_questions: Questions,
    language: Language,
    kept: Language,
) -> None:
    asked = [each for each in crossing_questions if each["language"] == language and each["answerable"]]
    found = [opened["zh+en"].search(each["question"], 5, languages=[kept]) for each in asked]
    assert {hit.unit.language for hits in found for hit in hits} == {kept}
    first = sum(hits[0].anchor in each["gold"] for hits, each in zip(found, asked, strict=True))
    assert first / len(asked) >= rows[language, kept].hit1
