"""The original files of added documents, in the library's folder under their SHA-256. They are kept, never served.

A file is written and deleted only by who holds the library's write transaction, so that none goes while another process
is about to name it. What a killed process left behind is named by no row and goes at the next opening.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import sqlite3
from pathlib import Path

from corpus.errors import HomeError

FILES_FOLDER = "files"

_NAME = re.compile(r"[0-9a-f]{64}")
_NAMED = (
    "SELECT sha256 FROM versions WHERE origin = 'added'"
    " UNION SELECT sha256 FROM removed_versions WHERE origin = 'added'"
)


def keep_file(home: Path, data: bytes) -> str:
    """Keeps the bytes under their SHA-256, which it gives: written aside, synced to disk and renamed.

    Raises:
        HomeError: they could not be written.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    target = home / FILES_FOLDER / sha256
    aside = target.with_name(f".{sha256}-{os.getpid()}")
    try:
        target.parent.mkdir(exist_ok=True)
        if target.is_file() and target.read_bytes() == data:
            return sha256
        with aside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(target)
        _sync_folder(target.parent)
    except OSError as error:
        with contextlib.suppress(OSError):
            aside.unlink(missing_ok=True)
        reason = (error.strerror or type(error).__name__).lower()
        raise HomeError(
            f"the original file could not be kept ({reason})",
            "a library folder with room that can be written",
            "free some space; the library is as it was",
            zh="原始文件未能存入文件库；应为空间充足且可写的文件库文件夹；请腾出空间后重试，文件库未作改动",
        ) from error
    return sha256


def file_of(home: Path, sha256: str) -> Path:
    """Where the bytes of a SHA-256 are kept; nothing need be there."""
    if not _NAME.fullmatch(sha256):
        raise ValueError(f"{sha256!r} is not a SHA-256")
    return home / FILES_FOLDER / sha256


def sweep(home: Path, connection: sqlite3.Connection) -> None:
    """Deletes the files that no version names; to be called within the library's write transaction."""
    named = {row[0] for row in connection.execute(_NAMED)}
    for path in _kept(home):
        if path.name not in named:
            path.unlink(missing_ok=True)


def is_swept(home: Path, connection: sqlite3.Connection) -> bool:
    """Whether every file is named by a version."""
    kept = _kept(home)
    return not kept or {path.name for path in kept} <= {row[0] for row in connection.execute(_NAMED)}


def _kept(home: Path) -> list[Path]:
    folder = home / FILES_FOLDER
    return [path for path in folder.iterdir() if path.is_file()] if folder.is_dir() else []


def _sync_folder(folder: Path) -> None:
    """Makes a renaming in a folder last; a system that cannot open folders does so by itself."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
