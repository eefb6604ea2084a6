"""The vectors that a library is searched with: those of the server that the environment names, else of this machine.

The index on this machine is kept beside a server's, unless RAPPORTEUR_VECTORS_LOCAL=0, and answers while that does not.
"""

from __future__ import annotations

import logging
import os

from corpus.errors import SnapshotError, StaleSnapshotError, VectorServerError
from corpus.library import Library
from embeddings.build import INDEX_FOLDER, ensure_index
from embeddings.embed import PassageEncoder, embed_missing, refine
from embeddings.guarded import GuardedVectors
from embeddings.index import current_snapshot, open_snapshot
from embeddings.milvus.search import MilvusVectors
from embeddings.milvus.sending import SENT_FILE, ensure_sent
from embeddings.milvus.server import Server
from embeddings.milvus.settings import LOCAL_VARIABLE, MilvusSettings, settings_of
from embeddings.progress import Progress
from embeddings.vectors import Vectors

logger = logging.getLogger(__name__)


def ensure_vectors(
    library: Library, encoder: PassageEncoder, progress: bool | Progress = True, *, refined: bool = True
) -> Vectors:
    """The vectors of the library as it is, by this model, embedded and brought up to it where they must be.

    A server that cannot be used is said in a line of the log, and this machine's index serves; where none is kept, it
    is an error.

    Args:
        library: what is to be searched.
        encoder: the model.
        progress: see :func:`embeddings.build.ensure_index`.
        refined: see there.

    Raises:
        HomeError, SnapshotError: library or index cannot be written.
        VectorServerError: the server cannot be used, and there is no index on this machine.
    """
    settings = _settings()
    if settings is None:
        return ensure_index(library, encoder, progress, refined=refined)
    while True:
        if settings.local:
            ensure_index(library, encoder, progress, refined=refined)
        else:
            embed_missing(library, encoder, progress, refined=refined)
            if refined:
                refine(library, encoder, progress)
        try:
            served = ensure_sent(library, encoder, Server.connect(settings), progress is True)
        except VectorServerError as error:
            if not settings.local:
                raise
            logger.warning("%s; the index on this machine answers", error)
            return _guarded(library, library.generation(), encoder.fingerprint, settings, None)
        # The library may have gone on while it was sent.
        if served is not None and not (refined and served.unrefined):
            return _guarded(library, served.generation, encoder.fingerprint, settings, served)


def open_vectors(library: Library, generation: int, fingerprint: str) -> Vectors:
    """The vectors of a generation that are there, of the server or of this machine; nothing is built.

    Raises:
        SnapshotError: there are none of that generation, or they cannot be used.
    """
    settings = _settings()
    if settings is None:
        return open_snapshot(library.folder / INDEX_FOLDER, generation, fingerprint, library.identity())
    served = None
    try:
        served = MilvusVectors.open(Server.connect(settings), library, generation, fingerprint)
    except SnapshotError as error:
        if not settings.local:
            raise
        if isinstance(error, VectorServerError):
            logger.warning("%s; the index on this machine answers", error)
    return _guarded(library, generation, fingerprint, settings, served)


def current_vectors(library: Library) -> str:
    """A name of the vectors that were built last, another one after each build; empty where there are none."""
    try:
        sent = (library.folder / SENT_FILE).read_text(encoding="utf-8")
    except (OSError, ValueError):
        sent = ""
    return f"{current_snapshot(library.folder / INDEX_FOLDER)} {sent}".strip()


def _settings() -> MilvusSettings | None:
    try:
        return settings_of(os.environ)
    except VectorServerError as error:
        logger.warning("%s; the index on this machine answers", error)
        return None


def _guarded(
    library: Library, generation: int, fingerprint: str, settings: MilvusSettings, served: Vectors | None
) -> Vectors:
    def open_served() -> Vectors:
        return MilvusVectors.open(Server.connect(settings), library, generation, fingerprint)

    def open_local() -> Vectors:
        if not settings.local:
            raise VectorServerError(
                f"the vector server at {settings.name} does not answer and {LOCAL_VARIABLE}=0 keeps no index here",
                "one of both", "start the server",
                zh=f"向量服务器 {settings.name} 没有响应，且 {LOCAL_VARIABLE}=0 未在本机保留索引；应至少有其一；"
                "请启动该服务器",
            )  # fmt: skip
        root, identity = library.folder / INDEX_FOLDER, library.identity()
        try:
            return open_snapshot(root, generation, fingerprint, identity)
        except StaleSnapshotError:
            # The library went on meanwhile, and so did its index: that answers better than nothing.
            return open_snapshot(root, library.generation(), fingerprint, identity)

    return GuardedVectors(open_served, open_local, served)
