"""How sure a figure is: intervals that can be said beforehand, and those of SciPy's bootstrap."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import bootstrap

from eval.judge import Score
from eval.resample import Estimate, Floats, difference, estimate, percentile_of, ratio

HIT, MISS, NONE = Score(1.0, 1.0), Score(0.0, 1.0), Score(0.0, 0.0)


def test_a_ratio_is_of_sums_over_the_questions_drawn() -> None:
    # One of two quotes, three of three, none of five.
    statistic = ratio([Score(1, 2), Score(3, 3), Score(0, 5)])
    drawn = np.array([[0, 1, 2], [0, 0, 0], [1, 1, 2], [2, 2, 2]])
    assert statistic(drawn).tolist() == [4 / 10, 3 / 6, 6 / 11, 0.0]


def test_a_ratio_of_nothing_possible_is_no_number() -> None:
    assert np.isnan(ratio([NONE, HIT])(np.array([[0, 0], [0, 1]]))).tolist() == [True, False]


def test_a_constant_has_an_interval_of_no_width() -> None:
    assert estimate(ratio([HIT] * 7), 7) == Estimate(1.0, 1.0, 1.0, 7)
    assert estimate(ratio([Score(0.5, 1.0)] * 3), 3) == Estimate(0.5, 0.5, 0.5, 3)
    assert estimate(ratio([MISS]), 1) == Estimate(0.0, 0.0, 0.0, 1)


def test_a_coin_is_as_uncertain_as_a_coin() -> None:
    found = estimate(ratio([HIT, MISS] * 50), 100)
    assert found is not None
    # The standard error is √(.5 · .5 / 100) = .05, and 95% lie within 1.96 of them.
    assert (found.value, found.count) == (0.5, 100)
    assert found.low == pytest.approx(0.402, abs=0.015)
    assert found.high == pytest.approx(0.598, abs=0.015)


def test_four_times_the_questions_halve_the_interval() -> None:
    few, many = estimate(ratio([HIT, MISS] * 50), 100), estimate(ratio([HIT, MISS] * 200), 400)
    assert few is not None
    assert many is not None
    assert (many.high - many.low) / (few.high - few.low) == pytest.approx(0.5, abs=0.06)


def test_the_interval_is_that_of_another_bootstrap() -> None:
    random = np.random.default_rng(11)
    possible = random.integers(1, 6, 60)
    gained = random.binomial(possible, 0.7)

    def share(gained: Floats, possible: Floats, axis: int) -> Floats:
        return np.asarray(gained.sum(axis=axis) / possible.sum(axis=axis))

    theirs = bootstrap(
        (gained, possible), share, paired=True, method="percentile", n_resamples=5000, rng=np.random.default_rng(3)
    ).confidence_interval
    ours = estimate(ratio([Score(g, p) for g, p in zip(gained.tolist(), possible.tolist(), strict=True)]), 60)
    assert ours is not None
    assert ours.value == pytest.approx(gained.sum() / possible.sum())
    assert (ours.low, ours.high) == pytest.approx((theirs.low, theirs.high), abs=0.01)


def test_the_same_scores_give_the_same_interval() -> None:
    scores = [HIT, MISS, HIT, HIT, MISS]
    assert estimate(ratio(scores), 5) == estimate(ratio(scores), 5)


def test_what_is_undefined_has_no_estimate() -> None:
    assert estimate(ratio([]), 0) is None
    assert estimate(ratio([NONE, NONE]), 2) is None


def test_resamples_in_which_a_figure_is_undefined_are_left_out() -> None:
    # A quarter of the resamples draw only the question that has nothing to gain.
    assert estimate(ratio([HIT, NONE]), 2) == Estimate(1.0, 1.0, 1.0, 2)


def test_a_difference_is_of_the_same_questions() -> None:
    statistic = difference([HIT, MISS, MISS], [MISS, MISS, HIT])
    assert statistic(np.array([[0, 0, 0], [0, 1, 1], [2, 2, 2], [0, 1, 2]])).tolist() == [1.0, 1 / 3, -1.0, 0.0]


def test_where_all_changed_alike_the_difference_is_sure() -> None:
    # Each question lost a quarter: the figures themselves vary widely, what was lost does not.
    before = [Score(1.0, 1.0), Score(0.25, 1.0), Score(0.5, 1.0), Score(0.75, 1.0)]
    now = [Score(score.gained - 0.25, 1.0) for score in before]
    assert estimate(difference(now, before), 4) == Estimate(-0.25, -0.25, -0.25, 4)
    assert estimate(difference(before, before), 4) == Estimate(0.0, 0.0, 0.0, 4)


def test_one_question_lost_of_many_may_be_chance() -> None:
    # About 37% of the resamples leave out any one question, so no change lies within the interval.
    before, now = [HIT] * 50, [HIT] * 49 + [MISS]
    found = estimate(difference(now, before), 50)
    assert found is not None
    assert found.value == pytest.approx(-1 / 50)
    assert found.low < -1 / 50 < found.high == 0.0


def test_percentiles_lie_between_the_nearest_values() -> None:
    statistic = percentile_of([10.0, 30.0, 20.0], 50)
    assert statistic(np.array([[0, 1, 2], [0, 0, 1], [1, 1, 1]])).tolist() == [20.0, 10.0, 30.0]
    # .95 · 2 = 1.9 steps above the lowest: nine tenths of the way from 20 to 30.
    found = estimate(percentile_of([10.0, 30.0, 20.0], 95), 3)
    assert found is not None
    assert found.value == pytest.approx(29.0)
    assert 10.0 <= found.low <= 29.0 <= found.high <= 30.0
