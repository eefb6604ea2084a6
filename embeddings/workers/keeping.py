"""What a worker made of a batch of units, written into the library."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from corpus.errors import ModelError
from corpus.library import Library
from embeddings.workers.encoding import KEY


def keep_encoded(library: Library, fingerprint: str, encoded: Mapping[str, Any]) -> None:
    """Writes what :class:`embeddings.workers.encoding.EncodeUnits` made of one batch, in one transaction.

    Raises:
        ModelError: it is of another model than that of the fingerprint; nothing is written.
        HomeError: the library cannot be written.
    """
    if encoded["fingerprint"] != fingerprint:
        raise ModelError(
            f"a worker encodes with the model {encoded['fingerprint']}", f"this process's, {fingerprint}",
            "install the same packages on all nodes, and the same RAPPORTEUR_MODEL",
        )  # fmt: skip
    keys = np.frombuffer(encoded["keys"], KEY).tolist()
    vectors = np.frombuffer(encoded["vectors"], np.float16).reshape(len(keys), -1)
    lengths = np.frombuffer(encoded["lengths"], np.int64)
    ends = np.cumsum(lengths)
    scales = np.frombuffer(encoded["scales"], np.float16)
    states = np.frombuffer(encoded["states"], np.int8).reshape(-1, vectors.shape[1])
    with library.writing("the vectors", kept="what was done is kept") as connection:
        # A unit that went while its vectors were made takes them with it.
        held = {key[0] for key in keys}
        marks = ", ".join("?" * len(held))
        alive = {row[0] for row in connection.execute(f"SELECT id FROM units WHERE id IN ({marks})", tuple(held))}
        connection.executemany(
            "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?, ?, ?)",
            [
                (fingerprint, *key, vector.tobytes())
                for key, vector in zip(keys, vectors, strict=True)
                if key[0] in alive
            ],
        )
        connection.executemany(
            "INSERT OR REPLACE INTO token_states VALUES (?, ?, ?, ?, ?)",
            [
                (fingerprint, key[0], key[2], scales[end - n : end].tobytes(), states[end - n : end].tobytes())
                for key, n, end in zip(keys, lengths.tolist(), ends.tolist(), strict=False)
                if key[0] in alive
            ],
        )
