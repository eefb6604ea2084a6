"""A paper written to a file on the command line, its form by the ending of the name."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from assistant.export.content import Paper
from assistant.export.markdown import write_markdown
from assistant.export.word import write_word
from corpus.errors import OutputError


def _markdown(paper: Paper) -> bytes:
    return write_markdown(paper).encode()


#: What writes a paper, by the ending of its file.
WRITERS: Final[Mapping[str, Callable[[Paper], bytes]]] = MappingProxyType({".docx": write_word, ".md": _markdown})


def check_folder(path: Path) -> None:
    """Raises OutputError where no file can be written into the path's folder; for before the work is done."""
    if not os.access(path.parent, os.W_OK | os.X_OK):
        raise _unwritten(path, "no folder that can be written to")


def write_paper(paper: Paper, path: Path) -> None:
    """Write a paper to a file whose ending is one of ``WRITERS``; raises OutputError where it cannot be written."""
    try:
        path.write_bytes(WRITERS[path.suffix.lower()](paper))
    except OSError as error:
        raise _unwritten(path, error.strerror or str(error)) from error


def _unwritten(path: Path, why: str) -> OutputError:
    return OutputError(
        f"{path} cannot be written: {why}", "a file in a folder that can be written to", "name another file with -o",
        zh=f"{path} 未能写入；应为可写文件夹中的文件；请用 -o 另行指定",
    )  # fmt: skip
