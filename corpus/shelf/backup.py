"""A library carried to a file and back: documents, versions, units, feedback and original files, checked both ways."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Collection
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from corpus.anchors import anchor_kind
from corpus.errors import FeedbackError
from corpus.feedback import Feedback, all_feedback, keep_feedback
from corpus.feedback_form import cleaned
from corpus.from_rows import document_to_json
from corpus.library import Library
from corpus.records import Document, Unit
from corpus.rows import Origin, now, put_in_order, raise_generation, write_units
from corpus.shelf.description import ID
from corpus.shelf.files import file_of, keep_file
from corpus.shelf.package import DOCUMENTS, FEEDBACK, FILES, Package, write_package
from corpus.shelf.removing import move_away
from corpus.shelf.upkeep import keep_up
from corpus.shelf.versions import VersionRecord, versions_of
from corpus.sync import version_name


@dataclass(frozen=True)
class Carried:
    """How many documents, original files and feedbacks were carried."""

    documents: int
    files: int
    feedback: int


class _Entry(BaseModel):
    """A document as a line of ``documents.jsonl`` holds it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    document: Document
    origin: Origin
    added_at: Annotated[str, Field(max_length=40)]
    owner: Annotated[str, Field(max_length=200)] = ""
    content_hash: Annotated[str, Field(max_length=64)]
    versions: tuple[VersionRecord, ...]
    units: tuple[Unit, ...]


_FEEDBACK = TypeAdapter(Feedback)


def export_library(library: Library, target: Path) -> Carried:
    """Writes all documents, feedback and original files of a library to one file; vectors are made anew from it.

    Raises:
        ShelfError: the file cannot be written.
    """
    with library.reading():
        documents = [_entry(library, document) for document in library.documents()]
        feedback = [json.dumps(asdict(each), ensure_ascii=False) for each in all_feedback(library)]
        names = {v.sha256 for d in library.documents() for v in versions_of(library, d.doc_id) if v.origin == "added"}
        # A document that is added without a file, by a program, has none to carry.
        files = [path for name in sorted(names) if (path := file_of(library.folder, name)).is_file()]
        parts = {DOCUMENTS: "\n".join(documents).encode(), FEEDBACK: "\n".join(feedback).encode()}
        write_package(target, now(), parts, files)
    return Carried(len(documents), len(files), len(feedback))


def _entry(library: Library, document: Document) -> str:
    origin, added_at, owner, content_hash = library.connection.execute(
        "SELECT origin, added_at, owner, content_hash FROM documents WHERE doc_id = ?", (document.doc_id,)
    ).fetchone()
    entry = _Entry(
        document=document,
        origin=origin,
        added_at=added_at,
        owner=owner,
        content_hash=content_hash,
        versions=versions_of(library, document.doc_id),
        units=library.units(document.doc_id),
    )
    return json.dumps(entry.model_dump(mode="json"), ensure_ascii=False)


def import_library(library: Library, source: Path) -> Carried:
    """Makes a library hold the documents of an export, in one transaction; feedback is added to what there is.

    Everything is checked before the first write. Documents that the export lacks go, and can be brought back for a day
    (:func:`corpus.shelf.removing.restore`). Units that are the same keep their vectors.

    Raises:
        ShelfError: the file is no whole export; the library is as it was.
        HomeError: the library cannot be written; it is as it was.
    """
    with Package(source) as package:
        entries = [_read_entry(package, line) for line in package.lines(DOCUMENTS)]
        if not entries or max(Counter(entry.document.doc_id for entry in entries).values()) > 1:
            raise package.refuse("holds no documents, or one twice", "没有文件，或有重复的文件")
        feedback = [_read_feedback(package, line) for line in package.lines(FEEDBACK) if line]
        for sha256 in package.files:
            package.read(FILES + sha256)
        with library.writing("the import", kept="the library is as it was") as connection:
            held = {row[0] for row in connection.execute("SELECT doc_id FROM documents")}
            for doc_id in sorted(held - {entry.document.doc_id for entry in entries}):
                move_away(connection, doc_id)
            for entry in entries:
                _write(connection, entry)
            for said in feedback:
                keep_feedback(connection, said)
            for sha256 in package.files:
                keep_file(library.folder, package.read(FILES + sha256))
            put_in_order(connection)
            raise_generation(connection)
    keep_up(library.folder, library.connection)
    return Carried(len(entries), len(package.files), len(feedback))


def _read_entry(package: Package, line: str) -> _Entry:
    try:
        entry = _Entry.model_validate_json(line)
    except (ValidationError, ValueError, RecursionError) as error:
        raise package.refuse("holds a document that this version does not read", "含有本版本无法读取的文件") from error
    if _wrong(entry):
        name = f"{entry.document.doc_id!r:.80}"
        raise package.refuse(f"holds {name}, whose parts do not agree", "其中有文件的各部分互不相符")
    return entry


def _wrong(entry: _Entry) -> bool:
    """Whether units, spans and versions do not make a document together."""
    doc_id, languages = entry.document.doc_id, {version.language for version in entry.document.versions}
    keys = {(unit.language, unit.anchor) for unit in entry.units}
    return (
        not ID.fullmatch(doc_id)
        or not entry.units
        or len(keys) != len(entry.units)
        or languages != {version.language for version in entry.versions}
        or len(languages) != len(entry.versions)
        or any(version.doc_id != doc_id for version in entry.versions)
        or any(_is_wrong(unit, doc_id, languages) for unit in entry.units)
    )


def _is_wrong(unit: Unit, doc_id: str, languages: Collection[str]) -> bool:
    spans = [*((s.start, s.end) for s in unit.sentences), *((s.start, s.end) for s in unit.subitems)]
    return (
        unit.doc_id != doc_id
        or unit.language not in languages
        or anchor_kind(unit.anchor) is None
        or any(not 0 <= start < end <= len(unit.text) for start, end in spans)
    )


def _read_feedback(package: Package, line: str) -> Feedback:
    try:
        said = _FEEDBACK.validate_json(line)
        return replace(said, **cleaned({name: value for name, value in vars(said).items() if name != "at"}))
    except (ValidationError, FeedbackError, ValueError, RecursionError) as error:
        raise package.refuse("holds feedback that this version does not read", "含有本版本无法读取的反馈") from error


def _write(connection: sqlite3.Connection, entry: _Entry) -> None:
    doc_id = entry.document.doc_id
    connection.execute("DELETE FROM removed WHERE doc_id = ?", (doc_id,))
    names = [doc_id, *(version_name(doc_id, version.language) for version in entry.document.versions)]
    connection.executemany("DELETE FROM withheld WHERE doc_id = ?", [(name,) for name in names])
    connection.execute(
        "INSERT INTO documents (doc_id, position, record, content_hash, origin, added_at, owner)"
        " VALUES (?, 0, ?, ?, ?, ?, ?)"
        " ON CONFLICT (doc_id) DO UPDATE SET record = excluded.record, content_hash = excluded.content_hash,"
        " origin = excluded.origin, added_at = excluded.added_at, owner = excluded.owner",
        (doc_id, document_to_json(entry.document), entry.content_hash, entry.origin, entry.added_at, entry.owner),
    )
    connection.execute("DELETE FROM versions WHERE doc_id = ?", (doc_id,))
    connection.executemany(
        "INSERT INTO versions (doc_id, language, official, origin, name, sha256, added_at, replaced_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (doc_id, v.language, v.official, v.origin, v.name, v.sha256, v.added_at, v.replaced_at)
            for v in entry.versions
        ],
    )
    write_units(connection, entry.document, entry.units)
