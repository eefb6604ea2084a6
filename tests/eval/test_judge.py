"""What an answer is worth, figure by figure, and what a person would say of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from assistant.answer import Answer, AnswerSentence
from eval.asking import Outcome
from eval.judge import FIGURES, PREMISE, REFERENCE, Score, complaints, is_wrong, judge
from eval.questions import GoldQuestion
from tests.eval.outcomes import COLD, DRY, SALT, answer, asked, asked_in_vain, judged, refusal, text_of

ONE, ZERO = Score(1.0, 1.0), Score(0.0, 1.0)


def scored(question: GoldQuestion, given: Answer, *ranking: str) -> Mapping[str, Score]:
    return judged(question, given, ranking).scores


def complained(question: GoldQuestion, given: Answer) -> list[str]:
    each = judged(question, given)
    return complaints(each.outcome, each.scores)


def wrong(question: GoldQuestion, given: Answer) -> bool:
    return is_wrong(Outcome(question, (), given, 1.0))


def saying(text: str, *numbers: int, mode: str = "extractive") -> Answer:
    """An answer that cites the sea's and the moon's sentence and says something of its own."""
    shown = replace(answer(SALT, DRY), sentences=(AnswerSentence(text, numbers),))
    return replace(shown, mode="llm") if mode == "llm" else shown


# Which figures a question has a score in, and which it has none in.


def test_a_question_answered_rightly() -> None:
    assert scored(asked(), answer(SALT), SALT, DRY) == {
        "hit@1": ONE,
        "hit@5": ONE,
        "mrr": ONE,
        "citation_precision": ONE,
        "citation_recall": ONE,
        "quote_validity": ONE,
        "groundedness": ONE,
        "answered": ONE,
    }


def test_a_question_answered_in_part() -> None:
    # Of three anchors cited two are right, one of them needlessly; of three things to cite one is cited.
    question = asked(any_of=[SALT], all_of=["d#p8", "d#p9"], also=[COLD], must=[["salt"], ["fresh", "sweet"]])
    assert scored(question, answer(DRY, SALT, COLD, DRY), DRY, "d#p4", SALT) == {
        "hit@1": ZERO,
        "hit@5": ONE,
        "mrr": Score(1 / 3, 1.0),
        "citation_precision": Score(2 / 3, 1.0),
        "citation_recall": Score(1 / 3, 1.0),
        "quote_validity": Score(4, 4),
        "groundedness": Score(4, 4),
        "answer_coverage": Score(1 / 2, 1.0),
        "answered": ONE,
    }


def test_a_question_declined_that_the_documents_answer() -> None:
    assert scored(asked(must=[["salt"]]), refusal(DRY)) == {
        "hit@1": ZERO,
        "hit@5": ZERO,
        "mrr": ZERO,
        "citation_recall": ZERO,
        "quote_validity": ONE,
        "answer_coverage": ZERO,
        "answered": ZERO,
        "abstention_precision": ZERO,
        "abstention_f1": ZERO,
    }


def test_a_question_declined_rightly() -> None:
    assert scored(asked_in_vain(), refusal(), DRY) == {
        "abstention_precision": ONE,
        "abstention_recall": ONE,
        "abstention_f1": Score(2.0, 2.0),
    }


def test_a_question_answered_that_the_documents_do_not_answer() -> None:
    assert scored(asked_in_vain(), answer(DRY), DRY) == {
        "quote_validity": ONE,
        "groundedness": ONE,
        "abstention_recall": ZERO,
        "abstention_f1": ZERO,
    }


def test_no_score_is_more_than_what_was_possible() -> None:
    questions = [asked(), asked(also=[DRY], must=[["salt"]]), replace(asked(), kind=PREMISE), asked_in_vain()]
    for question in [*questions, replace(asked(), kind=REFERENCE)]:
        for given in (answer(SALT), answer(DRY, SALT), refusal(), refusal(SALT)):
            scores = scored(question, given, DRY, SALT)
            assert scores.keys() <= FIGURES.keys()
            assert all(0 <= score.gained <= score.possible > 0 for score in scores.values())


# Search.


@pytest.mark.parametrize(
    ("ranking", "hit_at_1", "hit_at_5", "reciprocal"),
    [
        ("S....", ONE, ONE, 1.0),
        (".S...", ZERO, ONE, 1 / 2),
        ("....S", ZERO, ONE, 1 / 5),
        (".....S", ZERO, ZERO, 1 / 6),
        ("...", ZERO, ZERO, 0.0),
        # What is right to cite, and need not be, is right to find.
        (".C.S", ZERO, ONE, 1 / 2),
    ],
)
def test_ranks(ranking: str, hit_at_1: Score, hit_at_5: Score, reciprocal: float) -> None:
    anchors = [{"S": SALT, "C": COLD}.get(letter, f"e#p{at}") for at, letter in enumerate(ranking)]
    scores = scored(asked(also=[COLD]), answer(SALT), *anchors)
    assert (scores["hit@1"], scores["hit@5"], scores["mrr"]) == (hit_at_1, hit_at_5, Score(reciprocal, 1.0))


# Quotes and sentences.


@pytest.mark.parametrize(
    ("change", "valid"),
    [
        ({}, 2),
        ({"quote": "The sea is Salt."}, 1),
        ({"quote": "sea"}, 1),
        ({"quote": "sea", "start": 4, "end": 7}, 2),
        ({"start": 1}, 1),
        # Quote and text agree with each other, not with the document.
        ({"text": "The sea was salt.", "quote": "The sea was salt.", "end": 17}, 1),
        ({"anchor": COLD}, 1),
        ({"anchor": "d#p9"}, 1),
        ({"language": "zh"}, 1),
    ],
)
def test_a_quote_is_valid_where_the_document_says_it(change: dict[str, Any], valid: int) -> None:
    given = answer(DRY, SALT)
    first, second = given.citations
    changed = replace(given, citations=(first, replace(second, **change)))
    assert scored(asked(), changed)["quote_validity"] == Score(valid, 2)


def test_leads_are_quotes_too() -> None:
    given = refusal(SALT, DRY, COLD)
    leads = (*given.leads[:2], replace(given.leads[2], quote="The wind is warm."))
    assert scored(asked(), replace(given, leads=leads))["quote_validity"] == Score(2, 3)


@pytest.mark.parametrize(
    ("text", "numbers", "mode", "rests"),
    [
        ("The sea is salt.", (1,), "extractive", 1),
        ("sea is", (1,), "extractive", 1),
        ("The moon is dry.", (1, 2), "extractive", 1),
        ("The moon is dry.", (1,), "extractive", 0),
        ("The sea is salt.", (), "extractive", 0),
        ("The sea is salt.", (3,), "extractive", 0),
        ("The sea is fresh.", (1,), "extractive", 0),
        # Only what was written may be in other words, and then it must hold.
        ("Salt is the sea.", (1,), "extractive", 0),
        ("Salt is the sea.", (1,), "llm", 1),
        ("Salt is the sea.", (2,), "llm", 0),
        ("The sea is not salt.", (1,), "llm", 0),
        ("There are 7 salt seas.", (1,), "llm", 0),
    ],
)
def test_a_sentence_rests_on_what_it_cites(text: str, numbers: tuple[int, ...], mode: str, rests: int) -> None:
    assert scored(asked(), saying(text, *numbers, mode=mode))["groundedness"] == Score(rests, 1)


def test_a_quote_alone_supports_a_sentence_not_the_text_around_it() -> None:
    given = answer(SALT)
    short = replace(given.citations[0], quote="The sea", end=7)
    assert scored(asked(), replace(given, citations=(short,)))["groundedness"] == Score(0, 1)


# Kinds that are judged by more.


@pytest.mark.parametrize(
    ("cited", "expected"),
    [((SALT, DRY), ONE), ((DRY, SALT), ONE), ((SALT,), ZERO), ((SALT, DRY, COLD), ZERO), ((COLD,), ZERO)],
)
def test_a_reference_is_met_by_what_it_names_and_nothing_else(cited: tuple[str, ...], expected: Score) -> None:
    question = replace(asked(any_of=(), all_of=[SALT, DRY]), kind=REFERENCE)
    assert scored(question, answer(*cited))["references"] == expected
    assert "references" not in scored(replace(question, kind="fact"), answer(*cited))


def test_a_reference_declined_is_not_met_and_one_to_nothing_is_none() -> None:
    assert scored(replace(asked(), kind=REFERENCE), refusal())["references"] == ZERO
    assert "references" not in scored(replace(asked_in_vain(), kind=REFERENCE), refusal())


def test_a_premise_is_met_by_the_first_sentence() -> None:
    question = replace(asked(also=[DRY]), kind=PREMISE)
    assert scored(question, answer(SALT, COLD))["premises_met"] == ONE
    # What the question is otherwise about does not deny its premise.
    assert scored(question, answer(DRY, SALT))["premises_met"] == ZERO
    assert scored(question, answer(DRY))["premises_met"] == ZERO
    assert scored(question, refusal(SALT))["premises_met"] == ZERO
    assert scored(question, saying("The sea is salt.", 2, 1))["premises_met"] == ONE
    assert scored(question, saying("The sea is salt."))["premises_met"] == ZERO
    assert "premises_met" not in scored(asked(), answer(SALT))


def test_a_premise_that_the_documents_do_not_deny_has_no_score() -> None:
    question = replace(asked_in_vain(), kind=PREMISE)
    assert "premises_met" not in scored(question, answer(SALT))
    assert "premises_met" not in scored(question, refusal(SALT))
    assert complained(question, refusal(SALT)) == []


# What a person would say.


@pytest.mark.parametrize(
    ("question", "given", "said"),
    [
        (asked(), answer(SALT), []),
        (asked_in_vain(), refusal(DRY), []),
        (asked(must=[["salt"]]), refusal(SALT), ["declined, though the documents answer"]),
        (asked_in_vain(), answer(DRY), ["answered, though the documents do not"]),
        (asked(), answer(SALT, DRY), ["a citation is wrong"]),
        (asked(), answer(DRY, SALT), ["the first citation is wrong"]),
        (asked(), answer(DRY), ["what must be cited is not", "the first citation is wrong"]),
        (asked(all_of=[DRY]), answer(SALT), ["what must be cited is not"]),
        (asked(also=[COLD]), answer(COLD, SALT), []),
        (asked(must=[["salt"], ["fresh"]]), answer(SALT), ["the answer lacks what it must hold"]),
        (asked(), saying("The moon is dry.", 1), ["a citation is wrong", "a sentence does not rest on what it cites"]),
        (
            replace(asked(also=[DRY]), kind=PREMISE),
            answer(DRY, SALT),
            ["it does not begin by meeting the premise"],
        ),
    ],
)
def test_why_a_person_would_not_be_content(question: GoldQuestion, given: Answer, said: list[str]) -> None:
    assert complained(question, given) == said


def test_a_quote_that_is_not_verbatim_is_complained_of() -> None:
    given = answer(SALT)
    shifted = replace(given.citations[0], start=1, end=17)
    assert complained(asked(), replace(given, citations=(shifted,))) == ["a quote is not verbatim"]


@pytest.mark.parametrize(
    ("question", "given", "expected"),
    [
        (asked(), answer(SALT), False),
        (asked(), answer(DRY, SALT), False),
        (asked(also=[DRY]), answer(DRY), False),
        (asked(), answer(DRY), True),
        (asked_in_vain(), answer(SALT), True),
        (asked_in_vain(), refusal(SALT), True),
        # Of what was declined, whether the first lead would have been right.
        (asked(), refusal(SALT, DRY), False),
        (asked(), refusal(DRY, SALT), True),
        (asked(), refusal(), True),
    ],
)
def test_which_answers_would_mislead(question: GoldQuestion, given: Answer, expected: bool) -> None:
    assert wrong(question, given) is expected


def test_an_anchor_cited_twice_counts_once() -> None:
    outcome = Outcome(asked(), (), answer(SALT, DRY, SALT), 1.0)
    assert outcome.cited == (SALT, DRY)
    assert judge(outcome, text_of)["citation_precision"] == Score(1 / 2, 1.0)
