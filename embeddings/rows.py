"""What one generation of the library holds of a model, read in parts into arrays that may be larger than memory."""

from __future__ import annotations

import math
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from corpus.errors import SnapshotError
from corpus.library import Library
from corpus.records import LANGUAGES, Language
from embeddings.centres import paired_units
from embeddings.embed import WHOLE_UNIT
from embeddings.nearest import SIZES, Ints, Sizes

# Rows taken from the library at once: 3 MB of vectors.
_ROWS_A_PART = 4096
# Arrays larger than this lie in a file, which the system keeps in memory as far as there is room.
_LARGE_BYTES = 256 << 20


@dataclass(frozen=True)
class Rows:
    """The rows of one generation by one model, all in order of unit id.

    ``unit_vectors`` (u, d) with ``unit_ids`` (u,) and ``unit_languages`` (u,), positions in ``LANGUAGES``;
    ``sentence_vectors`` (s, d) with ``sentence_keys`` (s, 2); ``states`` (t, d) with ``scales`` (t,) and
    ``state_units`` (t,), none where the library is too large for them; ``pairs``, by language, the units held in both,
    ascending; ``unrefined`` sentences have no row yet.
    """

    generation: int
    unit_vectors: NDArray[np.float16]
    unit_ids: Ints
    unit_languages: NDArray[np.int8]
    sentence_vectors: NDArray[np.float16]
    sentence_keys: Ints
    states: NDArray[np.int8]
    scales: NDArray[np.float16]
    state_units: Ints
    pairs: dict[Language, Ints]
    unrefined: int


def read_rows(library: Library, fingerprint: str, sizes: Sizes = SIZES) -> Rows:
    """The rows of a library's present generation; whoever calls reads all of it within one transaction.

    Raises:
        SnapshotError: there are no vectors of that model.
    """
    connection = library.connection
    whole, parts, dimension = connection.execute(
        "SELECT coalesce(sum(sentence = ?1), 0), coalesce(sum(sentence <> ?1), 0),"
        " (SELECT length(vector) / 2 FROM vectors WHERE fingerprint = ?2 LIMIT 1) FROM vectors WHERE fingerprint = ?2",
        (WHOLE_UNIT, fingerprint),
    ).fetchone()
    if not whole:
        raise SnapshotError("the library has no vectors of this model", "at least one document", "add a document")
    folder = library.folder
    units, unit_ids = room(folder, (whole, dimension), np.float16), np.empty(whole, np.int64)
    sentences, keys = room(folder, (parts, dimension), np.float16), np.empty((parts, 2), np.int64)
    at_unit = at_sentence = 0
    for of, vectors in _vectors(library, fingerprint, dimension):
        is_whole = of[:, 1] == WHOLE_UNIT
        here = slice(at_unit, at_unit := at_unit + int(is_whole.sum()))
        units[here], unit_ids[here] = vectors[is_whole], of[is_whole, 0]
        here = slice(at_sentence, at_sentence := at_sentence + int((~is_whole).sum()))
        sentences[here], keys[here] = vectors[~is_whole], of[~is_whole]
    languages = np.zeros(whole, np.int8)
    for at, language in enumerate(LANGUAGES):
        languages[np.isin(unit_ids, np.array(library.unit_ids(language), dtype=np.int64))] = at
    (said,) = connection.execute("SELECT count(*) FROM sentences").fetchone()
    embedded = int((keys[1:] != keys[:-1]).any(axis=1).sum()) + bool(parts)
    return Rows(
        library.generation(), units, unit_ids, languages, sentences, keys,
        *_read_states(library, fingerprint, dimension, sizes.holds_states(library.unit_count())),
        {language: np.array(paired_units(library, language), dtype=np.int64) for language in LANGUAGES},
        said - embedded,
    )  # fmt: skip


def room(folder: Path, shape: tuple[int, int], dtype: DTypeLike) -> NDArray[Any]:
    """An array to fill; a large one lies in a file of the folder that is gone once the array is."""
    if math.prod(shape) * np.dtype(dtype).itemsize <= _LARGE_BYTES:
        return np.empty(shape, dtype)
    with tempfile.TemporaryFile(dir=folder) as file:
        return np.memmap(file, dtype, "w+", shape=shape)


def _vectors(library: Library, fingerprint: str, dimension: int) -> Iterator[tuple[Ints, NDArray[np.float16]]]:
    """Unit ids with positions of sentences (n, 2), and their vectors (n, d), part by part."""
    cursor = library.connection.execute(
        "SELECT unit_id, sentence, vector FROM vectors WHERE fingerprint = ? ORDER BY unit_id, sentence, window",
        (fingerprint,),
    )
    while rows := cursor.fetchmany(_ROWS_A_PART):
        unit_ids, positions, vectors = zip(*rows, strict=True)
        keys = np.column_stack([np.array(unit_ids, np.int64), np.array(positions, np.int64)])
        yield keys, np.frombuffer(b"".join(vectors), np.float16).reshape(-1, dimension)


def _read_states(
    library: Library, fingerprint: str, dimension: int, held: bool
) -> tuple[NDArray[np.int8], NDArray[np.float16], Ints]:
    """All token states packed, their scales, and the unit of each; they are most of an index. None unless ``held``."""
    (bytes_of_scales,) = library.connection.execute(
        "SELECT coalesce(sum(length(scales)), 0) FROM token_states WHERE fingerprint = ? AND ?", (fingerprint, held)
    ).fetchone()
    count = bytes_of_scales // np.dtype(np.float16).itemsize
    states, scales = room(library.folder, (count, dimension), np.int8), np.empty(count, np.float16)
    units = np.empty(count, np.int64)
    at = 0
    for unit_id, scale, state in library.connection.execute(
        "SELECT unit_id, scales, states FROM token_states WHERE fingerprint = ? AND ? ORDER BY unit_id, window",
        (fingerprint, held),
    ):
        of = np.frombuffer(scale, np.float16)
        here = slice(at, at + len(of))
        states[here], scales[here], units[here] = np.frombuffer(state, np.int8).reshape(-1, dimension), of, unit_id
        at += len(of)
    return states, scales, units
