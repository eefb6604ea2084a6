"""``python -m eval beir`` as a person runs it: the result alone on standard output, one line of error, codes 0, 2.

It runs once with the bundled model in a process of its own; the table and the faults of folders are seen in the process
of the tests, with the same application.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from embeddings.model import MODEL_VARIABLE
from eval.__main__ import application
from tests.commands import run_here
from tests.eval.conftest import DATA, PASSAGES, QRELS, QUERIES, json_lines
from tests.patience import PROCESS

ROOT = Path(__file__).parents[2]
METRICS = ["recall@1", "recall@5", "recall@10", "mrr@10", "ndcg@10", "map"]

Write = Callable[..., Path]


def run(folder: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """The command, run where it may write nothing but to its temporary folder."""
    environment = {**os.environ, "RAPPORTEUR_HOME": str(folder / "home"), "PYTHONIOENCODING": "utf-8"}
    environment.pop(MODEL_VARIABLE, None)
    return subprocess.run(
        [sys.executable, "-m", "eval", "beir", *map(str, arguments)],
        cwd=ROOT, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=PROCESS, check=False,
    )  # fmt: skip


def beir_here(folder: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """The same, in the process of the tests."""
    return run_here(application, "eval", folder / "home", "beir", *map(str, arguments))


def first_passages(data: Path, folder: Path, count: int) -> Path:
    """A data set of the first passages of another, and of the queries that no other passage is judged for."""

    def ids(lines: list[str]) -> list[str]:
        return [json.loads(line)["_id"] for line in lines]

    (folder / "qrels").mkdir(parents=True)
    (qrels,) = data.rglob("*.tsv")
    head, *rows = qrels.read_text("utf-8").splitlines(keepends=True)
    passages, queries = (
        (data / f"{name}.jsonl").read_text("utf-8").splitlines(keepends=True) for name in ("corpus", "queries")
    )
    left_out = {row.split("\t")[0] for row in rows if row.split("\t")[1] in ids(passages[count:])}
    kept = [row for row in rows if row.split("\t")[0] not in left_out]
    asked = [line for line, query in zip(queries, ids(queries), strict=True) if query not in left_out]
    (folder / "corpus.jsonl").write_text("".join(passages[:count]), "utf-8")
    (folder / "queries.jsonl").write_text("".join(asked), "utf-8")
    (folder / qrels.relative_to(data)).write_text(head + "".join(kept), "utf-8")
    return folder


def counting_model(folder: Path, *texts: str) -> Path:
    """A model of no training: each word of these texts is a direction of its own, and so is any other word."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

    words = ["?", *sorted({word for text in texts for word in re.findall(r"\w+", text.lower())})]
    tokenizer = Tokenizer(models.WordLevel({word: at for at, word in enumerate(words)}, unk_token="?"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    embedding = StaticEmbedding(tokenizer, embedding_weights=np.eye(len(words), dtype=np.float32))
    SentenceTransformer(modules=[embedding]).save(str(folder))
    return folder


def assert_refused_in_one_line(done: subprocess.CompletedProcess[str], *words: str) -> None:
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert done.stderr.startswith("eval: ")
    assert "; expected " in done.stderr
    for word in words:
        assert word in done.stderr


def test_two_languages_give_the_six_tasks_and_leave_nothing_behind(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, bundled_model: None  # noqa: ARG001
) -> None:  # fmt: skip
    """Of the first eight passages of each language: what is told apart here are the tasks, not the passages."""
    sets = tmp_path_factory.mktemp("sets")
    chinese, english = (first_passages(DATA / language, sets / language, 8) for language in ("zh", "en"))
    done = run(tmp_path, chinese, english, "--json")
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


def test_one_folder_gives_one_task_as_a_table(tmp_path: Path, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a model of one's own, which finds a passage by the words of the question."""
    texts = [str(each["text"]) for each in (*PASSAGES, *QUERIES)]
    monkeypatch.setenv(MODEL_VARIABLE, str(counting_model(tmp_path / "model", *texts)))
    done = beir_here(tmp_path, write(), "--parts")
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
    assert_refused_in_one_line(beir_here(tmp_path, write(**files)), *words)


def test_folders_that_do_not_belong_together_are_one_line_and_code_2(tmp_path: Path, write: Write) -> None:
    assert_refused_in_one_line(run(tmp_path, DATA / "en", DATA / "en"), "same language (en)")
    assert_refused_in_one_line(beir_here(tmp_path, DATA / "zh", write()), "30 passages (first 'd01')")
    assert_refused_in_one_line(beir_here(tmp_path, DATA / "zh", tmp_path / "nowhere"), "there is no")


def test_split_puts_questions_without_a_half_into_one(tmp_path: Path) -> None:
    own = tmp_path / "own.jsonl"
    question = {"id": "q1", "language": "en", "kind": "absent", "question": "What?", "answerable": False}
    own.write_text(json_lines(question, {**question, "id": "q2", "split": "dev"}), "utf-8")
    home = tmp_path / "home"
    done = run_here(application, "eval", home, "split", "--questions", str(own))
    assert (done.returncode, done.stdout, done.stderr) == (0, "1 question of own.jsonl put into a half\n", "")
    assert own.read_text("utf-8") == json_lines({**question, "split": "test"}, {**question, "id": "q2", "split": "dev"})
    done = run_here(application, "eval", home, "split", "--questions", str(own))
    assert (done.returncode, done.stdout) == (0, "0 questions of own.jsonl put into a half\n")
    assert not home.exists()


def test_split_refuses_what_is_no_file_of_questions(tmp_path: Path) -> None:
    missing = tmp_path / "none.jsonl"
    done = run_here(application, "eval", tmp_path / "home", "split", "--questions", str(missing))
    assert_refused_in_one_line(done, "none.jsonl is missing", "a file of questions")


@pytest.mark.parametrize("arguments", [(), ("a", "b", "c"), ("a", "--gate")])
def test_wrong_usage_is_code_2(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    done = run(tmp_path, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Usage: python -m eval beir" in done.stderr
    assert "Traceback" not in done.stderr
