"""Rows and columns paired off so that the sum of their scores is the largest: the assignment problem.

By shortest augmenting paths (Jonker and Volgenant 1987, as Crouse 2016 has it for rectangles): a row after another
takes the column that costs least, and those that had it take others. It is written here because scipy, whose function
does the same, takes a third of a second to load, for some dozen points.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def best_pairs(scores: Floats) -> list[tuple[int, int]]:
    """The pairs (row, column), one for each row or each column, whichever are fewer, in the order of rows.

    Of several pairings with the same sum it gives the one that scipy's ``linear_sum_assignment`` does.
    """
    if scores.shape[0] > scores.shape[1]:
        return sorted((row, column) for column, row in best_pairs(scores.T))
    costs = -np.ascontiguousarray(scores, dtype=np.float64)
    rows, columns = costs.shape
    # What a row and a column are worth: less these, no pair costs less than nothing, and those that are made nothing.
    of_row, of_column = np.zeros(rows), np.zeros(columns)
    row_of, column_of = np.full(columns, -1), np.full(rows, -1)
    for started in range(rows):
        shortest, before = np.full(columns, np.inf), np.full(columns, -1)
        # From the last to the first, so that of equal columns the first is taken.
        left = np.arange(columns)[::-1].copy()
        row, length, passed, reached = started, 0.0, [], -1
        while True:
            lengths = length + costs[row, left] - of_row[row] - of_column[left]
            shorter = lengths < shortest[left]
            shortest[left[shorter]], before[left[shorter]] = lengths[shorter], row
            here = shortest[left]
            length = float(here.min())
            nearest = np.flatnonzero(here == length)
            # Where a free column is as near as one that is taken, the path ends.
            free = nearest[row_of[left[nearest]] < 0]
            at = int(free[-1] if free.size else nearest[0])
            reached = int(left[at])
            if free.size:
                break
            passed.append(reached)
            row = int(row_of[reached])
            left[at] = left[-1]
            left = left[:-1]
        of_row[started] += length
        for column in passed:
            of_row[row_of[column]] += length - shortest[column]
            of_column[column] -= length - shortest[column]
        while True:
            row = int(before[reached])
            row_of[reached] = row
            reached, column_of[row] = int(column_of[row]), reached
            if row == started:
                break
    return [(row, int(column)) for row, column in enumerate(column_of)]
