"""Rows and columns paired off, held against scipy's solution of the same problem, equal scores included."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import linear_sum_assignment

from assistant.alignment.pairing import best_pairs


def by_scipy(scores: np.ndarray) -> list[tuple[int, int]]:
    rows, columns = linear_sum_assignment(scores, maximize=True)
    return [(int(i), int(j)) for i, j in zip(rows, columns, strict=True)]


@pytest.mark.parametrize("steps", [1, 2, 5, 1e9])
def test_small_tables_are_paired_as_scipy_does_ties_included(steps: float) -> None:
    random = np.random.default_rng(7)
    for _ in range(500):
        scores = np.round(random.random(random.integers(1, 9, 2)) * steps) / steps
        assert best_pairs(scores) == by_scipy(scores)


@pytest.mark.parametrize("shape", [(70, 50), (50, 70), (90, 90)])
def test_so_are_those_of_whole_documents(shape: tuple[int, int]) -> None:
    random = np.random.default_rng(7)
    scores = np.maximum(np.round(random.random(shape), 2) - 0.4, 0) * (random.random(shape) < 0.2)
    assert best_pairs(scores) == by_scipy(scores)


def test_a_row_gives_way_to_one_that_loses_more() -> None:
    assert best_pairs(np.array([[0.9, 0.8], [0.8, 0.1]])) == [(0, 1), (1, 0)]


@pytest.mark.parametrize("shape", [(0, 3), (3, 0)])
def test_nothing_is_paired_with_nothing(shape: tuple[int, int]) -> None:
    assert best_pairs(np.zeros(shape)) == []
