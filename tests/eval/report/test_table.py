"""The tables that a terminal shows of a run."""

from __future__ import annotations

from dataclasses import replace

from eval.gate import GateRow
from eval.judge import FIGURES
from eval.report.table import by_kind, by_language, gate_rows, interval
from eval.resample import Estimate
from tests.eval.outcomes import DRY, SALT, answer, asked, judged, right, run_of, wrong

LISTED = replace(asked("q3"), kind="list")
IN_DEV = replace(asked("q4"), split="dev", kind="position")
RUN = run_of(right("q1", "zh"), wrong("q2"), judged(LISTED, answer(SALT), (DRY, SALT)), judged(IN_DEV, answer(SALT)))


def cells(table: str) -> list[list[str]]:
    """The cells of each line; two spaces part them."""
    return [[cell.strip() for cell in line.split("  ") if cell.strip()] for line in table.splitlines()]


def test_figures_by_language() -> None:
    head, *rows = cells(by_language(RUN, "test"))
    assert head == ["test", "both", "zh", "en"]
    assert [row[0] for row in rows] == [*FIGURES, "aurc", "latency p50 ms", "latency p95 ms"]
    found = {row[0]: row[1:] for row in rows}
    assert found["hit@1"] == ["0.333 (0.000–1.000)", "1.000 (1.000–1.000)", "0.000 (0.000–0.000)"]
    assert found["references"] == ["–", "–", "–"]
    assert found["latency p50 ms"] == ["20", "20", "20"]
    assert [row[1:] for row in cells(by_language(run_of(), "test"))[1:]] == [["–"] * 3] * (len(FIGURES) + 3)


def test_some_figures_by_kind_of_the_half() -> None:
    assert cells(by_kind(RUN, "test", ["hit@1", "hit@5", "references"])) == [
        ["test", "questions", "hit@1", "hit@5", "references"],
        ["fact", "2", "0.500", "1.000", "–"],
        ["list", "1", "0.000", "1.000", "–"],
    ]
    assert cells(by_kind(RUN, "dev", ["answered"])) == [["dev", "questions", "answered"], ["position", "1", "1.000"]]


def test_rows_of_the_gate() -> None:
    value = Estimate(0.2, 0.1, 0.3, 9)
    change = Estimate(-0.55, -0.7, -0.4, 9)
    rows = [
        GateRow("hit@1", "zh", value, 0.0, 0.75, change, 0.01, "fell by 0.550, more than 0.010"),
        GateRow("mrr", "all", None, 0.0, 0.5, None, 0.01, None),
        GateRow("answered", "en", value, 0.0, None, Estimate(0.0, 0.0, 0.0, 9), 0.01, None),
    ]
    assert gate_rows(rows).splitlines() == [
        "figure    language  value  baseline  change      95% interval",
        "hit@1     zh        0.200     0.750  -0.550  -0.700 to -0.400  fell by 0.550, more than 0.010",
        "mrr       all           –     0.500       –                 –",
        "answered  en        0.200         –  +0.000  +0.000 to +0.000",
    ]


def test_a_figure_with_its_interval() -> None:
    assert interval(Estimate(0.9123, 0.8751, 0.94449, 10)) == "0.912 (0.875–0.944)"
    assert interval(Estimate(1.0, 1.0, 1.0, 1)) == "1.000 (1.000–1.000)"
    assert interval(None) == "–"
