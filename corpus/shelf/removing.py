"""A document leaves the library with all that hangs on it, and can be brought back within a day."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import ShelfError
from corpus.from_rows import document_from_json
from corpus.home import BUNDLED_DATA
from corpus.library import Library
from corpus.records import Document
from corpus.rows import now, put_in_order, raise_generation
from corpus.shelf.moving import move_aside, move_back
from corpus.shelf.owners import hold_to
from corpus.shelf.upkeep import keep_up
from corpus.sync import sync_folder


@dataclass(frozen=True)
class Removed:
    """A document that was removed, how many units it had, and when it went; it can be brought back for a day."""

    document: Document
    units: int
    removed_at: str


def remove(library: Library, doc_id: str, *, for_good: bool = False, owners: Collection[str] | None = None) -> Removed:
    """Removes a document in one transaction: units, words, vectors; from the next question on nothing answers from it.

    It is kept aside for a day, so that :func:`restore` can bring it back; ``for_good`` keeps nothing. A document that
    ships with the project stays away at later starts. Only one of ``owners`` goes, where any are named.

    Raises:
        UnknownDocumentError: there is no such document, or none that those who own no more than this see.
        ShelfError: it is the only one that is shared, or is shared and not theirs.
        HomeError: the library cannot be written; it is as it was.
    """
    with library.writing("the removal", kept="the library is as it was") as connection:
        hold_to(library, doc_id, owners)
        document = library.document(doc_id)
        left = "SELECT 1 FROM documents WHERE doc_id <> ? AND owner = ''"
        if not connection.execute(left, (doc_id,)).fetchone():
            raise ShelfError(
                f"{doc_id} is the only document", "a library of one document at least", "add another one first",
                zh=f"{doc_id} 是文件库中唯一的文件；文件库应至少有一份文件；请先添加另一份文件",
            )  # fmt: skip
        moment, units = move_away(connection, doc_id)
        if for_good:
            connection.execute("DELETE FROM removed WHERE doc_id = ?", (doc_id,))
        put_in_order(connection)
        raise_generation(connection)
    keep_up(library.folder, library.connection)
    return Removed(document, units, moment)


def restore(
    library: Library, doc_id: str, data: Path = BUNDLED_DATA, *, owners: Collection[str] | None = None
) -> Document:
    """Brings back a document that was removed less than a day ago as it was, with its vectors, in one transaction.

    One that ships with the project comes back after any time, from the folder ``data``. Only one of ``owners`` comes,
    where any are named.

    Raises:
        ShelfError: nothing of that id was removed, or there is such a document again.
        HomeError: the library cannot be written; it is as it was.
    """
    with library.writing("the document", kept="the library is as it was") as connection:
        there = connection.execute("SELECT owner FROM documents WHERE doc_id = ?", (doc_id,)).fetchone()
        if there and (owners is None or there[0] in owners or not there[0]):
            raise ShelfError(
                f"there is a document {doc_id!r} in the library", "one that was removed", "remove it first",
                zh=f"文件库中已有编号为“{doc_id}”的文件；应为已移除的文件；如要恢复先前的文件，请先移除现有文件",
            )  # fmt: skip
        row = connection.execute("SELECT owner FROM removed WHERE doc_id = ?", (doc_id,)).fetchone()
        kept = row is not None and (owners is None or row[0] in owners)
        withheld = 0
        if owners is None or "" in owners:
            withheld = connection.execute("DELETE FROM withheld WHERE doc_id = ?", (doc_id,)).rowcount
        if kept:
            _move_back(connection, doc_id)
            put_in_order(connection)
            raise_generation(connection)
        elif not withheld:
            known = ", ".join(each.document.doc_id for each in removed_documents(library, owners)) or "none"
            raise ShelfError(
                f"no document {doc_id!r} was removed within a day", f"one of: {known}", "add its file again",
                zh=f"一天之内没有移除过编号为“{doc_id}”的文件；现可恢复：{known}；请重新添加该文件",
            )  # fmt: skip
    if not kept:
        sync_folder(library, data)
    return library.document(doc_id)


def removed_documents(library: Library, owners: Collection[str] | None = None) -> tuple[Removed, ...]:
    """The documents that can be brought back, of ``owners`` where any are named, what went last first."""
    rows = library.connection.execute(
        "SELECT record, (SELECT count(*) FROM removed_units u WHERE u.doc_id = r.doc_id), removed_at FROM removed r"
        " WHERE doc_id NOT LIKE '%@%' AND (?1 IS NULL OR owner IN (SELECT value FROM json_each(?1)))"
        " ORDER BY removed_at DESC, doc_id",
        (None if owners is None else json.dumps(sorted(owners)),),
    )
    return tuple(Removed(document_from_json(record), units, moment) for record, units, moment in rows.fetchall())


def removal_of(library: Library, doc_id: str) -> Removed | None:
    """The document of that id as it was removed, if that was within a day."""
    return next((each for each in removed_documents(library) if each.document.doc_id == doc_id), None)


def is_withheld(library: Library, doc_id: str) -> bool:
    """Whether a document that ships with the project was removed, and can be brought back at any time."""
    return library.connection.execute("SELECT 1 FROM withheld WHERE doc_id = ?", (doc_id,)).fetchone() is not None


def move_away(connection: sqlite3.Connection, doc_id: str) -> tuple[str, int]:
    """Moves a document aside, within a write transaction; gives the moment and how many units it had."""
    moment = now()
    connection.execute("DELETE FROM removed WHERE doc_id = ?", (doc_id,))
    connection.execute(
        "INSERT INTO removed SELECT doc_id, ?, record, content_hash, origin, added_at, owner FROM documents"
        " WHERE doc_id = ?",
        (moment, doc_id),
    )
    connection.execute(
        "INSERT OR IGNORE INTO withheld SELECT doc_id FROM documents WHERE doc_id = ? AND origin = 'bundled'", (doc_id,)
    )
    units = move_aside(connection, doc_id, doc_id)
    connection.execute("DELETE FROM documents WHERE doc_id = ?", (doc_id,))
    return moment, units


def _move_back(connection: sqlite3.Connection, doc_id: str) -> None:
    connection.execute(
        "INSERT INTO documents (doc_id, position, record, content_hash, origin, added_at, owner)"
        " SELECT doc_id, 0, record, content_hash, origin, added_at, owner FROM removed WHERE doc_id = ?",
        (doc_id,),
    )
    move_back(connection, doc_id, doc_id)
