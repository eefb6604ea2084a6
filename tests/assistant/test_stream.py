"""An answer as it grows: every one of them can be shown as it is, and the last is what ``ask`` gives."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from assistant import Answer, Assistant
from corpus.errors import QuestionError, UnknownDocumentError
from corpus.records import LANGUAGES
from tests.assistant.development import development_questions

#: Questions of each language that are asked.
MANY = 16
COMPARISON = "报告讨论要点1和主席的总结讨论要点1有什么不同？"


def timeless(answer: Answer) -> Answer:
    return replace(answer, timings_ms={})


def check_shown(answer: Answer) -> None:
    """Every sentence cites, every citation is cited, numbered in order and verbatim, and nothing else is said."""
    assert not answer.abstained
    assert (answer.reason, answer.leads) == (None, ())
    assert [citation.n for citation in answer.citations] == list(range(1, len(answer.citations) + 1))
    quotes = {citation.n: citation for citation in answer.citations}
    for sentence in answer.sentences:
        assert sentence.citations
        assert sentence.text in quotes[sentence.citations[0]].quote
    assert {n for sentence in answer.sentences for n in sentence.citations} == set(quotes)
    assert all(c.text[c.start : c.end] == c.quote for c in answer.citations)


def check_growth(answers: list[Answer]) -> None:
    *partial, whole = answers
    for answer in answers:
        check_shown(answer)
    assert [len(answer.sentences) for answer in answers] == list(range(1, len(whole.sentences) + 1))
    for before, after in pairwise(answers):
        assert after.sentences[:-1] == before.sentences
        assert after.citations[: len(before.citations)] == before.citations
        assert (after.question, after.understood, after.confidence) == (
            before.question, before.understood, before.confidence,
        )  # fmt: skip
        assert after.timings_ms["total"] >= before.timings_ms["total"]
    assert not any(answer.notes or answer.compared for answer in partial)


def test_the_questions_are_of_all_kinds_and_both_languages() -> None:
    asked = development_questions(MANY)
    assert Counter(question["language"] for question in asked) == dict.fromkeys(LANGUAGES, MANY)
    assert {"comparison", "premise", "list", "fact"} <= {question["kind"] for question in asked}
    assert any(question.get("history") for question in asked)
    assert any(not question["answerable"] for question in asked)


@pytest.mark.parametrize("question", development_questions(MANY), ids=lambda question: str(question["id"]))
def test_the_last_of_the_growing_answers_is_the_whole_one(assistant: Assistant, question: dict[str, Any]) -> None:
    history: list[tuple[str, Answer]] = []
    for earlier in question.get("history", ()):
        history.append((earlier, assistant.ask(earlier, history)))
    answers = list(assistant.stream(question["question"], history))
    whole = assistant.ask(question["question"], history)
    assert timeless(answers[-1]) == timeless(whole)
    assert set(answers[-1].timings_ms) == set(whole.timings_ms)
    if whole.abstained:
        assert len(answers) == 1
    else:
        check_growth(answers)


@pytest.mark.parametrize(
    ("question", "sentences"),
    [
        (COMPARISON, 2),
        # The item and the four paragraphs under it.
        ("议程项目2", 5),
        ("Which items are scheduled for the afternoon of 11 May 2021?", 2),
    ],
)
def test_an_answer_grows_by_a_sentence(assistant: Assistant, question: str, sentences: int) -> None:
    answers = list(assistant.stream(question))
    assert len(answers) >= sentences
    check_growth(answers)


def test_notes_and_that_texts_are_compared_come_with_the_whole(assistant: Assistant) -> None:
    compared = list(assistant.stream(COMPARISON))
    assert [answer.compared for answer in compared] == [False] * (len(compared) - 1) + [True]
    noted = list(assistant.stream("讨论要点1、52"))
    assert [len(answer.notes) for answer in noted] == [0] * (len(noted) - 1) + [1]


def test_an_abstention_comes_as_one(assistant: Assistant) -> None:
    (answer,) = assistant.stream("法国的首都是哪里？")
    assert answer.abstained
    assert answer.reason
    assert answer.leads


def test_an_answer_may_be_taken_from_several_threads(assistant: Assistant) -> None:
    growing, answers = assistant.stream("议程项目2"), []
    while True:
        # A server may take each from another thread of its pool.
        with ThreadPoolExecutor(1) as pool:
            answer = pool.submit(next, growing, None).result()
        if answer is None:
            break
        answers.append(answer)
    check_growth(answers)
    assert timeless(answers[-1]) == timeless(assistant.ask("议程项目2"))


def test_what_cannot_be_asked_is_refused(assistant: Assistant) -> None:
    with pytest.raises(QuestionError):
        next(assistant.stream("???"))
    with pytest.raises(UnknownDocumentError):
        next(assistant.stream("讨论要点1", documents=["wg6-1999"]))


def test_an_answer_in_a_language_and_of_some_documents(assistant: Assistant) -> None:
    options: dict[str, Any] = {"language": "en", "documents": ["wg6-2020-chair-summary"]}
    answers = list(assistant.stream("讨论要点10", **options))
    assert {c.document.id for answer in answers for c in answer.citations} == {"wg6-2020-chair-summary"}
    assert answers[0].citations[0].label == "discussion point 10"
    assert timeless(answers[-1]) == timeless(assistant.ask("讨论要点10", **options))
