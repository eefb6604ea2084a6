"""How well a question's tokens fit the best passage beside the others: each number worked out by hand."""

from __future__ import annotations

import pytest

from assistant.token_fit import TOKEN_FEATURES, token_fit


def fits(*rows: tuple[float, ...]) -> dict[str, float]:
    return dict(zip(TOKEN_FEATURES, token_fit(rows), strict=True))


def test_beside_two_others() -> None:
    """With fewer than six others their own mean is what any passage has: .4 and .5."""
    found = fits((0.9, 0.5), (0.6, 0.2), (0.2, 0.8))
    assert found["excess"] == pytest.approx(((0.9 - 0.4) + (0.5 - 0.5)) / 2)
    assert found["weakest"] == 0.5
    assert found["quarter"] == pytest.approx(0.6)
    # The best of all leads what any has by .5 and .3.
    assert found["telling"] == pytest.approx((0.9 * 0.5 + 0.5 * 0.3) / 0.8)
    assert found["worst_telling"] == pytest.approx(0.3 * 0.5)
    assert found["deficit"] == pytest.approx((0 + 0.3) / 2)
    assert found["worst_deficit"] == pytest.approx(0.3)
    assert found["lead"] == 0.5
    assert found["floor"] == 0.0


def test_what_any_passage_has_is_told_by_the_sixth_and_later() -> None:
    near = [(0.8,)] * 4
    assert fits((0.9,), *near, (0.3,), (0.1,))["excess"] == pytest.approx(0.9 - 0.2)


def test_the_floor_is_that_of_the_sixteenth_and_later() -> None:
    rows = [(0.9,)] * 15
    assert fits(*rows)["floor"] == 0.0
    assert fits(*rows, (0.2,), (0.4,))["floor"] == pytest.approx(0.3)


@pytest.mark.parametrize("rows", [(), ((0.5,),), ((), ()), ((), (0.5,), (0.4,))])
def test_nothing_to_compare(rows: tuple[tuple[float, ...], ...]) -> None:
    assert set(token_fit(rows)) == {0.0}
