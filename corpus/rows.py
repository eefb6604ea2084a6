"""How a document, its versions and its units stand in the rows of the library; for who holds the write transaction."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Literal

from corpus.context import index_context, lexical_context
from corpus.from_rows import document_from_json, document_to_json
from corpus.records import KINDS, Document, Language, Unit
from corpus.words import segmenter

#: Raised when the words of the same text change, so that a library built before is built again.
WORDS_VERSION = 4

#: Where a version comes from: the folder that ships with the project, or a delegate.
Origin = Literal["bundled", "added"]
ADDED: Origin = "added"

_PLACE = "doc_id = ? AND language = ? AND anchor = ?"


#: How the library writes a moment, in UTC.
MOMENT = "%Y-%m-%dT%H:%M:%SZ"


@dataclass(frozen=True)
class Source:
    """What a version was read from: its language, the SHA-256 of its bytes, and the name to show of its file."""

    language: Language
    sha256: str
    name: str = ""


def now() -> str:
    """The present in UTC to the second, as the library writes it: ``2026-03-01T09:30:00Z``."""
    return datetime.now(UTC).strftime(MOMENT)


def raise_generation(connection: sqlite3.Connection) -> None:
    """Says that the documents changed, so that what was derived of them is made anew."""
    connection.execute("UPDATE state SET value = value + 1 WHERE name = 'generation'")


def put_in_order(connection: sqlite3.Connection) -> None:
    """Gives every document its place in the list."""
    rows = connection.execute("SELECT record FROM documents").fetchall()
    documents = sorted((document_from_json(row[0]) for row in rows), key=_place)
    connection.executemany(
        "UPDATE documents SET position = ?1 WHERE doc_id = ?2 AND position <> ?1",
        [(at, document.doc_id) for at, document in enumerate(documents)],
    )


def _place(document: Document) -> tuple[int, int, str]:
    kind = next((at for at, kind in enumerate(KINDS) if kind == document.kind), len(KINDS))
    return -document.year, kind, document.doc_id


def write_document(
    connection: sqlite3.Connection, document: Document, content_hash: str, origin: Origin, owner: str = ""
) -> None:
    """Stores the record of a document; when it first came, and whose it is, stay."""
    connection.execute(
        "INSERT INTO documents (doc_id, position, record, content_hash, origin, added_at, owner)"
        " VALUES (?, 0, ?, ?, ?, ?, ?) ON CONFLICT (doc_id) DO UPDATE"
        " SET record = excluded.record, content_hash = excluded.content_hash, origin = excluded.origin",
        (document.doc_id, document_to_json(document), content_hash, origin, now(), owner),
    )


def write_versions(
    connection: sqlite3.Connection, document: Document, sources: Iterable[Source], origin: Origin
) -> None:
    """Stores what some versions of a document were read from; one whose bytes changed notes when."""
    official = {version.language: version.official for version in document.versions}
    connection.executemany(
        "INSERT INTO versions (doc_id, language, official, sha256, origin, name, added_at)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (doc_id, language) DO UPDATE"
        " SET replaced_at = CASE WHEN sha256 = ?4 THEN replaced_at ELSE ?7 END,"
        " official = ?3, sha256 = ?4, origin = ?5, name = ?6",
        [(document.doc_id, s.language, official[s.language], s.sha256, origin, s.name, now()) for s in sources],
    )


def write_units(connection: sqlite3.Connection, document: Document, units: Sequence[Unit]) -> tuple[int, int]:
    """Makes these the units of a document; gives how many were written and deleted. Those that are the same stay."""
    contexts = {(unit.language, unit.anchor): index_context(document, unit) for unit in units}
    lexical = {(unit.language, unit.anchor): lexical_context(document, unit) for unit in units}
    hashes = {
        key: _unit_hash(unit, contexts[key] + lexical[key]) for unit in units for key in [(unit.language, unit.anchor)]
    }
    deleted = delete_units(connection, document.doc_id, keep=set(hashes.values()))
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


def move_units(connection: sqlite3.Connection, before: Document, after: Document, units: Sequence[Unit]) -> None:
    """Makes units of one document those of another, with their rows and vectors.

    Those whose context is another there are left to :func:`write_units`, which writes them anew.
    """
    for unit in units:
        moved = replace(unit, doc_id=after.doc_id)
        context = index_context(after, moved) + lexical_context(after, moved)
        place = (before.doc_id, unit.language, unit.anchor)
        if context == index_context(before, unit) + lexical_context(before, unit):
            connection.execute(
                f"UPDATE units SET doc_id = ?, content_hash = ? WHERE {_PLACE}",
                (after.doc_id, _unit_hash(moved, context), *place),
            )
        else:
            _delete(connection, connection.execute(f"SELECT id FROM units WHERE {_PLACE}", place).fetchall())


def delete_units(connection: sqlite3.Connection, doc_id: str, keep: set[str]) -> int:
    """Deletes the units of a document but those of some content hashes, with all that hangs on them; gives how many."""
    rows = connection.execute("SELECT id, content_hash FROM units WHERE doc_id = ?", (doc_id,)).fetchall()
    dead = [(unit_id,) for unit_id, content_hash in rows if content_hash not in keep]
    _delete(connection, dead)
    return len(dead)


def _delete(connection: sqlite3.Connection, ids: Sequence[tuple[int]]) -> None:
    connection.executemany("DELETE FROM unit_words WHERE rowid = ?", ids)
    connection.executemany("DELETE FROM units WHERE id = ?", ids)


def _unit_hash(unit: Unit, context: str) -> str:
    return hashlib.sha256(f"{WORDS_VERSION}\n{context}\n{json.dumps(asdict(unit))}".encode()).hexdigest()


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
