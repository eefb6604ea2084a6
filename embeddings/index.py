"""The index snapshot: a folder of derived files that search reads. Takes vectors, never models.

A snapshot is a folder of its own under ``index/``, written aside, synced to disk and renamed into place; the file
``CURRENT`` then names it. Its manifest holds a checksum of every file, because FAISS loads most flipped bytes without a
word. Whatever does not agree is a SnapshotError for the caller to rebuild from the library.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import uuid
from dataclasses import asdict, dataclass
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from corpus.errors import SnapshotError

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

_FORMAT = 1
_POINTER = "CURRENT"
_MANIFEST = "manifest.json"
_FILES = ("units.faiss", "unit_ids.npy", "sentences.npy", "sentence_keys.npy")


@dataclass(frozen=True)
class VectorSet:
    """What a snapshot is built of; a long text has several rows, one a window.

    ``unit_vectors`` (u, d) with ``unit_ids`` (u,); ``sentence_vectors`` (s, d) with ``sentence_keys`` (s, 2): unit id
    and sentence position. All vectors have length one.
    """

    unit_vectors: Floats
    unit_ids: Ints
    sentence_vectors: NDArray[np.float16]
    sentence_keys: Ints


@dataclass(frozen=True)
class _Manifest:
    format: int
    library: str
    generation: int
    fingerprint: str
    dimension: int
    units: int
    sentences: int
    files: dict[str, str]


class Snapshot:
    """Vectors of one generation of the library by one model, open for reading."""

    def __init__(self, folder: Path, manifest: _Manifest) -> None:
        self._manifest = manifest
        self._units = faiss.read_index(str(folder / "units.faiss"))
        self._unit_ids: Ints = np.load(folder / "unit_ids.npy")
        self._sentences = np.load(folder / "sentences.npy", mmap_mode="r")
        self._sentence_keys: Ints = np.load(folder / "sentence_keys.npy")
        # Rows are grouped by unit id, so the rows of a unit are found by bisection.
        self._sentence_units = self._sentence_keys[:, 0]
        self.unit_count = len(np.unique(self._unit_ids))
        self.sentence_count = len(np.unique(self._sentence_keys, axis=0))
        shapes = (self._units.d, self._units.ntotal, len(self._unit_ids), *self._sentences.shape)
        rows = (manifest.units, manifest.units, manifest.sentences)
        if shapes != (manifest.dimension, *rows, manifest.dimension) or len(self._sentence_keys) != manifest.sentences:
            raise ValueError(f"arrays of {shapes}, which is not what the manifest says")

    @property
    def generation(self) -> int:
        """The generation of the library it was built from."""
        return self._manifest.generation

    @property
    def fingerprint(self) -> str:
        """The model its vectors are of."""
        return self._manifest.fingerprint

    def search(self, query: Floats, limit: int) -> dict[int, float]:
        """Cosine of the nearest units to a query vector (d,), by unit id; a unit counts by its best window."""
        rows = min(limit, self._units.ntotal)
        scores, found = self._units.search(query.reshape(1, -1).astype(np.float32), rows)
        best: dict[int, float] = {}
        for score, row in zip(scores[0], found[0], strict=True):
            unit_id = int(self._unit_ids[row])
            best[unit_id] = max(best.get(unit_id, -1.0), float(score))
        return best

    def unit_scores(self, query: Floats, unit_ids: list[int]) -> dict[int, float]:
        """Cosine of chosen units to a query vector (d,), by unit id."""
        best: dict[int, float] = {}
        for row in np.flatnonzero(np.isin(self._unit_ids, unit_ids)):
            score = float(self._units.reconstruct(int(row)) @ query)
            unit_id = int(self._unit_ids[row])
            best[unit_id] = max(best.get(unit_id, -1.0), score)
        return best

    def sentence_scores(self, query: Floats, unit_ids: list[int]) -> dict[int, dict[int, float]]:
        """Cosine of the sentences of chosen units to a query vector (d,), by unit id and sentence position."""
        result: dict[int, dict[int, float]] = {}
        for unit_id in unit_ids:
            first, last = np.searchsorted(self._sentence_units, [unit_id, unit_id + 1])
            scores = np.asarray(self._sentences[first:last], dtype=np.float32) @ query
            best: dict[int, float] = {}
            for (_, position), score in zip(self._sentence_keys[first:last], scores, strict=True):
                best[int(position)] = max(best.get(int(position), -1.0), float(score))
            result[unit_id] = best
        return result


def build_snapshot(root: Path, generation: int, fingerprint: str, vectors: VectorSet, library: str = "") -> Snapshot:
    """Writes a snapshot under ``root`` and makes it the current one; older ones are removed.

    ``library`` names the library that generation and unit ids are of, since another one counts from the start again.

    Raises:
        SnapshotError: the folder cannot be written.
    """
    dimension = vectors.unit_vectors.shape[1]
    name = f"g{generation}-{uuid.uuid4().hex[:12]}"
    aside, folder = root / f".{name}", root / name
    try:
        aside.mkdir(parents=True)
        index = faiss.IndexFlatIP(dimension)
        index.add(np.ascontiguousarray(vectors.unit_vectors, dtype=np.float32))
        # FAISS's own writer does not notice when the last bytes do not reach a full disk.
        (aside / "units.faiss").write_bytes(faiss.serialize_index(index).tobytes())
        order = np.lexsort((vectors.sentence_keys[:, 1], vectors.sentence_keys[:, 0]))
        np.save(aside / "unit_ids.npy", vectors.unit_ids)
        np.save(aside / "sentences.npy", vectors.sentence_vectors[order])
        np.save(aside / "sentence_keys.npy", vectors.sentence_keys[order])
        manifest = _Manifest(
            format=_FORMAT,
            library=library,
            generation=generation,
            fingerprint=fingerprint,
            dimension=dimension,
            units=len(vectors.unit_ids),
            sentences=len(vectors.sentence_keys),
            files={file: _sha256(aside / file) for file in _FILES},
        )
        (aside / _MANIFEST).write_text(json.dumps(asdict(manifest), indent=1), encoding="utf-8")
        for file in (*_FILES, _MANIFEST):
            _sync(aside / file)
        snapshot = Snapshot(aside, manifest)
        aside.rename(folder)
        pointer = root / f".{_POINTER}-{name}"
        pointer.write_text(name, encoding="utf-8")
        _sync(pointer)
        pointer.replace(root / _POINTER)
    except (OSError, RuntimeError, ValueError) as error:
        shutil.rmtree(aside, ignore_errors=True)
        raise SnapshotError(
            "the index could not be written whole", "room in the library's folder", "free some space and start again"
        ) from error
    _remove_others(root, name)
    return snapshot


def open_snapshot(root: Path, generation: int, fingerprint: str, library: str = "") -> Snapshot:
    """The current snapshot, if it is whole and of this generation and model.

    Raises:
        SnapshotError: it is missing, torn, altered, or of another generation or model; the message says which.
    """
    remedy = "it is rebuilt from the library"
    try:
        name = (root / _POINTER).read_text(encoding="utf-8").strip()
        folder = root / name
        manifest = _Manifest(**json.loads((folder / _MANIFEST).read_text(encoding="utf-8")))
        if not isinstance(manifest.files, dict):
            raise TypeError("the checksums are no table")
    except FileNotFoundError as error:
        what = "there is no index yet" if not root.exists() else "the index has lost its manifest"
        raise SnapshotError(what, "a whole index folder", remedy) from error
    except (OSError, ValueError, TypeError) as error:
        raise SnapshotError("the manifest of the index cannot be read", "a whole index folder", remedy) from error
    if manifest.format != _FORMAT or manifest.fingerprint != fingerprint:
        raise SnapshotError("the index is of another model or format", f"model {fingerprint}", remedy)
    if manifest.library != library:
        raise SnapshotError("the index is of another library", "the one beside it", remedy)
    if manifest.generation != generation:
        raise SnapshotError(f"the index is of generation {manifest.generation}", f"generation {generation}", remedy)
    for file in _FILES:
        try:
            whole = _sha256(folder / file) == manifest.files.get(file)
        except OSError:
            raise SnapshotError(f"the index has lost {file}", "a whole index folder", remedy) from None
        if not whole:
            raise SnapshotError(f"{file} of the index was altered", "the checksum of its manifest", remedy)
    try:
        return Snapshot(folder, manifest)
    except (RuntimeError, OSError, ValueError) as error:
        raise SnapshotError("the index cannot be opened", "a whole index folder", remedy) from error


def _remove_others(root: Path, keep: str) -> None:
    # An open snapshot has its files mapped or in memory, so readers of an older one go on undisturbed.
    for path in root.iterdir():
        if path.is_dir() and path.name != keep:
            shutil.rmtree(path, ignore_errors=True)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
