"""Where things are kept: the library in the user's data folder, models in the user's cache."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import platformdirs

from corpus.errors import HomeError

#: The documents that ship with the project.
BUNDLED_DATA = Path(__file__).parent / "data"


def home_folder(home: Path | None = None) -> Path:
    """The folder of the library, made if need be: the one given, ``$RAPPORTEUR_HOME``, or the platform's own.

    Raises:
        HomeError: it cannot be made or written in.
    """
    from_environment = os.environ.get("RAPPORTEUR_HOME")
    folder = home or (Path(from_environment) if from_environment else Path(platformdirs.user_data_dir("rapporteur")))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise HomeError(
            f"the folder for the library ({folder.name}) cannot be written: {reason}",
            "a folder that can be written",
            "set RAPPORTEUR_HOME to one",
            zh=f"文件库文件夹（{folder.name}）无法写入；应为可写的文件夹；请把 RAPPORTEUR_HOME 设为可写的文件夹",
        ) from error
    return folder


def cache_folder() -> Path:
    """The folder for what can be made again, or one for temporary files where it cannot be written."""
    folder = Path(platformdirs.user_cache_dir("rapporteur"))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError:
        return Path(tempfile.gettempdir())
    return folder
