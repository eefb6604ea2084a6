"""A summary of an evaluation whose numbers can be checked by eye, and the page of it alone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

from fastapi import FastAPI

from corpus.library import Library
from tests.web.documents import HOSTILE
from web.evaluation.routes import routes
from web.evaluation.summary import RELEASED, SUMMARY
from web.language import routes as language_routes
from web.security import Guard
from web.site import Answers, Site
from web.static_files import Files

FIGURE = {"split": "test", "language": "all", "kind": "all"}


def figure(name: str, value: float, questions: int = 8, **place: str) -> dict[str, Any]:
    """A figure with an interval of .125 about it, as far as there is room."""
    low, high = max(value - 0.125, 0), min(value + 0.125, 1)
    return {**FIGURE, **place, "figure": name, "value": value, "low": low, "high": high, "questions": questions}


def counted(split: str, language: str, kind: str, questions: int) -> dict[str, Any]:
    return {"split": split, "language": language, "kind": kind, "questions": questions}


def took(percentile: str, value: float) -> dict[str, Any]:
    return {"split": "test", "percentile": percentile, "value": value, "low": value, "high": value, "questions": 10}


MADE: Mapping[str, Any] = {
    "format": 1,
    "made": "2026-03-05T22:30:00+00:00",
    "origin": "run",
    "model": "00ff00ff00ff00ff",
    "documents": 3,
    "program": "1.2.3",
    "questions": {"file": "questions.jsonl", "fingerprint": "ff00ff00ff00ff00"},
    "gate": {"passes": True, "fallen": []},
    "counts": [
        counted("test", "zh", "fact", 3), counted("test", "en", "fact", 5), counted("test", "zh", "absent", 1),
        counted("test", "en", "absent", 1), counted("dev", "en", "fact", 7),
    ],
    "figures": [
        figure("mrr", 0.875), figure("citation_precision", 0.8), figure("quote_validity", 1.0),
        figure("groundedness", 1.0), figure("answer_coverage", 0.5), figure("answered", 0.75),
        figure("abstention_precision", 0.333333, 3), figure("abstention_recall", 0.5, 2),
        figure("answered", 0.6, 5, language="en"), figure("answered", 1.0, 3, language="zh"),
        figure("answered", 0.75, kind="fact"), figure("abstention_recall", 0.5, 2, kind="absent"),
        figure("answered", 0.25, 7, split="dev"),
    ],
    "latency_ms": [took("p50", 111.4), took("p95", 1222.2)],
    "failures": [
        {
            "id": "fact-zh-007", "language": "zh", "kind": "fact", "history": ["第七次会议呢？"],
            "question": "2012年销毁了多少支枪支？", "faults": ["uncited", "first_citation"],
            "right": ["wg6-2014-background#p59"], "retrieved": ["wg6-2014-background#p59", "lost#p1"],
            "cited": ["lost#p1"],
        }
    ],
}  # fmt: skip


def changed(name: str, value: float, **place: str) -> dict[str, Any]:
    """The made summary with another value of a figure."""
    figures = [row for row in MADE["figures"] if {**row, **FIGURE, **place, "figure": name} != row]
    return {**MADE, "figures": [*figures, figure(name, value, **place)]}


def keep(home: Path, summary: object) -> None:
    (home / SUMMARY).write_text(json.dumps(summary, ensure_ascii=False), encoding="utf-8")


def hostile() -> dict[str, Any]:
    """The made summary with what no page may run in every text that it has."""
    failure = {key: HOSTILE if isinstance(value, str) else [HOSTILE] for key, value in MADE["failures"][0].items()}
    return {
        **MADE,
        "model": HOSTILE, "program": HOSTILE, "questions": {"file": HOSTILE, "fingerprint": HOSTILE},
        "gate": {"passes": False, "fallen": [
            {"figure": HOSTILE, "language": "all", "value": None, "floor": 0, "baseline": None}
        ]},
        "counts": [*MADE["counts"], counted("test", "en", HOSTILE, 1)],
        "figures": [*MADE["figures"], figure(HOSTILE, 0.5), figure(HOSTILE, 0.5, kind=HOSTILE)],
        "failures": [{**failure, "language": "en"}],
    }  # fmt: skip


def application(library: Library, released: Path = RELEASED) -> FastAPI:
    """The page alone, behind the guard. It asks no assistant anything."""
    made = FastAPI()
    made.include_router(routes(Site(cast(Answers, None), library), released))
    made.include_router(language_routes())
    made.mount("/static", Files())
    made.add_middleware(Guard)
    return made
