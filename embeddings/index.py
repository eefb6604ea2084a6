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
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import SnapshotError, StaleSnapshotError
from corpus.records import LANGUAGES
from embeddings.nearest import FILES, SIZES, Form, Sizes, write_units
from embeddings.snapshot import Manifest, Snapshot, VectorSet

_FORMAT = 4
_POINTER = "CURRENT"
_MANIFEST = "manifest.json"
_ARRAYS = (
    "unit_ids", "unit_languages", "sentences", "sentence_keys", "states", "state_scales", "state_units", "centres",
    "unrefined",
)  # fmt: skip


def build_snapshot(
    root: Path, generation: int, fingerprint: str, vectors: VectorSet, library: str = "", sizes: Sizes = SIZES
) -> Snapshot:
    """Writes a snapshot under ``root`` and makes it the current one; older ones are removed.

    ``library`` names the library that generation and unit ids are of, since another one counts from the start again;
    ``sizes`` says how the vectors of so many units are held.

    Raises:
        SnapshotError: the folder cannot be written.
    """
    dimension = vectors.unit_vectors.shape[1]
    name = f"g{generation}-{uuid.uuid4().hex[:12]}"
    aside, folder = root / f".{name}", root / name
    form = sizes.form(len(vectors.unit_ids))
    files = _files(form)
    try:
        aside.mkdir(parents=True)
        write_units(aside, form, vectors.unit_vectors, vectors.unit_languages)
        for array, values in _arrays(vectors).items():
            np.save(aside / f"{array}.npy", values)
        manifest = Manifest(
            format=_FORMAT,
            library=library,
            generation=generation,
            fingerprint=fingerprint,
            dimension=dimension,
            units=len(vectors.unit_ids),
            sentences=len(vectors.sentence_keys),
            states=len(vectors.states),
            files={file: _sha256(aside / file) for file in files},
            form=form,
        )
        (aside / _MANIFEST).write_text(json.dumps(asdict(manifest), indent=1), encoding="utf-8")
        for file in (*files, _MANIFEST):
            _sync(aside / file)
        snapshot = Snapshot(aside, manifest, sizes)
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


def _files(form: Form) -> tuple[str, ...]:
    return (*FILES[form], *(f"{name}.npy" for name in _ARRAYS))


def _arrays(vectors: VectorSet) -> dict[str, NDArray[Any]]:
    centres = [[vectors.centres[name].vector, vectors.centres[name].state] for name in LANGUAGES]
    values = (
        vectors.unit_ids, vectors.unit_languages, vectors.sentence_vectors, vectors.sentence_keys,
        vectors.states, vectors.state_scales, vectors.state_units, np.array(centres, dtype=np.float32),
        np.array(vectors.unrefined),
    )  # fmt: skip
    return dict(zip(_ARRAYS, values, strict=True))


def current_snapshot(root: Path) -> str:
    """The name of the current snapshot, empty where there is none; another one has another name."""
    try:
        return (root / _POINTER).read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        return ""


def open_snapshot(root: Path, generation: int, fingerprint: str, library: str = "", sizes: Sizes = SIZES) -> Snapshot:
    """The current snapshot, if it is whole and of this generation and model.

    Raises:
        StaleSnapshotError: it is of another generation.
        SnapshotError: it is missing, torn, altered, or of another library or model; the message says which.
    """
    remedy = "it is rebuilt from the library"
    try:
        name = (root / _POINTER).read_text(encoding="utf-8").strip()
        folder = root / name
        manifest = Manifest(**json.loads((folder / _MANIFEST).read_text(encoding="utf-8")))
        if not isinstance(manifest.files, dict):
            raise TypeError("the checksums are no table")
        if manifest.form not in FILES:
            raise ValueError(f"vectors held as {manifest.form!r}")
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
        found = f"the index is of generation {manifest.generation}"
        raise StaleSnapshotError(found, f"generation {generation}", remedy)
    for file in _files(manifest.form):
        try:
            whole = _sha256(folder / file) == manifest.files.get(file)
        except OSError:
            raise SnapshotError(f"the index has lost {file}", "a whole index folder", remedy) from None
        if not whole:
            raise SnapshotError(f"{file} of the index was altered", "the checksum of its manifest", remedy)
    try:
        return Snapshot(folder, manifest, sizes)
    except (RuntimeError, OSError, ValueError) as error:
        raise SnapshotError("the index cannot be opened", "a whole index folder", remedy) from error


def _remove_others(root: Path, keep: str) -> None:
    # An open snapshot has its files mapped or in memory, so readers of an older one go on undisturbed.
    for path in root.iterdir():
        if path.is_dir() and path.name != keep:
            shutil.rmtree(path, ignore_errors=True)
        elif path.name.startswith(f".{_POINTER}-"):
            # Whoever was about to rename it was killed: one process at a time builds here.
            path.unlink(missing_ok=True)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
