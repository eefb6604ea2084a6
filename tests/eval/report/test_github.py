"""Workflow commands: one line each, whatever a question says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from eval.gate import GateRow
from eval.report.github import workflow_commands
from eval.resample import Estimate
from tests.eval.outcomes import asked, judged, refusal, right, run_of, wrong

FALLEN = GateRow("hit@1", "zh", Estimate(0.2, 0.1, 0.3, 9), 0.5, 0.75, None, 0.01, "is below its floor of 0.500")
HELD = GateRow("mrr", "all", Estimate(0.6, 0.5, 0.7, 9), 0.1, None, None, 0.01, None)


def test_each_row_that_does_not_pass_is_an_error() -> None:
    assert list(workflow_commands(run_of(right("q1"), gate=[FALLEN, HELD]))) == [
        "::error title=Evaluation gate::hit@1 (zh) is below its floor of 0.500"
    ]
    assert list(workflow_commands(run_of(right("q1"), gate=[HELD]))) == []
    assert list(workflow_commands(run_of(right("q1")))) == []


def test_a_question_of_the_test_half_that_falls_short_is_a_notice_at_its_line() -> None:
    in_dev = replace(asked("q3"), split="dev")
    asked_all = (right("q1"), wrong("q2"), judged(in_dev, refusal()), judged(asked("q4"), refusal()))
    run = run_of(*asked_all, file="eval/questions.jsonl")
    assert list(workflow_commands(run)) == [
        "::notice file=eval/questions.jsonl,line=2,title=Question falls short::"
        "q2: what must be cited is not; the first citation is wrong; What of q2?",
        "::notice file=eval/questions.jsonl,line=4,title=Question falls short::"
        "q4: declined, though the documents answer; What of q4?",
    ]


def place_of(file: Path) -> str:
    """The place that a notice about a question of this file is shown at."""
    (line,) = workflow_commands(run_of(judged(asked("q1"), refusal()), file=str(file)))
    return line.removeprefix("::notice ").partition(",line=1,title=")[0]


def test_a_file_is_named_from_the_working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert place_of(tmp_path / "own.jsonl") == "file=own.jsonl"
    assert place_of(tmp_path / "some" / "own.jsonl") == "file=some/own.jsonl"
    assert place_of(Path("some", "..", "own.jsonl")) == "file=own.jsonl"
    # What lies elsewhere has no place in the repository.
    assert place_of(tmp_path.parent / "own.jsonl") == "file=own.jsonl"
    assert place_of(Path(f"{tmp_path}-other", "own.jsonl")) == "file=own.jsonl"


def test_a_file_name_does_not_end_its_property() -> None:
    assert place_of(Path("a,line=9::b%\nc.jsonl")) == "file=a%2Cline=9%3A%3Ab%25%0Ac.jsonl"


@pytest.mark.parametrize(
    ("question", "escaped"),
    [
        ("one\ntwo", "one%0Atwo"),
        ("one\r\n::error::two", "one%0D%0A::error::two"),
        ("100% of it", "100%25 of it"),
        # What looks escaped already is shown as it was written.
        ("%0A", "%250A"),
        ("第一，第二：第三", "第一，第二：第三"),
    ],
)
def test_a_question_stays_on_one_line(question: str, escaped: str) -> None:
    (line,) = workflow_commands(run_of(judged(replace(asked("q1"), question=question), refusal())))
    assert line.endswith(f"; {escaped}")
    assert len(line.splitlines()) == 1
