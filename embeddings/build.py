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
from corpus.records import LANGUAGES, Language
from embeddings.centres import ENOUGH_PAIRS, UnitEncoder, centre_of, paired_units, sample_centres
from embeddings.index import build_snapshot, open_snapshot
from embeddings.model import Encoded
from embeddings.snapshot import Snapshot, VectorSet
from embeddings.space import Centre, pack, unpack

logger = logging.getLogger(__name__)

INDEX_FOLDER = "index"
#: Marks the rows of a vector table that are of the whole unit.
WHOLE_UNIT = -1
# Units embedded between two commits: enough for length-sorted batches, few enough to lose little when interrupted.
_UNITS_A_COMMIT = 128


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


def ensure_index(library: Library, encoder: PassageEncoder, progress: bool = True) -> Snapshot:
    """An index of the library as it is, by this model.

    Units without vectors are embedded and their vectors kept in the library, a batch a transaction, so that an
    interrupted build goes on where it stopped. The snapshot is rebuilt with a message where it cannot be trusted.

    Raises:
        HomeError, SnapshotError: the library or the index cannot be written.
    """
    generation = None
    while generation != library.generation():
        # Units that come while others are embedded have their turn too.
        generation = library.generation()
        embed_missing(library, encoder, progress)
    root = library.folder / INDEX_FOLDER
    try:
        return open_snapshot(root, library.generation(), encoder.fingerprint, library.identity())
    except SnapshotError as error:
        if root.exists():
            logger.warning("%s", error)
        generation, vectors = _read_vectors(library, encoder)
        return build_snapshot(root, generation, encoder.fingerprint, vectors, library.identity())


def embed_missing(library: Library, encoder: PassageEncoder, progress: bool = True) -> int:
    """Embeds the units that have no vectors of this model yet; gives how many."""
    rows = library.connection.execute(
        "SELECT id, context, text FROM units WHERE id NOT IN"
        " (SELECT unit_id FROM token_states WHERE fingerprint = ?) ORDER BY id",
        (encoder.fingerprint,),
    ).fetchall()
    with tqdm(total=len(rows), desc="Embedding paragraphs", unit="", disable=not (progress and rows)) as bar:
        for first in range(0, len(rows), _UNITS_A_COMMIT):
            batch = rows[first : first + _UNITS_A_COMMIT]
            inputs = [
                item for unit_id, context, text in batch for item in _inputs(library, encoder, unit_id, context, text)
            ]
            whole = [item for item in inputs if item.sentence == WHOLE_UNIT]
            parts = [item for item in inputs if item.sentence != WHOLE_UNIT]
            encoded = encoder.encode_units([item.text for item in whole])
            # A unit of one sentence is that sentence, so half of the sentences are encoded already.
            known = {item.text: e.vector for item, e in zip(whole, encoded, strict=True)}
            rest = sorted({item.text for item in parts} - known.keys())
            known.update(zip(rest, encoder.encode_passages(rest), strict=True))
            inputs = [*whole, *parts]
            _store(library, encoder.fingerprint, inputs, [known[item.text] for item in inputs], encoded)
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


def _read_vectors(library: Library, encoder: PassageEncoder) -> tuple[int, VectorSet]:
    connection = library.connection
    connection.execute("BEGIN")
    try:
        generation = library.generation()
        languages = {i: at for at, language in enumerate(LANGUAGES) for i in library.unit_ids(language)}
        pairs = {language: paired_units(library, language) for language in LANGUAGES}
        rows = connection.execute(
            "SELECT unit_id, sentence, vector FROM vectors WHERE fingerprint = ? ORDER BY unit_id, sentence, window",
            (encoder.fingerprint,),
        ).fetchall()
        state_rows = connection.execute(
            "SELECT unit_id, scales, states FROM token_states WHERE fingerprint = ? ORDER BY unit_id, window",
            (encoder.fingerprint,),
        ).fetchall()
    finally:
        connection.execute("COMMIT")
    if not rows:
        raise SnapshotError("the library has no vectors of this model", "at least one document", "add a document")
    keys = np.array([(row[0], row[1]) for row in rows], dtype=np.int64)
    vectors = np.stack([np.frombuffer(row[2], dtype=np.float16) for row in rows])
    whole = keys[:, 1] == WHOLE_UNIT
    scales = [np.frombuffer(row[1], dtype=np.float16) for row in state_rows]
    states = np.frombuffer(b"".join(row[2] for row in state_rows), dtype=np.int8).reshape(-1, vectors.shape[1])
    state_units = np.repeat([row[0] for row in state_rows], [len(of) for of in scales])
    every_scale = np.concatenate(scales)

    def measured(language: Language) -> Centre:
        of_pairs, tokens = np.isin(keys[:, 0], pairs[language]), np.isin(state_units, pairs[language])
        sentences = of_pairs & ~whole
        # Units need have no sentences.
        chosen = sentences if sentences.any() else of_pairs
        return centre_of(vectors[chosen].astype(np.float32), unpack(states[tokens], every_scale[tokens]))

    enough = min(len(of) for of in pairs.values()) >= ENOUGH_PAIRS
    return generation, VectorSet(
        unit_vectors=vectors[whole].astype(np.float32),
        unit_ids=keys[whole, 0],
        unit_languages=np.array([languages[i] for i in keys[whole, 0]], dtype=np.int8),
        sentence_vectors=vectors[~whole],
        sentence_keys=keys[~whole],
        states=states,
        state_scales=every_scale,
        state_units=state_units.astype(np.int64),
        centres={name: measured(name) for name in LANGUAGES} if enough else sample_centres(library, encoder),
    )
