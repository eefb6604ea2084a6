"""The centres of a library's languages, measured row by row, however many rows it has."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from corpus.library import Library
from corpus.records import LANGUAGES, Language
from embeddings.centres import ENOUGH_PAIRS, UnitEncoder, paired_units, sample_centres
from embeddings.embed import WHOLE_UNIT
from embeddings.space import Centre, Floats, unpack

_ROWS_AT_ONCE = 4096
_OF_PAIRS = (
    "unit_id IN (SELECT a.id FROM units a JOIN units b USING (doc_id, anchor)"
    " WHERE a.language = ? AND b.language <> a.language)"
)


def library_centres(library: Library, encoder: UnitEncoder) -> dict[Language, Centre]:
    """The centre of each language by a model: the same as a snapshot's, to within rounding.

    Of the units that are held in both languages their sentences' mean and their tokens'; of the fixed sample where
    there are too few (:mod:`embeddings.centres`).

    Raises:
        HomeError: the library cannot be written, where the sample's are measured.
    """
    if min(len(paired_units(library, language)) for language in LANGUAGES) < ENOUGH_PAIRS:
        return sample_centres(library, encoder)
    return {language: _measured(library, encoder.fingerprint, language) for language in LANGUAGES}


def _measured(library: Library, fingerprint: str, language: Language) -> Centre:
    # Units need have no sentences.
    vector = _mean(_vectors(library, fingerprint, language, "<>"))
    if vector is None:
        vector = _mean(_vectors(library, fingerprint, language, "="))
    state = _mean(_states(library, fingerprint, language))
    assert vector is not None, "paired units have vectors"
    return Centre(vector, vector if state is None else state)


def _mean(parts: Iterator[Floats]) -> Floats | None:
    whole: NDArray[np.float64] | float = 0.0
    count = 0
    for part in parts:
        whole = whole + part.sum(axis=0, dtype=np.float64)
        count += len(part)
    return np.asarray(whole / count, np.float32) if count else None


def _vectors(library: Library, fingerprint: str, language: Language, equal: str) -> Iterator[Floats]:
    rows = library.connection.execute(
        f"SELECT vector FROM vectors WHERE fingerprint = ? AND sentence {equal} ? AND {_OF_PAIRS}",
        (fingerprint, WHOLE_UNIT, language),
    )
    while part := rows.fetchmany(_ROWS_AT_ONCE):
        yield np.stack([np.frombuffer(vector, np.float16) for (vector,) in part]).astype(np.float32)


def _states(library: Library, fingerprint: str, language: Language) -> Iterator[Floats]:
    rows = library.connection.execute(
        f"SELECT states, scales FROM token_states WHERE fingerprint = ? AND length(scales) > 0 AND {_OF_PAIRS}",
        (fingerprint, language),
    )
    for states, scales in rows:
        of = np.frombuffer(scales, np.float16)
        yield unpack(np.frombuffer(states, np.int8).reshape(len(of), -1), of)
