"""What a worker of a cluster does: units of a batch to rows of the library, without the library."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from embeddings.embed import WHOLE_UNIT, PassageEncoder
from embeddings.space import pack

#: A batch as Ray Data gives and takes it: columns of one length.
Batch = dict[str, NDArray[Any]]
#: Of each vector: unit, sentence, window.
KEY = np.dtype([("unit_id", np.int64), ("sentence", np.int32), ("window", np.int32)])
SPAN = np.dtype([("position", np.int32), ("start", np.int32), ("end", np.int32)])


class EncodeUnits:
    """Encodes units of texts; an actor that loads its model once."""

    def __init__(self, load: Callable[[], PassageEncoder]) -> None:
        self._encoder = load()

    def __call__(self, batch: Batch) -> Batch:
        """Units to their vectors and the states of their tokens.

        Args:
            batch: ``unit_id``, ``context``, ``text`` and, as bytes of ``SPAN``, ``spans`` of each unit's sentences.

        Returns:
            One row: ``fingerprint`` of the model, ``units`` how many, and as bytes ``keys`` (n,) of ``KEY``,
            ``vectors`` (n, d) float16; of the first of the keys, which are of whole units, ``lengths`` (m,) int64 how
            many tokens each has, with ``scales`` (t,) float16 and ``states`` (t, d) int8 of all.
        """
        whole, parts = self._pieces(batch)
        encoded = self._encoder.encode_units([text for _, text in whole])
        # A unit of one sentence is that sentence, so half of the sentences are encoded already.
        known = {text: of.vector for (_, text), of in zip(whole, encoded, strict=True)}
        rest = sorted({text for _, text in parts} - known.keys())
        if rest:
            known.update(zip(rest, self._encoder.encode_passages(rest), strict=True))
        vectors = np.stack([known[text] for _, text in (*whole, *parts)]).astype(np.float16)
        packed = [pack(of.states) for of in encoded]
        columns = {
            "fingerprint": self._encoder.fingerprint,
            "units": len(batch["unit_id"]),
            "keys": np.array([key for key, _ in (*whole, *parts)], KEY).tobytes(),
            "vectors": vectors.tobytes(),
            "lengths": np.array([len(scales) for _, scales in packed], np.int64).tobytes(),
            "scales": b"".join(scales.tobytes() for _, scales in packed),
            "states": b"".join(states.tobytes() for states, _ in packed),
        }
        # Bytes as objects: numpy's own would end at their last zeros.
        return {
            name: np.array([value], dtype=object if isinstance(value, bytes) else None)
            for name, value in columns.items()
        }

    def _pieces(self, batch: Batch) -> tuple[list[_Piece], list[_Piece]]:
        """The texts of whole units and of sentences, window by window."""
        whole: list[_Piece] = []
        parts: list[_Piece] = []
        for unit_id, context, text, spans in zip(
            batch["unit_id"], batch["context"], batch["text"], batch["spans"], strict=True
        ):
            pieces = [(position, text[start:end]) for position, start, end in np.frombuffer(spans, SPAN).tolist()]
            for sentence, piece in [(WHOLE_UNIT, text), *pieces]:
                into = whole if sentence == WHOLE_UNIT else parts
                for window, (start, end) in enumerate(self._encoder.windows(piece, context)):
                    into.append(((int(unit_id), sentence, window), context + piece[start:end]))
        return whole, parts


_Piece = tuple[tuple[int, int, int], str]
