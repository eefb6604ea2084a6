"""Which points of two documents correspond, of the scores of all pairs: pure functions of arrays."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
#: The share of a row that some columns hold together, and of a column that some rows do, 0 to 1.
Covered = Callable[[int, Sequence[int]], float]
# Points that are looked at for each that one may join.
_LOOKED_AT = 8


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


@dataclass(frozen=True, order=True)
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
    # It takes half a second to load, and only comparing needs it.
    from scipy.optimize import linear_sum_assignment

    # Below the bound no pair is worth anything, so that none is made at the cost of one that is.
    rows, columns = linear_sum_assignment(np.maximum(scores - bounds.least, 0), maximize=True)
    pairs = [(int(i), int(j)) for i, j in zip(rows, columns, strict=True) if scores[i, j] >= bounds.least]
    groups = [Group((i,), (j,)) for i, j in pairs]
    free_a = set(range(scores.shape[0])) - {i for i, _ in pairs}
    free_b = set(range(scores.shape[1])) - {j for _, j in pairs}
    joining = _Joining(scores, rows_covered, columns_covered, bounds)
    waiting = [each for at, group in enumerate(groups) for each in joining.candidates(at, group, free_a, free_b)]
    heapify(waiting)
    while waiting:
        _, at, was, grown = heappop(waiting)
        if groups[at] != was or not (set(grown.a) - set(was.a) <= free_a and set(grown.b) - set(was.b) <= free_b):
            continue
        groups[at] = grown
        free_a -= set(grown.a)
        free_b -= set(grown.b)
        for each in joining.candidates(at, grown, free_a, free_b):
            heappush(waiting, each)
    return sorted(groups)


#: A group that may grow: less its gain, so that the smallest is the best, its place, what it was and what it is then.
_Candidate = tuple[float, int, Group, Group]


@dataclass(frozen=True)
class _Joining:
    scores: Floats
    rows_covered: Covered
    columns_covered: Covered
    bounds: Bounds

    def candidates(self, at: int, group: Group, free_a: Set[int], free_b: Set[int]) -> Iterator[_Candidate]:
        """What a group can grow to by one more point that completes it."""
        if len(group.a) == 1 and len(group.b) < self.bounds.most:
            row = group.a[0]
            alone = self.rows_covered(row, group.b)
            for j in self._nearest(self.scores[row], free_b):
                grown = Group(group.a, _with(group.b, j))
                gain = self.rows_covered(row, grown.b) - alone
                if gain >= self.bounds.gain:
                    yield -gain, at, group, grown
        if len(group.b) == 1 and len(group.a) < self.bounds.most:
            column = group.b[0]
            alone = self.columns_covered(column, group.a)
            for i in self._nearest(self.scores[:, column], free_a):
                grown = Group(_with(group.a, i), group.b)
                gain = self.columns_covered(column, grown.a) - alone
                if gain >= self.bounds.gain:
                    yield -gain, at, group, grown

    def _nearest(self, scores: Floats, free: Set[int]) -> list[int]:
        """The best of what is free: more than a few would take long in a text that repeats itself."""
        fitting = [n for n in free if scores[n] >= self.bounds.least_joining]
        return sorted(fitting, key=lambda n: (-scores[n], n))[:_LOOKED_AT]


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
