"""The file in which the evaluation and the page meet: the same for both, and as good as none where it is torn."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from eval.figures import AURC
from eval.judge import FAULTS, FIGURES
from eval.questions import QUESTIONS, read_questions
from eval.report import summary as written
from tests.eval.outcomes import DRY, answer, asked, judged, right, run_of
from tests.web.evaluated import MADE, changed, keep
from web.evaluation.summary import RELEASED, SUMMARY, read_file, read_summary
from web.strings import strings


def test_the_evaluation_and_the_page_mean_the_same_file(tmp_path: Path) -> None:
    assert (written.SUMMARY, written.RELEASED) == (SUMMARY, RELEASED)
    wrong = judged(replace(asked("q2"), split="dev"), answer(DRY), (DRY,), 30.0)
    run = run_of(right("q1"), right("q3", "zh"), wrong)
    written.write_summary(written.summary(run, written.Measured("run", "00ff", 5)), tmp_path / SUMMARY)
    found = read_file(tmp_path / SUMMARY)
    assert found is not None
    assert (found.count("test"), found.count("test", "zh"), found.count("dev"), found.origin) == (2, 1, 1, "run")
    assert [failure.id for failure in found.failures] == ["q2"]
    hit = found.figure("test", "hit@1")
    assert hit is not None
    assert (hit.value, hit.questions) == (1.0, 2)


def test_all_that_the_evaluation_names_has_a_name() -> None:
    words = strings("en")
    assert {name for name, _ in words.evaluation_figures.items()} == {*FIGURES, AURC}
    assert {name for name, _ in words.evaluation_notes.items()} == {*FIGURES, AURC}
    assert {name for name, _ in words.evaluation_faults.items()} == set(FAULTS)
    kinds = {question.kind for question in read_questions(QUESTIONS, None).questions}
    assert {name for name, _ in words.evaluation_kinds.items()} == kinds


def test_the_run_on_this_computer_comes_before_the_release(tmp_path: Path) -> None:
    released = tmp_path / "released.json"
    released.write_text(json.dumps({**MADE, "origin": "release"}), encoding="utf-8")
    found = read_summary(tmp_path, released)
    assert found is not None
    assert found.origin == "release"
    keep(tmp_path, MADE)
    found = read_summary(tmp_path, released)
    assert found is not None
    assert found.origin == "run"


TORN: Mapping[str, bytes] = {
    "nothing": b"",
    "half": json.dumps(MADE).encode()[:700],
    "no JSON": b"figures: 3",
    "no object": b"[]",
    "another format": json.dumps({**MADE, "format": 2}).encode(),
    "a figure above one": json.dumps(changed("answered", 1.5)).encode(),
    "no number": json.dumps(changed("answered", float("nan"))).encode(),
    "a stranger": json.dumps({**MADE, "colour": "red"}).encode(),
    "no question": json.dumps({**MADE, "counts": []}).encode(),
    "no text": b"\xff\xfe{",
    "half a character": json.dumps({**MADE, "program": "\ud800"}).encode(),
}


@pytest.mark.parametrize("content", TORN.values(), ids=TORN.keys())
def test_a_file_that_cannot_be_read_is_as_good_as_none(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, content: bytes
) -> None:
    keep(tmp_path, MADE)
    assert read_summary(tmp_path, tmp_path / "none.json") is not None
    (tmp_path / SUMMARY).write_bytes(content)
    with caplog.at_level(logging.WARNING):
        assert read_summary(tmp_path, tmp_path / "none.json") is None
    assert "evaluation.json is no summary of an evaluation" in caplog.text


def test_a_folder_in_its_place_is_as_good_as_none(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / SUMMARY).mkdir()
    assert read_summary(tmp_path, tmp_path / "none.json") is None
    assert "evaluation.json is no summary of an evaluation (Is a directory)" in caplog.text
