"""Filters for the units that a search is kept to."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

# Conditions of one filter: the server parses them anew for each search.
_MANY = 500


def within(among: Sequence[int]) -> list[str]:
    """Filters that together let pass these unit ids alone: ranges, for the units of a document follow one another."""
    ids = np.unique(np.asarray(among, dtype=np.int64))
    runs = np.split(ids, np.flatnonzero(np.diff(ids) > 1) + 1)
    ranges = [f"unit_id >= {run[0]} and unit_id <= {run[-1]}" for run in runs if len(run) > 1]
    alone = [int(run[0]) for run in runs if len(run) == 1]
    parts = [f"({each})" for each in ranges] + [
        f"unit_id in {alone[first : first + _MANY]}" for first in range(0, len(alone), _MANY)
    ]
    return [" or ".join(parts[first : first + _MANY]) for first in range(0, len(parts), _MANY)]
