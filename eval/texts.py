"""The texts that gold answers and quotes are held against."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from corpus.library import Library
from corpus.meta import read_meta
from corpus.parse.document import parse_version
from corpus.records import LANGUAGES, Unit
from eval.questions import TextOf


def texts_of_folder(data: Path) -> TextOf:
    """The texts of a folder of documents, parsed anew: what a library says otherwise is wrong.

    Raises:
        CorpusError: a document cannot be read.
    """
    units: list[Unit] = []
    for folder in sorted(each for each in data.iterdir() if each.is_dir()):
        document = read_meta(folder / "meta.yaml")
        for version in document.versions:
            units += parse_version(document, version.language, (folder / version.file).read_bytes()).units
    return _texts(units)


def texts_of_library(library: Library) -> TextOf:
    """The texts that a library holds."""
    return _texts(
        unit
        for document in library.documents()
        for language in LANGUAGES
        for unit in library.units(document.doc_id, language)
    )


def _texts(units: Iterable[Unit]) -> TextOf:
    texts = {(unit.anchor_id, unit.language): unit.text for unit in units}
    return lambda anchor, language: texts.get((anchor, language))
