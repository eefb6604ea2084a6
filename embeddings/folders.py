"""Folders that hold a model made here: written aside, synced, renamed into place, and told apart from torn ones."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

MANIFEST = "manifest.json"
ABANDONED_AFTER_SECONDS = 3600.0
_ASIDE = ".making-"


def is_complete(folder: Path, identity: str) -> bool:
    """Whether the folder has a manifest of that identity and every file it names at its size."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
        sizes = {name: (folder / name).stat().st_size for name in manifest["files"]}
        return bool(manifest["identity"] == identity and manifest["files"] == sizes)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def make_folder(folder: Path, identity: str, write: Callable[[Path], dict[str, Any]]) -> None:
    """Have ``write`` fill a folder aside and give what its manifest is to say besides, then put it in place.

    Safe when several processes do it at once: the manifest is written last, it is the rename, after all is synced, that
    counts, and a folder whose files do not match its manifest is replaced.

    Raises:
        OSError: the folder cannot be written.
        whatever ``write`` raises; nothing is left behind then.
    """
    models = folder.parent
    models.mkdir(parents=True, exist_ok=True)
    _clear_abandoned(models)
    aside = Path(tempfile.mkdtemp(prefix=_ASIDE, dir=models))
    try:
        said = write(aside)
        files = {str(path.relative_to(aside)): path.stat().st_size for path in aside.rglob("*") if path.is_file()}
        manifest = {"identity": identity, **said, "files": files}
        (aside / MANIFEST).write_text(json.dumps(manifest, indent=2), "utf-8")
        for name in [*files, MANIFEST]:
            with (aside / name).open("rb+") as file:
                os.fsync(file.fileno())
        _put_in_place(aside, folder, identity)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _put_in_place(aside: Path, folder: Path, identity: str) -> None:
    if folder.exists() and not is_complete(folder, identity):
        torn = Path(tempfile.mkdtemp(prefix=_ASIDE, dir=folder.parent))
        folder.rename(torn / folder.name)
        shutil.rmtree(torn, ignore_errors=True)
    try:
        aside.rename(folder)
    except OSError:
        # Another process was first; a folder is renamed over none but an empty one.
        if not is_complete(folder, identity):
            raise


def _clear_abandoned(models: Path) -> None:
    """Remove what a killed process left half written, so that the cache does not fill with it."""
    for left in models.glob(f"{_ASIDE}*"):
        with contextlib.suppress(FileNotFoundError):
            if time.time() - left.stat().st_mtime > ABANDONED_AFTER_SECONDS:
                shutil.rmtree(left, ignore_errors=True)
