"""The records that every stage shares: documents, their units, and where things stand in a unit's text.

All are frozen. Offsets are Python string offsets (code points) into the unit's ``text``, half open.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")
#: What a meeting may have done with a text.
Act = Literal["adopted", "agreed", "negotiated", "decided", "binding", "recommended", "recorded"]
SymbolStatus = Literal["confirmed", "inferred", "unknown"]
#: Kinds of document, as documents of one year are listed: what was agreed before what was proposed.
Kind = Literal["agenda", "report", "resolution", "chair_summary", "background", "other"]
KINDS: tuple[Kind, ...] = get_args(Kind)

#: Kinds of unit, each with one form of anchor (see :mod:`corpus.anchors`).
UnitKind = Literal[
    "paragraph",
    "discussion_point",
    "preambular",
    "operative",
    "item",
    "item_paragraph",
    "table_row",
    "head",
    "unnumbered",
]


@dataclass(frozen=True)
class Bilingual:
    """A text of the project's own in both languages of the interface."""

    zh: str
    en: str

    def get(self, language: Language) -> str:
        """The text in the reader's language."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True)
class Sentence:
    """A sentence of a unit, as a span into its text."""

    start: int
    end: int


@dataclass(frozen=True)
class Subitem:
    """A listed part of a unit, (a), ㈠ or 1., as a span that begins at its label."""

    label: str
    start: int
    end: int


@dataclass(frozen=True)
class Footnote:
    """A footnote apart from the text; ``at`` is the offset of its mark in the unit, None where it has no mark."""

    mark: str
    text: str
    at: int | None


@dataclass(frozen=True)
class Unit:
    """The smallest citable piece of one language version of a document."""

    doc_id: str
    anchor: str
    kind: UnitKind
    number: str
    heading_path: tuple[str, ...]
    language: Language
    text: str
    order: int
    sentences: tuple[Sentence, ...] = ()
    subitems: tuple[Subitem, ...] = ()
    footnotes: tuple[Footnote, ...] = ()

    @property
    def anchor_id(self) -> str:
        """The citable address, the same in every language: ``wg6-2020-report#dp10``."""
        return f"{self.doc_id}#{self.anchor}"


@dataclass(frozen=True)
class StandingNote:
    """What a text is worth: adopted, draft, not negotiated. Travels with every citation of the anchors it covers.

    ``covers`` holds anchors or patterns with ``*`` (``dp*``); ``rests_on`` is the anchor of the same document that it
    rests on; ``denies`` holds the acts that did not happen to the text it covers, which a question may presume.
    """

    text: Bilingual
    rests_on: str
    covers: tuple[str, ...]
    denies: tuple[Act, ...] = ()


@dataclass(frozen=True)
class Version:
    """One language version of a document; ``official`` is False for working translations."""

    language: Language
    file: str
    official: bool
    source_note: str


@dataclass(frozen=True)
class Former:
    """A document that became a language version of another: its id, and the records of both before that as JSON."""

    doc_id: str
    language: Language
    record: str
    into: str


@dataclass(frozen=True)
class Document:
    """A document of the library with what is known of it; what is inferred says so.

    ``distribution`` is as the masthead has it, General for one, empty where nothing is known of it. ``formerly`` are
    the documents that were made one with this; what cites one of them by its id means this one.
    """

    doc_id: str
    titles: Bilingual
    short_titles: Bilingual
    symbol: str | None
    symbol_status: SymbolStatus
    kind: str
    body: Bilingual
    session: Bilingual
    dates: Bilingual
    place: Bilingual
    year: int
    original_language: str
    aliases: tuple[str, ...] = ()
    versions: tuple[Version, ...] = ()
    standing: tuple[StandingNote, ...] = ()
    distribution: str = ""
    formerly: tuple[Former, ...] = ()

    def __hash__(self) -> int:
        # What is remembered of the documents of a library is looked up by all of them, which may be thousands.
        return hash(self.doc_id)

    def title(self, language: Language) -> str:
        """The full title in the reader's language."""
        return self.titles.get(language)

    def short_title(self, language: Language) -> str:
        """A title of a few words, for lists and labels, in the reader's language."""
        return self.short_titles.get(language)
