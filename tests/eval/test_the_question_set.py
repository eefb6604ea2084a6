"""The project's own questions: enough of each kind, balanced, and each held against the bundled documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from corpus.home import BUNDLED_DATA
from corpus.records import LANGUAGES
from eval.judge import PREMISE, REFERENCE
from eval.questions import PRACTICE, QUESTIONS, GoldQuestion, QuestionSet, TextOf, read_questions
from eval.texts import texts_of_folder

CLOSE_MISS, ABSENT, FOLLOW_UP = "close-miss", "absent", "followup"
ANSWERED_KINDS = {"fact", "list", "position", "comparison", "cross", FOLLOW_UP, PREMISE, REFERENCE}


@pytest.fixture(scope="module")
def bundled_texts() -> TextOf:
    """The texts of the bundled documents."""
    return texts_of_folder(BUNDLED_DATA)


@pytest.fixture(scope="module")
def question_set(bundled_texts: TextOf) -> QuestionSet:
    """The project's questions; reading them holds anchors and quotes against the texts."""
    return read_questions(QUESTIONS, bundled_texts)


@pytest.fixture(scope="module")
def questions(question_set: QuestionSet) -> tuple[GoldQuestion, ...]:
    return question_set.questions


def tight(text: str) -> str:
    """A text without white space, in small letters, as what an answer must hold is compared."""
    return "".join(text.split()).lower()


def unproven(question: GoldQuestion) -> Iterator[str]:
    """The anchors, or list of anchors, that a question demands and quotes nothing of."""
    quoted = {quote.anchor for quote in question.quotes}
    yield from (anchor for anchor in question.gold.all if anchor not in quoted)
    if question.gold.any and quoted.isdisjoint(question.gold.any):
        yield f"one of {question.gold.any}"


def test_there_are_enough_and_enough_that_the_documents_do_not_answer(questions: tuple[GoldQuestion, ...]) -> None:
    assert len(questions) >= 240
    assert sum(not question.answerable for question in questions) >= 60


def test_about_half_of_what_is_not_answered_is_a_close_miss(questions: tuple[GoldQuestion, ...]) -> None:
    kinds = Counter(question.kind for question in questions if not question.answerable)
    assert 0.4 <= kinds[CLOSE_MISS] / kinds.total() <= 0.6, kinds


def test_both_languages_have_their_half(questions: tuple[GoldQuestion, ...]) -> None:
    languages = Counter(question.language for question in questions)
    for language in LANGUAGES:
        assert 0.45 <= languages[language] / len(questions) <= 0.55, languages


def test_the_halves_are_alike_in_kind_and_language(questions: tuple[GoldQuestion, ...]) -> None:
    count = Counter((question.kind, question.language, question.split) for question in questions)
    for kind, language in {(question.kind, question.language) for question in questions}:
        assert abs(count[kind, language, "dev"] - count[kind, language, "test"]) <= 1, (kind, language)


def test_each_kind_is_there_in_both_languages_and_answered_or_not(questions: tuple[GoldQuestion, ...]) -> None:
    assert {question.kind for question in questions} == ANSWERED_KINDS | {CLOSE_MISS, ABSENT}
    answered = {(question.kind, question.language) for question in questions if question.answerable}
    assert answered == {(kind, language) for kind in ANSWERED_KINDS for language in LANGUAGES}
    unanswered = {(question.kind, question.language) for question in questions if not question.answerable}
    assert unanswered >= {(kind, language) for kind in (CLOSE_MISS, ABSENT) for language in LANGUAGES}


def test_follow_ups_and_only_they_come_after_other_questions(questions: tuple[GoldQuestion, ...]) -> None:
    assert [question.id for question in questions if bool(question.history) != (question.kind == FOLLOW_UP)] == []


def test_every_answer_is_proven_by_a_quote_of_each_anchor_it_needs(questions: tuple[GoldQuestion, ...]) -> None:
    lacking = {question.id: list(unproven(question)) for question in questions if question.answerable}
    assert {question_id: anchors for question_id, anchors in lacking.items() if anchors} == {}


def test_what_an_answer_must_hold_stands_in_its_gold_texts(
    questions: tuple[GoldQuestion, ...], bundled_texts: TextOf
) -> None:
    impossible = []
    for question in questions:
        found = (bundled_texts(anchor, question.language) for anchor in sorted(question.demanded))
        texts = tight("\n".join(text for text in found if text is not None))
        impossible += [
            (question.id, group) for group in question.must if not any(tight(string) in texts for string in group)
        ]
    assert impossible == []


def test_no_question_is_asked_twice_in_a_language(questions: tuple[GoldQuestion, ...]) -> None:
    # The same words after other questions are another question.
    asked = Counter((question.language, tight(question.question)) for question in questions if not question.history)
    assert [text for text, times in asked.items() if times > 1] == []
    after = Counter((question.language, *question.history, question.question) for question in questions)
    assert [texts for texts, times in after.items() if times > 1] == []


def test_each_question_has_the_line_it_stands_on(question_set: QuestionSet) -> None:
    written = QUESTIONS.read_text(encoding="utf-8").split("\n")
    for question in question_set.questions:
        assert f'"id": "{question.id}"' in written[question_set.lines[question.id] - 1]


def test_no_text_has_white_space_at_its_ends(questions: tuple[GoldQuestion, ...]) -> None:
    for question in questions:
        groups = (*question.must, (question.question, *question.history))
        texts = [string for group in groups for string in group]
        assert [text for text in texts if text != text.strip()] == [], question.id


def test_the_practice_questions_are_apart_and_hold(question_set: QuestionSet, bundled_texts: TextOf) -> None:
    practice = read_questions(PRACTICE, bundled_texts).questions
    assert {question.split for question in practice} == {"dev", "test"}
    asked = {(tight(question.question), question.history) for question in question_set.questions}
    assert [question.id for question in practice if (tight(question.question), question.history) in asked] == []
