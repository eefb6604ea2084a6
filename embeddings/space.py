"""The space that vectors are compared in: centred on each language, so that languages compare with one another.

Vectors of one language share a part that says nothing of their meaning, and it differs between languages. Subtracting
each language's mean takes that part away, and with it most of the hubs, texts that are near to every question (Suzuki
et al. 2013, "Centering Similarity Measures to Reduce Hubs"). Measured on XQuAD in docs/benchmarks.md.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

_SMALLEST = 1e-12


@dataclass(frozen=True)
class Centre:
    """The mean of a language's vectors (d,) and of its token states (d,), each taken over rows of length one."""

    vector: Floats
    state: Floats

    @classmethod
    def nowhere(cls, dimension: int) -> Centre:
        """A centre that leaves vectors where they are."""
        return cls(np.zeros(dimension, np.float32), np.zeros(dimension, np.float32))


def centred(rows: Floats, centre: Floats) -> Floats:
    """Rows (n, d) moved by a centre (d,), each of length one again."""
    moved = rows - centre
    lengths = np.maximum(np.linalg.norm(moved, axis=-1, keepdims=True), _SMALLEST)
    return np.asarray(moved / lengths, dtype=np.float32)


def centred_cosines(rows: Floats, centre: Floats, queries: Floats) -> Floats:
    """Cosines (n, q) of rows (n, d) of length one, moved by their centre (d,), with centred queries (q, d).

    The same as ``centred(rows, centre) @ queries.T`` without a copy of the rows: (r - c)·q / |r - c|, where
    |r - c|² = 1 - 2 r·c + c·c.
    """
    return _moved(rows @ queries.T, rows @ centre, centre, queries)


def packed_cosines(states: NDArray[np.int8], scales: NDArray[np.float16], centre: Floats, queries: Floats) -> Floats:
    """:func:`centred_cosines` (n, q) of rows as :func:`pack` gives them, (n, d) and (n,), without unpacking them."""
    products = states.astype(np.float32) @ np.vstack([queries, centre]).T
    products *= scales[:, None].astype(np.float32)
    return _moved(products[:, :-1], products[:, -1], centre, queries)


def pack(states: Floats) -> tuple[NDArray[np.int8], NDArray[np.float16]]:
    """States (t, d) in a quarter of their room: bytes (t, d), and for each row what a step is worth (t,)."""
    scales = np.maximum(np.abs(states).max(axis=1, initial=0.0) / 127, np.finfo(np.float16).tiny).astype(np.float16)
    steps = np.rint(states / scales[:, None].astype(np.float32))
    return np.clip(steps, -127, 127).astype(np.int8), scales


def unpack(states: NDArray[np.int8], scales: NDArray[np.float16]) -> Floats:
    """States (t, d) as they were before :func:`pack`, to within half a step."""
    return np.asarray(states.astype(np.float32) * scales[:, None].astype(np.float32), dtype=np.float32)


def _moved(dots: Floats, off: Floats, centre: Floats, queries: Floats) -> Floats:
    """Cosines of rows moved by a centre, of their products with queries (n, q) and with the centre (n,)."""
    lengths = np.sqrt(np.maximum(1 - 2 * off + centre @ centre, _SMALLEST))
    return np.asarray((dots - centre @ queries.T) / lengths[:, None], dtype=np.float32)
