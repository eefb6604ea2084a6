"""One run: every question asked and judged, and what the gate says of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from eval.answer_metrics import risk_coverage
from eval.asking import Answering, Outcome, ask_all
from eval.figures import Judged, Scope, latencies, rows
from eval.gate import GateRow
from eval.judge import Scores, complaints, is_wrong, judge
from eval.parts import PARTS, PartFigure
from eval.questions import SPLITS, QuestionSet, TextOf


@dataclass(frozen=True)
class Run:
    """Every question of a set, judged; ``gate`` is None where the figures were held against nothing.

    ``parts`` holds the figures of what is measured beside the questions, by its name, where it was measured.
    """

    questions: QuestionSet
    judged: tuple[Judged, ...]
    gate: tuple[GateRow, ...] | None = None
    parts: Mapping[str, tuple[PartFigure, ...]] = field(default_factory=dict)

    @property
    def failures(self) -> list[tuple[Judged, list[str]]]:
        """The questions that a person would not be content with, and why."""
        said = ((each, complaints(each.outcome, each.scores)) for each in self.judged)
        return [(each, why) for each, why in said if why]

    @property
    def fallen(self) -> list[GateRow]:
        """The rows of the gate that do not pass."""
        return [row for row in self.gate or () if row.verdict]

    def curve(self, scope: Scope) -> list[tuple[float, float]]:
        """The risk–coverage curve of a scope."""
        outcomes = [each.outcome for each in self.judged if scope.holds(each.outcome)]
        return risk_coverage([o.answer.confidence for o in outcomes], [is_wrong(o) for o in outcomes])

    def to_dict(self) -> dict[str, Any]:
        """The report's JSON. Without ``latency_ms`` it is the same for the same code, questions and documents."""
        scopes = [Scope(split) for split in SPLITS if any(Scope(split).holds(j.outcome) for j in self.judged)]
        return {
            "questions": self.questions.path.name,
            "figures": list(rows(self.judged)),
            "gate": None if self.gate is None else [row.to_dict() for row in self.gate],
            **{name: [figure.to_dict() for figure in self.parts.get(name, ())] for name in PARTS},
            "risk_coverage": {scope.split: self.curve(scope) for scope in scopes},
            "results": [_result(each) for each in self.judged],
            "latency_ms": {
                scope.split: {name: vars(value) for name, value in latencies(self.judged, scope).items()}
                for scope in scopes
            },
        }


def judge_all(answering: Answering, questions: QuestionSet, text_of: TextOf, progress: bool = True) -> Run:
    """Asks and judges every question; ``progress`` is shown on standard error."""
    outcomes = ask_all(answering, questions.questions, progress)
    return Run(questions, judged(outcomes, text_of))


def judged(outcomes: Sequence[Outcome], text_of: TextOf) -> tuple[Judged, ...]:
    """Each outcome with its scores."""
    return tuple(Judged(outcome, judge(outcome, text_of)) for outcome in outcomes)


def _result(each: Judged) -> dict[str, Any]:
    outcome, scores = each.outcome, each.scores
    return {
        "id": outcome.question.id,
        "split": outcome.question.split,
        "scores": _numbers(scores),
        "complaints": complaints(outcome, scores),
        "retrieved": list(outcome.ranking),
        "cited": list(outcome.cited),
        "abstained": outcome.answer.abstained,
        "confidence": outcome.answer.confidence,
    }


def _numbers(scores: Scores) -> dict[str, list[float]]:
    return {name: [score.gained, score.possible] for name, score in scores.items()}
