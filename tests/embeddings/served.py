"""Libraries whose vectors are given, sent to Milvus Lite: a real server of Milvus's protocol in a file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus.library import Library
from corpus.records import LANGUAGES
from embeddings.embed import WHOLE_UNIT
from embeddings.milvus.search import MilvusVectors
from embeddings.milvus.sending import ensure_sent
from embeddings.milvus.server import Server
from embeddings.milvus.settings import MilvusSettings
from embeddings.snapshot import VectorSet
from tests.letters import Letters

MODEL = "model"


def library_with(home: Path, vectors: VectorSet) -> Library:
    """A library whose units have these vectors, states and centres; all of it comes in one generation."""
    library = Library.open(home)
    languages = dict(zip(vectors.unit_ids.tolist(), vectors.unit_languages.tolist(), strict=True))
    with library.writing("made rows", kept="nothing") as connection:
        connection.execute(
            "INSERT INTO documents (doc_id, position, record, content_hash) VALUES ('made', 0, '{}', '')"
        )
        connection.executemany(
            "INSERT INTO units VALUES (?, 'made', ?, ?, '', '', 0, '[]', '', '[]', '[]', '', ?)",
            [(i, LANGUAGES[at], f"p{i}", f"{i:064x}") for i, at in languages.items()],
        )
        connection.executemany(
            "INSERT INTO sentences VALUES (?, ?, 0, 0)", sorted({(i, at) for i, at in vectors.sentence_keys.tolist()})
        )
        whole = [(i, WHOLE_UNIT, row.astype(np.float16)) for i, row in _pairs(vectors.unit_ids, vectors.unit_vectors)]
        parts = [(*key, row) for key, row in zip(vectors.sentence_keys.tolist(), vectors.sentence_vectors, strict=True)]
        counted: dict[tuple[int, int], int] = {}
        for unit_id, sentence, row in (*whole, *parts):
            window = counted[unit_id, sentence] = counted.get((unit_id, sentence), -1) + 1
            connection.execute(
                "INSERT INTO vectors VALUES (?, ?, ?, ?, ?)", (MODEL, unit_id, sentence, window, row.tobytes())
            )
        for unit_id in languages:
            own = vectors.state_units == unit_id
            connection.execute(
                "INSERT INTO token_states VALUES (?, ?, 0, ?, ?)",
                (MODEL, unit_id, vectors.state_scales[own].tobytes(), vectors.states[own].tobytes()),
            )
        connection.executemany(
            "INSERT INTO centres VALUES (?, ?, ?, ?)",
            [(MODEL, name, of.vector.tobytes(), of.state.tobytes()) for name, of in vectors.centres.items()],
        )
        connection.execute("UPDATE state SET value = 1 WHERE name = 'generation'")
    return library


def _pairs(ids: np.ndarray, rows: np.ndarray) -> list[tuple[int, np.ndarray]]:
    return list(zip(ids.tolist(), rows, strict=True))


@dataclass(frozen=True)
class Lite:
    """A server in a file that a test's libraries are sent to."""

    server: Server

    @classmethod
    def at(cls, path: Path) -> Lite:
        return cls(Server.connect(MilvusSettings(str(path))))

    def send(self, library: Library, encoder: Letters) -> MilvusVectors:
        """What the server holds of the library as it is."""
        sent = ensure_sent(library, encoder, self.server, progress=False)
        assert sent is not None
        return sent
