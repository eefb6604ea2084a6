"""Where each version of a document comes from, and since when it says what it says."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass

from corpus.library import Library
from corpus.records import Language
from corpus.rows import Origin


@dataclass(frozen=True)
class VersionRecord:
    """A version of a document: where it comes from and when its text last changed.

    ``name`` is what its file was called, empty for one that ships with the project. Times are in UTC to the second;
    ``replaced_at`` is empty where the text is the first there was, ``added_at`` where it came before times were kept.
    """

    doc_id: str
    language: Language
    official: bool
    origin: Origin
    name: str
    sha256: str
    added_at: str
    replaced_at: str


_COLUMNS = "doc_id, language, official, origin, name, sha256, added_at, replaced_at"


def versions_of(library: Library, doc_id: str) -> tuple[VersionRecord, ...]:
    """The versions of a document, by language; none where there is no such document."""
    rows = library.connection.execute(
        f"SELECT {_COLUMNS} FROM versions WHERE doc_id = ? ORDER BY language DESC", (doc_id,)
    )
    return tuple(_record(row) for row in rows)


def version_of_content(library: Library, sha256: str, owners: Collection[str] | None = None) -> VersionRecord | None:
    """The version that was read from these very bytes, if any was, of a document of ``owners`` where any are named."""
    row = library.connection.execute(
        f"SELECT {_COLUMNS} FROM versions WHERE sha256 = ?1 AND (?2 IS NULL OR doc_id IN (SELECT doc_id FROM documents"
        " WHERE owner IN (SELECT value FROM json_each(?2)))) ORDER BY doc_id LIMIT 1",
        (sha256, None if owners is None else json.dumps(sorted(owners))),
    ).fetchone()
    return _record(row) if row else None


def replaced_since(library: Library, doc_id: str, language: Language, moment: str) -> str | None:
    """When a version was last replaced, if that was at or after a moment (``2026-03-01T09:30:00Z``); None where not.

    For a citation of that moment whose words are no longer there: within its second, too, they went afterwards.
    """
    for version in versions_of(library, doc_id):
        if version.language == language and version.replaced_at >= moment and version.replaced_at:
            return version.replaced_at
    return None


def _record(row: tuple[object, ...]) -> VersionRecord:
    doc_id, language, official, *rest = row
    return VersionRecord(doc_id, language, bool(official), *rest)  # type: ignore[arg-type]
