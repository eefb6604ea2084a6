"""The space of comparison: fast formulas against the obvious ones, and how much packing loses."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from embeddings.space import Centre, centred, centred_cosines, pack, packed_cosines, unpack

Floats = NDArray[np.float32]


def unit_length(rows: NDArray[np.float64]) -> Floats:
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


def random_rows(seed: int, count: int, dimension: int) -> Floats:
    return unit_length(np.random.default_rng(seed).normal(size=(count, dimension)))


def slow_cosine(row: Floats, centre: Floats, query: Floats) -> float:
    """The cosine of a row moved by its centre with a query, a number after the other."""
    moved = [a - b for a, b in zip(row.tolist(), centre.tolist(), strict=True)]
    dot = sum(a * b for a, b in zip(moved, query.tolist(), strict=True))
    return float(dot / (sum(a * a for a in moved) ** 0.5 * sum(b * b for b in query.tolist()) ** 0.5))


def test_a_centre_by_eye() -> None:
    rows = np.array([[1, 0], [0, 1], [-1, 0]], np.float32)
    centre = np.array([0, 1], np.float32)
    half = 0.5**0.5
    np.testing.assert_allclose(centred(rows, centre), [[half, -half], [0, 0], [-half, -half]], atol=1e-6)
    assert centred(rows, centre).dtype == np.float32
    north, south = np.array([[0, 1]], np.float32), np.array([[0, -1]], np.float32)
    np.testing.assert_allclose(centred_cosines(rows[[0, 2]], centre, np.r_[north, south]), [[-half, half]] * 2)


@pytest.mark.parametrize("dimension", [2, 32, 384])
@pytest.mark.parametrize("size", [0.0, 0.3, 0.95])
def test_cosines_are_those_of_the_obvious_formula(dimension: int, size: float) -> None:
    rows, queries = random_rows(1, 20, dimension), random_rows(2, 7, dimension)
    centre = size * random_rows(3, 1, dimension)[0]
    fast = centred_cosines(rows, centre, queries)
    assert (fast.shape, fast.dtype) == ((20, 7), np.float32)
    np.testing.assert_allclose(fast, centred(rows, centre) @ queries.T, atol=1e-4)
    slow = [[slow_cosine(row, centre, query) for query in queries] for row in rows]
    np.testing.assert_allclose(fast, slow, atol=1e-4)


@pytest.mark.parametrize("size", [0.0, 0.3, 0.95])
def test_cosines_of_packed_rows_are_those_of_the_same_unpacked(size: float) -> None:
    packed, scales = pack(random_rows(1, 20, 32))
    centre, queries = size * random_rows(3, 1, 32)[0], random_rows(2, 7, 32)
    expected = centred_cosines(unpack(packed, scales), centre, queries)
    np.testing.assert_allclose(packed_cosines(packed, scales, centre, queries), expected, atol=1e-5)
    none = packed_cosines(packed[:0], scales[:0], centre, queries), packed_cosines(packed, scales, centre, queries[:0])
    assert [found.shape for found in none] == [(0, 7), (20, 0)]


def test_nothing_moves_rows_where_there_is_no_centre() -> None:
    rows, queries = random_rows(4, 9, 16), random_rows(5, 3, 16)
    nowhere = Centre.nowhere(16)
    assert nowhere.vector.shape == nowhere.state.shape == (16,)
    np.testing.assert_allclose(centred(rows, nowhere.vector), rows, atol=1e-6)
    np.testing.assert_allclose(centred_cosines(rows, nowhere.state, queries), rows @ queries.T, atol=1e-6)


def test_no_rows_and_no_queries() -> None:
    none, some, centre = np.zeros((0, 4), np.float32), random_rows(6, 3, 4), np.full(4, 0.1, np.float32)
    assert centred(none, centre).shape == (0, 4)
    assert centred_cosines(none, centre, some).shape == (0, 3)
    assert centred_cosines(some, centre, none).shape == (3, 0)


def test_a_row_that_is_zero_or_the_centre_itself_gives_numbers() -> None:
    centre = random_rows(7, 1, 8)[0]
    rows = np.stack([np.zeros(8, np.float32), centre, -centre])
    for scores in (centred(rows, centre), centred_cosines(rows, centre, random_rows(8, 5, 8))):
        assert np.isfinite(scores).all()
        assert np.abs(scores).max() <= 1 + 1e-3
    np.testing.assert_array_equal(centred(np.zeros((1, 8), np.float32), np.zeros(8, np.float32)), 0)


@pytest.mark.parametrize("dimension", [2, 32, 384])
def test_what_is_packed_comes_back_to_within_half_a_step(dimension: int) -> None:
    states = random_rows(9, 200, dimension)
    packed, scales = pack(states)
    assert (packed.shape, packed.dtype, scales.shape, scales.dtype) == (states.shape, np.int8, (200,), np.float16)
    steps = np.abs(states).max(axis=1) / 127
    # A step is kept in half precision, which has eleven bits, so the longest entry may be off by a little more.
    slack = np.abs(states).max(axis=1) / 2**11
    assert (np.abs(unpack(packed, scales) - states) <= (steps / 2 + slack)[:, None]).all()
    assert unpack(packed, scales).dtype == np.float32
    cosines = (unit_length(unpack(packed, scales).astype(np.float64)) * states).sum(axis=1)
    assert cosines.min() > 0.999


def test_packing_by_eye() -> None:
    packed, scales = pack(np.array([[1, -1, 0.5, 0], [0, 0, 0, 1]], np.float32))
    assert packed.tolist() == [[127, -127, 64, 0], [0, 0, 0, 127]]
    np.testing.assert_allclose(scales.astype(np.float32), 1 / 127, rtol=1e-3)


def test_zero_rows_and_no_rows_are_packed_too() -> None:
    packed, scales = pack(np.zeros((2, 5), np.float32))
    assert not packed.any()
    assert (scales > 0).all()
    np.testing.assert_array_equal(unpack(packed, scales), np.zeros((2, 5)))
    for none in (np.zeros((0, 5), np.float32), np.zeros((0, 0), np.float32)):
        packed, scales = pack(none)
        assert unpack(packed, scales).shape == none.shape
        assert scales.shape == (0,)
