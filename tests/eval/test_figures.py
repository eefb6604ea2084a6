"""Figures of a handful of questions, worked by hand, for every scope that holds one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.records import Language
from eval.figures import AURC, EVERY, Judged, Scope, figures, latencies, rows, scopes
from eval.questions import Split
from eval.resample import Estimate
from tests.eval.outcomes import DRY, SALT, answer, asked, asked_in_vain, judged, refusal, right, wrong


def placed(each: Judged, split: Split, language: Language, kind: str) -> Judged:
    """The same of a question of another half, language and kind."""
    question = replace(each.outcome.question, split=split, language=language, kind=kind)
    return Judged(replace(each.outcome, question=question), each.scores)


FEW = (
    placed(right("q1"), "test", "zh", "fact"),
    placed(wrong("q2"), "test", "en", "fact"),
    placed(right("q3"), "test", "en", "list"),
    placed(right("q4"), "dev", "en", "fact"),
)


def values(found: dict[str, Estimate]) -> dict[str, float]:
    return {name: estimate.value for name, estimate in found.items()}


def test_scopes_are_those_that_hold_a_question_the_whole_before_its_parts() -> None:
    assert scopes(FEW) == [
        Scope("dev"),
        Scope("dev", "en"),
        Scope("dev", EVERY, "fact"),
        Scope("dev", "en", "fact"),
        Scope("test"),
        Scope("test", "zh"),
        Scope("test", "en"),
        Scope("test", EVERY, "fact"),
        Scope("test", "zh", "fact"),
        Scope("test", "en", "fact"),
        Scope("test", EVERY, "list"),
        Scope("test", "en", "list"),
    ]
    assert scopes([]) == []


@pytest.mark.parametrize(
    ("scope", "ids"),
    [
        (Scope("test"), ["q1", "q2", "q3"]),
        (Scope("test", "en"), ["q2", "q3"]),
        (Scope("test", EVERY, "fact"), ["q1", "q2"]),
        (Scope("test", "en", "fact"), ["q2"]),
        (Scope("dev"), ["q4"]),
        (Scope("dev", "zh"), []),
    ],
)
def test_a_scope_holds_what_is_of_its_half_language_and_kind(scope: Scope, ids: list[str]) -> None:
    assert [each.outcome.question.id for each in FEW if scope.holds(each.outcome)] == ids


def test_a_figure_is_over_the_questions_of_its_scope() -> None:
    assert figures(FEW, Scope("test"))["hit@1"].value == pytest.approx(2 / 3)
    assert figures(FEW, Scope("test"))["hit@1"].count == 3
    assert figures(FEW, Scope("test", "en"))["hit@1"].value == 1 / 2
    assert figures(FEW, Scope("test", "en"))["mrr"].value == (1 / 2 + 1) / 2
    assert figures(FEW, Scope("test", "zh"))["hit@1"] == Estimate(1.0, 1.0, 1.0, 1)


def test_a_figure_is_over_the_questions_that_have_a_score_in_it() -> None:
    few = [right("q1"), judged(asked("q2"), refusal()), judged(asked_in_vain("q3"), refusal())]
    found = figures(few, Scope("test"))
    counts = {name: estimate.count for name, estimate in found.items()}
    assert counts == {
        "hit@1": 2, "hit@5": 2, "mrr": 2,
        # Two cite nothing, and the last has nothing to cite.
        "citation_precision": 1, "citation_recall": 2, "quote_validity": 1, "groundedness": 1,
        "answered": 2, "abstention_precision": 2, "abstention_recall": 1, "abstention_f1": 2, AURC: 3,
    }  # fmt: skip
    assert values(found)["citation_precision"] == 1.0
    assert values(found)["citation_recall"] == 1 / 2
    assert values(found)["abstention_precision"] == 1 / 2


def test_abstention_f1_is_the_harmonic_mean_of_precision_and_recall() -> None:
    # Two declined rightly and two needlessly; one not declined that should be. 2 · (2/4 · 2/3) / (2/4 + 2/3) = 4/7.
    due = [judged(asked_in_vain(f"v{at}"), refusal()) for at in range(2)]
    missed = [judged(asked_in_vain("v2"), answer(DRY))]
    needless = [judged(asked(f"n{at}"), refusal()) for at in range(2)]
    found = values(figures([*due, *missed, *needless, right("q1")], Scope("test")))
    assert found["abstention_precision"] == 2 / 4
    assert found["abstention_recall"] == 2 / 3
    assert found["abstention_f1"] == pytest.approx(4 / 7)


def test_quotes_count_one_each_whatever_question_they_are_of() -> None:
    # Three quotes of one question hold and the one of the other does not: 3/4, not the mean of 1 and 0.
    bad = answer(SALT)
    bad = replace(bad, citations=(replace(bad.citations[0], start=1),))
    few = [judged(asked("q1"), answer(SALT, SALT, SALT)), judged(asked("q2"), bad)]
    assert values(figures(few, Scope("test")))["quote_validity"] == 3 / 4


def test_a_scope_without_questions_has_no_figures() -> None:
    assert figures(FEW, Scope("dev", "zh")) == {}
    assert latencies(FEW, Scope("dev", "zh")) == {}


def test_the_area_under_risk_and_coverage() -> None:
    # Surest first: right, wrong, wrong, right: risks 0, 1/2, 2/3, 2/4.
    few = [
        judged(asked("q1"), answer(DRY, confidence=0.8)),
        judged(asked("q2"), answer(SALT, confidence=0.9)),
        judged(asked("q3"), refusal(SALT, confidence=0.1)),
        judged(asked_in_vain("q4"), answer(DRY, confidence=0.6)),
    ]
    assert figures(few, Scope("test"))[AURC].value == pytest.approx((0 + 1 / 2 + 2 / 3 + 2 / 4) / 4)


def test_every_value_lies_in_its_interval() -> None:
    for scope in scopes(FEW):
        for estimate in figures(FEW, scope).values():
            assert 0 <= estimate.low <= estimate.value <= estimate.high <= 1


def test_latencies_of_half_and_of_nearly_all() -> None:
    few = [judged(asked(f"q{ms}"), answer(SALT), milliseconds=ms) for ms in (10.0, 20.0, 30.0)]
    found = latencies([*few, placed(few[0], "dev", "en", "fact")], Scope("test"))
    # .95 · 2 = 1.9 steps above the quickest.
    assert values(found) == {"p50": 20.0, "p95": pytest.approx(29.0)}
    assert [estimate.count for estimate in found.values()] == [3, 3]


def test_rows_hold_every_figure_of_every_scope() -> None:
    found = list(rows(FEW))
    assert [(row["split"], row["language"], row["kind"]) for row in found if row["figure"] == "hit@1"] == [
        (scope.split, scope.language, scope.kind) for scope in scopes(FEW)
    ]
    row = next(row for row in found if (row["split"], row["language"], row["figure"]) == ("test", "zh", "mrr"))
    assert row == {
        "split": "test", "language": "zh", "kind": "all", "figure": "mrr",
        "value": 1.0, "low": 1.0, "high": 1.0, "questions": 1,
    }  # fmt: skip
    assert {row["figure"] for row in found} == {
        "hit@1", "hit@5", "mrr", "citation_precision", "citation_recall", "quote_validity", "groundedness", "answered",
        AURC,
    }  # fmt: skip
