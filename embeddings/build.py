"""Brings vectors and index up to the library: embeds what has no vector yet, rebuilds the snapshot when it must."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from filelock import FileLock, Timeout
from numpy.typing import NDArray

from corpus.errors import SnapshotError, StaleSnapshotError
from corpus.library import Library
from corpus.records import LANGUAGES, Language
from embeddings.centres import ENOUGH_PAIRS, UnitEncoder, centre_of, paired_units, sample_centres
from embeddings.index import build_snapshot, open_snapshot
from embeddings.model import Encoded
from embeddings.progress import Progress, reporting
from embeddings.snapshot import Snapshot, VectorSet
from embeddings.space import Centre, pack, unpack

logger = logging.getLogger(__name__)

INDEX_FOLDER = "index"
#: Marks the rows of a vector table that are of the whole unit.
WHOLE_UNIT = -1
# Units embedded between two commits: enough for length-sorted batches, few enough to lose little when interrupted, and
# for the states of their tokens, which a long paragraph has a megabyte of before they are packed.
_UNITS_A_COMMIT = 64
# The same where somebody waits for an addition and may stop it.
_UNITS_A_STEP = 16
# Token states unpacked at once to measure where a language lies: 100 MB of them.
_STATES_A_PART = 1 << 16
# Another process builds an index in seconds, and then it need not be built here.
_LOCK_FILE, _PATIENCE_SECONDS = "index.lock", 120.0


class PassageEncoder(UnitEncoder, Protocol):
    """What building an index needs of a model."""

    def windows(self, text: str, context: str = "") -> Sequence[tuple[int, int]]: ...

    def encode_passages(self, texts: Sequence[str], progress: bool = False) -> NDArray[np.float32]: ...


@dataclass(frozen=True)
class _Input:
    unit_id: int
    sentence: int
    window: int
    text: str


def ensure_index(library: Library, encoder: PassageEncoder, progress: bool | Progress = True) -> Snapshot:
    """An index of the library as it is, by this model.

    Units without vectors are embedded and their vectors kept in the library, a batch a transaction, so that an
    interrupted build goes on where it stopped. The snapshot is rebuilt with a message where it cannot be trusted; one
    process builds it while others wait.

    Args:
        library: what is to be indexed.
        encoder: the model.
        progress: whether to show on standard error how far the embedding is, or what to tell it.

    Raises:
        HomeError, SnapshotError: the library or the index cannot be written.
    """
    while True:
        generation = None
        while generation != library.generation():
            # Units that come while others are embedded have their turn too.
            generation = library.generation()
            embed_missing(library, encoder, progress)
        if (snapshot := _open_or_build(library, encoder)) is not None:
            return snapshot


def _open_or_build(library: Library, encoder: PassageEncoder) -> Snapshot | None:
    """The snapshot, built where it must be; None where units came meanwhile that have no vectors yet."""
    root = library.folder / INDEX_FOLDER
    try:
        return open_snapshot(root, library.generation(), encoder.fingerprint, library.identity())
    except SnapshotError:
        lock = FileLock(library.folder / _LOCK_FILE, timeout=_PATIENCE_SECONDS)
    try:
        with lock:
            return _build(root, library, encoder)
    except Timeout as error:
        raise SnapshotError(
            "another program has been building the index for minutes", "it to be done in seconds", "end that program",
            zh="另一个程序正在建立索引，已逾数分钟；应在数秒内完成；请关闭该程序后重试",
        ) from error  # fmt: skip


def _build(root: Path, library: Library, encoder: PassageEncoder) -> Snapshot | None:
    try:
        # Whoever held the lock may have built it.
        return open_snapshot(root, library.generation(), encoder.fingerprint, library.identity())
    except SnapshotError as error:
        if root.exists():
            expected = isinstance(error, StaleSnapshotError)
            logger.log(logging.INFO if expected else logging.WARNING, "%s", error)
    with library.reading():
        if _missing(library, encoder):
            return None
        rows = _read_rows(library, encoder.fingerprint)
    return build_snapshot(
        root, rows.generation, encoder.fingerprint, _vectors(library, encoder, rows), library.identity()
    )


def _missing(library: Library, encoder: PassageEncoder) -> list[tuple[int, str, str]]:
    """The units that have no vectors of this model yet: id, context, text."""
    return library.connection.execute(
        "SELECT id, context, text FROM units WHERE id NOT IN"
        " (SELECT unit_id FROM token_states WHERE fingerprint = ?) ORDER BY id",
        (encoder.fingerprint,),
    ).fetchall()


def embed_missing(library: Library, encoder: PassageEncoder, progress: bool | Progress = True) -> int:
    """Embeds the units that have no vectors of this model yet; gives how many there were.

    Whatever stops it, the interrupt of a reader or an error that ``progress`` raises, what was done is kept.
    """
    rows = _missing(library, encoder)
    step = _UNITS_A_COMMIT if isinstance(progress, bool) else _UNITS_A_STEP
    with reporting(progress, len(rows)) as report:
        for first in range(0, len(rows), step):
            _embed(library, encoder, rows[first : first + step])
            report(min(first + step, len(rows)))
    return len(rows)


def _embed(library: Library, encoder: PassageEncoder, batch: Sequence[tuple[int, str, str]]) -> None:
    inputs = [item for unit_id, context, text in batch for item in _inputs(library, encoder, unit_id, context, text)]
    whole = [item for item in inputs if item.sentence == WHOLE_UNIT]
    parts = [item for item in inputs if item.sentence != WHOLE_UNIT]
    encoded = encoder.encode_units([item.text for item in whole])
    # A unit of one sentence is that sentence, so half of the sentences are encoded already.
    known = {item.text: e.vector for item, e in zip(whole, encoded, strict=True)}
    rest = sorted({item.text for item in parts} - known.keys())
    known.update(zip(rest, encoder.encode_passages(rest), strict=True))
    inputs = [*whole, *parts]
    _store(library, encoder.fingerprint, inputs, [known[item.text] for item in inputs], encoded)


def _inputs(library: Library, encoder: PassageEncoder, unit_id: int, context: str, text: str) -> list[_Input]:
    spans = library.connection.execute(
        "SELECT position, start, end FROM sentences WHERE unit_id = ? ORDER BY position", (unit_id,)
    ).fetchall()
    pieces = [(WHOLE_UNIT, text), *((position, text[start:end]) for position, start, end in spans)]
    return [
        _Input(unit_id, sentence, number, context + piece[start:end])
        for sentence, piece in pieces
        for number, (start, end) in enumerate(encoder.windows(piece, context))
    ]


def _store(
    library: Library,
    fingerprint: str,
    inputs: list[_Input],
    vectors: Sequence[NDArray[np.float32]],
    encoded: Sequence[Encoded],
) -> None:
    """Keeps the vectors of the inputs, and the token states of the first of them, which are of whole units."""
    packed = [pack(whole.states) for whole in encoded]
    with library.writing("the vectors", kept="what was done is kept") as connection:
        # A unit that went while its vectors were made takes them with it.
        alive = {row[0] for row in connection.execute("SELECT id FROM units")}
        connection.executemany(
            "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?, ?, ?)",
            [
                (fingerprint, item.unit_id, item.sentence, item.window, vector.astype(np.float16).tobytes())
                for item, vector in zip(inputs, vectors, strict=True)
                if item.unit_id in alive
            ],
        )
        connection.executemany(
            "INSERT OR REPLACE INTO token_states VALUES (?, ?, ?, ?, ?)",
            [
                (fingerprint, item.unit_id, item.window, scales.tobytes(), states.tobytes())
                for item, (states, scales) in zip(inputs, packed, strict=False)
                if item.unit_id in alive
            ],
        )


@dataclass(frozen=True)
class _Rows:
    """What one generation of the library holds of a model: positions of languages by unit, paired units, vectors."""

    generation: int
    languages: dict[int, int]
    pairs: dict[Language, list[int]]
    vectors: list[tuple[int, int, bytes]]
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
    return _Rows(library.generation(), languages, pairs, vectors, *tokens)


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
    )
