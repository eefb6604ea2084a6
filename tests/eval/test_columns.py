"""Rows of cells set as columns."""

from __future__ import annotations

import pytest

from eval.columns import in_columns, number


def test_columns_are_as_wide_as_their_widest_cell() -> None:
    rows = [["figure", "a", "bbb"], ["x", "1000", ""], ["yy", "", "2"]]
    assert in_columns(rows).splitlines() == [
        "figure     a  bbb",
        "x       1000",
        "yy              2",
    ]


def test_columns_on_the_left_are_set_to_the_left() -> None:
    assert in_columns([["a", "b", "c"], ["aaa", "bb", "ccc"]], left=2).splitlines() == [
        "a    b     c",
        "aaa  bb  ccc",
    ]
    assert in_columns([["a"], ["bb"]], left=0) == " a\nbb"


@pytest.mark.parametrize(
    ("value", "digits", "shown"),
    [(0.12345, 3, "0.123"), (1.0, 3, "1.000"), (12.6, 0, "13"), (-0.5, 1, "-0.5"), (0.0, 2, "0.00"), (None, 3, "–")],
)
def test_a_number_or_a_dash(value: float | None, digits: int, shown: str) -> None:
    assert number(value, digits) == shown
