"""What each question scored before: written one a line, read back, compared where the question is still the same."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from eval.baseline import Baseline, Kept
from eval.errors import DatasetError
from eval.figures import Judged
from eval.judge import Score
from tests.eval.outcomes import SALT, answer, asked, asked_in_vain, judged, refusal, right, wrong


def changed(each: Judged) -> Judged:
    """The same scores of a question that asks something else."""
    question = replace(each.outcome.question, question="What else?")
    return Judged(replace(each.outcome, question=question), each.scores)


def test_a_baseline_is_written_one_question_a_line_in_the_order_of_ids(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    baseline = Baseline(
        {
            "问-2": Kept("ff00", {"mrr": (0.5, 1.0), "hit@1": (0.0, 1.0)}),
            "a-1": Kept("00ff", {}),
        }
    )
    baseline.write(path)
    assert path.read_text(encoding="utf-8").splitlines() == [
        "{",
        '"a-1": {"fingerprint": "00ff", "scores": {}},',
        '"\\u95ee-2": {"fingerprint": "ff00", "scores": {"hit@1": [0.0, 1.0], "mrr": [0.5, 1.0]}}',
        "}",
    ]
    assert Baseline.read(path) == baseline


def test_the_baseline_of_a_run_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    baseline = Baseline.of([right("q2"), wrong("q1"), judged(asked_in_vain("q3"), refusal())])
    baseline.write(path)
    read = Baseline.read(path)
    assert read == baseline
    assert read.questions["q1"].scores["mrr"] == (0.5, 1.0)
    assert read.questions["q3"].scores == {
        "abstention_precision": (1.0, 1.0), "abstention_recall": (1.0, 1.0), "abstention_f1": (2.0, 2.0),
    }  # fmt: skip


def test_a_baseline_of_nothing_is_one_too(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    Baseline({}).write(path)
    assert json.loads(path.read_text(encoding="utf-8")) == {}
    assert Baseline.read(path) == Baseline({})


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{",
        b"\xff\xfe",
        b'{"q1": {"scores": {}}}',
        b'{"q1": {"fingerprint": "00", "scores": {"mrr": [1]}}}',
        b'{"q1": {"fingerprint": "00", "scores": {"mrr": ["much", 1]}}}',
        b'{"q1": {"fingerprint": "00", "scores": {}, "note": ""}}',
    ],
)
def test_what_is_no_baseline_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "baseline.json"
    path.write_bytes(content)
    with pytest.raises(DatasetError, match=r"baseline\.json is no baseline: .*; write it with python -m eval accept$"):
        Baseline.read(path)


@pytest.mark.parametrize("score", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_a_score_that_is_no_finite_number_is_refused_with_its_question(tmp_path: Path, score: str) -> None:
    path = tmp_path / "baseline.json"
    sound = '"q1": {"fingerprint": "00", "scores": {"mrr": [1, 1]}}'
    path.write_text(f'{{{sound}, "q2": {{"fingerprint": "00", "scores": {{"mrr": [{score}, 1]}}}}}}', encoding="utf-8")
    with pytest.raises(DatasetError, match=r"baseline\.json is no baseline: q2\.scores\.mrr\.0: .*finite number"):
        Baseline.read(path)


def test_a_baseline_that_is_not_there_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match=r"none\.json cannot be read; .*python -m eval accept$"):
        Baseline.read(tmp_path / "none.json")


def test_a_question_compares_while_it_is_asked_and_judged_as_it_was() -> None:
    each = right("q1")
    baseline = Baseline.of([each])
    assert baseline.compares(each)
    # Another answer of the same question is what is to be compared.
    assert baseline.compares(wrong("q1"))
    assert not baseline.compares(changed(each))
    assert not baseline.compares(right("q2"))


def test_scores_are_paired_by_question() -> None:
    hit, missed = Score(1.0, 1.0), Score(0.0, 1.0)
    baseline = Baseline.of([right("q1"), wrong("q2"), right("gone")])
    now = [wrong("q2"), wrong("q1"), right("new")]
    assert baseline.paired(now, "hit@1") == ([missed, missed], [missed, hit])
    assert baseline.paired([changed(each) for each in now], "hit@1") == ([], [])


def test_a_question_that_had_or_has_a_score_is_paired_with_none() -> None:
    none = Score(0.0, 0.0)
    answered, declined = judged(asked("q1"), answer(SALT)), judged(asked("q1"), refusal())
    assert Baseline.of([answered]).paired([declined], "citation_precision") == ([none], [Score(1.0, 1.0)])
    assert Baseline.of([declined]).paired([answered], "citation_precision") == ([Score(1.0, 1.0)], [none])
    assert Baseline.of([declined]).paired([declined], "citation_precision") == ([], [])
