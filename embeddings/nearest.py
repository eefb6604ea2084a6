"""How the units nearest to a vector are found: every row looked at while they are few, else by lists of neighbours.

The rule is :class:`Sizes`; docs/scale.md has the measurements that its numbers come from.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Protocol

import faiss
import numpy as np
from numpy.typing import NDArray

from corpus.records import LANGUAGES, Language
from embeddings.memory import mapped
from embeddings.space import Floats

Ints = NDArray[np.int64]

#: How a snapshot holds the vectors of units: all in one exact index, or an index a language over quantised codes.
Form = Literal["exact", "lists"]

#: The unit vectors of a snapshot with lists, float16 and memory-mapped: what the lists give is refined from them.
UNIT_ROWS = "units.npy"
# Rows turned into float32 at once: 100 MB of them at 384 dimensions.
_ROWS_A_PART = 1 << 16
# Rows that the centres of lists are learnt from, a list, and how often they are moved; FAISS warns below 39.
_ROWS_A_LIST, _LEAST_ROWS_A_LIST, _ROUNDS = 40, 39, 6
# Bits a dimension of what is searched: of half a million rows one finds .82 of the 200 nearest where two find .96, and
# four take four times as long (docs/scale.md).
_BITS = 2


@dataclass(frozen=True)
class Sizes:
    """From how many rows on an index holds what, and how widely lists are searched.

    ``exact``: with more rows of units than this the exact index gives way to lists (:class:`Lists`).
    ``among``: a search among so few rows looks at each of them, whatever the index.
    ``states``: of a library of more units than this no token states are held, for at 40 KB a unit in the library and as
    much in the index they would take 16 GB. Those of the best units are made for each question then, in a second
    (:mod:`embeddings.on_demand`), so that the limit is as far out as a disk of today allows.
    ``probes``: so many lists of neighbours are searched, and ``refined`` times the rows asked for are scored exactly,
    at least ``least_refined``.
    """

    exact: int = 50_000
    among: int = 5_000
    states: int = 200_000
    probes: int = 256
    refined: int = 4
    least_refined: int = 200

    def form(self, rows: int) -> Form:
        """How so many rows of units are held."""
        return "exact" if rows <= self.exact else "lists"

    def holds_states(self, units: int) -> bool:
        """Whether token states are held of a library of so many units."""
        return units <= self.states


SIZES = Sizes()


class Units(Protocol):
    """The vectors of units, whichever way they are held."""

    count: int
    dimension: int

    def rows(self, at: Ints) -> Floats:
        """Some rows (n, d)."""

    def nearest(self, vector: Floats, language: Language, among: Ints | None, limit: int) -> Ints:
        """The rows nearest to a vector (d,) by its dot product, best first: of a language, or of rows ``among`` it."""


class Exact:
    """All rows in FAISS's flat index, in memory."""

    def __init__(self, folder: Path, rows_of: Mapping[Language, Ints]) -> None:
        self._index = faiss.read_index(str(folder / FILES["exact"][0]))
        self._rows_of = rows_of
        self.count, self.dimension = int(self._index.ntotal), int(self._index.d)

    def rows(self, at: Ints) -> Floats:
        """Some rows (n, d)."""
        return np.asarray(self._index.reconstruct_batch(at))

    def nearest(self, vector: Floats, language: Language, among: Ints | None, limit: int) -> Ints:
        """The rows nearest to a vector, exactly."""
        rows = self._rows_of[language] if among is None else among
        within = faiss.SearchParameters(sel=faiss.IDSelectorBatch(rows))  # type: ignore[call-arg]
        _, found = self._index.search(_one(vector), min(limit, len(rows)), params=within)
        return np.asarray(found[0])


class Lists:
    """An index a language whose rows lie in lists of neighbours, each of two bits a dimension; the nearest lists are
    searched, and what they give is scored again from the rows themselves.

    FAISS's IndexIVFRaBitQFastScan (Jégou, Douze and Schmid 2011 for the lists; Gao and Long 2024, arXiv:2405.12497,
    for the bits).
    """

    def __init__(self, folder: Path, rows_of: Mapping[Language, Ints], sizes: Sizes = SIZES) -> None:
        self._rows = mapped(folder / UNIT_ROWS)
        self._of: dict[Language, Any] = {
            language: faiss.read_index(str(folder / list_file(language))) for language in LANGUAGES
        }
        self._rows_of, self._sizes = rows_of, sizes
        self.count, self.dimension = self._rows.shape
        held = {language: int(index.ntotal) for language, index in self._of.items()}
        if any(held[language] != len(rows_of[language]) or self._of[language].d != self.dimension for language in held):
            raise ValueError(f"lists of {held} rows, which is not what the languages of the units say")

    def rows(self, at: Ints) -> Floats:
        """Some rows (n, d)."""
        return np.asarray(self._rows[at], dtype=np.float32)

    def nearest(self, vector: Floats, language: Language, among: Ints | None, limit: int) -> Ints:
        """The rows nearest to a vector: nearly always the very nearest, in their exact order."""
        own = self._rows_of[language]
        rows = own if among is None else among
        limit = min(limit, len(rows))
        if len(rows) <= self._sizes.among:
            return self._best(vector, rows, limit)
        index = self._of[language]
        # Of few that are let through a wider search finds as many.
        probes = min(index.nlist, math.ceil(self._sizes.probes * len(own) / len(rows)))
        chosen: dict[str, Any] = {"nprobe": probes}
        if among is not None:
            through = np.zeros(len(own), dtype=bool)
            through[np.searchsorted(own, among)] = True
            bits: Any = np.packbits(through, bitorder="little")
            chosen["sel"] = faiss.IDSelectorBitmap(bits)  # type: ignore[call-arg]
        within = faiss.SearchParametersIVF(**chosen)
        looked_at = max(limit * self._sizes.refined, self._sizes.least_refined)
        _, found = index.search(_one(vector), min(looked_at, len(rows)), params=within)
        return self._best(vector, own[found[0][found[0] >= 0]], limit)

    def _best(self, vector: Floats, rows: Ints, limit: int) -> Ints:
        rows = np.sort(rows)
        scores = self.rows(rows) @ vector.astype(np.float32)
        return np.asarray(rows[np.argsort(-scores, kind="stable")[:limit]])


def list_file(language: Language) -> str:
    """The file of a language's lists."""
    return f"units-{language}.faiss"


#: The files that hold the vectors of units, by form.
FILES: Mapping[Form, tuple[str, ...]] = {
    "exact": ("units.faiss",),
    "lists": (UNIT_ROWS, *(list_file(language) for language in LANGUAGES)),
}


def write_units(folder: Path, form: Form, rows: NDArray[np.floating[Any]], languages: NDArray[np.int8]) -> None:
    """Writes the files of a form into a folder: of rows (n, d) of length one with their languages, in ``LANGUAGES``.

    Raises:
        OSError: the folder cannot be written.
    """
    if form == "exact":
        index = faiss.IndexFlatIP(rows.shape[1])
        index.add(np.ascontiguousarray(rows, dtype=np.float32))
        _write(folder / FILES[form][0], index)
        return
    np.save(folder / UNIT_ROWS, np.asarray(rows, dtype=np.float16))
    for at, language in enumerate(LANGUAGES):
        _write(folder / list_file(language), make_lists(rows, np.flatnonzero(languages == at)))


def make_lists(rows: NDArray[np.floating[Any]], chosen: Ints) -> Any:
    """FAISS's index of some of the rows (n, d): 2√n lists, two bits a dimension."""
    dimension, count = rows.shape[1], len(chosen)
    lists = max(1, min(round(2 * math.sqrt(count)), count // _LEAST_ROWS_A_LIST))
    index: Any = faiss.index_factory(dimension, f"IVF{lists},RaBitQfs{_BITS}", faiss.METRIC_INNER_PRODUCT)
    index.cp.niter, index.cp.max_points_per_centroid = _ROUNDS, _ROWS_A_LIST
    # Evenly spaced, so that the documents of all times have their share.
    sample = chosen[np.linspace(0, count - 1, min(count, lists * _ROWS_A_LIST)).astype(np.int64)] if count else chosen
    # An index of no rows is trained on one, for it must be trained.
    index.train(_floats(rows[sample]) if count else np.zeros((1, dimension), np.float32))
    for part in _parts(chosen):
        index.add(_floats(rows[part]))
    return index


def _parts(rows: Ints) -> Iterator[Ints]:
    for first in range(0, len(rows), _ROWS_A_PART):
        yield rows[first : first + _ROWS_A_PART]


def _write(path: Path, index: Any) -> None:
    # FAISS's own writer does not notice when the last bytes do not reach a full disk.
    path.write_bytes(faiss.serialize_index(index).data)


def _floats(rows: NDArray[Any]) -> Floats:
    return np.ascontiguousarray(rows, dtype=np.float32)


def _one(vector: Floats) -> Floats:
    return vector.reshape(1, -1).astype(np.float32)
