"""What delegates say of answers, kept in the library beside the documents and tied to none of them."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from corpus.errors import FeedbackError
from corpus.feedback_form import ID, Vote, cleaned
from corpus.library import Library
from corpus.records import Language


@dataclass(frozen=True, kw_only=True)
class Feedback:
    """What a delegate said of one answer.

    ``at`` is when it was last recorded, in UTC to the second (``2026-03-01T09:30:00Z``); recording sets it.
    ``language`` is the reader's. ``cited`` holds the anchor ids of the answer, best first, ``answer`` its words as
    shown; ``earlier`` the questions before it in the conversation, oldest first; ``documents`` the ids of those that
    the answer was to keep to, none where it was free. ``by`` is the name of who said it, empty where there is no login.
    """

    id: str = field(default_factory=lambda: uuid4().hex)
    at: str = ""
    question: str
    language: Language
    vote: Vote
    comment: str = ""
    mode: str
    abstained: bool
    cited: tuple[str, ...] = ()
    answer: str
    earlier: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    by: str = ""


_NAMES = tuple(each.name for each in fields(Feedback))
_LISTS = ("cited", "earlier", "documents")
_COLUMNS = ", ".join(f'"{name}"' for name in _NAMES)


def record_feedback(library: Library, feedback: Feedback) -> Feedback:
    """Keeps what was said, and gives it as it was kept: cleaned of control characters, with its time.

    What was said before under the same id is replaced, so that a reader may change the vote or add a comment. The
    documents, and with them the index, are as they were.

    Raises:
        FeedbackError: a part is too long or not of its form, or another reader said something under this id; the
            message names it.
        HomeError: the library cannot be written.
    """
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    given = {name: value for name, value in vars(feedback).items() if name != "at"}
    kept = Feedback(**cleaned(given), at=now)
    with library.writing("the feedback", kept="what was said before is kept") as connection:
        if connection.execute('SELECT 1 FROM feedback WHERE id = ? AND "by" <> ?', (kept.id, kept.by)).fetchone():
            raise FeedbackError(
                "'id' of the feedback is another's", "an id of its own", "send it under a new one",
                zh="反馈中的“编号”已被占用；应为新的编号；请另用编号重新提交",
            )  # fmt: skip
        keep_feedback(connection, kept)
    return kept


def keep_feedback(connection: sqlite3.Connection, kept: Feedback) -> None:
    """Stores what was said as it is, in the place of what has the same id; for who holds the write transaction."""
    said = ((name, getattr(kept, name)) for name in _NAMES)
    row = [json.dumps(value, ensure_ascii=False) if name in _LISTS else value for name, value in said]
    connection.execute(f"INSERT OR REPLACE INTO feedback ({_COLUMNS}) VALUES ({', '.join('?' * len(row))})", row)


def withdraw_feedback(library: Library, feedback_id: str, by: str | None = None) -> bool:
    """Takes back what was said under an id, ``by`` a reader where one is named, and gives whether there was anything.

    Raises:
        HomeError: the library cannot be written.
    """
    if not ID.fullmatch(feedback_id):
        return False
    with library.writing("the feedback", kept="it holds what it held") as connection:
        statement = 'DELETE FROM feedback WHERE id = ?1 AND (?2 IS NULL OR "by" = ?2)'
        return connection.execute(statement, (feedback_id, by)).rowcount > 0


def all_feedback(library: Library) -> tuple[Feedback, ...]:
    """All that was said and not taken back, what was recorded last at the end."""
    rows = library.connection.execute(f"SELECT {_COLUMNS} FROM feedback ORDER BY position")
    return tuple(_from_row(dict(zip(_NAMES, row, strict=True))) for row in rows.fetchall())


def _from_row(row: dict[str, Any]) -> Feedback:
    lists = {name: tuple(json.loads(row[name])) for name in _LISTS}
    return Feedback(**{**row, **lists, "abstained": bool(row["abstained"])})
