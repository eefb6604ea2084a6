"""The gate: what a change may not do to the figures of the ``test`` half."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError

from corpus.records import LANGUAGES
from eval.baseline import Baseline
from eval.errors import DatasetError
from eval.figures import EVERY, Judged, Scope
from eval.judge import FIGURES
from eval.parts import PartFigure, reported
from eval.resample import Estimate, difference, estimate, ratio

GATE = Path(__file__).parent / "gate.toml"

# Far below any figure of a question, far above what adding up in another order changes.
_ROUNDING = 1e-9

_Share = Annotated[float, Field(ge=0, le=1)]


@dataclass(frozen=True)
class Gate:
    """``floors``: what each figure must be, whatever it was; ``falls``: how much each may be less than the baseline."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    floors: dict[str, _Share]
    falls: dict[str, _Share]
    #: What each figure of a part must be that is measured beside the questions (:mod:`eval.parts`).
    alignment: dict[str, _Share] = field(default_factory=dict)
    ledger: dict[str, _Share] = field(default_factory=dict)
    briefs: dict[str, _Share] = field(default_factory=dict)
    claims: dict[str, _Share] = field(default_factory=dict)


@dataclass(frozen=True)
class GateRow:
    """One figure of one language held against its floor and its baseline; ``verdict`` says what is wrong, if anything.

    ``change`` is over the questions that the baseline has too and that are asked and judged as they were.
    """

    figure: str
    language: str
    value: Estimate | None
    floor: float
    baseline: float | None
    change: Estimate | None
    allowed: float
    verdict: str | None

    def to_dict(self) -> dict[str, Any]:
        """The row as the report's JSON holds it."""
        return {
            "figure": self.figure,
            "language": self.language,
            "value": self.value and self.value.value,
            "floor": self.floor,
            "baseline": self.baseline,
            "change": self.change and {"value": self.change.value, "low": self.change.low, "high": self.change.high},
            "allowed": self.allowed,
            "verdict": self.verdict,
        }


def read_gate(path: Path = GATE) -> Gate:
    """The gate of a file.

    Raises:
        DatasetError: the file cannot be read, or does not give a floor and a fall from 0 to 1 for every figure.
    """
    try:
        gate = TypeAdapter(Gate).validate_python(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DatasetError(f"{path} cannot be read: {error}", "a TOML file", "mend it") from error
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise DatasetError(f"{path}: {where}: {first['msg']}", "shares from 0 to 1", "mend it") from None
    for table, given in (("floors", gate.floors), ("falls", gate.falls)):
        if strange := sorted(given.keys() ^ FIGURES.keys()):
            raise DatasetError(f"{path}: [{table}] and the figures differ in {strange[0]!r}", "every figure", "mend it")
    return gate


def hold(judged: Sequence[Judged], baseline: Baseline, gate: Gate) -> list[GateRow]:
    """Every figure of the ``test`` half held against the gate, over all questions and by language."""
    return [
        row
        for name in FIGURES
        for language in (EVERY, *LANGUAGES)
        if (row := _row(judged, baseline, gate, name, Scope("test", language))) is not None
    ]


def hold_part(figures: Iterable[PartFigure], floors: Mapping[str, float]) -> list[GateRow]:
    """The figures of what is measured beside the questions held against their floors."""
    values, rows = reported(figures), []
    for name, floor in floors.items():
        value = values.get(name)
        verdict = None if value and value.value >= floor - _ROUNDING else f"is below its floor of {floor:.3f}"
        rows.append(GateRow(name, EVERY, value, floor, None, None, 0.0, verdict if value else "has no value"))
    return rows


def _row(judged: Sequence[Judged], baseline: Baseline, gate: Gate, name: str, scope: Scope) -> GateRow | None:
    inside = [each for each in judged if scope.holds(each.outcome)]
    scores = [each.scores[name] for each in inside if name in each.scores]
    value = estimate(ratio(scores), len(scores))
    now, then = baseline.paired(inside, name)
    before = estimate(ratio(then), len(then))
    change = estimate(difference(now, then), len(now))
    if value is None and before is None:
        return None
    floor, allowed = gate.floors[name], gate.falls[name]
    verdict = None
    if value is None:
        verdict = "has no value any more"
    # A floor is for all questions: half of them may lie below it by chance.
    elif scope.language == EVERY and value.value < floor - _ROUNDING:
        verdict = f"is below its floor of {floor:.3f}"
    elif change is not None and change.value < -allowed - _ROUNDING and change.high < 0:
        verdict = f"fell by {-change.value:.3f}, more than {allowed:.3f}"
    return GateRow(
        name, scope.language, value, floor, None if before is None else before.value, change, allowed, verdict
    )
