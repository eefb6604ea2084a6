"""Metrics of answers worked by hand, held to slow oracles, and the cases in which there is nothing to divide by."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, permutations
from random import Random

import numpy as np
import pytest

from eval.answer_metrics import (
    answer_coverage,
    area_under_risk_coverage,
    citation_precision,
    citation_recall,
    quote_is_valid,
    risk_coverage,
)

TEXT = "会议于上午 10 时开幕。"


@pytest.mark.parametrize(
    ("cited", "relevant", "expected"),
    [
        (["a", "b"], ["a", "c"], 1 / 2),
        (["a"], ["a", "c"], 1.0),
        (["a", "a", "a", "b"], ["a"], 1 / 2),
        (["b"], ["a"], 0.0),
        (["b"], [], 0.0),
        ([], ["a"], None),
        ([], [], None),
    ],
)
def test_citation_precision(cited: list[str], relevant: list[str], expected: float | None) -> None:
    assert citation_precision(cited, relevant) == expected


@pytest.mark.parametrize(
    ("cited", "any_of", "all_of", "expected"),
    [
        # One of a, b is one thing to cite; c and d are one each.
        (["a"], ["a", "b"], ["c", "d"], 1 / 3),
        (["a", "b"], ["a", "b"], ["c", "d"], 1 / 3),
        (["b", "c"], ["a", "b"], ["c", "d"], 2 / 3),
        (["b", "c", "d", "x"], ["a", "b"], ["c", "d"], 1.0),
        (["c", "c"], [], ["c", "d"], 1 / 2),
        (["b"], ["a", "b"], [], 1.0),
        (["x"], ["a", "b"], [], 0.0),
        ([], ["a"], ["c"], 0.0),
        ([], [], [], None),
        (["x"], [], [], None),
    ],
)
def test_citation_recall(cited: list[str], any_of: list[str], all_of: list[str], expected: float | None) -> None:
    assert citation_recall(cited, any_of, all_of) == expected


@pytest.mark.parametrize(
    ("quote", "start", "end", "expected"),
    [
        ("会议", 0, 2, True),
        (TEXT, 0, 13, True),
        ("会议", 1, 3, False),
        ("上午10时", 3, 10, False),
        ("", 0, 0, False),
        ("", 13, 14, False),
        # Python would count these from the end, or stop at it.
        ("。", -1, 13, False),
        ("。", 12, 14, False),
        ("会议于上午 10 时开幕", 0, -1, False),
        ("会", 1, 0, False),
    ],
)
def test_a_quote_is_what_stands_at_its_span(quote: str, start: int, end: int, expected: bool) -> None:
    assert quote_is_valid(quote, start, end, TEXT) is expected


@pytest.mark.parametrize(
    ("must", "expected"),
    [
        ([["上午10时"]], 1.0),
        ([["上午 10 时"], ["下午3时"]], 1 / 2),
        ([["下午3时", "上午10时"], ["开幕"]], 1.0),
        ([["下午3时"]], 0.0),
        ([["wg.6"], ["Wg. 6"], ["闭幕"]], 2 / 3),
        ([], None),
    ],
)
def test_the_share_of_what_an_answer_must_hold(must: list[list[str]], expected: float | None) -> None:
    assert answer_coverage("会议于上午 10 时\n开幕（WG.6）。", must) == expected


def test_an_empty_answer_holds_nothing() -> None:
    assert answer_coverage("", [["x"]]) == 0.0


def test_the_curve_of_risk_and_coverage() -> None:
    # From the surest: right, wrong, right, wrong.
    assert risk_coverage([0.2, 0.9, 0.6, 0.4], [True, False, True, False]) == [
        (1 / 4, 0.0), (2 / 4, 1 / 2), (3 / 4, 1 / 3), (1.0, 2 / 4),
    ]  # fmt: skip


def test_what_is_equally_sure_is_one_point_of_the_curve() -> None:
    assert risk_coverage([0.5, 0.9, 0.5, 0.5], [True, False, False, True]) == [(1 / 4, 0.0), (1.0, 2 / 4)]
    assert risk_coverage([0.5, 0.5], [True, True]) == [(1.0, 1.0)]
    assert risk_coverage([], []) == []


def curve_by_thresholds(confidences: Sequence[float], wrong: Sequence[bool]) -> list[tuple[float, float]]:
    """The curve the slow way: at each confidence, the share answered by whoever answers from there on."""
    points = []
    for threshold in sorted(set(confidences), reverse=True):
        answered = [bad for confidence, bad in zip(confidences, wrong, strict=True) if confidence >= threshold]
        points.append((len(answered) / len(wrong), sum(answered) / len(answered)))
    return points


def area_over_all_orders(confidences: Sequence[float], wrong: Sequence[bool]) -> float:
    """The area the slow way: the mean over every order in which confidence never rises."""
    areas = []
    for order in permutations(range(len(wrong))):
        if all(confidences[a] >= confidences[b] for a, b in pairwise(order)):
            risks = [sum(wrong[at] for at in order[:k]) / k for k in range(1, len(order) + 1)]
            areas.append(sum(risks) / len(risks))
    return sum(areas) / len(areas)


def area(confidences: Sequence[float], wrong: Sequence[bool]) -> float:
    return float(area_under_risk_coverage(np.array(confidences, dtype=float), np.array(wrong, dtype=float)))


@pytest.mark.parametrize("seed", range(30))
def test_curve_and_area_are_those_of_slow_loops(seed: int) -> None:
    random = Random(seed)
    count = random.randint(1, 6)
    # Few values, so that many are the same.
    confidences = [random.choice([0.1, 0.3, 0.5, 0.7]) for _ in range(count)]
    wrong = [random.random() < 0.5 for _ in range(count)]
    assert risk_coverage(confidences, wrong) == curve_by_thresholds(confidences, wrong)
    assert area(confidences, wrong) == pytest.approx(area_over_all_orders(confidences, wrong))


def test_the_area_worked_by_hand() -> None:
    # Risks 0, 1/2, 1/3, 2/4.
    assert area([0.2, 0.9, 0.6, 0.4], [True, False, True, False]) == pytest.approx((0 + 1 / 2 + 1 / 3 + 2 / 4) / 4)
    # The two equal ones count one half each: risks 1/2, 1/2, then 1/3.
    assert area([0.8, 0.8, 0.1], [True, False, False]) == pytest.approx((1 / 2 + 1 / 2 + 1 / 3) / 3)
    assert area([0.8, 0.1], [False, False]) == 0.0
    assert area([0.8, 0.1], [True, True]) == 1.0


def test_the_area_is_better_where_the_wrong_ones_are_less_sure() -> None:
    wrong = [False, False, True]
    assert area([0.9, 0.8, 0.1], wrong) < area([0.9, 0.1, 0.8], wrong) < area([0.8, 0.1, 0.9], wrong)


@pytest.mark.parametrize("shape", [(4, 5), (2, 3, 5)])
def test_the_area_is_along_the_last_axis(shape: tuple[int, ...]) -> None:
    random = np.random.default_rng(7)
    confidences = random.integers(0, 3, shape) / 2
    wrong = random.integers(0, 2, shape).astype(np.float64)
    areas = area_under_risk_coverage(confidences, wrong)
    assert areas.shape == shape[:-1]
    for at in np.ndindex(shape[:-1]):
        assert areas[at] == pytest.approx(area(list(confidences[at]), list(wrong[at])))
