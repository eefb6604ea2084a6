"""A run as a page for people: one file that fetches nothing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from corpus.records import LANGUAGES
from eval.asking import Outcome
from eval.figures import AURC, BY_KIND, EVERY, Judged, Scope, figures, latencies
from eval.judge import FIGURES
from eval.parts import PARTS
from eval.questions import SPLITS, Split
from eval.run import Run

_PAGE = "report.html.jinja"
_SPLIT_TITLES: dict[Split, str] = {"test": "Test: what is reported", "dev": "Development: what is tuned on"}
#: Of the plot, in pixels.
_WIDTH, _HEIGHT = 560, 220


def page(run: Run) -> str:
    """The report: figures by language and kind, the gate, the risk–coverage curve, and every question that failed."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    splits = [split for split in reversed(SPLITS) if any(Scope(split).holds(each.outcome) for each in run.judged)]
    return environment.get_template(_PAGE).render(
        source=run.questions.path.name,
        count=len(run.judged),
        parts=[(PARTS[name], [each for each in of if each.split == "test"]) for name, of in run.parts.items()],
        gate=run.gate,
        fallen=run.fallen,
        splits=[_split(run, split) for split in splits],
        width=_WIDTH,
        height=_HEIGHT,
    )


def _split(run: Run, split: Split) -> dict[str, Any]:
    whole = Scope(split)
    inside = [each for each in run.judged if whole.holds(each.outcome)]
    columns = {language: figures(inside, Scope(split, language)) for language in (EVERY, *LANGUAGES)}
    outcomes = [each.outcome for each in inside]
    kinds = dict.fromkeys(outcome.question.kind for outcome in outcomes)
    return {
        "title": _SPLIT_TITLES[split],
        "count": len(inside),
        "figures": [(name, [columns[language].get(name) for language in columns]) for name in (*FIGURES, AURC)],
        "latencies": latencies(inside, whole),
        "columns": BY_KIND,
        "kinds": [
            (kind, sum(o.question.kind == kind for o in outcomes), figures(inside, Scope(split, EVERY, kind)))
            for kind in kinds
        ],
        "curve": _points(run.curve(whole)),
        "failures": [_failure(each, why) for each, why in run.failures if whole.holds(each.outcome)],
    }  # fmt: skip


def _points(curve: Sequence[tuple[float, float]]) -> str:
    """The curve as an SVG polyline's points, risk from 0 at the foot to 1 at the top."""
    return " ".join(f"{coverage * _WIDTH:.1f},{(1 - risk) * _HEIGHT:.1f}" for coverage, risk in curve)


def _failure(each: Judged, why: Sequence[str]) -> dict[str, Any]:
    outcome: Outcome = each.outcome
    question, answer = outcome.question, outcome.answer
    return {
        "question": question,
        "why": why,
        "retrieved": [(anchor, anchor in question.relevant) for anchor in outcome.ranking[:5]],
        "cited": [(anchor, anchor in question.relevant) for anchor in outcome.cited],
        "sentences": [sentence.text for sentence in answer.sentences],
        "reason": answer.reason,
        "confidence": answer.confidence,
    }
