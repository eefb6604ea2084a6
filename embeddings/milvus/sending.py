"""Brings what a server holds up to the library: sends what is new by batches, then says that the generation is whole.

What is new is searched from the generation on that it came with, so that whoever searches an earlier one does not see
half of it; what went is deleted after the swap, and the library no longer holds it anyway. A build that was stopped
goes on where it stopped: rows have keys of their own, and those that are there are not sent again. A build that cannot
be trusted is made anew beside it and the alias moved once it is whole.
"""

from __future__ import annotations

import json
import logging
import time
import uuid
from collections.abc import Sequence

import numpy as np
from filelock import FileLock, Timeout

from corpus.errors import SnapshotError, VectorServerError
from corpus.library import Library
from embeddings.centres import UnitEncoder
from embeddings.embed import WHOLE_UNIT
from embeddings.measuring import library_centres
from embeddings.milvus.builds import check_build, count, dimension_of, served_build
from embeddings.milvus.manifest import Manifest, read_manifest, tidied, write_manifest
from embeddings.milvus.plan import Plan, make_plan
from embeddings.milvus.schema import MANIFEST, PARTS, SENTENCES, UNITS, Part, Place, collection, row_key, schema_of
from embeddings.milvus.search import MilvusVectors
from embeddings.milvus.server import Server
from embeddings.progress import Progress, reporting

logger = logging.getLogger(__name__)

#: Units read and sent together; and vectors sent in one request, 6 MB of 384 dimensions where Milvus takes 64.
UNITS_A_BATCH, _ROWS_A_REQUEST = 1_000, 8_000
# Keys named in one deletion.
_DELETED_AT_ONCE = 5_000
_LOCK_FILE, _PATIENCE_SECONDS = "vectors.lock", 120.0
#: Says which build of which generation was sent last, so that other processes of this machine look for it.
SENT_FILE = "vectors.sent"


def ensure_sent(
    library: Library, encoder: UnitEncoder, server: Server, progress: bool | Progress = True,
    batch: int = UNITS_A_BATCH,
) -> MilvusVectors | None:  # fmt: skip
    """What a server holds of the library as it is, sent where it must be; None where units have no vectors yet.

    Args:
        library: what is sent.
        encoder: the model whose vectors are sent.
        server: where to.
        progress: whether to show on standard error how far it is, or what to tell it.
        batch: units that are read and sent together.

    Raises:
        VectorServerError: the server does not answer, refuses, or holds a collection of another schema in this place.
        SnapshotError: another process has been sending for minutes, or the library has no vectors.
        HomeError: the library cannot be written, where centres are measured.
    """
    try:
        with FileLock(library.folder / _LOCK_FILE, timeout=_PATIENCE_SECONDS):
            return _ensure(library, encoder, server, progress, batch)
    except Timeout as error:
        raise SnapshotError(
            "another program has been sending vectors for minutes", "it to be done", "wait, or end that program",
            zh="另一个程序正在发送向量，已逾数分钟；应等待其完成；请稍候，或关闭该程序后重试",
        ) from error  # fmt: skip


def _ensure(
    library: Library, encoder: UnitEncoder, server: Server, progress: bool | Progress, batch: int
) -> MilvusVectors | None:
    place = Place(library.identity(), encoder.fingerprint)
    dimension = dimension_of(library, encoder.fingerprint)
    while True:
        generation = library.generation()
        # A server that is slow in all it does is left before anything is sent there.
        until = time.monotonic() + server.settings.opening_seconds
        build = served_build(server, place, until)
        if build is not None:
            check_build(server, build, dimension, until)
            if _is_current(library, encoder.fingerprint, server, build, until):
                try:
                    return MilvusVectors.open(server, library, generation, encoder.fingerprint)
                except VectorServerError as error:
                    # It says that it is whole and has lost rows: it is made anew beside.
                    logger.warning("%s", error)
                    build = None
        if build is None:
            build = _begun(server, place, dimension)
        plan = make_plan(library, server, build, encoder.fingerprint)
        if plan is None:
            return None
        _bring_up(library, encoder, server, build, plan, progress, batch)
        _serve(server, place, build)
        (library.folder / SENT_FILE).write_text(f"{build} {generation} {uuid.uuid4().hex[:8]}", encoding="utf-8")
        if library.generation() == generation:
            return MilvusVectors.open(server, library, generation, encoder.fingerprint)


def _is_current(library: Library, fingerprint: str, server: Server, build: str, until: float) -> bool:
    manifest, _ = read_manifest(server, build, until)
    if not manifest.tidied or manifest.generation != library.generation():
        return False
    (vectors,) = library.connection.execute(
        "SELECT count(*) FROM vectors WHERE fingerprint = ?", (fingerprint,)
    ).fetchone()
    return bool(vectors == manifest.unit_rows + manifest.sentence_rows)


def _begun(server: Server, place: Place, dimension: int) -> str:
    """A build that was begun and is not served, of those the fullest; else a new one."""
    served = served_build(server, place)
    rows: dict[str, int] = {}
    for build in _builds(server, place):
        if build == served:
            continue
        try:
            check_build(server, build, dimension)
            rows[build] = count(server, build, UNITS)
        except VectorServerError:
            # It was stopped while it was made.
            _drop(server, build)
    if rows:
        return max(rows, key=lambda build: rows[build])
    build = place.build(uuid.uuid4().hex[:8])
    for part in PARTS:
        _create(server, build, part, dimension)
    return build


def _builds(server: Server, place: Place) -> list[str]:
    """All builds of which any collection is there."""
    prefix, endings = place.build(""), [f"_{part}" for part in PARTS]
    names = [str(name) for name in server.call("list_collections") if str(name).startswith(prefix)]
    return sorted({name.removesuffix(end) for name in names for end in endings if name.endswith(end)})


def _drop(server: Server, build: str) -> None:
    names = server.call("list_collections")
    for name in (collection(build, part) for part in PARTS):
        if name in names:
            server.write("drop_collection", name)


def _create(server: Server, build: str, part: Part, dimension: int) -> None:
    from pymilvus import MilvusClient

    indexes = MilvusClient.prepare_index_params()
    # Only units are searched by vector, with the index that the server takes for best; the others are read by key.
    indexes.add_index(
        "vector", index_type="AUTOINDEX" if part == UNITS else "FLAT", metric_type="L2" if part == MANIFEST else "IP"
    )
    if part == SENTENCES:
        indexes.add_index("unit_id", index_type="INVERTED")
    # One shard of the manifest: what one request writes there is seen together.
    shards = {"num_shards": 1} if part == MANIFEST else {}
    name = collection(build, part)
    server.write("create_collection", name, schema=schema_of(part, dimension), consistency_level="Bounded", **shards)
    # There is nothing to index yet, which need not be waited for.
    server.write("create_index", name, indexes, sync=False)
    server.write("load_collection", name)


def _bring_up(
    library: Library,
    encoder: UnitEncoder,
    server: Server,
    build: str,
    plan: Plan,
    progress: bool | Progress,
    batch: int,
) -> None:
    centres = library_centres(library, encoder)
    changed = np.intersect1d(plan.delete, plan.send["id"])
    _delete(server, build, changed)
    with reporting(progress, len(plan.send), "Sending paragraphs") as report:
        for first in range(0, len(plan.send), batch):
            _send(library, encoder.fingerprint, server, build, plan, slice(first, first + batch))
            report(min(first + batch, len(plan.send)))
    manifest = Manifest(
        library.identity(), plan.generation, encoder.fingerprint, len(centres["en"].vector), plan.unit_rows,
        plan.sentence_rows, plan.unit_count, plan.sentence_count, plan.state_count, plan.unrefined,
    )  # fmt: skip
    # Said only of what is there: "Strong" counts all that was sent.
    found = count(server, build, UNITS, f"since <= {plan.generation}")
    if found < plan.unit_rows and library.generation() == plan.generation:
        raise VectorServerError(
            f"of the vectors sent to {server.settings.name} {found} of units arrived", f"{plan.unit_rows}",
            "try again; what arrived is kept",
            zh=f"发送到向量服务器 {server.settings.name} 的段落向量只到达 {found} 个；应为 {plan.unit_rows} 个；请重试",
        )  # fmt: skip
    write_manifest(server, build, manifest, centres)
    _delete(server, build, np.setdiff1d(plan.delete, changed))
    write_manifest(server, build, tidied(manifest), centres)


def _send(library: Library, fingerprint: str, server: Server, build: str, plan: Plan, part: slice) -> None:
    """Sends some of the units: their sentences first, so that a unit that is there is there whole."""
    units, since = plan.send[part], plan.since[part]
    known = {int(unit["id"]): (unit, int(of)) for unit, of in zip(units, since, strict=True)}
    rows = library.connection.execute(
        "SELECT unit_id, sentence, window, vector FROM vectors"
        " WHERE fingerprint = ? AND unit_id IN (SELECT value FROM json_each(?))",
        (fingerprint, json.dumps(list(known))),
    )
    batches: dict[Part, list[dict[str, object]]] = {SENTENCES: [], UNITS: []}
    for unit_id, sentence, window, vector in rows:
        row = {
            "row": row_key(unit_id, max(sentence, 0), window), "unit_id": unit_id,
            "vector": np.frombuffer(vector, np.float16).astype(np.float32),
        }  # fmt: skip
        if sentence != WHOLE_UNIT:
            batches[SENTENCES].append({**row, "sentence": sentence})
            continue
        unit, first_seen = known[unit_id]
        said = {"language": int(unit["language"]), "since": first_seen, "digest": int(unit["digest"])}
        batches[UNITS].append({**row, **said})
    for name, batch in batches.items():
        for first in range(0, len(batch), _ROWS_A_REQUEST):
            server.write("upsert", collection(build, name), batch[first : first + _ROWS_A_REQUEST])


def _delete(server: Server, build: str, unit_ids: Sequence[int] | np.ndarray) -> None:
    """Deletes all rows of some units: the units' own last, so that what is stopped is done again."""
    for part in (SENTENCES, UNITS):
        for first in range(0, len(unit_ids), _DELETED_AT_ONCE):
            some = [int(i) for i in unit_ids[first : first + _DELETED_AT_ONCE]]
            server.write("delete", collection(build, part), filter=f"unit_id in {some}")


def _serve(server: Server, place: Place, build: str) -> None:
    """Has the alias name a build, and drops all others; who still searches one of those has the local index."""
    before = served_build(server, place)
    if before == build:
        return
    server.write("alter_alias" if before else "create_alias", collection(build, UNITS), place.alias)
    for other in _builds(server, place):
        if other != build:
            _drop(server, other)
