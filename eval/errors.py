"""What evaluation adds to the tree of errors in :mod:`corpus.errors`."""

from __future__ import annotations

from pathlib import Path

from corpus.errors import RapporteurError


class DatasetError(RapporteurError):
    """A data set that cannot be evaluated: the message names the file, and the line where there is one."""


def at_line(path: Path, number: int) -> str:
    """The place of a line as messages write it: ``zh/qrels.tsv line 3``."""
    return f"{path} line {number}"
