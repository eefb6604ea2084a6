"""Makes the vectors that the library lacks: of units, of their tokens and of their sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.library import Library
from embeddings.centres import UnitEncoder
from embeddings.memory import give_back
from embeddings.model import Encoded
from embeddings.nearest import SIZES, Sizes
from embeddings.progress import Progress, reporting
from embeddings.space import pack

#: Marks the rows of a vector table that are of the whole unit.
WHOLE_UNIT = -1
#: The window that a unit has among the token states where they are not held: it has its vectors all the same.
WITHOUT_STATES = -1
# Units embedded between two commits: enough for length-sorted batches, few enough to lose little when interrupted, and
# for the states of their tokens, which a long paragraph has a megabyte of before they are packed.
_UNITS_A_COMMIT = 64
# The same where somebody waits for an addition and may stop it.
_UNITS_A_STEP = 16
# Characters to embed beyond which their sentences can wait: half a minute of work, by the slower of the languages.
_LARGE = 40_000


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


def missing(library: Library, encoder: PassageEncoder, sizes: Sizes = SIZES) -> list[tuple[int, str, str]]:
    """The units that have no vectors of this model yet: id, context, text.

    Nor token states, in a library small enough for them: one that shrank has them made where they were left out.
    """
    window = 0 if _holds_states(library, sizes) else WITHOUT_STATES
    return library.connection.execute(
        "SELECT id, context, text FROM units WHERE id NOT IN"
        " (SELECT unit_id FROM token_states WHERE fingerprint = ? AND window >= ?) ORDER BY id",
        (encoder.fingerprint, window),
    ).fetchall()


def unrefined(library: Library, encoder: PassageEncoder) -> list[tuple[int, str, str]]:
    """The units that have vectors of this model, and not yet of all their sentences: id, context, text."""
    return library.connection.execute(
        "SELECT id, context, text FROM units WHERE id IN (SELECT unit_id FROM token_states WHERE fingerprint = ?)"
        " AND id IN (SELECT unit_id FROM sentences s WHERE NOT EXISTS (SELECT 1 FROM vectors v"
        " WHERE v.unit_id = s.unit_id AND v.fingerprint = ? AND v.sentence = s.position)) ORDER BY id",
        (encoder.fingerprint, encoder.fingerprint),
    ).fetchall()


def embed_missing(
    library: Library, encoder: PassageEncoder, progress: bool | Progress = True, *, refined: bool = True,
    sizes: Sizes = SIZES,
) -> int:  # fmt: skip
    """Embeds the units that have no vectors of this model yet; gives how many there were.

    With their sentences, which takes longer than all else; where it need not be ``refined`` and much is missing, they
    are left to :func:`refine`, but for those that are a whole unit. Whatever stops it, the interrupt of a reader or an
    error that ``progress`` raises, what was done is kept.
    """
    rows, states = missing(library, encoder, sizes), _holds_states(library, sizes)
    sentences = refined or sum(len(text) for _, _, text in rows) <= _LARGE
    step = _step(progress)
    with reporting(progress, len(rows)) as report:
        for first in range(0, len(rows), step):
            _embed(library, encoder, rows[first : first + step], sentences, states)
            give_back()
            report(min(first + step, len(rows)))
    return len(rows)


def refine(library: Library, encoder: PassageEncoder, progress: bool | Progress = True) -> bool:
    """Embeds the sentences that :func:`embed_missing` left; gives whether it came to the end of them.

    It does not where the library changes meanwhile, for whoever added to it waits to be found at all.
    """
    rows, generation = unrefined(library, encoder), library.generation()
    step = _step(progress)
    with reporting(progress, len(rows)) as report:
        for first in range(0, len(rows), step):
            if library.generation() != generation:
                return False
            batch = rows[first : first + step]
            parts = [item for row in batch for item in _inputs(library, encoder, *row) if item.sentence != WHOLE_UNIT]
            _store(library, encoder.fingerprint, parts, _vectors_of(parts, encoder, {}), ())
            give_back()
            report(min(first + step, len(rows)))
    return library.generation() == generation


def _step(progress: bool | Progress) -> int:
    return _UNITS_A_COMMIT if isinstance(progress, bool) else _UNITS_A_STEP


def _holds_states(library: Library, sizes: Sizes) -> bool:
    return sizes.holds_states(library.unit_count())


def _embed(
    library: Library, encoder: PassageEncoder, batch: Sequence[tuple[int, str, str]], sentences: bool, states: bool
) -> None:
    inputs = [item for row in batch for item in _inputs(library, encoder, *row)]
    whole = [item for item in inputs if item.sentence == WHOLE_UNIT]
    encoded = encoder.encode_units([item.text for item in whole])
    # A unit of one sentence is that sentence, so half of the sentences are encoded already.
    known = {item.text: e.vector for item, e in zip(whole, encoded, strict=True)}
    parts = [item for item in inputs if item.sentence != WHOLE_UNIT and (sentences or item.text in known)]
    inputs = [*whole, *parts]
    packed = [
        (item.unit_id, item.window, *_packed(of)) if states else (item.unit_id, WITHOUT_STATES, b"", b"")
        for item, of in zip(whole, encoded, strict=True)
    ]
    _store(library, encoder.fingerprint, inputs, _vectors_of(inputs, encoder, known), packed)


def _vectors_of(
    inputs: Sequence[_Input], encoder: PassageEncoder, known: dict[str, NDArray[np.float32]]
) -> list[NDArray[np.float32]]:
    """The vector of each input; those that are not ``known`` are encoded, each text once."""
    rest = sorted({item.text for item in inputs} - known.keys())
    vectors = {**known, **dict(zip(rest, encoder.encode_passages(rest), strict=True))} if rest else known
    return [vectors[item.text] for item in inputs]


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
    states: Sequence[tuple[int, int, bytes, bytes]],
) -> None:
    """Keeps the vectors of the inputs, and token states: unit, window, scales and states."""
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
            [(fingerprint, *state) for state in states if state[0] in alive],
        )


def _packed(encoded: Encoded) -> tuple[bytes, bytes]:
    """The scales and the states of a text's tokens, as the library holds them."""
    states, scales = pack(encoded.states)
    return scales.tobytes(), states.tobytes()
