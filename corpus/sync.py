"""Brings the library up to what a folder of documents says: one transaction, and only what changed."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from corpus.context import index_context, lexical_context
from corpus.errors import MetaError, SourceError
from corpus.library import Library, document_to_json
from corpus.meta import read_meta
from corpus.parse.document import PARSER_VERSION, parse_version
from corpus.records import Document, Unit
from corpus.words import segmenter

#: Raised when the words of the same text change, so that a library built before is built again.
WORDS_VERSION = 4


# Documents are listed newest first, and of one year what was agreed before what was proposed.
_KINDS = ("agenda", "report", "resolution", "chair_summary", "background")


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
class _Source:
    document: Document
    files: dict[str, bytes]
    content_hash: str


def add_document(library: Library, document: Document, units: Sequence[Unit]) -> None:
    """Stores one document whose units are ready, in one transaction; one of the same id is replaced.

    Raises:
        HomeError: the library cannot be written.
    """
    texts = {v.language: "\n".join(u.text for u in units if u.language == v.language) for v in document.versions}
    source = _Source(document, {language: text.encode() for language, text in texts.items()}, "")
    with library.writing("the document", kept="the library is as it was") as connection:
        _write(connection, source, list(units))
        connection.execute("UPDATE state SET value = value + 1 WHERE name = 'generation'")


def sync_folder(library: Library, data: Path) -> SyncReport:
    """Makes the library hold exactly the documents of a folder of ``<doc_id>/meta.yaml`` folders.

    Everything is read and parsed before the first write, and written in one transaction, so an error leaves the library
    as it was. A document whose files are the same is not touched; of one that changed, only the units that differ are.

    Raises:
        CorpusError: a document cannot become units.
        HomeError: the library cannot be written.
    """
    sources = [_read(folder) for folder in sorted(data.iterdir()) if folder.is_dir()]
    sources.sort(key=lambda source: (-source.document.year, _KINDS.index(source.document.kind), source.document.doc_id))
    if not sources:
        raise MetaError(f"{data.name} holds no documents", "folders with a meta.yaml each", "restore the documents")
    before = _known(library)
    due = [source for source in sources if before.get(source.document.doc_id) != source.content_hash]
    gone = sorted(before.keys() - {source.document.doc_id for source in sources})
    if not due and not gone:
        return SyncReport()
    units = {source.document.doc_id: _units(source) for source in due}
    positions = {source.document.doc_id: position for position, source in enumerate(sources)}
    written = deleted = 0
    with library.writing("the documents", kept="the library is as it was") as connection:
        # Another process may have done the same meanwhile.
        before = _known(library)
        due = [source for source in due if before.get(source.document.doc_id) != source.content_hash]
        gone = [doc_id for doc_id in gone if doc_id in before]
        if not due and not gone:
            return SyncReport()
        for doc_id in gone:
            deleted += _delete_units(connection, doc_id, keep=set())
            connection.execute("DELETE FROM documents WHERE doc_id = ?", (doc_id,))
        for source in due:
            counts = _write(connection, source, units[source.document.doc_id])
            written, deleted = written + counts[0], deleted + counts[1]
        connection.executemany(
            "UPDATE documents SET position = ? WHERE doc_id = ?", [(at, doc_id) for doc_id, at in positions.items()]
        )
        connection.execute("UPDATE state SET value = value + 1 WHERE name = 'generation'")
    added = tuple(s.document.doc_id for s in due if s.document.doc_id not in before)
    changed = tuple(s.document.doc_id for s in due if s.document.doc_id in before)
    return SyncReport(added, changed, tuple(gone), written, deleted)


def _known(library: Library) -> dict[str, str]:
    return dict(library.connection.execute("SELECT doc_id, content_hash FROM documents").fetchall())


def _read(folder: Path) -> _Source:
    document = read_meta(folder / "meta.yaml")
    files: dict[str, bytes] = {}
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
    return _Source(document, files, digest.hexdigest())


def _units(source: _Source) -> list[Unit]:
    return [
        unit
        for version in source.document.versions
        for unit in parse_version(source.document, version.language, source.files[version.language]).units
    ]


def _unit_hash(unit: Unit, context: str) -> str:
    return hashlib.sha256(f"{WORDS_VERSION}\n{context}\n{json.dumps(asdict(unit))}".encode()).hexdigest()


def _delete_units(connection: sqlite3.Connection, doc_id: str, keep: set[str]) -> int:
    rows = connection.execute("SELECT id, content_hash FROM units WHERE doc_id = ?", (doc_id,)).fetchall()
    dead = [(unit_id,) for unit_id, content_hash in rows if content_hash not in keep]
    connection.executemany("DELETE FROM unit_words WHERE rowid = ?", dead)
    connection.executemany("DELETE FROM units WHERE id = ?", dead)
    return len(dead)


def _write(connection: sqlite3.Connection, source: _Source, units: list[Unit]) -> tuple[int, int]:
    document = source.document
    connection.execute(
        "INSERT INTO documents VALUES (?, 0, ?, ?) ON CONFLICT (doc_id) DO UPDATE"
        " SET record = excluded.record, content_hash = excluded.content_hash",
        (document.doc_id, document_to_json(document), source.content_hash),
    )
    connection.execute("DELETE FROM versions WHERE doc_id = ?", (document.doc_id,))
    connection.executemany(
        "INSERT INTO versions VALUES (?, ?, ?, ?)",
        [
            (document.doc_id, v.language, v.official, hashlib.sha256(source.files[v.language]).hexdigest())
            for v in document.versions
        ],
    )
    contexts = {(unit.language, unit.anchor): index_context(document, unit) for unit in units}
    lexical = {key: lexical_context(document, unit) for unit in units for key in [(unit.language, unit.anchor)]}
    hashes = {
        key: _unit_hash(unit, contexts[key] + lexical[key]) for unit in units for key in [(unit.language, unit.anchor)]
    }
    deleted = _delete_units(connection, document.doc_id, keep=set(hashes.values()))
    kept = {
        (language, anchor)
        for language, anchor in connection.execute(
            "SELECT language, anchor FROM units WHERE doc_id = ?", (document.doc_id,)
        )
    }
    new = [unit for unit in units if (unit.language, unit.anchor) not in kept]
    for unit in new:
        key = (unit.language, unit.anchor)
        _insert(connection, unit, contexts[key], lexical[key], hashes[key])
    return len(new), deleted


def _insert(connection: sqlite3.Connection, unit: Unit, context: str, lexical: str, content_hash: str) -> None:
    unit_id = connection.execute(
        "INSERT INTO units (doc_id, language, anchor, kind, number, position, heading_path, text, subitems, footnotes,"
        " context, content_hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            unit.doc_id, unit.language, unit.anchor, unit.kind, unit.number, unit.order,
            json.dumps(unit.heading_path, ensure_ascii=False), unit.text,
            json.dumps([asdict(item) for item in unit.subitems], ensure_ascii=False),
            json.dumps([asdict(note) for note in unit.footnotes], ensure_ascii=False),
            context, content_hash,
        ),
    ).lastrowid  # fmt: skip
    connection.executemany(
        "INSERT INTO sentences VALUES (?, ?, ?, ?)",
        [(unit_id, at, sentence.start, sentence.end) for at, sentence in enumerate(unit.sentences)],
    )
    words = " ".join(segmenter().words(lexical + unit.text))
    connection.execute("INSERT INTO unit_words (rowid, words) VALUES (?, ?)", (unit_id, words))
