"""The figures of a run as a table for the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.records import LANGUAGES
from eval.columns import UNDEFINED, in_columns, number
from eval.figures import AURC, EVERY, Scope, figures, latencies
from eval.gate import GateRow
from eval.judge import FIGURES
from eval.parts import PARTS, PartFigure
from eval.questions import SPLITS, Split
from eval.resample import Estimate
from eval.run import Run


def by_language(run: Run, split: Split) -> str:
    """Every figure of a split with its 95% interval: both languages, each language."""
    columns = [figures(run.judged, Scope(split, language)) for language in (EVERY, *LANGUAGES)]
    rows = [[split, "both", "zh", "en"]]
    rows += [[name, *(interval(column.get(name)) for column in columns)] for name in (*FIGURES, AURC)]
    taken = [latencies(run.judged, Scope(split, language)) for language in (EVERY, *LANGUAGES)]
    rows += [
        [f"latency {name} ms", *(number(of[name].value if name in of else None, 0) for of in taken)]
        for name in ("p50", "p95")
    ]
    return in_columns(rows)


def by_kind(run: Run, split: Split, names: Sequence[str]) -> str:
    """Some figures of a split by kind of question."""
    kinds = dict.fromkeys(each.outcome.question.kind for each in run.judged if each.outcome.question.split == split)
    rows = [[split, "questions", *names]]
    for kind in kinds:
        scope = Scope(split, EVERY, kind)
        found = figures(run.judged, scope)
        count = sum(scope.holds(each.outcome) for each in run.judged)
        rows.append([kind, str(count), *(number(found[n].value if n in found else None) for n in names)])
    return in_columns(rows)


def of_part(name: str, measured: Sequence[PartFigure]) -> str:
    """The figures of what is measured beside the questions, of both halves."""
    figures = {(each.split, each.figure): each.value for each in measured}
    rows = [[PARTS[name], *reversed(SPLITS)]]
    names = dict.fromkeys(each.figure for each in measured)
    rows += [[name, *(interval(figures.get((split, name))) for split in reversed(SPLITS))] for name in names]
    return in_columns(rows)


def gate_rows(rows: Sequence[GateRow]) -> str:
    """Rows of the gate, with the change against the baseline."""
    lines = [["figure", "language", "value", "baseline", "change", "95% interval", ""]]
    for row in rows:
        change = row.change
        lines.append(
            [
                row.figure,
                row.language,
                number(None if row.value is None else row.value.value),
                number(row.baseline),
                f"{change.value:+.3f}" if change else UNDEFINED,
                f"{change.low:+.3f} to {change.high:+.3f}" if change else UNDEFINED,
                row.verdict or "",
            ]
        )
    return in_columns(lines, left=2)


def interval(value: Estimate | None) -> str:
    """A figure with its interval: ``0.912 (0.875–0.944)``."""
    return UNDEFINED if value is None else f"{value.value:.3f} ({value.low:.3f}–{value.high:.3f})"
