"""The tables of the library file, and how a connection to it is opened."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path
from typing import Any

from corpus.errors import HomeError

SCHEMA_VERSION = 5
#: Marks a file as a library of this program ("Rapp" in ASCII), so that another program's database is left alone.
APPLICATION_ID = 0x52617070

# Two processes that open a new file at once meet in the change to WAL, which SQLite refuses whatever the timeout.
_ATTEMPTS = 50
_PAUSE_SECONDS = 0.1

_SCHEMA = """
CREATE TABLE state (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO state VALUES ('generation', 0), ('identity', abs(random()));
CREATE TABLE documents (
    doc_id TEXT PRIMARY KEY, position INTEGER NOT NULL, record TEXT NOT NULL, content_hash TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE versions (
    doc_id TEXT NOT NULL REFERENCES documents ON DELETE CASCADE, language TEXT NOT NULL, official INTEGER NOT NULL,
    sha256 TEXT NOT NULL, PRIMARY KEY (doc_id, language)
) WITHOUT ROWID;
CREATE TABLE units (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    doc_id TEXT NOT NULL REFERENCES documents ON DELETE CASCADE, language TEXT NOT NULL,
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
# What each format added to the one before, so that a library of an earlier one is brought up to date where it stands.
_ADDED = {
    2: """
CREATE TABLE token_states (
    fingerprint TEXT NOT NULL, unit_id INTEGER NOT NULL REFERENCES units ON DELETE CASCADE, window INTEGER NOT NULL,
    scales BLOB NOT NULL, states BLOB NOT NULL, UNIQUE (fingerprint, unit_id, window)
);
CREATE TABLE centres (
    fingerprint TEXT NOT NULL, language TEXT NOT NULL, vector BLOB NOT NULL, state BLOB NOT NULL,
    PRIMARY KEY (fingerprint, language)
) WITHOUT ROWID;
CREATE VIRTUAL TABLE word_list USING fts5vocab(unit_words, row);
""",
    # It names documents and anchors as text: what was said of an answer stays when a document goes.
    3: """
CREATE TABLE feedback (
    position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, at TEXT NOT NULL, question TEXT NOT NULL,
    language TEXT NOT NULL, vote TEXT NOT NULL, comment TEXT NOT NULL, mode TEXT NOT NULL, abstained INTEGER NOT NULL,
    cited TEXT NOT NULL, answer TEXT NOT NULL, earlier TEXT NOT NULL, documents TEXT NOT NULL
);
""",
    # What was removed is kept aside whole, with its row ids and vectors, so that bringing it back costs nothing.
    4: """
ALTER TABLE documents ADD COLUMN origin TEXT NOT NULL DEFAULT 'bundled';
ALTER TABLE documents ADD COLUMN added_at TEXT NOT NULL DEFAULT '';
ALTER TABLE versions ADD COLUMN origin TEXT NOT NULL DEFAULT 'bundled';
ALTER TABLE versions ADD COLUMN name TEXT NOT NULL DEFAULT '';
ALTER TABLE versions ADD COLUMN added_at TEXT NOT NULL DEFAULT '';
ALTER TABLE versions ADD COLUMN replaced_at TEXT NOT NULL DEFAULT '';
CREATE INDEX versions_by_content ON versions (sha256);
CREATE INDEX vectors_of_units ON vectors (unit_id);
CREATE INDEX token_states_of_units ON token_states (unit_id);
CREATE TABLE withheld (doc_id TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE removed (
    doc_id TEXT PRIMARY KEY, removed_at TEXT NOT NULL, record TEXT NOT NULL, content_hash TEXT NOT NULL,
    origin TEXT NOT NULL, added_at TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE removed_versions (
    doc_id TEXT NOT NULL REFERENCES removed ON DELETE CASCADE, language TEXT NOT NULL, official INTEGER NOT NULL,
    sha256 TEXT NOT NULL, origin TEXT NOT NULL, name TEXT NOT NULL, added_at TEXT NOT NULL, replaced_at TEXT NOT NULL,
    PRIMARY KEY (doc_id, language)
) WITHOUT ROWID;
CREATE TABLE removed_units (
    id INTEGER PRIMARY KEY, doc_id TEXT NOT NULL REFERENCES removed ON DELETE CASCADE, language TEXT NOT NULL,
    anchor TEXT NOT NULL, kind TEXT NOT NULL, number TEXT NOT NULL, position INTEGER NOT NULL,
    heading_path TEXT NOT NULL, text TEXT NOT NULL, subitems TEXT NOT NULL, footnotes TEXT NOT NULL,
    context TEXT NOT NULL, content_hash TEXT NOT NULL, words TEXT NOT NULL
);
CREATE INDEX removed_units_of ON removed_units (doc_id);
CREATE TABLE removed_sentences (
    unit_id INTEGER NOT NULL REFERENCES removed_units ON DELETE CASCADE, position INTEGER NOT NULL,
    start INTEGER NOT NULL, end INTEGER NOT NULL, PRIMARY KEY (unit_id, position)
) WITHOUT ROWID;
CREATE TABLE removed_vectors (
    fingerprint TEXT NOT NULL, unit_id INTEGER NOT NULL REFERENCES removed_units ON DELETE CASCADE,
    sentence INTEGER NOT NULL, window INTEGER NOT NULL, vector BLOB NOT NULL,
    PRIMARY KEY (unit_id, fingerprint, sentence, window)
) WITHOUT ROWID;
CREATE TABLE removed_token_states (
    fingerprint TEXT NOT NULL, unit_id INTEGER NOT NULL REFERENCES removed_units ON DELETE CASCADE,
    window INTEGER NOT NULL, scales BLOB NOT NULL, states BLOB NOT NULL, UNIQUE (unit_id, fingerprint, window)
);
""",
    # What was there before readers had names is shared by all.
    5: """
ALTER TABLE documents ADD COLUMN owner TEXT NOT NULL DEFAULT '';
ALTER TABLE removed ADD COLUMN owner TEXT NOT NULL DEFAULT '';
ALTER TABLE feedback ADD COLUMN "by" TEXT NOT NULL DEFAULT '';
""",
}


class _Connection(sqlite3.Connection):
    """A connection that says what to do when the file turns out to be damaged, wherever that shows."""

    def execute(self, *arguments: Any) -> sqlite3.Cursor:
        try:
            return super().execute(*arguments)
        except sqlite3.DatabaseError as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
                raise _unusable("is damaged") from error
            raise


def connect(path: Path) -> sqlite3.Connection:
    """A connection to the library file, its tables made if the file is new.

    Raises:
        HomeError: the file is not a library, is damaged, is of another version, or stays locked.
    """
    for attempt in range(_ATTEMPTS):
        try:
            return _open(path)
        except sqlite3.OperationalError as error:
            locked = getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
            if not locked:
                raise _unusable(f"cannot be used ({error})") from error
            if attempt == _ATTEMPTS - 1:
                raise HomeError(
                    "the library is in use by another program", "it to be free within seconds", "end the other program",
                    zh="文件库正被另一个程序占用；应在数秒内可用；请关闭另一个程序后重试",
                ) from error  # fmt: skip
            time.sleep(_PAUSE_SECONDS)
        except sqlite3.Error as error:
            raise _unusable(f"cannot be used ({error})") from error
    raise AssertionError("unreachable")


def _open(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=10.0, isolation_level=None, factory=_Connection)
    try:
        if not _is_ours(connection):
            raise _unusable("is another program's database")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA foreign_keys = ON")
        if connection.execute("PRAGMA user_version").fetchone()[0] < SCHEMA_VERSION:
            _bring_up_to_date(connection)
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version != SCHEMA_VERSION:
            raise _unusable(f"has format {version}, not {SCHEMA_VERSION}")
    except BaseException:
        connection.close()
        raise
    return connection


def _is_ours(connection: sqlite3.Connection) -> bool:
    # In one transaction, so that a library that is made meanwhile is seen as empty or whole, never between.
    connection.execute("BEGIN")
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    connection.execute("COMMIT")
    return bool(application == APPLICATION_ID or (version == 0 and tables == 0))


def _bring_up_to_date(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")
    # Another process may have done the same meanwhile.
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version == 0:
        _run(connection, _SCHEMA)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    for added in range(max(version, 1) + 1, SCHEMA_VERSION + 1):
        _run(connection, _ADDED[added])
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    connection.execute("COMMIT")


def _run(connection: sqlite3.Connection, statements: str) -> None:
    for statement in statements.split(";\n"):
        connection.execute(statement)


def _unusable(what: str) -> HomeError:
    return HomeError(
        f"the library file {what}", "a library that this version of Rapporteur wrote",
        "move library.sqlite3 aside and start again; it is rebuilt from the documents, without the feedback in it",
        zh="文件库无法使用；应为本版本程序写成的文件库；请将 library.sqlite3 移走后重新启动，程序会从文件重建，"
        "但不含其中的反馈意见",
    )  # fmt: skip
