"""A library opened for comparing alone: with its index and without the model, which takes seconds to load."""

from __future__ import annotations

import json
from pathlib import Path

from assistant.alignment.compare import compare
from assistant.alignment.records import Comparison
from corpus.errors import SnapshotError
from corpus.home import BUNDLED_DATA
from corpus.library import Library
from corpus.records import Language
from corpus.sync import sync_folder
from embeddings.build import INDEX_FOLDER
from embeddings.index import current_snapshot, open_snapshot
from embeddings.vectors import Vectors


class Comparing:
    """Compares documents of a library. The index as it is serves; what it does not know is compared by its words."""

    def __init__(self, library: Library, snapshot: Vectors | None) -> None:
        self.library, self._snapshot = library, snapshot

    @classmethod
    def open(cls, home: Path | None = None, data: Path = BUNDLED_DATA) -> Comparing:
        """Over a home folder, whose documents are brought up to date first, and not its index.

        Raises:
            RapporteurError: the library or a document cannot be used; the message says which.
        """
        library = Library.open(home)
        sync_folder(library, data)
        return cls(library, _index_of(library))

    def compare(self, a: str, b: str, language: Language | None = None) -> Comparison:
        """See :func:`assistant.alignment.compare.compare`."""
        with self.library.reading():
            return compare(self.library, self._snapshot, a, b, language)


def _index_of(library: Library) -> Vectors | None:
    """The index of the library as it is, by whichever model; None where there is none that can be trusted."""
    root = library.folder / INDEX_FOLDER
    try:
        manifest = json.loads((root / current_snapshot(root) / "manifest.json").read_text(encoding="utf-8"))
        return open_snapshot(root, library.generation(), str(manifest["fingerprint"]), library.identity())
    except (SnapshotError, OSError, ValueError, KeyError, TypeError):
        return None
