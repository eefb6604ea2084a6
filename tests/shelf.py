"""Files that were read, and what is said of them, as delegates' documents come to the library."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from typing import Any

from corpus.library import LIBRARY_FILE, Library
from corpus.parse.spans import sentence_spans
from corpus.readers.reading import Masthead, Reading
from corpus.records import Bilingual, Language, Unit
from corpus.shelf.adding import Added, add_version
from corpus.shelf.description import Description
from corpus.shelf.files import FILES_FOLDER


def reading_of(texts: Sequence[str], language: Language = "en") -> Reading:
    """A file as read, with a paragraph a text."""
    units = tuple(
        Unit("", f"p{n}", "paragraph", str(n), (), language, text, n, sentence_spans(text))
        for n, text in enumerate(texts, 1)
    )
    return Reading("text", language, Masthead(), units, (), sum(map(len, texts)), None)


def description(doc_id: str | None = None, **said: Any) -> Description:
    """What is said of a document: a title of its id, and what is given."""
    name = doc_id or "paper of the group"
    return Description(**{"titles": Bilingual(f"文件{name}", f"The {name}"), "year": 2026, "doc_id": doc_id, **said})


def add_paper(
    library: Library, texts: Sequence[str], doc_id: str | None = None, language: Language = "en", owner: str = "",
    **said: Any,
) -> Added:  # fmt: skip
    """Adds a file of these paragraphs, its bytes the paragraphs as lines."""
    data = "\n".join(texts).encode()
    return add_version(library, reading_of(texts, language), description(doc_id, **said), data, f"{doc_id}.txt", owner)


def files_of(library: Library) -> set[str]:
    """The names of the original files that are kept."""
    folder = library.folder / FILES_FOLDER
    return {path.name for path in folder.iterdir()} if folder.exists() else set()


def everything(library: Library) -> list[str]:
    """All that the library file holds, as SQL."""
    with closing(sqlite3.connect(library.folder / LIBRARY_FILE)) as connection:
        return [
            f"{table}: {row}"
            for table in ("state", "documents", "versions", "units", "removed", "withheld")
            for row in connection.execute(f"SELECT * FROM {table} ORDER BY 1")
        ]
