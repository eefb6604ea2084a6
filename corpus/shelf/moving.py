"""The rows of a document, or of one language of it, moved aside and back; for who holds the write transaction."""

from __future__ import annotations

import sqlite3

_VERSIONS = "language, official, sha256, origin, name, added_at, replaced_at"
_UNITS = "id, language, anchor, kind, number, position, heading_path, text, subitems, footnotes, context, content_hash"
# What hangs on units, by the tables and columns that keep it.
_OF_UNITS = (
    ("sentences", "unit_id, position, start, end"),
    ("vectors", "fingerprint, unit_id, sentence, window, vector"),
    ("token_states", "fingerprint, unit_id, window, scales, states"),
)
_MEANT = "doc_id = :doc_id AND (:language = '' OR language = :language)"


def move_aside(connection: sqlite3.Connection, doc_id: str, name: str, language: str = "") -> int:
    """Moves versions, units and what hangs on them aside, under the name of a row of ``removed``; gives how many units.

    Args:
        connection: that holds the write transaction.
        doc_id: the document.
        name: what they are kept under.
        language: of the version; all of them where empty.
    """
    said = {"doc_id": doc_id, "name": name, "language": language}
    for statement in (
        f"INSERT INTO removed_versions (doc_id, {_VERSIONS}) SELECT :name, {_VERSIONS} FROM versions WHERE {_MEANT}",
        f"INSERT INTO removed_units (doc_id, {_UNITS}, words) SELECT :name, {_UNITS}, words FROM units"
        f" JOIN unit_words ON unit_words.rowid = units.id WHERE {_MEANT}",
        *(
            f"INSERT INTO removed_{table} ({columns}) SELECT {columns} FROM {table}"
            f" WHERE unit_id IN (SELECT id FROM units WHERE {_MEANT})"
            for table, columns in _OF_UNITS
        ),
        f"DELETE FROM unit_words WHERE rowid IN (SELECT id FROM units WHERE {_MEANT})",
        f"DELETE FROM units WHERE {_MEANT}",
        f"DELETE FROM versions WHERE {_MEANT}",
    ):
        connection.execute(statement, said)
    (units,) = connection.execute("SELECT count(*) FROM removed_units WHERE doc_id = ?", (name,)).fetchone()
    return int(units)


def move_back(connection: sqlite3.Connection, name: str, doc_id: str) -> None:
    """Moves what was put aside under a name back into a document that has its row."""
    said = {"doc_id": doc_id, "name": name}
    for statement in (
        f"INSERT INTO versions (doc_id, {_VERSIONS}) SELECT :doc_id, {_VERSIONS} FROM removed_versions"
        " WHERE doc_id = :name",
        f"INSERT INTO units (doc_id, {_UNITS}) SELECT :doc_id, {_UNITS} FROM removed_units WHERE doc_id = :name",
        "INSERT INTO unit_words (rowid, words) SELECT id, words FROM removed_units WHERE doc_id = :name",
        *(
            f"INSERT INTO {table} ({columns}) SELECT {columns} FROM removed_{table}"
            " WHERE unit_id IN (SELECT id FROM removed_units WHERE doc_id = :name)"
            for table, columns in _OF_UNITS
        ),
        "DELETE FROM removed WHERE doc_id = :name",
    ):
        connection.execute(statement, said)
