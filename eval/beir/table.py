"""Scores as a table for the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from eval.beir.run import BeirScores
from eval.beir.scores import Metrics, TaskScores
from eval.beir.unanswerable import AbstentionScores
from eval.columns import in_columns, number

_TITLES = {
    "recall@1": "R@1", "recall@5": "R@5", "recall@10": "R@10", "mrr@10": "MRR@10", "ndcg@10": "nDCG@10", "map": "mAP",
}  # fmt: skip
_ABSTENTION = {
    "precision": "precision", "recall": "recall", "f1": "F1", "refused": "refused", "auc": "AUC",
    "f1_best_threshold": "F1 at best",
}  # fmt: skip


def tables(scores: BeirScores) -> str:
    """The table of the tasks and, below it, that of abstention, where it was scored."""
    below = [] if scores.unanswerable is None else [abstention_table(scores.unanswerable)]
    return "\n\n".join([table(scores.tasks), *below])


def abstention_table(scores: Sequence[AbstentionScores]) -> str:
    """A line a language; what has no score is a dash."""
    rows = [["unanswerable", "number", *_ABSTENTION.values()]]
    for each in scores:
        figures = each.to_dict()
        rows.append([each.query_language, f"{each.queries:,}", *(number(figures[name], 4) for name in _ABSTENTION)])
    return in_columns(rows)


def table(scores: Sequence[TaskScores]) -> str:
    """A line a task, and one for each part where there are any; what has no score is a dash."""
    rows = [["questions", "texts", "number", *_TITLES.values(), "p50 ms", "p95 ms"]]
    for each in scores:
        latency = [number(value, 1) for value in each.latency_ms.values()]
        task = each.task
        rows.append([task.query_language, task.text_language, f"{len(task.queries):,}", *_row(each.metrics), *latency])
        rows += [["", name, "", *_row(part.metrics), "", ""] for name, part in (each.parts or {}).items()]
    return in_columns(rows, left=2)


def _row(metrics: Metrics) -> list[str]:
    return [number(metrics[name], 4) for name in _TITLES]
