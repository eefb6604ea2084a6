"""Metrics worked by hand, and the cases in which there is nothing to divide by."""

from __future__ import annotations

import pytest

from eval.metrics import average_precision, mean, ndcg_at, percentile, recall_at, reciprocal_rank_at

RANKING = ["a", "b", "c", "d", "e"]
# Three are relevant; b is at rank 2, e at rank 5, x is not found.
GAINS = {"b": 1, "e": 1, "x": 1, "c": 0, "d": -1}


@pytest.mark.parametrize(("k", "expected"), [(1, 0.0), (2, 1 / 3), (4, 1 / 3), (5, 2 / 3), (10, 2 / 3)])
def test_recall(k: int, expected: float) -> None:
    assert recall_at(RANKING, GAINS, k) == expected


@pytest.mark.parametrize(("k", "expected"), [(1, 0.0), (2, 0.5), (10, 0.5)])
def test_reciprocal_rank(k: int, expected: float) -> None:
    assert reciprocal_rank_at(RANKING, GAINS, k) == expected


def test_average_precision() -> None:
    # Precision is 1/2 at rank 2 and 2/5 at rank 5; the third relevant one adds nothing.
    assert average_precision(RANKING, GAINS) == pytest.approx((1 / 2 + 2 / 5) / 3)
    assert average_precision(["b", "e", "x"], GAINS) == 1.0


def test_ndcg_of_binary_gains() -> None:
    # DCG = 1/log2(3) + 1/log2(6) = .6309298 + .3868528; at best 1 + .6309298 + .5.
    assert ndcg_at(RANKING, GAINS, 10) == pytest.approx(1.0177826 / 2.1309298, abs=1e-7)
    # Only the first rank counts, where a stands.
    assert ndcg_at(RANKING, GAINS, 1) == 0.0
    assert ndcg_at(["x", "b", "e", "a"], GAINS, 10) == 1.0


def test_ndcg_of_graded_gains() -> None:
    # DCG = 1/1 + 3/log2(3) = 1 + 1.8927893; at best 3 + 2/log2(3) + 1/2 = 3 + 1.2618595 + .5.
    gains = {"a": 3, "b": 2, "c": 1, "d": -2}
    assert ndcg_at(["c", "a", "d"], gains, 10) == pytest.approx(2.8927893 / 4.7618595, abs=1e-7)
    # Cut at two, the best are a and b: 3 + 1.2618595.
    assert ndcg_at(["c", "a", "d"], gains, 2) == pytest.approx(2.8927893 / 4.2618595, abs=1e-7)


@pytest.mark.parametrize("gains", [{}, {"a": 0}, {"a": 0, "b": -1}])
def test_a_query_without_relevant_passages_has_no_score(gains: dict[str, int]) -> None:
    assert recall_at(RANKING, gains, 10) is None
    assert reciprocal_rank_at(RANKING, gains, 10) is None
    assert ndcg_at(RANKING, gains, 10) is None
    assert average_precision(RANKING, gains) is None


def test_an_empty_ranking_scores_zero_where_something_was_to_be_found() -> None:
    assert recall_at([], GAINS, 10) == 0.0
    assert reciprocal_rank_at([], GAINS, 10) == 0.0
    assert ndcg_at([], GAINS, 10) == 0.0
    assert average_precision([], GAINS) == 0.0


def test_at_depth_zero_the_ideal_is_zero_too() -> None:
    assert ndcg_at(RANKING, GAINS, 0) is None
    assert recall_at(RANKING, GAINS, 0) == 0.0


def test_the_mean_leaves_out_what_has_no_score() -> None:
    assert mean([1.0, None, 0.0]) == 0.5
    assert mean([None, None]) is None
    assert mean([]) is None


def test_percentiles_lie_between_the_nearest_values() -> None:
    assert percentile([4.0, 1.0, 3.0, 2.0], 50) == 2.5
    assert percentile([1.0, 2.0], 95) == pytest.approx(1.95)
    assert percentile([7.0], 95) == 7.0
    assert percentile([], 50) is None
