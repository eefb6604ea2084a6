"""The vectors of units, fetched from a server by unit and kept for a while."""

from __future__ import annotations

import threading
from collections import OrderedDict
from itertools import groupby
from typing import Any

import numpy as np
from numpy.typing import NDArray

from embeddings.milvus.schema import SENTENCES, Part, collection
from embeddings.milvus.server import Server
from embeddings.space import Floats

# Units whose vectors are fetched at once, a megabyte; and kept, because a question looks at the best of them again.
_UNITS_A_CALL, _UNITS_KEPT = 200, 4_000

#: Of each row of a unit the position of its sentence (n,), and its vector (n, d).
Rows = tuple[NDArray[np.int64], Floats]


class Fetched:
    """The rows of one collection of a build, by unit. Safe to use from several threads."""

    def __init__(self, server: Server, build: str, part: Part, consistency: str) -> None:
        self._server, self._build, self._part, self._consistency = server, build, part, consistency
        self._rows: OrderedDict[int, Rows] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, unit_ids: list[int]) -> dict[int, Rows]:
        """The rows of each unit that has any, in the order of the ids.

        Raises:
            VectorServerError: the server does not answer.
        """
        with self._lock:
            held = {i: self._rows[i] for i in unit_ids if i in self._rows}
            for i in held:
                self._rows.move_to_end(i)
        missing = sorted(set(unit_ids) - held.keys())
        for first in range(0, len(missing), _UNITS_A_CALL):
            held |= self._fetch(missing[first : first + _UNITS_A_CALL])
        return {i: held[i] for i in unit_ids if i in held}

    def _fetch(self, unit_ids: list[int]) -> dict[int, Rows]:
        position = "sentence" if self._part == SENTENCES else "unit_id"
        rows = self._server.read(
            "query", collection(self._build, self._part), filter=f"unit_id in {unit_ids}",
            output_fields=["row", "unit_id", position, "vector"], consistency_level=self._consistency,
        )  # fmt: skip
        by_unit = groupby(sorted(rows, key=lambda row: int(row["row"])), key=lambda row: int(row["unit_id"]))
        found = {i: _rows_of(list(of), position) for i, of in by_unit}
        with self._lock:
            self._rows.update(found)
            while len(self._rows) > _UNITS_KEPT:
                self._rows.popitem(last=False)
        return found


def _rows_of(rows: list[dict[str, Any]], position: str) -> Rows:
    return np.array([row[position] for row in rows], np.int64), np.array([row["vector"] for row in rows], np.float32)
