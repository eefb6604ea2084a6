"""The folder of a report: a page, JSON and JUnit, each of the same run."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from eval.errors import DatasetError
from eval.gate import GateRow
from eval.report.junit import junit
from eval.report.page import page
from eval.report.write import write_report
from tests.eval.outcomes import DRY, SALT, asked, judged, refusal, right, run_of, wrong

FALLEN = GateRow("hit@1", "zh", None, 0.0, 0.75, None, 0.01, "has no value any more")


def test_a_report_is_three_files_in_a_folder_that_is_made(tmp_path: Path) -> None:
    run, folder = run_of(right("q1"), wrong("q2"), gate=[FALLEN]), tmp_path / "deep" / "report"
    write_report(run, folder)
    assert {path.name for path in folder.iterdir()} == {"report.html", "report.json", "junit.xml"}
    assert (folder / "report.html").read_text(encoding="utf-8") == page(run)
    assert (folder / "junit.xml").read_bytes() == junit(run)


def test_the_json_holds_figures_gate_curve_and_each_result(tmp_path: Path) -> None:
    in_dev = replace(asked("题"), split="dev")
    run = run_of(wrong("q2"), judged(in_dev, refusal(SALT)), gate=[FALLEN])
    write_report(run, tmp_path)
    text = (tmp_path / "report.json").read_text(encoding="utf-8")
    # Chinese can be read in it.
    assert "题" in text
    report = json.loads(text)
    assert list(report) == [
        "questions",
        "figures",
        "gate",
        "alignment",
        "ledger",
        "briefs",
        "claims",
        "risk_coverage",
        "results",
        "latency_ms",
    ]
    assert report["questions"] == "questions.jsonl"
    assert report["gate"] == [FALLEN.to_dict()]
    assert report["risk_coverage"] == {"dev": [[1.0, 0.0]], "test": [[1.0, 1.0]]}
    assert report["latency_ms"]["test"]["p50"] == {"value": 20.0, "low": 20.0, "high": 20.0, "count": 1}
    assert report["results"][0] == {
        "id": "q2", "split": "test",
        "scores": {
            "hit@1": [0.0, 1.0], "hit@5": [1.0, 1.0], "mrr": [0.5, 1.0], "citation_precision": [0.0, 1.0],
            "citation_recall": [0.0, 1.0], "quote_validity": [1, 1], "groundedness": [1, 1], "answered": [1.0, 1.0],
        },
        "complaints": ["what must be cited is not", "the first citation is wrong"],
        "retrieved": [DRY, SALT], "cited": [DRY], "abstained": False, "confidence": 0.9,
    }  # fmt: skip
    figure = next(row for row in report["figures"] if (row["split"], row["figure"]) == ("test", "mrr"))
    assert (figure["language"], figure["kind"], figure["value"], figure["questions"]) == ("all", "all", 0.5, 1)


def test_but_for_latency_the_json_of_the_same_outcomes_is_the_same(tmp_path: Path) -> None:
    for name, milliseconds in (("first", 10.0), ("second", 900.0)):
        write_report(run_of(right("q1"), judged(asked("q2"), refusal(), (), milliseconds)), tmp_path / name)
    first, second = (json.loads((tmp_path / name / "report.json").read_bytes()) for name in ("first", "second"))
    assert first.pop("latency_ms") != second.pop("latency_ms")
    assert first == second
    assert first["gate"] is None


def test_a_report_replaces_the_one_before(tmp_path: Path) -> None:
    write_report(run_of(wrong("q1"), wrong("q2")), tmp_path)
    write_report(run_of(right("q3")), tmp_path)
    assert [result["id"] for result in json.loads((tmp_path / "report.json").read_bytes())["results"]] == ["q3"]
    assert "q1" not in (tmp_path / "junit.xml").read_text(encoding="utf-8")


def test_a_folder_that_cannot_be_written_is_an_error_of_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(DatasetError, match=r"report cannot be written to .*file: file exists; expected a folder"):
        write_report(run_of(right("q1")), tmp_path / "file")
    with pytest.raises(DatasetError, match=r"report cannot be written to .*report: not a directory; expected"):
        write_report(run_of(right("q1")), tmp_path / "file" / "report")
    (tmp_path / "folder" / "junit.xml").mkdir(parents=True)
    with pytest.raises(DatasetError, match=r"report cannot be written to .*folder: is a directory; expected"):
        write_report(run_of(right("q1")), tmp_path / "folder")
