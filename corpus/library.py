"""The SQLite library: what is in it, read. Writing is in :mod:`corpus.sync`."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from corpus.anchors import standing_at
from corpus.errors import HomeError, UnknownAnchorError, UnknownDocumentError
from corpus.from_rows import UNIT_COLUMNS, document_from_json, unit_from_row
from corpus.home import home_folder
from corpus.records import (
    LANGUAGES,
    Bilingual,
    Document,
    Language,
    Sentence,
    Unit,
    UnitKind,
)
from corpus.schema import connect
from corpus.shelf.upkeep import keep_up

LIBRARY_FILE = "library.sqlite3"


class Library:
    """The documents and units of one library file. Safe to use from several threads: each has its own connection."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._threads = threading.local()
        self._documents: tuple[int, tuple[Document, ...]] | None = None

    @classmethod
    def open(cls, home: Path | None = None) -> Library:
        """The library of a home folder, made empty if there is none.

        Raises:
            HomeError: the folder or the file cannot be used.
        """
        library = cls(home_folder(home))
        keep_up(library.folder, library.connection)
        return library

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection of the calling thread."""
        if not hasattr(self._threads, "connection"):
            self._threads.connection = connect(self.folder / LIBRARY_FILE)
        connection: sqlite3.Connection = self._threads.connection
        return connection

    @contextmanager
    def writing(self, what: str, kept: str) -> Iterator[sqlite3.Connection]:
        """One write transaction: all of it, or on any error nothing.

        Raises:
            HomeError: SQLite could not write; ``what`` was written, and ``kept`` says what the reader still has.
        """
        connection = self.connection
        try:
            connection.execute("BEGIN IMMEDIATE")
            self._threads.writing = True
            yield connection
            connection.execute("COMMIT")
        except BaseException as error:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            if isinstance(error, sqlite3.Error):
                raise HomeError(
                    f"{what} could not be written ({error})",
                    "a library folder with room that can be written",
                    f"free some space or end the other program; {kept}",
                    zh="文件库未能写入；应为空间充足且可写的文件库文件夹；请腾出空间或关闭占用文件库的其他程序后重试",
                ) from error
            raise
        finally:
            self._threads.writing = False

    @contextmanager
    def reading(self) -> Iterator[None]:
        """All that the calling thread reads within is of one moment, whatever is written meanwhile."""
        connection = self.connection
        if connection.in_transaction:
            yield
            return
        connection.execute("BEGIN")
        try:
            yield
        finally:
            if connection.in_transaction:
                connection.execute("COMMIT")

    def generation(self) -> int:
        """A number that rises with every change of the documents."""
        return int(self.connection.execute("SELECT value FROM state WHERE name = 'generation'").fetchone()[0])

    def identity(self) -> str:
        """A random name of this library file, to tell what was derived from it from what was derived from another."""
        return str(self.connection.execute("SELECT value FROM state WHERE name = 'identity'").fetchone()[0])

    def documents(self) -> tuple[Document, ...]:
        """All documents, newest first; those of one generation are the same objects."""
        # A question asks for them again and again, and reading the records of a large library takes seconds.
        generation, known = self.generation(), self._documents
        if known is not None and known[0] == generation and not getattr(self._threads, "writing", False):
            return known[1]
        found = self._read_documents()
        # What is written raises the generation before it ends, and others may have written in between.
        if not getattr(self._threads, "writing", False) and self.generation() == generation:
            self._documents = (generation, found)
        return found

    def _read_documents(self) -> tuple[Document, ...]:
        rows = self.connection.execute("SELECT record FROM documents ORDER BY position").fetchall()
        return tuple(document_from_json(row[0]) for row in rows)

    def document(self, doc_id: str) -> Document:
        """One document.

        Raises:
            UnknownDocumentError: there is none of that id.
        """
        row = self.connection.execute("SELECT record FROM documents WHERE doc_id = ?", (doc_id,)).fetchone()
        if row is None:
            known = ", ".join(document.doc_id for document in self.documents()) or "none"
            raise UnknownDocumentError(
                f"there is no document {doc_id!r}",
                f"one of: {known}",
                "see python -m corpus list",
                zh=f"没有编号为“{doc_id}”的文件；现有：{known}；请从中选择",
            )
        return document_from_json(row[0])

    def present_id(self, doc_id: str) -> str:
        """The id that a document has now: its own, or that of the document it was made one with; else the same."""
        row = self.connection.execute(
            "SELECT doc_id FROM documents WHERE doc_id = ?1 UNION ALL SELECT documents.doc_id FROM documents,"
            " json_each(record, '$.formerly') WHERE value ->> 'doc_id' = ?1 LIMIT 1",
            (doc_id,),
        ).fetchone()
        return str(row[0]) if row else doc_id

    def units(self, doc_id: str, language: Language | None = None) -> tuple[Unit, ...]:
        """The units of a document in reading order; of one language where one is given."""
        self.document(doc_id)
        return self._select("u.doc_id = ? AND (? IS NULL OR u.language = ?)", (doc_id, language, language))

    def unit_counts(self) -> dict[str, dict[UnitKind, int]]:
        """How many units of each kind each document has, a unit in two languages counted once."""
        counts: dict[str, dict[UnitKind, int]] = {}
        for doc_id, kind, count in self.connection.execute(
            "SELECT doc_id, kind, COUNT(DISTINCT anchor) FROM units GROUP BY doc_id, kind ORDER BY MIN(position)"
        ):
            counts.setdefault(doc_id, {})[kind] = count
        return counts

    def unit(self, doc_id: str, anchor: str, language: Language | None = None) -> Unit:
        """The unit at an anchor: in the language asked for where there is that version, else in one there is.

        Raises:
            UnknownDocumentError: there is no such document.
            UnknownAnchorError: the document has no such anchor.
        """
        found = self._select("u.doc_id = ? AND u.anchor = ?", (doc_id, anchor))
        if not found:
            if (present := self.present_id(doc_id)) != doc_id:
                return self.unit(present, anchor, language)
            self.document(doc_id)
            raise UnknownAnchorError(
                f"{doc_id} has no {anchor!r}",
                "an anchor such as p21, dp10, op14 or item1b.2",
                f"see python -m corpus show {doc_id}",
                zh=f"{doc_id} 中没有“{anchor}”；应为 p21、dp10、op14、item1b.2 一类的编号；请查看该文件的段落",
            )
        return next((unit for unit in found if unit.language == language), found[0])

    def held(self, anchor_ids: Iterable[str]) -> frozenset[str]:
        """Those of some anchor ids that there are units of."""
        rows = self.connection.execute(
            "SELECT doc_id || '#' || anchor AS anchor_id FROM units"
            " WHERE anchor_id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(anchor_ids)),),
        )
        return frozenset(str(row[0]) for row in rows)

    def neighbours(self, unit: Unit, before: int, after: int) -> tuple[tuple[Unit, ...], tuple[Unit, ...]]:
        """The units just before and just after one, in reading order."""
        same = "u.doc_id = ? AND u.language = ? AND u.position BETWEEN ? AND ?"
        first = (unit.doc_id, unit.language, unit.order - before, unit.order - 1)
        last = (unit.doc_id, unit.language, unit.order + 1, unit.order + after)
        return self._select(same, first), self._select(same, last)

    def units_by_id(self, ids: Iterable[int]) -> dict[int, Unit]:
        """Units by their row ids; unknown ids are left out."""
        wanted = json.dumps(sorted(set(ids)))
        rows = self.connection.execute(
            f"SELECT {UNIT_COLUMNS} FROM units u WHERE u.id IN (SELECT value FROM json_each(?))", (wanted,)
        ).fetchall()
        return dict(zip((row[0] for row in rows), self._records(rows), strict=True))

    def unit_ids(self, language: Language, documents: Sequence[str] = ()) -> list[int]:
        """Row ids of all units of one language, ascending; of ``documents`` only, where any are given."""
        # Two ways to ask, so that a few documents of many are looked up and not looked for.
        if documents:
            rows = self.connection.execute(
                "SELECT id FROM units WHERE language = ? AND doc_id IN (SELECT value FROM json_each(?)) ORDER BY id",
                (language, json.dumps(list(documents))),
            )
        else:
            rows = self.connection.execute("SELECT id FROM units WHERE language = ? ORDER BY id", (language,))
        return [int(row[0]) for row in rows]

    def unit_count(self) -> int:
        """How many units there are, each language version counted."""
        return int(self.connection.execute("SELECT count(*) FROM units").fetchone()[0])

    def versions_of(self, ids: Iterable[int]) -> dict[Language, list[int]]:
        """Row ids of all language versions of some units, themselves among them, by language, ascending."""
        return {language: list(of) for language, of in self.anchors_of(ids).items()}

    def anchors_of(self, ids: Iterable[int]) -> dict[Language, dict[int, str]]:
        """The anchor ids of all language versions of some units, by language and row id, ascending."""
        rows = self.connection.execute(
            # With the languages said, each version is looked up where a document would be gone through.
            "SELECT DISTINCT b.language, b.id, doc_id || '#' || anchor FROM units a JOIN units b USING (doc_id, anchor)"
            " WHERE a.id IN (SELECT value FROM json_each(?)) AND b.language IN (SELECT value FROM json_each(?))"
            " ORDER BY b.id",
            (json.dumps(sorted(set(ids))), json.dumps(LANGUAGES)),
        ).fetchall()
        return {language: {i: anchor_id for of, i, anchor_id in rows if of == language} for language in LANGUAGES}

    def pairs(self) -> str:
        """The row ids of both versions of each anchor that has two, one after the other, as text, parted by commas."""
        one, other = LANGUAGES
        found = self.connection.execute(
            "SELECT group_concat(a.id || ',' || b.id) FROM units a JOIN units b"
            " ON b.doc_id = a.doc_id AND b.language = ? AND b.anchor = a.anchor WHERE a.language = ?",
            (other, one),
        ).fetchone()
        return str(found[0] or "")

    def word_list(self) -> frozenset[str]:
        """All words that any unit holds, as :class:`corpus.words.Segmenter` gives words; numbers in their parts."""
        return frozenset(str(row[0]) for row in self.connection.execute("SELECT term FROM word_list"))

    def common_words(self, limit: int) -> list[str]:
        """The words that most units hold, the most common first."""
        rows = self.connection.execute("SELECT term FROM word_list ORDER BY doc DESC, term LIMIT ?", (limit,))
        return [str(row[0]) for row in rows]

    def units_with_word(self, word: str) -> list[int]:
        """Row ids of the units that hold a word, as :class:`corpus.words.Segmenter` gives words, ascending."""
        rows = self.connection.execute(
            "SELECT rowid FROM unit_words WHERE unit_words MATCH ? ORDER BY rowid", (_phrase(word),)
        )
        return [int(row[0]) for row in rows]

    def holders_of(self, word: str) -> str:
        """:meth:`units_with_word` as text, parted by commas: of half a million ids, ten times as fast as rows."""
        found = self.connection.execute(
            "SELECT group_concat(rowid) FROM unit_words WHERE unit_words MATCH ?", (_phrase(word),)
        ).fetchone()
        return str(found[0] or "")

    def standing(self, unit: Unit, document: Document | None = None) -> tuple[Bilingual, ...]:
        """The standing notes that go with every citation of a unit."""
        return standing_at(document or self.document(unit.doc_id), unit.anchor)

    def _select(self, where: str, parameters: tuple[object, ...]) -> tuple[Unit, ...]:
        rows = self.connection.execute(
            f"SELECT {UNIT_COLUMNS} FROM units u WHERE {where} ORDER BY u.language DESC, u.position", parameters
        ).fetchall()
        return tuple(self._records(rows))

    def _records(self, rows: list[tuple[object, ...]]) -> list[Unit]:
        spans: dict[int, list[Sentence]] = {}
        ids = json.dumps([row[0] for row in rows])
        for unit_id, start, end in self.connection.execute(
            "SELECT unit_id, start, end FROM sentences WHERE unit_id IN (SELECT value FROM json_each(?))"
            " ORDER BY unit_id, position",
            (ids,),
        ):
            spans.setdefault(unit_id, []).append(Sentence(start, end))
        return [unit_from_row(row, tuple(spans.get(int(str(row[0])), ()))) for row in rows]


def _phrase(word: str) -> str:
    """A word as it is searched for, whatever stands in it."""
    return '"' + word.replace('"', '""') + '"'
