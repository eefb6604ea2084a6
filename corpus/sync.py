"""Brings the library up to what a folder of documents says: one transaction, and only what changed."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.errors import MetaError, SourceError
from corpus.from_rows import document_to_json
from corpus.library import Library
from corpus.meta import read_meta
from corpus.parse.document import PARSER_VERSION, parse_version
from corpus.records import LANGUAGES, Document, Language, Unit, Version
from corpus.rows import (
    WORDS_VERSION,
    Source,
    delete_units,
    put_in_order,
    raise_generation,
    write_document,
    write_units,
    write_versions,
)


@dataclass(frozen=True)
class SyncReport:
    """Documents added, changed and removed, and how many units were written and deleted."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    units_written: int = 0
    units_deleted: int = 0

    @property
    def anything(self) -> bool:
        """Whether the library was written at all."""
        return bool(self.added or self.changed or self.removed)


@dataclass(frozen=True)
class _Folder:
    document: Document
    files: dict[Language, bytes]
    content_hash: str

    def sources(self) -> list[Source]:
        return [Source(language, hashlib.sha256(data).hexdigest()) for language, data in self.files.items()]


def add_document(library: Library, document: Document, units: Sequence[Unit]) -> None:
    """Stores one document whose units are ready, in one transaction; one of the same id is replaced.

    Raises:
        HomeError: the library cannot be written.
    """
    texts = {v.language: "\n".join(u.text for u in units if u.language == v.language) for v in document.versions}
    sources = [Source(language, hashlib.sha256(text.encode()).hexdigest()) for language, text in texts.items()]
    with library.writing("the document", kept="the library is as it was") as connection:
        write_document(connection, document, "", "added")
        connection.execute("DELETE FROM versions WHERE doc_id = ?", (document.doc_id,))
        write_versions(connection, document, sources, "added")
        write_units(connection, document, units)
        raise_generation(connection)


def sync_folder(library: Library, data: Path) -> SyncReport:
    """Makes the library hold the documents of a folder of ``<doc_id>/meta.yaml`` folders, beside those that were added.

    Everything is read and parsed before the first write, and written in one transaction, so an error leaves the library
    as it was. A document whose files are the same is not touched; of one that changed, only the units that differ are.
    What a delegate added stays, in the place of the folder's own version too; what a delegate removed stays away.

    Raises:
        CorpusError: a document cannot become units.
        HomeError: the library cannot be written.
    """
    folders = [_read(folder) for folder in sorted(data.iterdir()) if folder.is_dir()]
    if not folders:
        raise MetaError(f"{data.name} holds no documents", "folders with a meta.yaml each", "restore the documents")
    due, gone = _to_do(library, folders)
    if not due and not gone:
        return SyncReport()
    units = {folder.document.doc_id: _units(folder) for folder in due}
    written = deleted = 0
    with library.writing("the documents", kept="the library is as it was") as connection:
        # Another process may have done the same meanwhile, or brought back what was away.
        due_now, gone = _to_do(library, folders)
        due = [folder for folder in due_now if folder.document.doc_id in units]
        if not due and not gone:
            return SyncReport()
        before = _known(library)
        for doc_id in gone:
            deleted += _leave(connection, library, doc_id)
        for folder in due:
            counts = _write(connection, library, folder, units[folder.document.doc_id])
            written, deleted = written + counts[0], deleted + counts[1]
        put_in_order(connection)
        raise_generation(connection)
    added = tuple(f.document.doc_id for f in due if f.document.doc_id not in before)
    changed = tuple(f.document.doc_id for f in due if f.document.doc_id in before)
    return SyncReport(added, changed, tuple(gone), written, deleted)


def _to_do(library: Library, folders: Sequence[_Folder]) -> tuple[list[_Folder], list[str]]:
    """The folders that the library does not hold as they are, and the bundled documents that have none any more."""
    held = dict(
        library.connection.execute(
            "SELECT doc_id, content_hash FROM documents UNION ALL SELECT doc_id, NULL FROM withheld"
        ).fetchall()
    )
    due = [f for f in folders if held.get(f.document.doc_id, "") not in (f.content_hash, None)]
    gone = sorted(_known(library).keys() - {folder.document.doc_id for folder in folders})
    return due, gone


def _known(library: Library) -> dict[str, str]:
    """The bundled documents that are in the library, with the hash of what they were read from."""
    query = "SELECT doc_id, content_hash FROM documents WHERE origin = 'bundled'"
    return dict(library.connection.execute(query).fetchall())


def _read(folder: Path) -> _Folder:
    document = read_meta(folder / "meta.yaml")
    files: dict[Language, bytes] = {}
    for version in document.versions:
        try:
            files[version.language] = (folder / version.file).read_bytes()
        except OSError as error:
            raise SourceError(
                f"{folder.name}/{version.file} cannot be read", "the file that meta.yaml names", "restore the file"
            ) from error
    digest = hashlib.sha256(f"{PARSER_VERSION}.{WORDS_VERSION}\n{document_to_json(document)}".encode())
    for language in sorted(files):
        digest.update(f"\n{language}:".encode() + files[language])
    return _Folder(document, files, digest.hexdigest())


def _units(folder: _Folder) -> list[Unit]:
    return [
        unit
        for version in folder.document.versions
        for unit in parse_version(folder.document, version.language, folder.files[version.language]).units
    ]


def _write(connection: sqlite3.Connection, library: Library, folder: _Folder, units: Sequence[Unit]) -> tuple[int, int]:
    """Writes a document of the folder around the versions of it that a delegate added."""
    doc_id = folder.document.doc_id
    added = _added(connection, library, doc_id)
    away = _away(connection, doc_id)
    held = [version for version in folder.document.versions if version.language not in added]
    # A document is not left without text where what it had beside was taken out of the folder.
    own = [version for version in held if version.language not in away] or ([] if added else held)
    languages = {version.language for version in own}
    versions = sorted((*own, *added.values()), key=lambda version: version.language)
    document = replace(folder.document, versions=tuple(versions))
    others = [unit for language in added for unit in library.units(doc_id, language)]
    write_document(connection, document, folder.content_hash, "bundled")
    connection.executemany(
        "DELETE FROM versions WHERE doc_id = ? AND language = ?",
        [
            (doc_id, language)
            for (language,) in connection.execute("SELECT language FROM versions WHERE doc_id = ?", (doc_id,))
            if language not in {version.language for version in versions}
        ],
    )
    write_versions(connection, document, [s for s in folder.sources() if s.language in languages], "bundled")
    return write_units(connection, document, [*(u for u in units if u.language in languages), *others])


def version_name(doc_id: str, language: Language) -> str:
    """What one language version of a document is called where it stays away, or is kept aside: no document's id."""
    return f"{doc_id}@{language}"


def _away(connection: sqlite3.Connection, doc_id: str) -> set[Language]:
    """The languages of a document whose own texts a delegate removed."""
    names = {row[0] for row in connection.execute("SELECT doc_id FROM withheld")}
    return {language for language in LANGUAGES if version_name(doc_id, language) in names}


def _leave(connection: sqlite3.Connection, library: Library, doc_id: str) -> int:
    """Takes away what came with the folder; the versions that a delegate added stay as a document of theirs."""
    added = _added(connection, library, doc_id)
    if not added:
        deleted = delete_units(connection, doc_id, keep=set())
        connection.execute("DELETE FROM documents WHERE doc_id = ?", (doc_id,))
        return deleted
    document = replace(library.document(doc_id), versions=tuple(added.values()), standing=())
    units = [unit for language in added for unit in library.units(doc_id, language)]
    write_document(connection, document, "", "added")
    connection.execute("DELETE FROM versions WHERE doc_id = ? AND origin = 'bundled'", (doc_id,))
    return write_units(connection, document, units)[1]


def _added(connection: sqlite3.Connection, library: Library, doc_id: str) -> dict[Language, Version]:
    """The versions of a document that a delegate added, by language."""
    query = "SELECT language FROM versions WHERE doc_id = ? AND origin = 'added' ORDER BY language"
    languages = {row[0] for row in connection.execute(query, (doc_id,))}
    if not languages:
        return {}
    return {v.language: v for v in library.document(doc_id).versions if v.language in languages}
