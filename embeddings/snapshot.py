"""An index snapshot open for reading: nearest units, and the scores of units, sentences and tokens for a query."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.records import LANGUAGES, Language
from embeddings.memory import mapped
from embeddings.nearest import SIZES, Exact, Form, Ints, Lists, Sizes, Units
from embeddings.space import Centre, Floats, centred, centred_cosines, packed_cosines


@dataclass(frozen=True)
class VectorSet:
    """What a snapshot is built of; a long text has several rows, one a window. All rows are in order of unit id.

    Arrays may be memory-mapped: they are read in parts. ``unit_vectors`` (u, d), float32 or float16, with ``unit_ids``
    (u,) and ``unit_languages`` (u,), positions in ``LANGUAGES``;
    ``sentence_vectors`` (s, d) with ``sentence_keys`` (s, 2): unit id and sentence position; ``states`` (t, d) packed
    with ``state_scales`` (t,) and ``state_units`` (t,); a centre a language. All rows have length one. ``unrefined`` is
    how many sentences of the library have no row yet; their units are ranked without.
    """

    unit_vectors: NDArray[np.floating[Any]]
    unit_ids: Ints
    unit_languages: NDArray[np.int8]
    sentence_vectors: NDArray[np.float16]
    sentence_keys: Ints
    states: NDArray[np.int8]
    state_scales: NDArray[np.float16]
    state_units: Ints
    centres: dict[Language, Centre]
    unrefined: int = 0


@dataclass(frozen=True)
class Query:
    """A question to search for: its vector (d,), the states of its tokens (t, d), and its language.

    ``centred`` is False for plain cosines, which mean less between languages.
    """

    vector: Floats
    states: Floats
    language: Language
    centred: bool = True


@dataclass(frozen=True)
class Manifest:
    """What a snapshot's folder says of itself: what it was built from, how many rows, a checksum of each file.

    ``form`` is how it holds the vectors of units.
    """

    format: int
    library: str
    generation: int
    fingerprint: str
    dimension: int
    units: int
    sentences: int
    states: int
    files: dict[str, str]
    form: Form = "exact"


class Snapshot:
    """Vectors of one generation of the library by one model, open for reading.

    Scores are cosines after each language's centre is taken away (:mod:`embeddings.space`). The units that one call
    asks about are all of one language.
    """

    def __init__(self, folder: Path, manifest: Manifest, sizes: Sizes = SIZES) -> None:
        self._manifest = manifest
        self._unit_ids: Ints = np.load(folder / "unit_ids.npy")
        self._languages = np.load(folder / "unit_languages.npy")
        self._sentences = mapped(folder / "sentences.npy")
        self._sentence_keys: Ints = np.load(folder / "sentence_keys.npy")
        self._states = mapped(folder / "states.npy")
        self._state_scales = np.load(folder / "state_scales.npy")
        self._state_units: Ints = np.load(folder / "state_units.npy")
        centres = np.load(folder / "centres.npy")
        self._centres = {name: Centre(*centres[at]) for at, name in enumerate(LANGUAGES)}
        self._nowhere = Centre.nowhere(manifest.dimension)
        self._unit_rows, self._sentence_rows = _Rows(self._unit_ids), _Rows(self._sentence_keys[:, 0])
        self._state_rows = _Rows(self._state_units)
        self._rows = {name: np.flatnonzero(self._languages == at) for at, name in enumerate(LANGUAGES)}
        self._units: Units = Exact(folder, self._rows) if manifest.form == "exact" else Lists(folder, self._rows, sizes)
        self.unit_count = len(np.unique(self._unit_ids))
        self.sentence_count = _runs(self._sentence_keys)
        self.state_count = len(self._states)
        self.unrefined = int(np.load(folder / "unrefined.npy"))
        shapes = (
            self._units.dimension,
            self._units.count,
            len(self._unit_ids),
            *self._sentences.shape,
            *self._states.shape,
        )
        said = (manifest.units, manifest.units, manifest.sentences, manifest.dimension, manifest.states)
        if shapes != (manifest.dimension, *said, manifest.dimension) or len(self._sentence_keys) != manifest.sentences:
            raise ValueError(f"arrays of {shapes}, which is not what the manifest says")

    @property
    def generation(self) -> int:
        """The generation of the library it was built from."""
        return self._manifest.generation

    @property
    def fingerprint(self) -> str:
        """The model its vectors are of."""
        return self._manifest.fingerprint

    def nearest(self, query: Query, language: Language, limit: int, among: Sequence[int] | None = None) -> list[int]:
        """Ids of the units of one language, or those ``among`` them, nearest to a query by plain cosine, best first."""
        rows = None
        if among is not None:
            rows, _ = self._unit_rows.of(np.unique(np.asarray(among, dtype=np.int64)))
            rows = rows[self._languages[rows] == LANGUAGES.index(language)]
        if not len(self._rows[language] if rows is None else rows):
            return []
        found = self._units.nearest(query.vector, language, rows, limit)
        return list(dict.fromkeys(self._unit_ids[found].tolist()))

    def unit_scores(self, query: Query, unit_ids: list[int], language: Language) -> dict[int, float]:
        """Score of each unit's vector; of several windows the best."""
        rows, owners = self._unit_rows.of(unit_ids)
        scores = self._scores(self._units.rows(rows), query, language) if len(rows) else np.zeros(0)
        return _best(owners, scores)

    def sentence_scores(self, query: Query, unit_ids: list[int], language: Language) -> dict[int, dict[int, float]]:
        """Score of each sentence of each unit, by unit id and sentence position."""
        rows, owners = self._sentence_rows.of(unit_ids)
        scores = self._scores(np.asarray(self._sentences[rows], dtype=np.float32), query, language)
        positions = self._sentence_keys[rows, 1]
        # The windows of a sentence follow one another.
        firsts = _starts(owners, positions)
        scores = np.maximum.reduceat(scores, firsts) if len(firsts) else scores
        owners, said, cosines = owners[firsts], positions[firsts].tolist(), scores.tolist()
        starts = _starts(owners).tolist()
        result: dict[int, dict[int, float]] = {unit_id: {} for unit_id in unit_ids}
        for start, end in pairwise([*starts, len(said)]):
            result[int(owners[start])] = dict(zip(said[start:end], cosines[start:end], strict=True))
        return result

    def token_scores(self, query: Query, unit_ids: list[int], language: Language) -> dict[int, float]:
        """MaxSim of each unit: the mean, over the query's tokens, of the best score among the unit's tokens.

        Khattab and Zaharia 2020 ("ColBERT"), here with the states of a model that was not trained for it. Units of a
        model without token states have none.
        """
        return {i: float(best.mean()) for i, best in self.token_matches(query, unit_ids, language).items()}

    def token_matches(self, query: Query, unit_ids: list[int], language: Language) -> dict[int, Floats]:
        """The best score of each of the query's tokens among those of each unit: (t,) a unit."""
        rows, owners = self._state_rows.of(sorted(unit_ids))
        if not len(rows) or not len(query.states):
            return {}
        text, own = self._centres_of(query, language)
        queries = centred(query.states, own.state)
        scores = packed_cosines(self._states[rows], self._state_scales[rows], text.state, queries)
        starts = _starts(owners)
        best = np.maximum.reduceat(scores, starts, axis=0)
        return {int(owners[start]): row for start, row in zip(starts, best, strict=True)}

    def _scores(self, rows: Floats, query: Query, language: Language) -> Floats:
        text, own = self._centres_of(query, language)
        return centred_cosines(rows, text.vector, centred(query.vector[None], own.vector))[:, 0]

    def _centres_of(self, query: Query, language: Language) -> tuple[Centre, Centre]:
        if not query.centred:
            return self._nowhere, self._nowhere
        return self._centres[language], self._centres[query.language]


class _Rows:
    """Which rows belong to which unit, of rows in order of unit id: 4 bytes a unit id."""

    def __init__(self, owners: Ints) -> None:
        self._end = int(owners[-1]) + 1 if len(owners) else 0
        # Looking for each unit of a question among a million rows takes milliseconds.
        self._starts = np.searchsorted(owners, np.arange(self._end + 1)).astype(np.int32)

    def of(self, unit_ids: list[int] | Ints) -> tuple[Ints, Ints]:
        """The rows that belong to units, and which unit each belongs to."""
        wanted = np.asarray(unit_ids, dtype=np.int64)
        firsts = self._starts[np.minimum(wanted, self._end)].astype(np.int64)
        counts = self._starts[np.minimum(wanted + 1, self._end)] - firsts
        # The rows of each unit follow one another: how far each is from its unit's first.
        offsets = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        return np.repeat(firsts, counts) + offsets, np.repeat(wanted, counts)


def _runs(keys: Ints) -> int:
    """How many different rows there are among rows (n, k) of which equal ones follow one another."""
    return int((keys[1:] != keys[:-1]).any(axis=1).sum()) + bool(len(keys))


def _best(owners: Ints, scores: NDArray[np.floating[Any]]) -> dict[int, float]:
    """The best score of each owner; what belongs to one stands together."""
    starts = _starts(owners)
    best = np.maximum.reduceat(scores, starts) if len(starts) else scores
    return dict(zip(owners[starts].tolist(), best.tolist(), strict=True))


def _starts(*keys: Ints) -> Ints:
    """Where, in columns of keys of which equal ones follow one another, the rows of another key begin."""
    other = np.zeros(max(0, len(keys[0]) - 1), dtype=bool)
    for column in keys:
        other |= column[1:] != column[:-1]
    return np.flatnonzero(np.r_[np.ones(min(1, len(keys[0])), dtype=bool), other])
