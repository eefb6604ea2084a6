"""Scores as the command line prints them, in JSON and as a table; what has no score is null or a dash."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from eval.beir.corpus import BeirQuery
from eval.beir.run import score_task
from eval.beir.scores import TaskScores
from eval.beir.table import table
from eval.beir.tasks import Task

QUERIES = (BeirQuery("q1", "?", {"a": 1}), BeirQuery("q2", "?", {"a": 1, "b": 1}), BeirQuery("q3", "?", {"a": 0}))
TASK = Task("zh", "en", QUERIES)
SCORES = TaskScores(TASK, (("a", "b"), ("c", "a"), ("a",)), (0.010, 0.020, 0.030))


def test_scores_are_means_over_the_queries_that_have_any() -> None:
    metrics = SCORES.metrics
    assert list(metrics) == ["recall@1", "recall@5", "recall@10", "mrr@10", "ndcg@10", "map"]
    assert metrics["recall@1"] == (1 + 0) / 2
    assert metrics["recall@5"] == (1 + 1 / 2) / 2
    assert metrics["mrr@10"] == (1 + 1 / 2) / 2
    assert metrics["map"] == (1 + (1 / 2) / 2) / 2
    # Of the second query: 1/log2(3) of 1 + 1/log2(3).
    assert metrics["ndcg@10"] == pytest.approx((1 + 0.6309298 / 1.6309298) / 2, abs=1e-7)


def test_latencies_are_in_milliseconds() -> None:
    assert SCORES.latency_ms == {"p50": pytest.approx(20.0), "p95": pytest.approx(29.0)}


def test_the_json_of_a_task_holds_parts_only_where_there_are_any() -> None:
    plain = SCORES.to_dict()
    assert list(plain) == ["query_language", "text_language", "metrics", "latency_ms"]
    assert (plain["query_language"], plain["text_language"]) == ("zh", "en")
    assert (plain["metrics"], plain["latency_ms"]) == (SCORES.metrics, SCORES.latency_ms)
    with_parts = replace(SCORES, parts={"dense": SCORES}).to_dict()
    assert with_parts == {**plain, "parts": [{"name": "dense", "metrics": plain["metrics"]}]}


def test_what_has_no_score_is_null_or_a_dash() -> None:
    scores = TaskScores(Task("zh", "en", QUERIES[2:]), (("a",),), (0.010,))
    assert set(json.loads(json.dumps(scores.to_dict()))["metrics"].values()) == {None}
    assert table([scores]).splitlines()[1].split() == ["zh", "en", "1", *"––––––", "10.0", "10.0"]


def test_no_queries_give_neither_scores_nor_latencies() -> None:
    scores = TaskScores(Task("zh", "en", ()), (), ())
    assert set(scores.metrics.values()) == {None}
    assert scores.latency_ms == {"p50": None, "p95": None}


def test_each_question_is_asked_once_after_one_that_is_not_counted() -> None:
    asked: list[str] = []

    def rank(question: str) -> list[str]:
        asked.append(question)
        return ["a"]

    scores = score_task(TASK, rank, progress=False)
    assert asked == ["?"] * 4
    assert len(scores.seconds) == 3
    assert scores.rankings == (("a",),) * 3
