"""What a build on a server says of itself: written last, so that a generation is searched once it is whole."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np

from corpus.errors import VectorServerError
from corpus.records import LANGUAGES, Language
from embeddings.milvus.builds import STRONG
from embeddings.milvus.schema import MANIFEST, collection
from embeddings.milvus.server import Server
from embeddings.space import Centre

_STATED = "manifest"
_KINDS = ("vector", "state")


@dataclass(frozen=True)
class Manifest:
    """A generation that is whole: what it was made of, how many rows it has, how many units, sentences and tokens.

    ``tidied`` says that what earlier generations had and this one has not is deleted.
    """

    library: str
    generation: int
    fingerprint: str
    dimension: int
    unit_rows: int
    sentence_rows: int
    unit_count: int
    sentence_count: int
    state_count: int
    unrefined: int
    tidied: bool = False


def read_manifest(server: Server, build: str, until: float | None = None) -> tuple[Manifest, dict[Language, Centre]]:
    """What a build says of itself, and the centres of its languages.

    Raises:
        VectorServerError: the server does not answer, or what it says is not of this form.
    """
    rows = server.call(
        "query", collection(build, MANIFEST), filter="name != ''", output_fields=["name", "said", "vector"],
        consistency_level=STRONG, until=until,
    )  # fmt: skip
    try:
        by_name = {row["name"]: row for row in rows}
        manifest = Manifest(**json.loads(by_name[_STATED]["said"]))
        centres = {
            language: Centre(*(np.asarray(by_name[f"{language} {kind}"]["vector"], np.float32) for kind in _KINDS))
            for language in LANGUAGES
        }
    except (KeyError, ValueError, TypeError) as error:
        raise VectorServerError(
            f"the collection {collection(build, MANIFEST)} at {server.settings.name} says nothing that is known",
            "the manifest of a build", "drop the collections of that build; they are made anew from the library",
            zh=f"向量服务器 {server.settings.name} 上的集合 {collection(build, MANIFEST)} 内容无法识别；应为索引清单；"
            "请删除该组集合，程序会从文件库重建",
        ) from error  # fmt: skip
    return manifest, centres


def write_manifest(server: Server, build: str, manifest: Manifest, centres: dict[Language, Centre]) -> None:
    """Says that a generation is whole, in one request.

    Raises:
        VectorServerError: the server does not answer, or refuses.
    """
    rows: list[dict[str, Any]] = [
        {"name": f"{language} {kind}", "said": "", "vector": getattr(centres[language], kind).tolist()}
        for language in LANGUAGES
        for kind in _KINDS
    ]
    nowhere = [0.0] * manifest.dimension
    rows.append({"name": _STATED, "said": json.dumps(asdict(manifest)), "vector": nowhere})
    server.write("upsert", collection(build, MANIFEST), rows)


def tidied(manifest: Manifest) -> Manifest:
    """The same, with nothing of earlier generations left."""
    return replace(manifest, tidied=True)
