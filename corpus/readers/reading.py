"""A delegate's own file as it was read: its units, what its masthead says, and what was left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from corpus.readers.forms import Form
from corpus.records import Bilingual, Language, Unit


@dataclass(frozen=True)
class Field:
    """One field of a masthead: its value, whether the document states it or it is inferred, and its evidence."""

    value: str
    status: Literal["stated", "inferred"]
    found: str


@dataclass(frozen=True)
class Masthead:
    """What a document says of itself before its text begins; None where it says nothing.

    ``date`` is in ISO form, a year alone where no more is known. ``language`` and ``original_language`` are codes of
    ISO 639-1. ``kind`` is one of the kinds of a meta.yaml, or ``other``.
    """

    symbol: Field | None = None
    date: Field | None = None
    session: Field | None = None
    body: Field | None = None
    title: Field | None = None
    language: Field | None = None
    distribution: Field | None = None
    original_language: Field | None = None
    kind: Field | None = None


@dataclass(frozen=True)
class Reading:
    """A file as read. ``doc_id`` of the units is empty until the document has one.

    ``left_out`` says in words for the reader what is not in the units; ``characters`` are those of the units, white
    space aside; ``pages`` is None where the form has none.
    """

    form: Form
    language: Language
    masthead: Masthead
    units: tuple[Unit, ...]
    left_out: tuple[Bilingual, ...]
    characters: int
    pages: int | None
