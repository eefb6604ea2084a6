"""Brings vectors and index up to the library: embeds what has no vector yet, rebuilds the snapshot when it must."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from corpus.errors import SnapshotError
from corpus.library import Library
from embeddings.index import Snapshot, VectorSet, build_snapshot, open_snapshot

logger = logging.getLogger(__name__)

INDEX_FOLDER = "index"
#: Marks the rows of a vector table that are of the whole unit.
WHOLE_UNIT = -1
# Units embedded between two commits: enough for length-sorted batches, few enough to lose little when interrupted.
_UNITS_A_COMMIT = 128


class PassageEncoder(Protocol):
    """What building an index needs of a model."""

    fingerprint: str

    def windows(self, text: str, context: str = "") -> Sequence[tuple[int, int]]: ...

    def encode_passages(self, texts: Sequence[str], progress: bool = False) -> NDArray[np.float32]: ...


@dataclass(frozen=True)
class _Input:
    unit_id: int
    sentence: int
    window: int
    text: str


def ensure_index(library: Library, encoder: PassageEncoder, progress: bool = True) -> Snapshot:
    """An index of the library as it is, by this model.

    Units without vectors are embedded and their vectors kept in the library, a batch a transaction, so that an
    interrupted build goes on where it stopped. The snapshot is rebuilt with a message where it cannot be trusted.

    Raises:
        HomeError, SnapshotError: the library or the index cannot be written.
    """
    embed_missing(library, encoder, progress)
    root = library.folder / INDEX_FOLDER
    try:
        return open_snapshot(root, library.generation(), encoder.fingerprint, library.identity())
    except SnapshotError as error:
        if root.exists():
            logger.warning("%s", error)
        generation, vectors = _read_vectors(library, encoder.fingerprint)
        return build_snapshot(root, generation, encoder.fingerprint, vectors, library.identity())


def embed_missing(library: Library, encoder: PassageEncoder, progress: bool = True) -> int:
    """Embeds the units that have no vectors of this model yet; gives how many."""
    rows = library.connection.execute(
        "SELECT id, context, text FROM units WHERE id NOT IN"
        " (SELECT unit_id FROM vectors WHERE fingerprint = ? AND sentence = ?) ORDER BY id",
        (encoder.fingerprint, WHOLE_UNIT),
    ).fetchall()
    with tqdm(total=len(rows), desc="Embedding paragraphs", unit="", disable=not (progress and rows)) as bar:
        for first in range(0, len(rows), _UNITS_A_COMMIT):
            batch = rows[first : first + _UNITS_A_COMMIT]
            inputs = [
                item for unit_id, context, text in batch for item in _inputs(library, encoder, unit_id, context, text)
            ]
            vectors = encoder.encode_passages([item.text for item in inputs]).astype(np.float16)
            _store(library, encoder.fingerprint, inputs, vectors)
            bar.update(len(batch))
    return len(rows)


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


def _store(library: Library, fingerprint: str, inputs: list[_Input], vectors: NDArray[np.float16]) -> None:
    with library.writing("the vectors", kept="what was done is kept") as connection:
        # A unit that went while its vectors were made takes them with it.
        alive = {row[0] for row in connection.execute("SELECT id FROM units")}
        connection.executemany(
            "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?, ?, ?)",
            [
                (fingerprint, item.unit_id, item.sentence, item.window, vector.tobytes())
                for item, vector in zip(inputs, vectors, strict=True)
                if item.unit_id in alive
            ],
        )


def _read_vectors(library: Library, fingerprint: str) -> tuple[int, VectorSet]:
    connection = library.connection
    connection.execute("BEGIN")
    try:
        generation = library.generation()
        rows = connection.execute(
            "SELECT unit_id, sentence, vector FROM vectors WHERE fingerprint = ? ORDER BY unit_id, sentence, window",
            (fingerprint,),
        ).fetchall()
    finally:
        connection.execute("COMMIT")
    if not rows:
        raise SnapshotError("the library has no vectors of this model", "at least one document", "add a document")
    keys = np.array([(row[0], row[1]) for row in rows], dtype=np.int64)
    vectors = np.stack([np.frombuffer(row[2], dtype=np.float16) for row in rows])
    whole = keys[:, 1] == WHOLE_UNIT
    return generation, VectorSet(vectors[whole].astype(np.float32), keys[whole, 0], vectors[~whole], keys[~whole])
