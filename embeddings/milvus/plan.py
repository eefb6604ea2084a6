"""What of a library a server lacks: the units of both, compared by id and digest, without their vectors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.library import Library
from corpus.records import LANGUAGES
from embeddings.embed import WHOLE_UNIT
from embeddings.milvus.builds import STRONG
from embeddings.milvus.schema import UNITS, collection
from embeddings.milvus.server import Server

_UNIT = np.dtype([("id", np.int64), ("digest", np.int64), ("language", np.int8)])
_HELD = np.dtype([("id", np.int64), ("digest", np.int64), ("since", np.int64)])
# The most that Milvus gives of one batch of a walk through a collection.
_ROWS_A_BATCH = 16_000
# Of a digest the bits that count vectors; the rest are of the unit's content.
_COUNT_BITS = 15
Units = NDArray[Any]


@dataclass(frozen=True)
class Plan:
    """What is to be done so that a server holds one generation of a library.

    ``send`` are units with ``id``, ``digest``, ``language`` and, in ``since``, the generation that each is searched
    from; ``delete`` the ids of units that the library has no more, or in another form. The counts are the library's.
    """

    generation: int
    send: Units
    since: NDArray[np.int64]
    delete: NDArray[np.int64]
    unit_rows: int
    sentence_rows: int
    unit_count: int
    sentence_count: int
    state_count: int
    unrefined: int


def make_plan(library: Library, server: Server, build: str, fingerprint: str) -> Plan | None:
    """Compares a library with a build on a server; None where units of the library have no vectors of the model yet.

    Raises:
        VectorServerError: the server does not answer.
    """
    held = _held(server, build)
    with library.reading():
        if _lacks(library, fingerprint):
            return None
        wanted = _wanted(library, fingerprint)
        generation = library.generation()
        counts = _counts(library, fingerprint)
    at = np.searchsorted(held["id"], wanted["id"])
    there = np.zeros(len(wanted), bool)
    there[at < len(held)] = held["id"][at[at < len(held)]] == wanted["id"][at < len(held)]
    digests, since = np.zeros(len(wanted), np.int64), np.full(len(wanted), generation, np.int64)
    digests[there], since[there] = held["digest"][at[there]], held["since"][at[there]]
    changed = there & (digests >> _COUNT_BITS != wanted["digest"] >> _COUNT_BITS)
    # A unit that only has more vectors than before is searched while they are sent.
    since[changed] = generation
    send = ~there | (digests != wanted["digest"])
    gone = np.setdiff1d(held["id"], wanted["id"])
    return Plan(generation, wanted[send], since[send], np.union1d(gone, wanted["id"][changed]), *counts)


def _held(server: Server, build: str) -> Units:
    """The units of a build, in order of id; of one with several rows that differ, which a killed build left, one."""
    walk = server.write(
        "query_iterator", collection(build, UNITS), batch_size=_ROWS_A_BATCH, filter="row >= 0",
        output_fields=["unit_id", "digest", "since"], consistency_level=STRONG,
    )  # fmt: skip
    parts = [np.zeros(0, _HELD)]
    try:
        while rows := walk.next():
            parts.append(np.array([(row["unit_id"], row["digest"], row["since"]) for row in rows], _HELD))
    finally:
        walk.close()
    every = np.concatenate(parts)
    return every[np.unique(every["id"], return_index=True)[1]]


def _lacks(library: Library, fingerprint: str) -> bool:
    lacking = "SELECT 1 FROM units WHERE id NOT IN (SELECT unit_id FROM token_states WHERE fingerprint = ?) LIMIT 1"
    return library.connection.execute(lacking, (fingerprint,)).fetchone() is not None


def _wanted(library: Library, fingerprint: str) -> Units:
    rows = library.connection.execute(
        "SELECT u.id, u.content_hash, u.language, count(*) FROM vectors v JOIN units u ON u.id = v.unit_id"
        " WHERE v.fingerprint = ? GROUP BY u.id ORDER BY u.id",
        (fingerprint,),
    )
    return np.fromiter(
        ((i, _digest(content, vectors), LANGUAGES.index(language)) for i, content, language, vectors in rows), _UNIT
    )


def _digest(content_hash: str, vectors: int) -> int:
    return int(content_hash[:12] or "0", 16) << _COUNT_BITS | min(vectors, (1 << _COUNT_BITS) - 1)


def _counts(library: Library, fingerprint: str) -> tuple[int, int, int, int, int, int]:
    """Rows of units and of sentences; units, sentences and tokens that have vectors; sentences that have none yet."""

    def one(query: str, *parameters: object) -> int:
        return int(library.connection.execute(query, parameters).fetchone()[0])

    of_units = "FROM vectors WHERE fingerprint = ? AND sentence = ?"
    of_sentences = "FROM vectors WHERE fingerprint = ? AND sentence <> ?"
    sentences = one(f"SELECT count(*) FROM (SELECT DISTINCT unit_id, sentence {of_sentences})", fingerprint, WHOLE_UNIT)
    return (
        one(f"SELECT count(*) {of_units}", fingerprint, WHOLE_UNIT),
        one(f"SELECT count(*) {of_sentences}", fingerprint, WHOLE_UNIT),
        one(f"SELECT count(DISTINCT unit_id) {of_units}", fingerprint, WHOLE_UNIT),
        sentences,
        one("SELECT coalesce(sum(length(scales)), 0) / 2 FROM token_states WHERE fingerprint = ?", fingerprint),
        one("SELECT count(*) FROM sentences") - sentences,
    )
