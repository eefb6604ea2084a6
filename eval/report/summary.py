"""A run in short, for the page of the application: when and of what it was, its figures, and where it falls short.

The application does not import the evaluation. They meet in a file: ``evaluation.json`` in the library's home, which
each run over the project's own questions writes, or ``released.json`` here, which ships with the project. Its form is
in docs/evaluation.md; whatever changes it raises :data:`FORMAT`, by which a reader knows what it cannot read.
"""

from __future__ import annotations

import json
import os
import tomllib
import uuid
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from eval.errors import DatasetError
from eval.figures import BY_KIND, EVERY, Judged, Scope, figures, latencies, scopes
from eval.judge import faults
from eval.questions import SPLITS, GoldQuestion
from eval.resample import Estimate
from eval.run import Run

FORMAT = 1
#: The file in the library's home.
SUMMARY = "evaluation.json"
#: The summary of the figures that the project last accepted.
RELEASED = Path(__file__).parent.parent / "released.json"

_PROJECT = Path(__file__).parent.parent.parent / "pyproject.toml"
# Far finer than any interval, and a file that is read in review.
_DIGITS = 6
# Hits shown of a question that falls short.
_SHOWN = 5


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def program_version() -> str:
    """The version of the program, as its project file gives it."""
    try:
        return str(tomllib.loads(_PROJECT.read_text(encoding="utf-8"))["project"]["version"])
    except (OSError, ValueError, KeyError):
        return "unknown"


@dataclass(frozen=True)
class Measured:
    """What was measured: as which figures they are kept, by which model, over how many documents, when."""

    origin: Literal["run", "release"]
    model: str
    documents: int
    program: str = field(default_factory=program_version)
    made: datetime = field(default_factory=_now)


def summary(run: Run, of: Measured) -> dict[str, Any]:
    """The run in short; of single questions those of the ``dev`` half alone, so that nobody tunes on the others."""
    return {
        "format": FORMAT,
        "made": of.made.isoformat(),
        **{name: value for name, value in asdict(of).items() if name != "made"},
        "questions": {"file": run.questions.path.name, "fingerprint": _fingerprint(run)},
        "gate": None if run.gate is None else {"passes": not run.fallen, "fallen": list(_fallen(run))},
        "counts": list(_counts(run)),
        "figures": list(_figures(run)),
        "latency_ms": list(_latencies(run)),
        "failures": list(_failures(run)),
    }


def write_summary(summary: Mapping[str, Any], path: Path) -> None:
    """Writes a summary, one row a line; what was there stays whole until the new file takes its place.

    Raises:
        DatasetError: it cannot be written.
    """
    aside = path.with_name(f".{path.name}-{uuid.uuid4().hex[:12]}")
    try:
        with aside.open("w", encoding="utf-8") as file:
            file.write(_written(summary))
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    except OSError as error:
        with suppress(OSError):
            aside.unlink(missing_ok=True)
        reason = (error.strerror or type(error).__name__).lower()
        raise DatasetError(
            f"the summary cannot be written to {path}: {reason}", "a file that can be written", "make room for it there"
        ) from error


def _written(summary: Mapping[str, Any]) -> str:
    return "{\n" + ",\n".join(f"{json.dumps(name)}: {_value(value)}" for name, value in summary.items()) + "\n}\n"


def _value(value: object) -> str:
    if isinstance(value, list) and value:
        return "[\n" + ",\n".join(json.dumps(row, ensure_ascii=False) for row in value) + "\n]"
    return json.dumps(value, ensure_ascii=False)


def _fingerprint(run: Run) -> str:
    """Of all questions, what is expected of them, and their halves."""
    asked = sorted((question.id, question.split, question.fingerprint) for question in _asked(run))
    return sha256(json.dumps(asked).encode()).hexdigest()[:16]


def _asked(run: Run) -> list[GoldQuestion]:
    return [each.outcome.question for each in run.judged]


def _counts(run: Run) -> Iterator[Mapping[str, Any]]:
    counted = Counter((question.split, question.kind, question.language) for question in _asked(run))
    for (split, kind, language), questions in counted.items():
        yield {"split": split, "language": language, "kind": kind, "questions": questions}


def _figures(run: Run) -> Iterator[Mapping[str, Any]]:
    for scope in scopes(run.judged):
        if EVERY not in (scope.kind, scope.language):
            continue
        for name, value in figures(run.judged, scope).items():
            if scope.kind == EVERY or name in BY_KIND:
                place = {"split": scope.split, "language": scope.language, "kind": scope.kind}
                yield {**place, "figure": name, **_estimate(value)}


def _latencies(run: Run) -> Iterator[Mapping[str, Any]]:
    for split in SPLITS:
        for name, value in latencies(run.judged, Scope(split)).items():
            yield {"split": split, "percentile": name, **_estimate(value)}


def _estimate(value: Estimate) -> dict[str, float | int]:
    return {
        "value": round(value.value, _DIGITS), "low": round(value.low, _DIGITS), "high": round(value.high, _DIGITS),
        "questions": value.count,
    }  # fmt: skip


def _fallen(run: Run) -> Iterator[Mapping[str, Any]]:
    for row in run.fallen:
        value = None if row.value is None else round(row.value.value, _DIGITS)
        before = None if row.baseline is None else round(row.baseline, _DIGITS)
        yield {"figure": row.figure, "language": row.language, "value": value, "floor": row.floor, "baseline": before}


def _failures(run: Run) -> Iterator[Mapping[str, Any]]:
    for each in run.judged:
        if each.outcome.question.split == "dev" and (why := faults(each.outcome, each.scores)):
            yield _failure(each, why)


def _failure(each: Judged, why: list[str]) -> Mapping[str, Any]:
    outcome, question = each.outcome, each.outcome.question
    return {
        "id": question.id,
        "language": question.language,
        "kind": question.kind,
        "history": list(question.history),
        "question": question.question,
        "faults": why,
        "right": sorted(question.relevant),
        "retrieved": list(outcome.ranking[:_SHOWN]),
        "cited": list(outcome.cited),
    }
