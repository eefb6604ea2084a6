"""How well the tokens of a question fit the best passage, and how well they fit the others, as numbers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

#: The features of :func:`token_fit`, in order.
TOKEN_FEATURES = (
    "excess",
    "weakest",
    "quarter",
    "telling",
    "deficit",
    "worst_deficit",
    "worst_telling",
    "lead",
    "floor",
)

# Passages from here on are taken for what any of the library has of the question, those behind for its floor.
_ANY = 5
_FLOOR = 14
# A token that fits this much less well than anywhere else still fits as well.
_AS_WELL = 0.005


def token_fit(by_token: Sequence[Sequence[float]]) -> tuple[float, ...]:
    """Features of the best cosine of each token in each passage, best passage first.

    With b the row of the best passage, r those of the others, m the mean of those from the sixth on and t the best of
    all others: ``excess`` is mean(b - m), ``weakest`` the mean of the lowest fifth of b, ``quarter`` its lower
    quartile; ``telling`` the mean of b weighted by how much each token tells passages apart, w = max(t, b) - m;
    ``deficit`` and ``worst_deficit`` the mean and most of what another passage has more, max(0, t - b);
    ``worst_telling`` the most of w (1 - b); ``lead`` the share of tokens that no other passage fits better; ``floor``
    the mean of the passages from the sixteenth on: high where all of a library is of one subject, so that likeness
    tells less.

    Args:
        by_token: (passages, tokens); rows that are empty are left out. All features are 0 without two rows.
    """
    rows = np.array([row for row in by_token if len(row)], dtype=np.float64)
    if len(rows) < 2 or not by_token[0]:
        return (0.0,) * len(TOKEN_FEATURES)
    best, others = rows[0], rows[1:]
    anywhere = (others[_ANY - 1 :] if len(others) > _ANY else others).mean(axis=0)
    most = others.max(axis=0)
    weights = np.maximum(0.02, np.maximum(most, best) - anywhere)
    deficits = np.maximum(0.0, most - best)
    return (
        float((best - anywhere).mean()),
        float(np.sort(best)[: max(1, len(best) // 5)].mean()),
        float(np.quantile(best, 0.25)),
        float((best * weights).sum() / weights.sum()),
        float(deficits.mean()),
        float(deficits.max()),
        float(((1 - best) * weights).max()),
        float((best >= most - _AS_WELL).mean()),
        _mean(rows[_FLOOR + 1 :]),
    )


def _mean(rows: NDArray[np.float64]) -> float:
    return float(rows.mean()) if rows.size else 0.0
