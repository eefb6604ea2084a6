"""The ledger of a whole library, and what of it is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Final

from assistant.citations import cite
from assistant.compose import Quoted
from assistant.ledger.actors import names
from assistant.ledger.paragraphs import Recorded, recorded
from assistant.ledger.records import UNNAMED, Actor, Entry, Ledger
from assistant.ledger.topics import about
from assistant.question import language_of
from corpus.errors import UnknownActorError
from corpus.library import Library
from corpus.normal import normalise
from corpus.records import LANGUAGES, Document, Language, Unit

#: Whose own work a background paper tells of: what they do there is no position.
_AUTHORS: Final = frozenset(("organisation/UNODC", "official/secretariat"))
_UNNAMED: Final = re.compile(r"unnamed(?: speakers?)?|未具名(?:的)?(?:发言者)?", re.IGNORECASE)
# A part of a person's name is enough to name them, where it has as many letters as this.
_SHORTEST_PART: Final = 3


@dataclass(frozen=True)
class _Row:
    """What a paragraph records, with its versions."""

    document: Document
    versions: dict[Language, Unit]
    recorded: Recorded


class Book:
    """The ledger of one generation of a library, read when it is first asked for. Safe to use from several threads.

    Who uses it reads the library within one transaction (:meth:`corpus.library.Library.reading`).
    """

    def __init__(self, library: Library) -> None:
        """Of a library, or of what one reader sees of it."""
        self._library = library
        self._lock = Lock()
        self._rows: tuple[_Row, ...] | None = None
        self._entries: dict[Language, tuple[Entry, ...]] = {}

    def ledger(
        self, actor: str = "", topic: str = "", documents: Sequence[str] = (), language: Language | None = None
    ) -> Ledger:
        """The entries of an actor, about a topic, in some documents; of all where nothing is said.

        Args:
            actor: a name in either language, or the key of an actor.
            topic: words in either language; entries that record what was said of it, in either version.
            documents: ids of the documents to keep to.
            language: of sentences, where there is a text in it, and of labels and titles; that of actor and topic where
                None.

        Raises:
            UnknownActorError: nobody of that name is known.
            UnknownDocumentError: a document is not in the library.
        """
        for doc_id in documents:
            self._library.document(doc_id)
        reader = language or (language_of(actor + topic) if actor + topic else "zh")
        wanted = self.actor(actor) if actor.strip() else None
        chosen = [
            (row, entry)
            for row, entry in zip(self._read(), self.entries(reader), strict=True)
            if (wanted is None or entry.actor == wanted) and (not documents or row.document.doc_id in documents)
        ]
        if topic.strip():
            # Of those who are only listed nothing is recorded that could be about it.
            chosen = [(row, entry) for row, entry in chosen if not entry.listed]
            held = about(topic, [_texts(row) for row, _ in chosen], [_texts(row) for row in self._read()])
            chosen = [each for each, is_held in zip(chosen, held, strict=True) if is_held]
        return Ledger(tuple(entry for _, entry in chosen))

    def speaks_of(self, actor: Actor, besides: frozenset[str], documents: Sequence[str]) -> bool:
        """Whether any unit names an actor but those of some anchor ids, in all documents or in some."""
        patterns = {language: names().pattern_of((actor,), language) for language in LANGUAGES}
        chosen = (d.doc_id for d in self._library.documents() if not documents or d.doc_id in documents)
        units = (unit for doc_id in chosen for unit in self._library.units(doc_id) if unit.anchor_id not in besides)
        # China is not named where the Group of 77 and China is; whom only a document names has no longer name.
        return any(
            names().called(match[0], unit.language) in (actor, None)
            for unit in units
            if re.search(patterns[unit.language], unit.text)
            for match in re.finditer(f"{names().pattern(unit.language)}|{patterns[unit.language]}", unit.text)
        )

    def entries(self, reader: Language) -> tuple[Entry, ...]:
        """All entries for a reader of a language, documents as the library has them and paragraphs in their order."""
        rows = self._read()
        with self._lock:
            if reader not in self._entries:
                self._entries[reader] = tuple(self._entry(row, reader) for row in rows)
            return self._entries[reader]

    def actor(self, name: str) -> Actor:
        """The actor that a name in either language means, whether or not the documents record anything of it.

        Raises:
            UnknownActorError: nobody is called so.
        """
        if _UNNAMED.fullmatch(name.strip()):
            return UNNAMED
        known = names().known(name)
        recorded_actors = {row.recorded.actor for row in self._read()}
        wanted = normalise(name).strip().casefold()
        if known is None or known not in recorded_actors:
            others = sorted(
                (actor for actor in recorded_actors if _called(actor, wanted)),
                key=lambda actor: (len(actor.key), actor.key),
            )
            known = others[0] if others else known
        if known is None:
            raise UnknownActorError(
                f"nobody is known as {name.strip()!r}", "a State, group, organisation or official by its name",
                "write it as the documents do, in Chinese or English",
                zh=f"没有名为“{name.strip()}”的国家、国家组、组织或官员；应为文件中使用的名称；请改用其中文或英文名称",
            )  # fmt: skip
        return known

    def _read(self) -> tuple[_Row, ...]:
        with self._lock:
            if self._rows is None:
                self._rows = tuple(self._rows_of_library())
            return self._rows

    def _rows_of_library(self) -> Iterator[_Row]:
        for document in self._library.documents():
            versions: dict[str, dict[Language, Unit]] = {}
            for unit in self._library.units(document.doc_id):
                versions.setdefault(unit.anchor, {})[unit.language] = unit
            for of in versions.values():
                for each in recorded(of):
                    if document.kind != "background" or each.actor.key not in _AUTHORS:
                        yield _Row(document, of, each)

    def _entry(self, row: _Row, reader: Language) -> Entry:
        of = row.recorded
        language = reader if reader in of.spans else next(each for each in LANGUAGES if each in of.spans)
        quoted = Quoted(row.versions[language], *of.spans[language], 1.0)
        citation = cite(self._library, 1, quoted, reader)
        return Entry(of.actor, of.act, citation, row.document.dates, row.document.year, of.in_both)


def _texts(row: _Row) -> dict[Language, str]:
    """What an entry is about, in each language it is in: its sentence, of those whose draft it is the whole heading."""
    whole = row.recorded.act == "sponsored"
    return {
        language: row.versions[language].text[slice(*((None,) if whole else span))]
        for language, span in row.recorded.spans.items()
    }


def _called(actor: Actor, wanted: str) -> bool:
    """Whether a name is that of an actor whom only a document names, or a part of a person's."""
    own = {actor.key.casefold(), *(normalise(actor.name(language)).casefold() for language in LANGUAGES)}
    if wanted in own:
        return True
    return (
        actor.kind == "official"
        and len(wanted) >= _SHORTEST_PART
        and any(re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", each.partition("/")[2] or each) for each in own)
    )
