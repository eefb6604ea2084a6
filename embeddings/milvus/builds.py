"""The builds on a server: which one is searched, whether its collections are ours, and how many rows they have."""

from __future__ import annotations

import numpy as np

from corpus.errors import SnapshotError, VectorServerError
from corpus.library import Library
from embeddings.milvus.schema import PARTS, UNITS, Part, Place, check, collection
from embeddings.milvus.server import Server

#: All that was written before is seen: whoever opens a generation must not find an earlier one, or less than all of it.
STRONG = "Strong"


def served_build(server: Server, place: Place, until: float | None = None) -> str | None:
    """The build that the alias names, None without one.

    Raises:
        VectorServerError: the server does not answer, or the alias names another's collection.
    """
    from pymilvus.exceptions import MilvusException

    try:
        described = server.call("describe_alias", place.alias, until=until)
    except VectorServerError as error:
        said = str(error.__cause__).lower() if isinstance(error.__cause__, MilvusException) else ""
        # A server's words, and those of Milvus Lite.
        if "not found" in said or "does not exist" in said:
            return None
        raise
    name = str(described["collection_name"])
    suffix = f"_{UNITS}"
    if not (name.startswith(place.build("")) and name.endswith(suffix)):
        raise VectorServerError(
            f"the alias {place.alias} at {server.settings.name} names the collection {name}", "one of this program",
            "drop that alias, or name another server",
            zh=f"向量服务器 {server.settings.name} 上的别名 {place.alias} 指向集合 {name}；应为本程序的集合；"
            "请删除该别名，或改用其他服务器",
        )  # fmt: skip
    return name.removesuffix(suffix)


def check_build(server: Server, build: str, dimension: int, until: float | None = None) -> None:
    """Nothing, where all collections of a build are as they are made; they are ready to be read then.

    Raises:
        VectorServerError: the server does not answer, or one is of another schema.
    """
    for part in PARTS:
        described = server.call("describe_collection", collection(build, part), until=until)
        check(described, part, dimension, server.settings.name)
        # Nothing, where it is loaded already; a server that was started again may have let go of it.
        server.call("load_collection", collection(build, part), until=until)


def dimension_of(library: Library, fingerprint: str) -> int:
    """How long the library's vectors by a model are.

    Raises:
        SnapshotError: it has none.
    """
    row = library.connection.execute(
        "SELECT length(vector) FROM vectors WHERE fingerprint = ? LIMIT 1", (fingerprint,)
    ).fetchone()
    if row is None:
        raise SnapshotError("the library has no vectors of this model", "at least one document", "add a document")
    return int(row[0]) // np.dtype(np.float16).itemsize


def count(server: Server, build: str, part: Part, wanted: str = "", until: float | None = None) -> int:
    """How many rows a collection has, or those that are wanted, after all that was written."""
    (row,) = server.call(
        "query", collection(build, part), filter=wanted, output_fields=["count(*)"], consistency_level=STRONG,
        until=until,
    )  # fmt: skip
    return int(row["count(*)"])
