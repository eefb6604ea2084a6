"""Which points of two documents correspond, of the scores of all pairs: pure functions of arrays."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

Floats = NDArray[np.float64]
#: The share of a row that some columns hold together, and of a column that some rows do, 0 to 1.
Covered = Callable[[int, Sequence[int]], float]


@dataclass(frozen=True)
class Bounds:
    """What makes a correspondence.

    ``least`` is the score of two points that correspond. A third joins them where it scores ``least_joining`` with the
    one it meets and the two together hold of that one a share larger by ``gain`` than the first alone; at most ``most``
    points meet one.
    """

    least: float
    least_joining: float
    gain: float
    most: int = 3


@dataclass(frozen=True)
class Group:
    """Rows and columns that correspond, in order; one of the two holds a single one."""

    a: tuple[int, ...]
    b: tuple[int, ...]


def correspondences(scores: Floats, rows_covered: Covered, columns_covered: Covered, bounds: Bounds) -> list[Group]:
    """The groups of rows and columns that correspond; each row and column is in one at most.

    First the assignment of one to one with the largest sum of scores above the bound (Kuhn 1955), then, best first,
    what is left joins the pair that it completes.

    Args:
        scores: (rows, columns), 0 to 1.
        rows_covered: how much of a row some columns hold.
        columns_covered: how much of a column some rows hold.
        bounds: what makes a correspondence.
    """
    if not scores.size:
        return []
    # Below the bound no pair is worth anything, so that none is made at the cost of one that is.
    rows, columns = linear_sum_assignment(np.maximum(scores - bounds.least, 0), maximize=True)
    pairs = [(int(i), int(j)) for i, j in zip(rows, columns, strict=True) if scores[i, j] >= bounds.least]
    groups = [Group((i,), (j,)) for i, j in pairs]
    free_a = sorted(set(range(scores.shape[0])) - {i for i, _ in pairs})
    free_b = sorted(set(range(scores.shape[1])) - {j for _, j in pairs})
    while best := _best_joining(groups, free_a, free_b, scores, rows_covered, columns_covered, bounds):
        at, grown = best
        for free, members in ((free_a, grown.a), (free_b, grown.b)):
            free[:] = [n for n in free if n not in members]
        groups[at] = grown
    return sorted(groups, key=lambda group: (group.a, group.b))


def _best_joining(
    groups: Sequence[Group], free_a: Sequence[int], free_b: Sequence[int], scores: Floats, rows_covered: Covered,
    columns_covered: Covered, bounds: Bounds,
) -> tuple[int, Group] | None:  # fmt: skip
    """The group that gains most by one more point, and what it then is."""
    found: list[tuple[float, int, Group]] = []
    for at, group in enumerate(groups):
        if len(group.a) == 1 and len(group.b) < bounds.most:
            row = group.a[0]
            alone = rows_covered(row, group.b)
            for j in free_b:
                if scores[row, j] >= bounds.least_joining:
                    grown = Group(group.a, _with(group.b, j))
                    found.append((rows_covered(row, grown.b) - alone, at, grown))
        if len(group.b) == 1 and len(group.a) < bounds.most:
            column = group.b[0]
            alone = columns_covered(column, group.a)
            for i in free_a:
                if scores[i, column] >= bounds.least_joining:
                    grown = Group(_with(group.a, i), group.b)
                    found.append((columns_covered(column, grown.a) - alone, at, grown))
    best = max(found, key=lambda each: each[0], default=None)
    return best[1:] if best and best[0] >= bounds.gain else None


def _with(members: Sequence[int], one: int) -> tuple[int, ...]:
    return tuple(sorted((*members, one)))


def out_of_order(groups: Sequence[Group]) -> set[int]:
    """The groups, by their place in the list, that stand elsewhere in the order of columns than in that of rows.

    As few as can be: the others are in one order in both documents.
    """
    order = sorted(range(len(groups)), key=lambda at: groups[at].a)
    # The longest rising row of first columns, each with the one before it.
    longest = [1] * len(order)
    before = [-1] * len(order)
    for n, at in enumerate(order):
        for m in range(n):
            if groups[order[m]].b < groups[at].b and longest[m] + 1 > longest[n]:
                longest[n], before[n] = longest[m] + 1, m
    kept = set()
    n = max(range(len(order)), key=lambda each: longest[each], default=-1)
    while n >= 0:
        kept.add(order[n])
        n = before[n]
    return set(range(len(groups))) - kept
