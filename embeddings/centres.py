"""Where the vectors of each language lie, measured on like texts in both, so that only the language differs.

Means over unlike texts also differ by their subjects, which costs more than it mends: on XQuAD, Chinese questions over
English text found the paragraph first at .893 with the means of paired paragraphs, .886 with those of the fixed sample,
.870 with one of each, .791 with none (docs/benchmarks.md).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.library import Library
from corpus.records import LANGUAGES, Language
from embeddings.bank import bank_sentences
from embeddings.model import Encoded
from embeddings.space import Centre, Floats

#: Units held in both languages that are enough to measure on; with fewer, the fixed sample serves.
ENOUGH_PAIRS = 100


class UnitEncoder(Protocol):
    """What measuring on the fixed sample needs of a model."""

    fingerprint: str

    def encode_units(self, texts: Sequence[str], progress: bool = False) -> list[Encoded]: ...


def paired_units(library: Library, language: Language) -> list[int]:
    """Row ids of the units of one language that exist in the other too, ascending."""
    rows = library.connection.execute(
        # With the languages said, each version is looked up where a document would be gone through.
        "SELECT DISTINCT a.id FROM units a JOIN units b USING (doc_id, anchor)"
        " WHERE a.language = ? AND b.language IN (SELECT value FROM json_each(?)) ORDER BY a.id",
        (language, json.dumps([other for other in LANGUAGES if other != language])),
    )
    return [int(row[0]) for row in rows]


def centre_of(vectors: Floats, states: Iterable[Floats]) -> Centre:
    """The centre of vectors (n, d) and of token states, which come in parts (t, d), each row of length one.

    Of a model without states, that of the vectors stands for both.
    """
    vector = vectors.mean(axis=0)
    whole, count = np.zeros(vectors.shape[1]), 0
    for part in states:
        whole += part.sum(axis=0, dtype=np.float64)
        count += len(part)
    return Centre(vector, (whole / count).astype(np.float32) if count else vector)


def sample_centres(library: Library, encoder: UnitEncoder, *, keep: bool = True) -> dict[Language, Centre]:
    """The centres of the fixed sample by this model; kept in the library, so that it is encoded once.

    Without ``keep`` nothing is written.

    Raises:
        HomeError: the library cannot be written.
    """
    rows = library.connection.execute(
        "SELECT language, vector, state FROM centres WHERE fingerprint = ?", (encoder.fingerprint,)
    ).fetchall()
    if len(rows) < len(LANGUAGES):
        bank = bank_sentences()
        encoded = {language: encoder.encode_units(bank[language]) for language in LANGUAGES}
        found = {
            language: centre_of(np.stack([e.vector for e in of]), [e.states for e in of])
            for language, of in encoded.items()
        }
        if not keep:
            return found
        rows = [(language, c.vector.tobytes(), c.state.tobytes()) for language, c in found.items()]
        with library.writing("the centres", kept="the library is as it was") as connection:
            connection.executemany(
                "INSERT OR REPLACE INTO centres VALUES (?, ?, ?, ?)", [(encoder.fingerprint, *row) for row in rows]
            )
    return {language: Centre(_floats(vector), _floats(state)) for language, vector, state in rows}


def _floats(blob: bytes) -> NDArray[np.float32]:
    return np.frombuffer(blob, dtype=np.float32)
