"""Metrics of answers: one pure function each. Where a metric is undefined there is no score (None), not a zero.

Throughout, C is the set of anchors that an answer cites; A and O are the gold anchors of which all, or one, must be
cited, and R those that are right to cite (A, O and what need not be).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray


def citation_precision(cited: Collection[str], relevant: Collection[str]) -> float | None:
    """|C ∩ R| / |C|: the share of the cited anchors that are right; None where nothing is cited."""
    distinct = set(cited)
    return len(distinct & set(relevant)) / len(distinct) if distinct else None


def citation_recall(cited: Collection[str], any_of: Collection[str], all_of: Collection[str]) -> float | None:
    """(|C ∩ A| + [C ∩ O ≠ ∅]) / (|A| + [O ≠ ∅]): the share of what must be cited that is; None without gold."""
    distinct, needed = set(cited), len(set(all_of)) + bool(any_of)
    met = len(distinct & set(all_of)) + (not distinct.isdisjoint(any_of))
    return met / needed if needed else None


def quote_is_valid(quote: str, start: int, end: int, text: str) -> bool:
    """Whether a quote is what stands at its span of a text, character for character: text[start:end] = quote ≠ ""."""
    return bool(quote) and 0 <= start < end <= len(text) and text[start:end] == quote


def answer_coverage(text: str, must: Sequence[Sequence[str]]) -> float | None:
    """(1 / |M|) Σ_{m ∈ M} [some string of m is in the text], M the groups of strings; None where M is empty.

    White space and letter case do not count.
    """
    tight = _tight(text)
    return sum(any(_tight(string) in tight for string in group) for group in must) / len(must) if must else None


def risk_coverage(confidences: Sequence[float], wrong: Sequence[bool]) -> list[tuple[float, float]]:
    """The risk–coverage curve: for each k, (k / n, share of wrong ones among the k most confident of n).

    What has the same confidence is answered or left together, so that the curve does not depend on the order it came
    in (El-Yaniv and Wiener 2010, "On the foundations of noise-free selective classification", JMLR 11).
    """
    order = sorted(range(len(wrong)), key=lambda at: -confidences[at])
    points, faults = [], 0
    for k, at in enumerate(order, 1):
        faults += wrong[at]
        if k == len(order) or confidences[order[k]] < confidences[at]:
            points.append((k / len(order), faults / k))
    return points


def area_under_risk_coverage(confidences: NDArray[np.float64], wrong: NDArray[np.float64]) -> NDArray[np.float64]:
    """AURC = (1 / n) Σ_k (1 / k) Σ_{i ≤ k} wrong_i over falling confidence, along the last axis (Geifman et al. 2019).

    Within one confidence the risk is spread evenly: each of its questions counts as the mean of them all.
    """
    order = np.argsort(-confidences, axis=-1, kind="stable")
    sorted_wrong = np.take_along_axis(wrong, order, axis=-1)
    sorted_confidences = np.take_along_axis(confidences, order, axis=-1)
    n = wrong.shape[-1]
    new = np.ones(sorted_wrong.shape, dtype=bool)
    new[..., 1:] = sorted_confidences[..., 1:] != sorted_confidences[..., :-1]
    group = np.cumsum(new, axis=-1) - 1
    flat = group + n * np.arange(int(np.prod(wrong.shape[:-1]))).reshape(*wrong.shape[:-1], 1)
    size = np.bincount(flat.ravel(), minlength=flat.size)
    mean = np.bincount(flat.ravel(), weights=sorted_wrong.ravel(), minlength=flat.size) / np.maximum(size, 1)
    even = mean[flat]
    return np.asarray((np.cumsum(even, axis=-1) / np.arange(1, n + 1)).mean(axis=-1))


def _tight(text: str) -> str:
    return "".join(text.split()).lower()
