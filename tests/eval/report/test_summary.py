"""The summary of a run that the page shows: its figures are the report's, and no question of the test half is in it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from eval.baseline import Baseline
from eval.errors import DatasetError
from eval.figures import Judged
from eval.gate import GateRow
from eval.judge import FAULTS, FIGURES
from eval.questions import QUESTIONS, SPLITS, read_questions
from eval.report.summary import RELEASED, Measured, program_version, summary, write_summary
from tests.eval.outcomes import COLD, DRY, SALT, answer, asked, asked_in_vain, judged, refusal, right, run_of, wrong

MEASURED = Measured("run", "00ff00ff00ff00ff", 3, "1.2.3", datetime(2026, 11, 30, 9, 5, tzinfo=UTC))
FALLEN = GateRow("hit@1", "zh", None, 0.84, 0.75, None, 0.01, "has no value any more")


def in_dev(each: Judged) -> Judged:
    """The same question in the development half."""
    return replace(each, outcome=replace(each.outcome, question=replace(each.outcome.question, split="dev")))


def missed(question_id: str) -> Judged:
    """A question of the development half that was answered with the wrong sentence."""
    question = replace(asked(question_id, also=(COLD,)), history=("What of the sea?",))
    return in_dev(judged(question, answer(DRY), (DRY, SALT)))


def of(rows: list[dict[str, Any]], **place: str) -> list[dict[str, Any]]:
    """The rows of a place."""
    return [row for row in rows if all(row[name] == value for name, value in place.items())]


def test_a_summary_says_when_of_what_and_by_which_model() -> None:
    found = summary(run_of(right("q1"), wrong("q2", "zh"), missed("q3")), MEASURED)
    assert (found["format"], found["origin"], found["program"]) == (1, "run", "1.2.3")
    assert (found["model"], found["documents"]) == ("00ff00ff00ff00ff", 3)
    assert found["made"] == "2026-11-30T09:05:00+00:00"
    assert found["questions"]["file"] == "questions.jsonl"
    assert found["gate"] is None
    assert found["counts"] == [
        {"split": "test", "language": "en", "kind": "fact", "questions": 1},
        {"split": "test", "language": "zh", "kind": "fact", "questions": 1},
        {"split": "dev", "language": "en", "kind": "fact", "questions": 1},
    ]


def test_its_figures_are_those_of_the_report() -> None:
    run = run_of(right("q1"), wrong("q2", "zh"), missed("q3"), judged(asked_in_vain("q4"), refusal()))
    reported = run.to_dict()["figures"]
    rows = summary(run, MEASURED)["figures"]
    for row in rows:
        place = {name: row[name] for name in ("split", "language", "kind", "figure")}
        (same,) = of(reported, **place)
        assert {**same, "value": pytest.approx(row["value"], abs=1e-6), "low": pytest.approx(row["low"], abs=1e-6),
                "high": pytest.approx(row["high"], abs=1e-6)} == row  # fmt: skip
    # One of the two questions that have an answer has it first: half of both, and one a language.
    hits = of(rows, split="test", kind="all", figure="hit@1")
    assert {row["language"]: row["value"] for row in hits} == {"all": 0.5, "zh": 0.0, "en": 1.0}
    # By kind, the main figures alone, and of both languages together.
    by_kind = [row for row in rows if row["kind"] != "all"]
    assert {row["language"] for row in by_kind} == {"all"}
    assert "mrr" not in {row["figure"] for row in by_kind}
    assert [row["value"] for row in of(by_kind, kind="absent", figure="abstention_recall")] == [1.0]


def test_the_speed_is_in_it_by_half() -> None:
    fast, slow = (judged(asked(name), answer(SALT), (SALT,), ms) for name, ms in (("q1", 10.0), ("q2", 30.0)))
    rows = summary(run_of(fast, slow, missed("q3")), MEASURED)["latency_ms"]
    assert {(row["split"], row["percentile"]): row["value"] for row in rows} == {
        ("test", "p50"): 20.0, ("test", "p95"): 29.0, ("dev", "p50"): 20.0, ("dev", "p95"): 20.0,
    }  # fmt: skip


def test_questions_of_the_development_half_alone_are_shown() -> None:
    found = summary(run_of(wrong("hidden"), missed("shown"), in_dev(right("well"))), MEASURED)
    assert found["failures"] == [
        {
            "id": "shown", "language": "en", "kind": "fact", "history": ["What of the sea?"],
            "question": "What of shown?", "faults": ["uncited", "first_citation"], "right": [SALT, COLD],
            "retrieved": [DRY, SALT], "cited": [DRY],
        }
    ]  # fmt: skip
    assert "hidden" not in json.dumps(found)
    assert set(found["failures"][0]["faults"]) <= FAULTS.keys()


def test_the_gate_is_told_with_what_fell() -> None:
    passing = replace(FALLEN, verdict=None)
    assert summary(run_of(right("q1"), gate=[passing]), MEASURED)["gate"] == {"passes": True, "fallen": []}
    assert summary(run_of(right("q1"), gate=[passing, FALLEN]), MEASURED)["gate"] == {
        "passes": False,
        "fallen": [{"figure": "hit@1", "language": "zh", "value": None, "floor": 0.84, "baseline": 0.75}],
    }


def test_the_fingerprint_is_of_the_questions_and_their_halves_and_not_of_the_answers() -> None:
    def fingerprint(*each: Judged) -> str:
        return str(summary(run_of(*each), MEASURED)["questions"]["fingerprint"])

    assert fingerprint(right("q1"), right("q2")) == fingerprint(wrong("q2"), wrong("q1"))
    assert fingerprint(right("q1")) != fingerprint(right("q2"))
    assert fingerprint(right("q1")) != fingerprint(in_dev(right("q1")))


def test_a_summary_is_written_a_row_a_line_and_replaces_the_one_before(tmp_path: Path) -> None:
    path = tmp_path / "evaluation.json"
    write_summary(summary(run_of(right("q1")), MEASURED), path)
    found = summary(run_of(right("q1"), missed("题")), MEASURED)
    write_summary(found, path)
    text = path.read_text(encoding="utf-8")
    assert json.loads(text) == found
    assert "What of 题?" in text
    assert sum(line.startswith('{"split"') for line in text.splitlines()) == text.count('{"split"') > 30
    assert [file.name for file in tmp_path.iterdir()] == ["evaluation.json"]


def test_a_summary_that_cannot_be_written_is_an_error_and_leaves_nothing_behind(tmp_path: Path) -> None:
    path = tmp_path / "evaluation.json"
    path.mkdir()
    with pytest.raises(DatasetError, match=r"cannot be written to .*evaluation\.json: is a directory; expected a file"):
        write_summary(summary(run_of(right("q1")), MEASURED), path)
    assert list(tmp_path.iterdir()) == [path]


def test_the_version_is_the_projects_own() -> None:
    project = RELEASED.parent.parent / "pyproject.toml"
    assert f'version = "{program_version()}"' in project.read_text(encoding="utf-8")


def test_what_is_released_agrees_with_the_baseline_and_the_questions() -> None:
    """Both are written by ``python -m eval accept``; one without the other says what is not so."""
    released = json.loads(RELEASED.read_bytes())
    assert (released["origin"], released["gate"]) == ("release", {"passes": True, "fallen": []})
    kept = Baseline.read().questions.values()
    for name in FIGURES:
        (row,) = of(released["figures"], split="test", language="all", kind="all", figure=name)
        scores = [each.scores[name] for each in kept if name in each.scores]
        gained, possible = (sum(score[at] for score in scores) for at in (0, 1))
        assert row["value"] == pytest.approx(gained / possible, abs=1e-6)
        assert row["questions"] == len(scores)
    halves = {question.id: question.split for question in read_questions(QUESTIONS, None).questions}
    for split in SPLITS:
        counted = sum(row["questions"] for row in of(released["counts"], split=split))
        assert counted == list(halves.values()).count(split)
    assert {halves[failure["id"]] for failure in released["failures"]} == {"dev"}
