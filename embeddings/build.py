"""Brings the index up to the library: has embedded what has no vector yet, rebuilds the snapshot when it must."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from filelock import FileLock, Timeout
from numpy.typing import NDArray

from corpus.errors import SnapshotError, StaleSnapshotError
from corpus.library import Library
from corpus.records import LANGUAGES, Language
from embeddings.centres import ENOUGH_PAIRS, centre_of, paired_units, sample_centres
from embeddings.embed import WHOLE_UNIT, PassageEncoder, embed_missing, missing, refine, unrefined
from embeddings.index import build_snapshot, open_snapshot
from embeddings.progress import Progress
from embeddings.snapshot import Snapshot, VectorSet
from embeddings.space import Centre, unpack

logger = logging.getLogger(__name__)

INDEX_FOLDER = "index"
# Token states unpacked at once to measure where a language lies: 100 MB of them.
_STATES_A_PART = 1 << 16
# Another process builds an index in seconds, and then it need not be built here.
_LOCK_FILE, _PATIENCE_SECONDS = "index.lock", 120.0


def ensure_index(
    library: Library, encoder: PassageEncoder, progress: bool | Progress = True, *, refined: bool = True
) -> Snapshot:
    """An index of the library as it is, by this model.

    Units without vectors are embedded and their vectors kept in the library, a batch a transaction, so that an
    interrupted build goes on where it stopped. The snapshot is rebuilt with a message where it cannot be trusted; one
    process builds it while others wait.

    Args:
        library: what is to be indexed.
        encoder: the model.
        progress: whether to show on standard error how far the embedding is, or what to tell it.
        refined: whether the sentences of all units must have vectors. Where not, those of a large addition are left to
            :func:`refine`, and until then such a unit is ranked by its own vector and by its tokens.

    Raises:
        HomeError, SnapshotError: the library or the index cannot be written.
    """
    while True:
        generation = None
        while generation != library.generation():
            # Units that come while others are embedded have their turn too.
            generation = library.generation()
            embed_missing(library, encoder, progress, refined=refined)
        snapshot = _open_or_build(library, encoder)
        if snapshot is not None and snapshot.unrefined and refined:
            refine(library, encoder, progress)
            snapshot = _open_or_build(library, encoder, refined=True)
        if snapshot is not None:
            return snapshot


def _open_or_build(library: Library, encoder: PassageEncoder, refined: bool = False) -> Snapshot | None:
    """The snapshot, built where it must be; None where units came meanwhile whose vectors are not there yet."""
    root = library.folder / INDEX_FOLDER
    try:
        return _open(root, library, encoder, refined)
    except SnapshotError:
        lock = FileLock(library.folder / _LOCK_FILE, timeout=_PATIENCE_SECONDS)
    try:
        with lock:
            return _build(root, library, encoder, refined)
    except Timeout as error:
        raise SnapshotError(
            "another program has been building the index for minutes", "it to be done in seconds", "end that program",
            zh="另一个程序正在建立索引，已逾数分钟；应在数秒内完成；请关闭该程序后重试",
        ) from error  # fmt: skip


def _open(root: Path, library: Library, encoder: PassageEncoder, refined: bool) -> Snapshot:
    snapshot = open_snapshot(root, library.generation(), encoder.fingerprint, library.identity())
    if refined and snapshot.unrefined:
        raise StaleSnapshotError(
            "the index lacks vectors of sentences", "all of them", "it is rebuilt from the library"
        )
    return snapshot


def _build(root: Path, library: Library, encoder: PassageEncoder, refined: bool) -> Snapshot | None:
    try:
        # Whoever held the lock may have built it.
        return _open(root, library, encoder, refined)
    except SnapshotError as error:
        if root.exists():
            expected = isinstance(error, StaleSnapshotError)
            logger.log(logging.INFO if expected else logging.WARNING, "%s", error)
    with library.reading():
        if missing(library, encoder) or (refined and unrefined(library, encoder)):
            return None
        rows = _read_rows(library, encoder.fingerprint)
    return build_snapshot(
        root, rows.generation, encoder.fingerprint, _vectors(library, encoder, rows), library.identity()
    )


@dataclass(frozen=True)
class _Rows:
    """What one generation of the library holds of a model: positions of languages by unit, paired units, vectors."""

    generation: int
    languages: dict[int, int]
    pairs: dict[Language, list[int]]
    vectors: list[tuple[int, int, bytes]]
    unrefined: int
    states: NDArray[np.int8]
    scales: NDArray[np.float16]
    state_units: NDArray[np.int64]


def _read_rows(library: Library, fingerprint: str) -> _Rows:
    vectors = library.connection.execute(
        "SELECT unit_id, sentence, vector FROM vectors WHERE fingerprint = ? ORDER BY unit_id, sentence, window",
        (fingerprint,),
    ).fetchall()
    if not vectors:
        raise SnapshotError("the library has no vectors of this model", "at least one document", "add a document")
    languages = {i: at for at, language in enumerate(LANGUAGES) for i in library.unit_ids(language)}
    pairs = {language: paired_units(library, language) for language in LANGUAGES}
    tokens = _read_states(library, fingerprint, len(vectors[0][2]) // np.dtype(np.float16).itemsize)
    (sentences,) = library.connection.execute("SELECT count(*) FROM sentences").fetchone()
    without = sentences - len({row[:2] for row in vectors if row[1] != WHOLE_UNIT})
    return _Rows(library.generation(), languages, pairs, vectors, without, *tokens)


def _read_states(
    library: Library, fingerprint: str, dimension: int
) -> tuple[NDArray[np.int8], NDArray[np.float16], NDArray[np.int64]]:
    """All token states packed, their scales, and the unit of each; held once, for they are most of an index."""
    (bytes_of_scales,) = library.connection.execute(
        "SELECT coalesce(sum(length(scales)), 0) FROM token_states WHERE fingerprint = ?", (fingerprint,)
    ).fetchone()
    count = bytes_of_scales // np.dtype(np.float16).itemsize
    states, scales = np.empty((count, dimension), np.int8), np.empty(count, np.float16)
    units = np.empty(count, np.int64)
    at = 0
    for unit_id, scale, state in library.connection.execute(
        "SELECT unit_id, scales, states FROM token_states WHERE fingerprint = ? ORDER BY unit_id, window",
        (fingerprint,),
    ):
        of = np.frombuffer(scale, np.float16)
        here = slice(at, at + len(of))
        states[here], scales[here], units[here] = np.frombuffer(state, np.int8).reshape(-1, dimension), of, unit_id
        at += len(of)
    return states, scales, units


def _vectors(library: Library, encoder: PassageEncoder, rows: _Rows) -> VectorSet:
    keys = np.array([(row[0], row[1]) for row in rows.vectors], dtype=np.int64)
    vectors = np.stack([np.frombuffer(row[2], dtype=np.float16) for row in rows.vectors])
    whole = keys[:, 1] == WHOLE_UNIT

    def measured(language: Language) -> Centre:
        of_pairs = np.isin(keys[:, 0], rows.pairs[language])
        tokens = np.flatnonzero(np.isin(rows.state_units, rows.pairs[language]))
        sentences = of_pairs & ~whole
        # Units need have no sentences.
        chosen = sentences if sentences.any() else of_pairs
        parts = np.array_split(tokens, range(_STATES_A_PART, len(tokens), _STATES_A_PART))
        states = (unpack(rows.states[part], rows.scales[part]) for part in parts)
        return centre_of(vectors[chosen].astype(np.float32), states)

    enough = min(len(of) for of in rows.pairs.values()) >= ENOUGH_PAIRS
    return VectorSet(
        unit_vectors=vectors[whole].astype(np.float32),
        unit_ids=keys[whole, 0],
        unit_languages=np.array([rows.languages[i] for i in keys[whole, 0]], dtype=np.int8),
        sentence_vectors=vectors[~whole],
        sentence_keys=keys[~whole],
        states=rows.states,
        state_scales=rows.scales,
        state_units=rows.state_units,
        centres={name: measured(name) for name in LANGUAGES} if enough else sample_centres(library, encoder),
        unrefined=rows.unrefined,
    )
