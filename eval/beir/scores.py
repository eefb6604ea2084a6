"""The scores of a task: which metrics it is given, and how long its questions took."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from eval.beir.tasks import Task
from eval.metrics import average_precision, mean, ndcg_at, percentile, recall_at, reciprocal_rank_at

#: Anchors a question is given; the mean average precision is over these, as BEIR counts it.
DEPTH = 100

#: A metric's mean over queries by its name; None where no query has a score.
Metrics = Mapping[str, float | None]


@dataclass(frozen=True)
class TaskScores:
    """A task with what was found for each of its queries, best first, and the seconds that took.

    ``parts`` holds the same with fewer parts of the scoring, by name, where that was asked for.
    """

    task: Task
    rankings: tuple[tuple[str, ...], ...]
    seconds: tuple[float, ...]
    parts: Mapping[str, TaskScores] | None = None

    @property
    def metrics(self) -> Metrics:
        """The mean of each metric (:mod:`eval.metrics`) over the queries that have one."""
        pairs = [(found, query.gains) for query, found in zip(self.task.queries, self.rankings, strict=True)]
        return {
            **{f"recall@{k}": mean(recall_at(*pair, k) for pair in pairs) for k in (1, 5, 10)},
            "mrr@10": mean(reciprocal_rank_at(*pair, 10) for pair in pairs),
            "ndcg@10": mean(ndcg_at(*pair, 10) for pair in pairs),
            "map": mean(average_precision(*pair) for pair in pairs),
        }

    @property
    def latency_ms(self) -> dict[str, float | None]:
        """Milliseconds from a question to its ranking: half and 95% of the questions took no longer."""
        milliseconds = [second * 1000 for second in self.seconds]
        return {"p50": percentile(milliseconds, 50), "p95": percentile(milliseconds, 95)}

    def to_dict(self) -> dict[str, Any]:
        """The JSON of the command line."""
        parts = [{"name": name, "metrics": dict(part.metrics)} for name, part in (self.parts or {}).items()]
        return {
            "query_language": self.task.query_language,
            "text_language": self.task.text_language,
            "metrics": dict(self.metrics),
            "latency_ms": self.latency_ms,
            **({} if self.parts is None else {"parts": parts}),
        }
