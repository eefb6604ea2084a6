"""Whose documents are whose: what a reader sees, what is asked before one is changed, and how one becomes shared.

A document has an owner, who alone sees it, or none: then all readers share it. An owner is a name, as the login gives
it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from typing import Final

from corpus.errors import HomeError, ShelfError, UnknownDocumentError
from corpus.from_rows import document_from_json
from corpus.library import LIBRARY_FILE, Library
from corpus.records import Document
from corpus.rows import raise_generation
from corpus.schema import connect
from corpus.shelf.description import same_symbol

# Names that stand before the tables of the same name for whoever asks through the connection.
_SEEN: Final = """
CREATE TEMP VIEW documents AS SELECT * FROM main.documents WHERE owner IN ('', {name});
CREATE TEMP VIEW versions AS
    SELECT * FROM main.versions WHERE doc_id IN (SELECT doc_id FROM main.documents WHERE owner IN ('', {name}));
CREATE TEMP VIEW units AS
    SELECT * FROM main.units WHERE doc_id IN (SELECT doc_id FROM main.documents WHERE owner IN ('', {name}));
CREATE TEMP VIEW removed AS SELECT * FROM main.removed WHERE owner IN ('', {name});
CREATE TEMP VIEW feedback AS SELECT * FROM main.feedback WHERE "by" = {name};
CREATE VIRTUAL TABLE temp.word_places USING fts5vocab (main, unit_words, instance)
"""


class Seen(Library):
    """A library as one reader sees it: what others own is not there, whoever asks and whatever for. For reading only.

    The name may be empty: then only what is shared is there.
    """

    def __init__(self, whole: Library, reader: str) -> None:
        super().__init__(whole.folder)
        self.reader = reader

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection of the calling thread, to which no other reader's documents exist."""
        if not hasattr(self._threads, "connection"):
            connection = connect(self.folder / LIBRARY_FILE)
            name = "'" + self.reader.replace("'", "''") + "'"
            for statement in _SEEN.format(name=name).split(";\n"):
                connection.execute(statement)
            connection.execute("PRAGMA query_only = ON")
            self._threads.connection = connection
        found: sqlite3.Connection = self._threads.connection
        return found

    @contextmanager
    def writing(self, what: str, kept: str) -> Iterator[sqlite3.Connection]:
        """Refuses: what one reader sees is no place to write to.

        Raises:
            HomeError: always.
        """
        raise HomeError(
            f"{what} was to be written to what one reader sees", "the whole library", f"write to that; {kept}"
        )
        yield self.connection

    def word_list(self) -> frozenset[str]:
        """All words that any unit holds which the reader sees."""
        words = "SELECT DISTINCT term FROM temp.word_places WHERE doc IN (SELECT id FROM units)"
        return frozenset(str(row[0]) for row in self.connection.execute(words))

    def common_words(self, limit: int) -> list[str]:
        """The words that most units hold which the reader sees, the most common first."""
        words = (
            "SELECT term FROM temp.word_places WHERE doc IN (SELECT id FROM units)"
            " GROUP BY term ORDER BY count(DISTINCT doc) DESC, term LIMIT ?"
        )
        return [str(row[0]) for row in self.connection.execute(words, (limit,))]

    def units_with_word(self, word: str) -> list[int]:
        """Row ids of the units with a word that the reader sees, ascending."""
        return self._seen(super().units_with_word(word))

    def holders_of(self, word: str) -> str:
        """The units with a word that the reader sees."""
        return ",".join(map(str, self.units_with_word(word)))

    def _seen(self, ids: Iterable[int]) -> list[int]:
        seen = "SELECT id FROM units WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id"
        return [int(row[0]) for row in self.connection.execute(seen, (json.dumps(list(ids)),))]


def owner_of(library: Library, doc_id: str) -> str:
    """The name of who owns a document alone; empty where it is shared.

    Raises:
        UnknownDocumentError: there is no such document.
    """
    row = library.connection.execute("SELECT owner FROM documents WHERE doc_id = ?", (doc_id,)).fetchone()
    if row is None:
        library.document(doc_id)
        return ""
    return str(row[0])


def owners(library: Library) -> dict[str, str]:
    """The owner of each document, by its id; empty where it is shared."""
    return dict(library.connection.execute("SELECT doc_id, owner FROM documents").fetchall())


def owned(library: Library, owner: str) -> tuple[Document, ...]:
    """The documents of one owner, or those that are shared where the name is empty, newest first."""
    rows = library.connection.execute("SELECT record FROM documents WHERE owner = ? ORDER BY position", (owner,))
    return tuple(document_from_json(row[0]) for row in rows.fetchall())


def owns_any(library: Library, reader: str) -> bool:
    """Whether a reader has documents of their own."""
    found = library.connection.execute("SELECT 1 FROM documents WHERE owner = ? LIMIT 1", (reader,)).fetchone()
    return bool(reader) and found is not None


def hold_to(library: Library, doc_id: str, allowed: Collection[str] | None) -> None:
    """Lets pass who may change the documents of ``allowed`` owners, the empty name standing for what is shared.

    Raises:
        UnknownDocumentError: there is no such document, or it is another reader's.
        ShelfError: it is shared, and they may change only their own.
    """
    if allowed is None or (owner := owner_of(library, doc_id)) in allowed:
        return
    if owner:
        raise UnknownDocumentError(
            f"there is no document {doc_id!r}", "one of the library", "see the documents of the library",
            zh=f"没有编号为“{doc_id}”的文件；应为文件库中的文件；请从文件一览中选择",
        )  # fmt: skip
    raise ShelfError(
        f"{doc_id} is shared by all readers", "a document of your own", "ask a librarian to change it",
        zh=f"{doc_id} 为全体用户共用的文件；应为您自己的文件；如需更改，请联系文件管理员",
    )  # fmt: skip


def share(library: Library, doc_id: str, *, allowed: Collection[str] | None = None) -> Document:
    """Makes a document that somebody owns one that all readers share, in one transaction; its id and vectors stay.

    Raises:
        UnknownDocumentError: there is no such document, or it is of none of the ``allowed`` owners.
        ShelfError: a shared document has its symbol already.
        HomeError: the library cannot be written; it is as it was.
    """
    with library.writing("the document", kept="the library is as it was") as connection:
        hold_to(library, doc_id, allowed)
        document = library.document(doc_id)
        if not owner_of(library, doc_id):
            return document
        same = next((each for each in owned(library, "") if same_symbol(each.symbol, document.symbol)), None)
        if same is not None:
            raise ShelfError(
                f"{same.doc_id}, which is shared already, has the symbol of {doc_id}", "a document that is not there",
                f"add the file as a version of {same.doc_id}, or remove that first",
                zh=f"共用文件中的 {same.doc_id} 与 {doc_id} 文号相同；应为尚未共用的文件；"
                f"请将该文本添加到 {same.doc_id}，或先移除后者",
            )  # fmt: skip
        connection.execute("UPDATE documents SET owner = '' WHERE doc_id = ?", (doc_id,))
        raise_generation(connection)
    return document


def mark_of(library: Library, owner: str) -> str:
    """What the ids of an owner's documents end in, so that none is the same as another reader's, or tells of one."""
    return sha256(f"{library.identity()}/{owner}".encode()).hexdigest()[:6]
