"""Vectors to build snapshots of: a few one can check by eye, and many at random."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from corpus.records import LANGUAGES, Language
from embeddings.snapshot import Query, VectorSet
from embeddings.space import Centre, pack

Floats = NDArray[np.float32]

EAST = np.array([1, 0], dtype=np.float32)
NORTH = np.array([0, 1], dtype=np.float32)


def query(vector: Floats, states: Floats | None = None, language: Language = "zh", centred: bool = False) -> Query:
    """A question; its only token looks where it does itself, unless it is given states."""
    return Query(vector, vector[None] if states is None else states, language, centred)


def hand_made() -> VectorSet:
    """Unit 7 looks east in its first window and north in its second, 8 north-east, 9 west; so do sentences and tokens.

    Units 7 and 9 are Chinese and 8 is English. Nothing is moved by the centres.
    """
    states, scales = pack(np.array([[1, 0], [0, 1], [0.6, 0.8], [-1, 0]], dtype=np.float32))
    return VectorSet(
        unit_vectors=np.array([[1, 0], [0, 1], [0.6, 0.8], [-1, 0]], dtype=np.float32),
        unit_ids=np.array([7, 7, 8, 9]),
        unit_languages=np.array([0, 0, 1, 0], dtype=np.int8),
        sentence_vectors=np.array([[1, 0], [-1, 0], [0, 1], [0.6, 0.8], [-1, 0]], dtype=np.float16),
        sentence_keys=np.array([[7, 0], [7, 1], [7, 1], [8, 0], [9, 0]]),
        states=states,
        state_scales=scales,
        state_units=np.array([7, 7, 8, 9]),
        centres={language: Centre.nowhere(2) for language in LANGUAGES},
    )


def unit_length(rows: NDArray[np.float64]) -> Floats:
    return np.asarray(rows / np.linalg.norm(rows, axis=-1, keepdims=True), dtype=np.float32)


def scattered(units: int, dimension: int = 16, tokens: bool = True) -> VectorSet:
    """Random vectors round a centre a language; units have up to three rows, some sentences two, and 0 to 9 tokens."""
    random = np.random.default_rng(units)
    ids = np.arange(units) * 3 + 5
    languages = random.integers(0, 2, units)
    places = 0.5 * unit_length(random.normal(size=(2, dimension)))

    def rows(owners: NDArray[np.int64]) -> Floats:
        noise = unit_length(random.normal(size=(len(owners), dimension)))
        return unit_length((places[languages[(owners - 5) // 3]] + noise).astype(np.float64))

    unit_ids = np.repeat(ids, random.integers(1, 4, units))
    keys = np.array([(unit_id, position) for unit_id in ids for position in (0, 1, 1, 2)])
    state_units = np.repeat(ids, random.integers(0, 10, units) if tokens else 0)
    states, scales = pack(rows(state_units))
    return VectorSet(
        unit_vectors=rows(unit_ids),
        unit_ids=unit_ids,
        unit_languages=languages[(unit_ids - 5) // 3].astype(np.int8),
        sentence_vectors=rows(keys[:, 0]).astype(np.float16),
        sentence_keys=keys,
        states=states,
        state_scales=scales,
        state_units=state_units,
        centres={name: Centre(places[at], 0.5 * places[at]) for at, name in enumerate(LANGUAGES)},
    )
