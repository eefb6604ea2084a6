"""Brings the index up to the library: has embedded what has no vector yet, rebuilds the snapshot when it must."""

from __future__ import annotations

import logging
from pathlib import Path

import numpy as np
from filelock import FileLock, Timeout

from corpus.errors import SnapshotError, StaleSnapshotError
from corpus.library import Library
from corpus.records import LANGUAGES, Language
from embeddings.centres import ENOUGH_PAIRS, centre_of, sample_centres
from embeddings.embed import PassageEncoder, embed_missing, missing, refine, unrefined
from embeddings.index import build_snapshot, open_snapshot
from embeddings.nearest import SIZES, Ints, Sizes
from embeddings.progress import Progress
from embeddings.rows import Rows, read_rows
from embeddings.snapshot import Snapshot, VectorSet
from embeddings.space import Centre, unpack

logger = logging.getLogger(__name__)

INDEX_FOLDER = "index"
# Token states unpacked at once to measure where a language lies: 100 MB of them.
_STATES_A_PART = 1 << 16
# A mean over so many vectors is that over all of them to three places.
_ENOUGH_ROWS = 200_000
# Another process builds an index in seconds, and then it need not be built here.
_LOCK_FILE, _PATIENCE_SECONDS = "index.lock", 120.0


def ensure_index(
    library: Library, encoder: PassageEncoder, progress: bool | Progress = True, *, refined: bool = True,
    sizes: Sizes = SIZES,
) -> Snapshot:  # fmt: skip
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
        sizes: from how many units on the index holds what.

    Raises:
        HomeError, SnapshotError: the library or the index cannot be written.
    """
    while True:
        generation = None
        while generation != library.generation():
            # Units that come while others are embedded have their turn too.
            generation = library.generation()
            embed_missing(library, encoder, progress, refined=refined, sizes=sizes)
        snapshot = _open_or_build(library, encoder, sizes)
        if snapshot is not None and snapshot.unrefined and refined:
            refine(library, encoder, progress)
            snapshot = _open_or_build(library, encoder, sizes, refined=True)
        if snapshot is not None:
            return snapshot


def _open_or_build(library: Library, encoder: PassageEncoder, sizes: Sizes, refined: bool = False) -> Snapshot | None:
    """The snapshot, built where it must be; None where units came meanwhile whose vectors are not there yet."""
    root = library.folder / INDEX_FOLDER
    try:
        return _open(root, library, encoder, sizes, refined)
    except SnapshotError:
        lock = FileLock(library.folder / _LOCK_FILE, timeout=_PATIENCE_SECONDS)
    try:
        with lock:
            return _build(root, library, encoder, sizes, refined)
    except Timeout as error:
        raise SnapshotError(
            "another program has been building the index for minutes", "it to be done in seconds", "end that program",
            zh="另一个程序正在建立索引，已逾数分钟；应在数秒内完成；请关闭该程序后重试",
        ) from error  # fmt: skip


def _open(root: Path, library: Library, encoder: PassageEncoder, sizes: Sizes, refined: bool) -> Snapshot:
    snapshot = open_snapshot(root, library.generation(), encoder.fingerprint, library.identity(), sizes)
    if refined and snapshot.unrefined:
        raise StaleSnapshotError(
            "the index lacks vectors of sentences", "all of them", "it is rebuilt from the library"
        )
    return snapshot


def _build(root: Path, library: Library, encoder: PassageEncoder, sizes: Sizes, refined: bool) -> Snapshot | None:
    try:
        # Whoever held the lock may have built it.
        return _open(root, library, encoder, sizes, refined)
    except SnapshotError as error:
        if root.exists():
            expected = isinstance(error, StaleSnapshotError)
            logger.log(logging.INFO if expected else logging.WARNING, "%s", error)
    with library.reading():
        if missing(library, encoder, sizes) or (refined and unrefined(library, encoder)):
            return None
        rows = read_rows(library, encoder.fingerprint, sizes)
    return build_snapshot(
        root, rows.generation, encoder.fingerprint, _vectors(library, encoder, rows, sizes), library.identity(), sizes
    )


def _vectors(library: Library, encoder: PassageEncoder, rows: Rows, sizes: Sizes) -> VectorSet:
    def measured(language: Language) -> Centre:
        sentences = np.flatnonzero(np.isin(rows.sentence_keys[:, 0], rows.pairs[language]))
        tokens = np.flatnonzero(np.isin(rows.state_units, rows.pairs[language]))
        if len(sentences):
            vectors = rows.sentence_vectors[_some(sentences)]
        else:
            # Units need have no sentences.
            vectors = rows.unit_vectors[_some(np.flatnonzero(np.isin(rows.unit_ids, rows.pairs[language])))]
        parts = np.array_split(tokens, range(_STATES_A_PART, len(tokens), _STATES_A_PART))
        states = (unpack(rows.states[part], rows.scales[part]) for part in parts)
        return centre_of(vectors.astype(np.float32), states)

    enough = min(len(of) for of in rows.pairs.values()) >= ENOUGH_PAIRS
    if not sizes.holds_states(library.unit_count()):
        # Where states are made when they are asked for, they are measured from here (:mod:`embeddings.on_demand`).
        sample_centres(library, encoder)
    return VectorSet(
        unit_vectors=rows.unit_vectors,
        unit_ids=rows.unit_ids,
        unit_languages=rows.unit_languages,
        sentence_vectors=rows.sentence_vectors,
        sentence_keys=rows.sentence_keys,
        states=rows.states,
        state_scales=rows.scales,
        state_units=rows.state_units,
        centres={name: measured(name) for name in LANGUAGES} if enough else sample_centres(library, encoder),
        unrefined=rows.unrefined,
    )


def _some(rows: Ints) -> Ints:
    """All of some rows, or as many as a centre needs, evenly spaced."""
    return rows if len(rows) <= _ENOUGH_ROWS else rows[np.linspace(0, len(rows) - 1, _ENOUGH_ROWS).astype(np.int64)]
