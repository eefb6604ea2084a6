"""What a library sheds by itself: documents removed more than a day ago, and files that a killed process left."""

from __future__ import annotations

import contextlib
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

from corpus.shelf.files import is_swept, sweep

#: How long what was removed can be brought back.
GRACE = timedelta(days=1)


def keep_up(home: Path, connection: sqlite3.Connection) -> None:
    """Sheds what is due, if anything is and no other process is writing; it is due again at the next opening."""
    past = (datetime.now(UTC) - GRACE).strftime("%Y-%m-%dT%H:%M:%SZ")
    due = connection.execute("SELECT 1 FROM removed WHERE removed_at < ?", (past,)).fetchone()
    if not due and is_swept(home, connection):
        return
    (patience,) = connection.execute("PRAGMA busy_timeout").fetchone()
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        # Nothing here is asked for, so that nothing here may fail who opens the library.
        with contextlib.suppress(sqlite3.OperationalError, OSError):
            _shed(home, connection, past)
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        connection.execute(f"PRAGMA busy_timeout = {patience}")


def _shed(home: Path, connection: sqlite3.Connection, past: str) -> None:
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("DELETE FROM removed WHERE removed_at < ?", (past,))
    connection.execute("COMMIT")
    connection.execute("BEGIN IMMEDIATE")
    sweep(home, connection)
    connection.execute("COMMIT")
