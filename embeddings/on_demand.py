"""Token states of a library too large to hold them: made of the few units that a question looks at again."""

from __future__ import annotations

import json
from collections.abc import Sequence
from threading import Lock

import numpy as np

from corpus.library import Library
from corpus.records import Language
from embeddings.centres import sample_centres
from embeddings.embed import PassageEncoder
from embeddings.memory import give_back_soon
from embeddings.snapshot import Query
from embeddings.space import Centre, Floats, centred, centred_cosines

# Units whose states are remembered, for one question is searched for more than once: 160 KB each. Half as many bytes
# would have each question wait for numbers that are rounded and unrounded.
_REMEMBERED = 250


class StatesOnDemand:
    """Makes what a snapshot would hold, for units as they are asked for. Safe to use from several threads."""

    def __init__(self, library: Library, encoder: PassageEncoder) -> None:
        """Of the units of a library, by the model of its vectors."""
        self._library, self._encoder = library, encoder
        self._centres = sample_centres(library, encoder, keep=False)
        self._made: dict[int, Floats] = {}
        self._lock = Lock()

    def token_matches(self, query: Query, unit_ids: Sequence[int], language: Language) -> dict[int, Floats]:
        """See :meth:`embeddings.vectors.Vectors.token_matches`; takes some hundredths of a second a unit."""
        states = self._states(sorted(unit_ids)) if len(query.states) else {}
        if not states:
            return {}
        text, own = self._centres_of(query, language)
        # All at once: a product of its own for each unit takes several times as long.
        rows = np.concatenate(list(states.values()))
        scores = centred_cosines(rows, text.state, centred(query.states, own.state))
        starts = np.cumsum([0, *map(len, states.values())])[:-1]
        return dict(zip(states, np.maximum.reduceat(scores, starts, axis=0), strict=True))

    def _centres_of(self, query: Query, language: Language) -> tuple[Centre, Centre]:
        nowhere = Centre.nowhere(query.states.shape[1])
        return (self._centres[language], self._centres[query.language]) if query.centred else (nowhere, nowhere)

    def _states(self, unit_ids: Sequence[int]) -> dict[int, Floats]:
        """The states of units, ascending; of those that have any."""
        with self._lock:
            known = {i: self._made[i] for i in unit_ids if i in self._made}
        new = self._make([i for i in unit_ids if i not in known])
        with self._lock:
            if len(self._made) + len(new) > _REMEMBERED:
                self._made.clear()
            self._made |= new
        every = known | new
        return {i: every[i] for i in unit_ids if i in every and len(every[i])}

    def _make(self, unit_ids: Sequence[int]) -> dict[int, Floats]:
        if not unit_ids:
            return {}
        found = self._library.connection.execute(
            "SELECT id, context, text FROM units WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id",
            (json.dumps(unit_ids),),
        ).fetchall()
        pieces = [
            (i, context + text[start:end])
            for i, context, text in found
            for start, end in self._encoder.windows(text, context)
        ]
        encoded = self._encoder.encode_units([text for _, text in pieces])
        give_back_soon()
        states: dict[int, list[Floats]] = {}
        for (i, _), of in zip(pieces, encoded, strict=True):
            states.setdefault(i, []).append(of.states)
        return {i: np.concatenate(of) for i, of in states.items()}
