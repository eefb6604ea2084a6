"""The figures of a run, for every split, language and kind of question that has any."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from eval.answer_metrics import area_under_risk_coverage
from eval.asking import Outcome
from eval.judge import FIGURES, Scores, is_wrong
from eval.questions import Split
from eval.resample import Estimate, Statistic, estimate, percentile_of, ratio

#: Any language, or any kind, in a scope.
EVERY = "all"
AURC = "aurc"
#: The figures that reports give for each kind of question.
BY_KIND = (
    "hit@1", "hit@5", "citation_precision", "citation_recall", "answer_coverage", "answered", "abstention_recall",
)  # fmt: skip


@dataclass(frozen=True, order=True)
class Scope:
    """Which questions a figure is over."""

    split: Split
    language: str = EVERY
    kind: str = EVERY

    def holds(self, outcome: Outcome) -> bool:
        """Whether a question is one of them."""
        question = outcome.question
        return (
            question.split == self.split
            and self.language in (EVERY, question.language)
            and self.kind in (EVERY, question.kind)
        )


@dataclass(frozen=True)
class Judged:
    """A question's outcome and its scores."""

    outcome: Outcome
    scores: Scores


def scopes(judged: Sequence[Judged]) -> list[Scope]:
    """All scopes that hold a question: a split whole, then by language, by kind and by both."""
    found: dict[Scope, None] = {}
    for each in judged:
        question = each.outcome.question
        for kind in (EVERY, question.kind):
            for language in (EVERY, question.language):
                found[Scope(question.split, language, kind)] = None
    return sorted(found, key=lambda scope: (scope.split, scope.kind != EVERY, scope.kind, scope.language != EVERY,
                                            scope.language != "zh"))  # fmt: skip


def figures(judged: Sequence[Judged], scope: Scope) -> dict[str, Estimate]:
    """Every figure that is defined over the questions of a scope, by name; ``aurc`` is the lower the better."""
    inside = [each for each in judged if scope.holds(each.outcome)]
    found = {}
    for name in FIGURES:
        scores = [each.scores[name] for each in inside if name in each.scores]
        found[name] = estimate(ratio(scores), len(scores))
    found[AURC] = estimate(_aurc([each.outcome for each in inside]), len(inside))
    return {name: value for name, value in found.items() if value is not None}


def latencies(judged: Sequence[Judged], scope: Scope) -> dict[str, Estimate]:
    """Milliseconds of half and of 95% of the answers of a scope: no figure, for it is another every time."""
    taken = [each.outcome.milliseconds for each in judged if scope.holds(each.outcome)]
    found = {f"p{q}": estimate(percentile_of(taken, q), len(taken)) for q in (50, 95)}
    return {name: value for name, value in found.items() if value is not None}


def _aurc(outcomes: Sequence[Outcome]) -> Statistic:
    confidences = np.array([outcome.answer.confidence for outcome in outcomes], dtype=np.float64)
    wrong = np.array([is_wrong(outcome) for outcome in outcomes], dtype=np.float64)
    return lambda drawn: area_under_risk_coverage(confidences[drawn], wrong[drawn])


def rows(judged: Sequence[Judged]) -> Iterator[Mapping[str, Any]]:
    """Every figure of every scope as the report's JSON holds it."""
    for scope in scopes(judged):
        for name, value in figures(judged, scope).items():
            yield {
                "split": scope.split, "language": scope.language, "kind": scope.kind, "figure": name,
                "value": value.value, "low": value.low, "high": value.high, "questions": value.count,
            }  # fmt: skip
