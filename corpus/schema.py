"""The tables of the library file, and how a connection to it is opened."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from corpus.errors import HomeError

SCHEMA_VERSION = 1

_SCHEMA = """
CREATE TABLE state (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO state VALUES ('generation', 0);
CREATE TABLE documents (
    doc_id TEXT PRIMARY KEY, position INTEGER NOT NULL, record TEXT NOT NULL, content_hash TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE versions (
    doc_id TEXT NOT NULL REFERENCES documents ON DELETE CASCADE, language TEXT NOT NULL, official INTEGER NOT NULL,
    sha256 TEXT NOT NULL, PRIMARY KEY (doc_id, language)
) WITHOUT ROWID;
CREATE TABLE units (
    id INTEGER PRIMARY KEY, doc_id TEXT NOT NULL REFERENCES documents ON DELETE CASCADE, language TEXT NOT NULL,
    anchor TEXT NOT NULL, kind TEXT NOT NULL, number TEXT NOT NULL, position INTEGER NOT NULL,
    heading_path TEXT NOT NULL, text TEXT NOT NULL, subitems TEXT NOT NULL, footnotes TEXT NOT NULL,
    context TEXT NOT NULL, content_hash TEXT NOT NULL, UNIQUE (doc_id, language, anchor)
);
CREATE INDEX units_in_order ON units (doc_id, language, position);
CREATE TABLE sentences (
    unit_id INTEGER NOT NULL REFERENCES units ON DELETE CASCADE, position INTEGER NOT NULL,
    start INTEGER NOT NULL, end INTEGER NOT NULL, PRIMARY KEY (unit_id, position)
) WITHOUT ROWID;
CREATE VIRTUAL TABLE unit_words USING fts5 (words, tokenize='unicode61');
CREATE TABLE vectors (
    fingerprint TEXT NOT NULL, unit_id INTEGER NOT NULL REFERENCES units ON DELETE CASCADE,
    sentence INTEGER NOT NULL, window INTEGER NOT NULL, vector BLOB NOT NULL,
    PRIMARY KEY (fingerprint, unit_id, sentence, window)
) WITHOUT ROWID;
"""


def connect(path: Path) -> sqlite3.Connection:
    """A connection to the library file, its tables made if the file is new.

    Raises:
        HomeError: the file is not a library, is damaged, or is of another version of Rapporteur.
    """
    remedy = f"move {path.name} aside and start again; it is rebuilt from the documents"
    try:
        connection = sqlite3.connect(path, timeout=10.0, isolation_level=None)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA foreign_keys = ON")
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version == 0:
            connection.execute("BEGIN IMMEDIATE")
            if connection.execute("PRAGMA user_version").fetchone()[0] == 0:
                for statement in _SCHEMA.split(";\n"):
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
            connection.execute("COMMIT")
            version = SCHEMA_VERSION
    except sqlite3.Error as error:
        raise HomeError(
            f"the library file {path.name} cannot be used ({error})",
            "a library that Rapporteur wrote",
            remedy,
            zh=f"文件库 {path.name} 无法使用；应为本程序写成的文件库；请将其移走后重新启动，程序会从文件重建",
        ) from error
    if version != SCHEMA_VERSION:
        raise HomeError(f"the library file has format {version}", f"format {SCHEMA_VERSION}", remedy)
    return connection
