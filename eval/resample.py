"""How sure a figure is: percentile bootstrap over questions, seeded, so that the same outcomes give the same interval.

Efron and Tibshirani 1993, "An Introduction to the Bootstrap", chapter 13: the questions are drawn again with
replacement :data:`RESAMPLES` times; the interval holds the middle 95% of the figures that come of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eval.judge import Score

RESAMPLES = 2000
_SEED = 20200717

Floats = NDArray[np.float64]
#: A figure of every resample: rows of question numbers → one value a row, not a number where it is undefined.
Statistic = Callable[[NDArray[np.intp]], Floats]


@dataclass(frozen=True)
class Estimate:
    """A figure over ``count`` questions with its 95% interval."""

    value: float
    low: float
    high: float
    count: int


def estimate(statistic: Statistic, count: int) -> Estimate | None:
    """A figure of ``count`` questions and its interval; None where it is undefined."""
    if not count:
        return None
    value = float(statistic(np.arange(count)[None, :])[0])
    if np.isnan(value):
        return None
    drawn = statistic(np.random.default_rng(_SEED).integers(0, count, (RESAMPLES, count)))
    low, high = np.nanpercentile(drawn, [2.5, 97.5])
    return Estimate(value, float(low), float(high), count)


def ratio(scores: Sequence[Score]) -> Statistic:
    """Σ gained / Σ possible of the questions drawn."""
    gained, possible = _columns(scores)
    return lambda drawn: _divided(gained[drawn].sum(axis=1), possible[drawn].sum(axis=1))


def difference(scores: Sequence[Score], before: Sequence[Score]) -> Statistic:
    """What a figure is less what it was, of the same questions drawn for both."""
    now, then = ratio(scores), ratio(before)
    return lambda drawn: now(drawn) - then(drawn)


def percentile_of(values: Sequence[float], q: float) -> Statistic:
    """The q-th percentile (0 to 100) of the questions drawn."""
    array = np.array(values, dtype=np.float64)
    return lambda drawn: np.asarray(np.percentile(array[drawn], q, axis=1), dtype=np.float64)


def _columns(scores: Sequence[Score]) -> tuple[Floats, Floats]:
    return np.array([s.gained for s in scores], dtype=float), np.array([s.possible for s in scores], dtype=float)


def _divided(gained: Floats, possible: Floats) -> Floats:
    undefined: Floats = np.full(gained.shape, np.nan)
    return np.divide(gained, possible, out=undefined, where=possible > 0)
