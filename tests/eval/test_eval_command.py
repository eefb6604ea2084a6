"""``python -m eval beir`` as a person runs it: the result alone on standard output, one line of error, codes 0, 2."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from embeddings.model import MODEL_VARIABLE
from tests.eval.conftest import DATA, PASSAGES, QRELS, json_lines

ROOT = Path(__file__).parents[2]
METRICS = ["recall@1", "recall@5", "recall@10", "mrr@10", "ndcg@10", "map"]

Write = Callable[..., Path]


def run(folder: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """The command, run where it may write nothing but to its temporary folder."""
    environment = {**os.environ, "RAPPORTEUR_HOME": str(folder / "home"), "PYTHONIOENCODING": "utf-8"}
    environment.pop(MODEL_VARIABLE, None)
    return subprocess.run(
        [sys.executable, "-m", "eval", "beir", *map(str, arguments)],
        cwd=ROOT, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=300, check=False,
    )  # fmt: skip


def assert_refused_in_one_line(done: subprocess.CompletedProcess[str], *words: str) -> None:
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert done.stderr.startswith("eval: ")
    assert "; expected " in done.stderr
    for word in words:
        assert word in done.stderr


def test_two_languages_give_the_six_tasks_and_leave_nothing_behind(
    tmp_path: Path, bundled_model: None  # noqa: ARG001
) -> None:  # fmt: skip
    done = run(tmp_path, DATA / "zh", DATA / "en", "--json")
    assert done.returncode == 0, done.stderr
    assert "zh→pooled" in done.stderr
    assert list(tmp_path.iterdir()) == []
    tasks = json.loads(done.stdout)["tasks"]
    pairs = [(task["query_language"], task["text_language"]) for task in tasks]
    assert pairs == [("zh", "zh"), ("en", "en"), ("zh", "en"), ("en", "zh"), ("zh", "pooled"), ("en", "pooled")]
    for task in tasks:
        assert list(task) == ["query_language", "text_language", "metrics", "latency_ms"]
        assert list(task["metrics"]) == METRICS
        assert 0 < task["latency_ms"]["p50"] <= task["latency_ms"]["p95"]
        # Nearly every question here has one passage on its subject, which even across languages stands out.
        assert task["metrics"]["mrr@10"] > 0.9


def test_one_folder_gives_one_task_as_a_table(tmp_path: Path, write: Write, bundled_model: None) -> None:  # noqa: ARG001
    done = run(tmp_path, write(), "--parts")
    assert done.returncode == 0, done.stderr
    head, *rows = done.stdout.splitlines()
    assert head.split() == "questions texts number R@1 R@5 R@10 MRR@10 nDCG@10 mAP p50 ms p95 ms".split()
    assert rows[0].split()[:9] == ["en", "en", "2", "1.0000", "1.0000", "1.0000", "1.0000", "1.0000", "1.0000"]
    names = ["dense", "+ sentence", "+ centring", "+ token states", "+ words"]
    assert [row.split("  ")[0] for row in map(str.strip, rows[1:])] == names


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"corpus": None}, ("corpus.jsonl is missing",)),
        ({"corpus": json_lines(*PASSAGES) + "{"}, ("corpus.jsonl line 3 is not JSON",)),
        ({"queries": ""}, ("queries.jsonl holds no queries",)),
        ({"qrels": QRELS + "q1\tp\u2028\n9\t1\n"}, ("qrels.tsv line 4", "2 of its 3 columns")),
        ({"qrels": QRELS + "q1\tp9\t1\n"}, ("qrels.tsv line 4", "'p9'")),
    ],
)
def test_a_folder_with_a_fault_is_one_line_and_code_2(
    tmp_path: Path, write: Write, files: dict[str, str | None], words: tuple[str, ...]
) -> None:
    assert_refused_in_one_line(run(tmp_path, write(**files)), *words)


def test_folders_that_do_not_belong_together_are_one_line_and_code_2(tmp_path: Path, write: Write) -> None:
    assert_refused_in_one_line(run(tmp_path, DATA / "en", DATA / "en"), "same language (en)")
    assert_refused_in_one_line(run(tmp_path, DATA / "zh", write()), "30 passages (first 'd01')")
    assert_refused_in_one_line(run(tmp_path, DATA / "zh", tmp_path / "nowhere"), "there is no")


@pytest.mark.parametrize("arguments", [(), ("a", "b", "c"), ("a", "--gate")])
def test_wrong_usage_is_code_2(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    done = run(tmp_path, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Usage: python -m eval beir" in done.stderr
    assert "Traceback" not in done.stderr
