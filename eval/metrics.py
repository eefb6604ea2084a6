"""Metrics of rankings: one pure function each. Where a metric is undefined there is no score (None), not a zero.

In all of them, ``ranking`` holds ids, best first, each once; ``gains`` is what was judged: g(d) by id, where g(d) > 0
says that d is relevant and anything not judged has g(d) = 0; R is the number of relevant ids; d_i is the id at rank i,
counted from 1. A query without relevant ids has no score.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

import numpy as np


def recall_at(ranking: Sequence[str], gains: Mapping[str, int], k: int) -> float | None:
    """Recall@k = |{i ≤ k: g(d_i) > 0}| / R: the share of what is relevant that is among the first k."""
    relevant = _relevant(gains)
    if not relevant:
        return None
    return sum(each in relevant for each in ranking[:k]) / len(relevant)


def reciprocal_rank_at(ranking: Sequence[str], gains: Mapping[str, int], k: int) -> float | None:
    """RR@k = 1 / min{i ≤ k: g(d_i) > 0}, or 0 where there is no such i; its mean over queries is MRR@k."""
    relevant = _relevant(gains)
    if not relevant:
        return None
    return next((1 / rank for rank, each in enumerate(ranking[:k], 1) if each in relevant), 0.0)


def ndcg_at(ranking: Sequence[str], gains: Mapping[str, int], k: int) -> float | None:
    """nDCG@k = DCG@k / IDCG@k, with DCG@k = Σ_{i ≤ k} max(g(d_i), 0) / log2(i + 1) (Järvelin and Kekäläinen 2002).

    IDCG@k is the DCG@k of the best possible ranking: all that is relevant, by falling gain. As in trec_eval, a gain
    counts as it was judged, not as a power of two.
    """
    ideal = _dcg(sorted((gain for gain in gains.values() if gain > 0), reverse=True)[:k])
    return _dcg([gains.get(each, 0) for each in ranking[:k]]) / ideal if ideal else None


def average_precision(ranking: Sequence[str], gains: Mapping[str, int]) -> float | None:
    """AP = (1 / R) Σ_{i: g(d_i) > 0} P(i), where P(i) is the share of the first i that is relevant; its mean is mAP.

    What is relevant and not in the ranking adds nothing, so the AP of a ranking cut at depth n is AP@n for R ≤ n.
    """
    relevant = _relevant(gains)
    if not relevant:
        return None
    found, total = 0, 0.0
    for rank, each in enumerate(ranking, 1):
        if each in relevant:
            found += 1
            total += found / rank
    return total / len(relevant)


def mean(scores: Iterable[float | None]) -> float | None:
    """The mean of the scores there are; None where there are none."""
    known = [score for score in scores if score is not None]
    return math.fsum(known) / len(known) if known else None


def percentile(values: Sequence[float], q: float) -> float | None:
    """The q-th percentile (0 to 100), linear between the two nearest values; None where there are none."""
    return float(np.percentile(values, q)) if len(values) else None


def _relevant(gains: Mapping[str, int]) -> set[str]:
    return {each for each, gain in gains.items() if gain > 0}


def _dcg(gains: Sequence[int]) -> float:
    return math.fsum(max(gain, 0) / math.log2(rank + 1) for rank, gain in enumerate(gains, 1))
