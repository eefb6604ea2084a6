"""One language version leaves a document, and can be brought back within a day.

It is kept aside as a removed document is, under a name that no document can have: ``wg6-2020-report@en``.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.errors import ShelfError, UnknownVersionError
from corpus.from_rows import document_from_json
from corpus.home import BUNDLED_DATA
from corpus.library import Library
from corpus.records import LANGUAGES, Document, Language, Version
from corpus.rows import Origin, now, put_in_order, raise_generation, write_document
from corpus.shelf.moving import move_aside, move_back
from corpus.shelf.upkeep import keep_up
from corpus.sync import sync_folder, version_name

_CALLED: dict[Language, tuple[str, str]] = {"zh": ("中文", "Chinese"), "en": ("英文", "English")}


@dataclass(frozen=True)
class RemovedVersion:
    """A language version that was removed from a document, its units, and when; it can be brought back for a day."""

    document: Document
    language: Language
    units: int
    removed_at: str


def remove_version(library: Library, doc_id: str, language: Language, data: Path = BUNDLED_DATA) -> RemovedVersion:
    """Removes one language version of a document in one transaction, with all that hangs on it; the other stays.

    One that ships with the project stays away at later starts; where a delegate's text had taken its place, it comes
    back from the folder ``data``.

    Raises:
        UnknownDocumentError, UnknownVersionError: there is no such document, or no such version of it.
        ShelfError: it is the only version; the document itself is to be removed.
        HomeError: the library cannot be written; it is as it was.
    """
    with library.writing("the removal", kept="the library is as it was") as connection:
        document = library.document(doc_id)
        _refuse(document, language)
        moment, name = now(), version_name(doc_id, language)
        content_hash, origin = _row(connection, doc_id)
        (of_version,) = connection.execute(
            "SELECT origin FROM versions WHERE doc_id = ? AND language = ?", (doc_id, language)
        ).fetchone()
        connection.execute("DELETE FROM removed WHERE doc_id = ?", (name,))
        connection.execute(
            "INSERT INTO removed SELECT ?, ?, record, content_hash, origin, added_at, owner FROM documents"
            " WHERE doc_id = ?",
            (name, moment, doc_id),
        )
        units = move_aside(connection, doc_id, name, language)
        if of_version == "bundled":
            connection.execute("INSERT OR IGNORE INTO withheld VALUES (?)", (name,))
        elif origin == "bundled":
            # The folder's own text has its place again.
            content_hash = ""
        versions = tuple(each for each in document.versions if each.language != language)
        write_document(connection, replace(document, versions=versions), content_hash, origin)
        put_in_order(connection)
        raise_generation(connection)
    if origin == "bundled" and of_version == "added":
        sync_folder(library, data)
    keep_up(library.folder, library.connection)
    return RemovedVersion(document, language, units, moment)


def restore_version(library: Library, doc_id: str, language: Language, data: Path = BUNDLED_DATA) -> Document:
    """Brings back a language version that was removed less than a day ago, as it was, with its vectors.

    One that ships with the project comes back after any time, from the folder ``data``.

    Raises:
        UnknownDocumentError: there is no such document; it may have to be brought back first.
        ShelfError: nothing of it was removed, or there is another text in that language.
        HomeError: the library cannot be written; it is as it was.
    """
    name = version_name(doc_id, language)
    with library.writing("the text", kept="the library is as it was") as connection:
        document = library.document(doc_id)
        kept = connection.execute("SELECT record FROM removed WHERE doc_id = ?", (name,)).fetchone()
        withheld = connection.execute("DELETE FROM withheld WHERE doc_id = ?", (name,)).rowcount
        if not kept and not withheld:
            raise ShelfError(
                f"no {_CALLED[language][1]} text of {doc_id} was removed within a day", "one that was removed",
                "add its file again",
                zh=f"一天之内没有移除过 {doc_id} 的{_CALLED[language][0]}文本；应为已移除的文本；请重新添加该文件",
            )  # fmt: skip
        content_hash, origin = _row(connection, doc_id)
        _make_room(connection, document, language)
        if kept:
            version = next(v for v in document_from_json(kept[0]).versions if v.language == language)
            move_back(connection, name, doc_id)
            write_document(connection, _with(document, version), content_hash, origin)
        else:
            write_document(connection, document, "", origin)
        put_in_order(connection)
        raise_generation(connection)
    if not kept:
        sync_folder(library, data)
    return library.document(doc_id)


def removed_versions(library: Library) -> tuple[RemovedVersion, ...]:
    """The language versions that can be brought back, what went last first."""
    rows = library.connection.execute(
        "SELECT doc_id, record, (SELECT count(*) FROM removed_units u WHERE u.doc_id = r.doc_id), removed_at"
        " FROM removed r WHERE doc_id LIKE '%@%' ORDER BY removed_at DESC, doc_id"
    ).fetchall()
    found = []
    for name, record, units, moment in rows:
        language = next(each for each in LANGUAGES if name.endswith(f"@{each}"))
        found.append(RemovedVersion(document_from_json(record), language, units, moment))
    return tuple(found)


def _row(connection: sqlite3.Connection, doc_id: str) -> tuple[str, Origin]:
    content_hash, origin = connection.execute(
        "SELECT content_hash, origin FROM documents WHERE doc_id = ?", (doc_id,)
    ).fetchone()
    return content_hash, origin


def _with(document: Document, version: Version) -> Document:
    others = (each for each in document.versions if each.language != version.language)
    return replace(document, versions=tuple(sorted((*others, version), key=lambda each: each.language)))


def _refuse(document: Document, language: Language) -> None:
    zh, en = _CALLED[language]
    held = {version.language for version in document.versions}
    if language not in held:
        raise UnknownVersionError(
            f"{document.doc_id} has no {en} text", "a language that there is", "see python -m corpus list",
            zh=f"{document.doc_id} 没有{zh}文本；应为现有的语文；请查看文件清单",
        )  # fmt: skip
    if len(held) == 1:
        raise ShelfError(
            f"the {en} text is the only one of {document.doc_id}", "a document that keeps one text at least",
            "remove the whole document",
            zh=f"{document.doc_id} 只有{zh}文本；文件应至少保留一种语文的文本；如不再需要，请移除整份文件",
        )  # fmt: skip


def _make_room(connection: sqlite3.Connection, document: Document, language: Language) -> None:
    """Takes away the folder's own text where it came back meanwhile; a delegate's is in the way."""
    row = connection.execute(
        "SELECT origin FROM versions WHERE doc_id = ? AND language = ?", (document.doc_id, language)
    ).fetchone()
    if row and row[0] == "added":
        zh, en = _CALLED[language]
        raise ShelfError(
            f"{document.doc_id} has another {en} text now", "none in its place", "remove that one first",
            zh=f"{document.doc_id} 现已有另一{zh}文本；应无其他{zh}文本；请先移除现有的{zh}文本",
        )  # fmt: skip
    place = (document.doc_id, language)
    connection.execute(
        "DELETE FROM unit_words WHERE rowid IN (SELECT id FROM units WHERE doc_id = ? AND language = ?)", place
    )
    connection.execute("DELETE FROM units WHERE doc_id = ? AND language = ?", place)
    connection.execute("DELETE FROM versions WHERE doc_id = ? AND language = ?", place)
