"""The texts that gold answers and quotes are held against."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from corpus.errors import CorpusError, SourceError
from corpus.library import Library
from corpus.meta import read_meta
from corpus.parse.document import parse_version
from corpus.records import LANGUAGES, Unit
from eval.questions import TextOf


def texts_of_folder(data: Path) -> TextOf:
    """The texts of a folder of documents, parsed anew: what a library says otherwise is wrong.

    Raises:
        CorpusError: the folder or a document cannot be read.
    """
    try:
        folders = sorted(each for each in data.iterdir() if each.is_dir())
    except OSError as error:
        raise CorpusError(
            f"{data} cannot be read", "a folder of documents", "restore it or name another folder"
        ) from error
    units: list[Unit] = []
    for folder in folders:
        document = read_meta(folder / "meta.yaml")
        for version in document.versions:
            units += parse_version(document, version.language, _read(folder, version.file)).units
    return _texts(units)


def texts_of_library(library: Library) -> TextOf:
    """The texts that a library holds."""
    return _texts(
        unit
        for document in library.documents()
        for language in LANGUAGES
        for unit in library.units(document.doc_id, language)
    )


def _read(folder: Path, file: str) -> bytes:
    try:
        return (folder / file).read_bytes()
    except OSError as error:
        raise SourceError(
            f"{folder.name}/{file} cannot be read", "the file that meta.yaml names", "restore the file"
        ) from error


def _texts(units: Iterable[Unit]) -> TextOf:
    texts = {(unit.anchor_id, unit.language): unit.text for unit in units}
    return lambda anchor, language: texts.get((anchor, language))
