"""Which rows and columns correspond, held against trying everything; splits, merges, and what moved."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, permutations

import numpy as np
import pytest

from assistant.alignment.assign import Bounds, Group, correspondences, out_of_order

BOUNDS = Bounds(least=0.3, least_joining=0.2, gain=0.1)


def nothing(_one: int, _others: Sequence[int]) -> float:
    return 0.0


def pairs_of(groups: Sequence[Group]) -> set[tuple[int, int]]:
    assert all(len(group.a) == len(group.b) == 1 for group in groups)
    return {(group.a[0], group.b[0]) for group in groups}


def best_by_trying(scores: np.ndarray, least: float) -> float:
    """The largest sum of scores above the bound over all ways to pair rows and columns off, one by one."""
    rows, columns = scores.shape
    best = 0.0
    for n in range(1, min(rows, columns) + 1):
        for some in combinations(range(rows), n):
            for others in permutations(range(columns), n):
                best = max(best, sum(max(scores[i, j] - least, 0) for i, j in zip(some, others, strict=True)))
    return best


@pytest.mark.parametrize("shape", [(1, 1), (2, 4), (4, 3), (5, 5)])
def test_no_other_way_to_pair_off_is_better(shape: tuple[int, int]) -> None:
    random = np.random.default_rng(7)
    for _ in range(20):
        scores = random.random(shape)
        found = pairs_of(correspondences(scores, nothing, nothing, BOUNDS))
        assert all(scores[pair] >= BOUNDS.least for pair in found)
        gained = sum(scores[pair] - BOUNDS.least for pair in found)
        assert gained == pytest.approx(best_by_trying(scores, BOUNDS.least))


def test_nothing_corresponds_below_the_bound_or_where_there_is_nothing() -> None:
    assert correspondences(np.full((3, 3), 0.29), nothing, nothing, BOUNDS) == []
    assert correspondences(np.zeros((0, 4)), nothing, nothing, BOUNDS) == []
    assert correspondences(np.zeros((4, 0)), nothing, nothing, BOUNDS) == []


def test_a_pair_is_not_lost_to_two_that_are_none() -> None:
    # Taken by their plain sum, .2 and .25 would be worth more than .4.
    scores = np.array([[0.4, 0.25], [0.2, 0.0]])
    assert pairs_of(correspondences(scores, nothing, nothing, BOUNDS)) == {(0, 0)}


def held(parts: dict[int, set[str]], whole: dict[int, set[str]]) -> tuple[np.ndarray, object, object]:
    """Scores and shares of points that are sets of words: rows ``whole``, columns ``parts``."""
    scores = np.array([[2 * len(x & y) / (len(x) + len(y)) for y in parts.values()] for x in whole.values()])

    def rows(i: int, others: Sequence[int]) -> float:
        return len(whole[i] & set().union(*(parts[j] for j in others))) / len(whole[i])

    def columns(j: int, others: Sequence[int]) -> float:
        return len(parts[j] & set().union(*(whole[i] for i in others))) / len(parts[j])

    return scores, rows, columns


def test_one_that_became_two_is_split_and_two_that_became_one_are_merged() -> None:
    whole = {0: set("abcdef"), 1: set("xyz")}
    parts = {0: set("abcd"), 1: set("efgh"), 2: set("xyz")}
    scores, rows, columns = held(parts, whole)
    assert correspondences(scores, rows, columns, BOUNDS) == [Group((0,), (0, 1)), Group((1,), (2,))]
    assert correspondences(scores.T, columns, rows, BOUNDS) == [Group((0, 1), (0,)), Group((2,), (1,))]


def test_what_adds_nothing_does_not_join_and_no_more_join_than_may() -> None:
    whole = {0: set("abcdef")}
    again = {0: set("abcdef"), 1: set("abcd")}
    assert correspondences(*held(again, whole), BOUNDS) == [Group((0,), (0,))]
    four = {0: set("ab"), 1: set("cd"), 2: set("ef"), 3: set("gh")}
    (group,) = correspondences(*held(four, {0: set("abcdefgh")}), BOUNDS)
    assert len(group.b) == BOUNDS.most == 3


@pytest.mark.parametrize(
    ("columns", "moved"),
    [([0, 1, 2], set()), ([2, 0, 1], {0}), ([1, 2, 0], {2}), ([], set()), ([0, 3, 1, 2], {1}), ([5], set())],
)
def test_as_few_moved_as_can_be(columns: list[int], moved: set[int]) -> None:
    assert out_of_order([Group((i,), (j,)) for i, j in enumerate(columns)]) == moved


def test_the_others_are_in_one_order_and_no_larger_number_is() -> None:
    random = np.random.default_rng(3)
    for _ in range(30):
        columns = random.permutation(7).tolist()
        moved = out_of_order([Group((i,), (j,)) for i, j in enumerate(columns)])
        stayed = [j for i, j in enumerate(columns) if i not in moved]
        assert stayed == sorted(stayed)
        longest = max(n for n in range(8) for some in combinations(columns, n) if list(some) == sorted(some))
        assert len(stayed) == longest
