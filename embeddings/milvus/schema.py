"""The collections that hold a library's vectors: what they are called, their fields, and whether those are ours.

Three to a build, of one name: ``…_units`` is searched, ``…_sentences`` is read by unit, ``…_manifest`` says what they
are of. An alias, ``rapporteur_1_LIBRARY_MODEL``, names the units of the build that is searched. The names of library
and model are in it, so that two of either never meet, and the number of this form, so that another version's do not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final, Literal

from corpus.errors import VectorServerError

FORMAT = 1
UNITS: Final = "units"
SENTENCES: Final = "sentences"
MANIFEST: Final = "manifest"
Part = Literal["units", "sentences", "manifest"]
PARTS: tuple[Part, ...] = (UNITS, SENTENCES, MANIFEST)

# Of Milvus's field types, by name, so that pymilvus is not imported to know them.
# Floats of 32 bits though the library holds 16: Milvus Lite, which this is tested on, has no others.
_ROW = {"row": "INT64", "unit_id": "INT64", "vector": "FLOAT_VECTOR"}
FIELDS: dict[Part, dict[str, str]] = {
    # digest tells a unit that changed; since is the generation that it is searched from.
    "units": {**_ROW, "language": "INT8", "since": "INT64", "digest": "INT64"},
    "sentences": {**_ROW, "sentence": "INT32"},
    "manifest": {"name": "VARCHAR", "said": "VARCHAR", "vector": "FLOAT_VECTOR"},
}
_KEYS = {"row", "name"}
NAME_ROOM, SAID_ROOM = 64, 4096
# How a row's key is made up of unit, sentence and window: bits of each.
_UNIT_BITS, _SENTENCE_BITS, _WINDOW_BITS = 31, 20, 12


@dataclass(frozen=True)
class Place:
    """Where the vectors of one library by one model are: the ``alias``, and the names of a build."""

    library: str
    fingerprint: str

    @property
    def alias(self) -> str:
        """The name under which the build that is searched is found."""
        return f"rapporteur_{FORMAT}_{_plain(self.library)}_{_plain(self.fingerprint)}"

    def build(self, name: str) -> str:
        """What the collections of a build have in common."""
        return f"{self.alias}_{name}"


def collection(build: str, part: Part) -> str:
    """One collection of a build."""
    return f"{build}_{part}"


def row_key(unit_id: int, sentence: int, window: int) -> int:
    """The key of one vector; the same for the same, so that writing it twice leaves one. ``sentence`` counts from 0.

    Raises:
        VectorServerError: a number is larger than there is room for.
    """
    for found, bits, what in (
        (unit_id, _UNIT_BITS, "unit"), (sentence, _SENTENCE_BITS, "sentence"), (window, _WINDOW_BITS, "window"),
    ):  # fmt: skip
        if not 0 <= found < 1 << bits:
            raise VectorServerError(
                f"{what} {found} of the library",
                f"at most {(1 << bits) - 1} on a server",
                "use the local index",
            )
    return (unit_id << _SENTENCE_BITS | sentence) << _WINDOW_BITS | window


def schema_of(part: Part, dimension: int) -> Any:
    """The schema of a collection, as pymilvus takes it."""
    from pymilvus import CollectionSchema, DataType, FieldSchema

    more: dict[str, dict[str, Any]] = {
        "vector": {"dim": dimension}, "name": {"max_length": NAME_ROOM}, "said": {"max_length": SAID_ROOM},
    }  # fmt: skip
    fields = [
        FieldSchema(name, DataType[kind], is_primary=name in _KEYS, **more.get(name, {}))
        for name, kind in FIELDS[part].items()
    ]
    return CollectionSchema(fields, auto_id=False, enable_dynamic_field=False)


def check(described: dict[str, Any], part: Part, dimension: int, server: str) -> None:
    """Nothing, where a collection is as :func:`schema_of` makes it.

    Raises:
        VectorServerError: it is not; the first field that differs is named.
    """
    found = {field["name"]: field for field in described.get("fields", [])}
    expected = {name: _kind(kind, dimension) for name, kind in FIELDS[part].items()}
    shown = {name: _shown(field) for name, field in found.items()}
    if shown == expected:
        return
    name = next(name for name in [*expected, *shown] if expected.get(name) != shown.get(name))
    what, wanted = shown.get(name, "missing"), expected.get(name, "not there")
    raise VectorServerError(
        f"the collection {described.get('collection_name', '')} at {server} is of another schema: {name} is {what}",
        f"{name} to be {wanted}", "rename or drop that collection, or name another server",
        zh=f"向量服务器 {server} 上的集合 {described.get('collection_name', '')} 结构不符：字段 {name} 为 {what}；"
        f"应为 {wanted}；请改名或删除该集合，或改用其他服务器",
    )  # fmt: skip


def _kind(kind: str, dimension: int) -> str:
    return f"{kind}({dimension})" if kind.endswith("VECTOR") else kind


def _shown(field: dict[str, Any]) -> str:
    kind = getattr(field.get("type"), "name", str(field.get("type")))
    return f"{kind}({field['params']['dim']})" if "dim" in field.get("params", {}) else kind


def _plain(name: str) -> str:
    return re.sub(r"\W", "_", name, flags=re.ASCII)
