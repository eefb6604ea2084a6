"""A generation of vectors on a Milvus server, open for reading.

The server finds the nearest units and gives the vectors of those that are looked at; what they score is computed here,
as :class:`embeddings.snapshot.Snapshot` does. The states of tokens, most of an index, stay in the library and are read
there for the few units that are looked at token by token.

Reading is "Bounded" (Milvus's own default): rows of a generation never change once its manifest names it, so that
nothing wrong can be read, and "Strong" would have every call wait for the server's clock, some 200 milliseconds. It
would be too little where a generation is opened: that its rows are all there is counted "Strong".
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from typing import Any

import numpy as np

from corpus.errors import SnapshotError, StaleSnapshotError, VectorServerError
from corpus.library import Library
from corpus.records import LANGUAGES, Language
from embeddings.milvus.builds import check_build, count, dimension_of, served_build
from embeddings.milvus.fetched import Fetched
from embeddings.milvus.manifest import Manifest, read_manifest
from embeddings.milvus.schema import SENTENCES, UNITS, Place, collection
from embeddings.milvus.server import Server
from embeddings.milvus.within import within
from embeddings.snapshot import Query
from embeddings.space import Centre, Floats, centred, centred_cosines, packed_cosines

READING = "Bounded"
# The most that Milvus gives of one search.
_MOST_NEAREST = 16_384


class MilvusVectors:
    """The vectors of one generation of a library by one model, on a server (:class:`embeddings.vectors.Vectors`)."""

    def __init__(
        self, server: Server, build: str, library: Library, manifest: Manifest, centres: dict[Language, Centre]
    ) -> None:
        self._server, self._build, self._library = server, build, library
        self._manifest, self._centres = manifest, centres
        self._nowhere = Centre.nowhere(manifest.dimension)
        self._units = Fetched(server, build, UNITS, READING)
        self._sentences = Fetched(server, build, SENTENCES, READING)
        self.unit_count, self.sentence_count = manifest.unit_count, manifest.sentence_count
        self.state_count, self.unrefined = manifest.state_count, manifest.unrefined

    @classmethod
    def open(cls, server: Server, library: Library, generation: int, fingerprint: str) -> MilvusVectors:
        """What the server holds of a generation of a library by a model, if it is whole.

        Raises:
            StaleSnapshotError: it holds another generation, or none yet.
            VectorServerError: it does not answer in time, or what it holds is of another schema or has lost rows.
        """
        until = time.monotonic() + server.settings.opening_seconds
        place = Place(library.identity(), fingerprint)
        build = served_build(server, place, until)
        if build is None:
            raise StaleSnapshotError(
                f"{server.settings.name} has no vectors of this library by this model", f"generation {generation}",
                "python -m embeddings build sends them",
            )  # fmt: skip
        check_build(server, build, dimension_of(library, fingerprint), until)
        manifest, centres = read_manifest(server, build, until)
        if (manifest.library, manifest.fingerprint) != (library.identity(), fingerprint):
            raise SnapshotError(f"{build} is of another library or model", fingerprint, "it is not used")
        if manifest.generation != generation:
            found = f"the vectors on {server.settings.name} are of generation {manifest.generation}"
            raise StaleSnapshotError(found, f"generation {generation}", "python -m embeddings build sends what is new")
        _check_rows(server, build, manifest, until)
        return cls(server, build, library, manifest, centres)

    @property
    def generation(self) -> int:
        """The generation of the library it was made of."""
        return self._manifest.generation

    @property
    def fingerprint(self) -> str:
        """The model its vectors are of."""
        return self._manifest.fingerprint

    def nearest(self, query: Query, language: Language, limit: int, among: Sequence[int] | None = None) -> list[int]:
        """See :meth:`embeddings.vectors.Vectors.nearest`; at most 16,384 vectors are looked at."""
        if among is not None and not len(among):
            return []
        wanted = f"since <= {self.generation} and language == {LANGUAGES.index(language)}"
        filters = [wanted] if among is None else [f"{wanted} and ({part})" for part in within(among)]
        hits = [hit for one in filters for hit in self._search(query, one, limit)]
        best = sorted(hits, key=lambda hit: -float(hit["distance"]))[:limit]
        return list(dict.fromkeys(int(hit["entity"]["unit_id"]) for hit in best))

    def _search(self, query: Query, wanted: str, limit: int) -> list[dict[str, Any]]:
        (hits,) = self._server.read(
            "search", collection(self._build, UNITS), [query.vector.astype(np.float32).tolist()], filter=wanted,
            anns_field="vector", limit=min(limit, _MOST_NEAREST), output_fields=["unit_id"],
            search_params={"metric_type": "IP"}, consistency_level=READING,
        )  # fmt: skip
        return list(hits)

    def unit_scores(self, query: Query, unit_ids: list[int], language: Language) -> dict[int, float]:
        """See :meth:`embeddings.vectors.Vectors.unit_scores`."""
        rows = self._units.of(unit_ids)
        scores = self._scores([rows[i][1] for i in rows], query, language)
        return {i: float(of.max()) for i, of in zip(rows, scores, strict=True)}

    def sentence_scores(self, query: Query, unit_ids: list[int], language: Language) -> dict[int, dict[int, float]]:
        """See :meth:`embeddings.vectors.Vectors.sentence_scores`."""
        rows = self._sentences.of(unit_ids)
        scores = self._scores([rows[i][1] for i in rows], query, language)
        result: dict[int, dict[int, float]] = {unit_id: {} for unit_id in unit_ids}
        for unit_id, of in zip(rows, scores, strict=True):
            for position, score in zip(rows[unit_id][0].tolist(), of.tolist(), strict=True):
                result[unit_id][position] = max(result[unit_id].get(position, -1.0), score)
        return result

    def token_scores(self, query: Query, unit_ids: list[int], language: Language) -> dict[int, float]:
        """See :meth:`embeddings.vectors.Vectors.token_scores`."""
        return {i: float(best.mean()) for i, best in self.token_matches(query, unit_ids, language).items()}

    def token_matches(self, query: Query, unit_ids: list[int], language: Language) -> dict[int, Floats]:
        """See :meth:`embeddings.vectors.Vectors.token_matches`; the states are read in the library."""
        if not len(query.states):
            return {}
        text, own = self._centres_of(query, language)
        asked = centred(query.states, own.state)
        found = self._library.connection.execute(
            "SELECT unit_id, scales, states FROM token_states WHERE fingerprint = ?"
            " AND unit_id IN (SELECT value FROM json_each(?)) AND length(scales) > 0 ORDER BY unit_id, window",
            (self.fingerprint, json.dumps(unit_ids)),
        )
        best: dict[int, Floats] = {}
        for unit_id, scales, states in found:
            packed = np.frombuffer(states, np.int8).reshape(-1, self._manifest.dimension)
            here = packed_cosines(packed, np.frombuffer(scales, np.float16), text.state, asked).max(axis=0)
            best[unit_id] = np.maximum(best[unit_id], here) if unit_id in best else here
        return best

    def _scores(self, groups: list[Floats], query: Query, language: Language) -> list[Floats]:
        """The score of each row of each of several groups."""
        if not groups:
            return []
        text, own = self._centres_of(query, language)
        scores = centred_cosines(np.concatenate(groups), text.vector, centred(query.vector[None], own.vector))[:, 0]
        return np.split(scores, np.cumsum([len(of) for of in groups])[:-1])

    def _centres_of(self, query: Query, language: Language) -> tuple[Centre, Centre]:
        if not query.centred:
            return self._nowhere, self._nowhere
        return self._centres[language], self._centres[query.language]


def _check_rows(server: Server, build: str, manifest: Manifest, until: float) -> None:
    # While the next generation is sent, there are rows that this one does not have; of sentences they are not told
    # apart.
    found = count(server, build, UNITS, f"since <= {manifest.generation}", until)
    sentences = count(server, build, SENTENCES, until=until)
    if found < manifest.unit_rows or sentences < manifest.sentence_rows:
        raise VectorServerError(
            f"the vectors on {server.settings.name} have lost rows ({found} of units, {sentences} of sentences)",
            f"{manifest.unit_rows} and {manifest.sentence_rows}", "python -m embeddings build makes them anew",
            zh=f"向量服务器 {server.settings.name} 上的向量有缺失（段落 {found}，句子 {sentences}）；"
            f"应为 {manifest.unit_rows} 和 {manifest.sentence_rows}；请运行 python -m embeddings build 重建",
        )  # fmt: skip
