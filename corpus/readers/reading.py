"""A delegate's own file becomes a reading: its units, what its masthead says, and what was left out.

Nothing of the file is parsed here. Its bytes are looked at, then a child process with limits of time and memory parses
them and answers in JSON.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from corpus.readers.forms import Form, form_of
from corpus.readers.refusals import shown_name
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


def read_file(data: bytes, name: str, language: Language | None = None) -> Reading:
    """Reads a PDF, DOCX, HTML or text file in Chinese or English.

    Args:
        data: the file's bytes.
        name: its name, for messages and, where the text says nothing, for the symbol and the title.
        language: taken where the characters of the text do not tell its language.

    Raises:
        SourceError: the file cannot be read; each cause is an error of its own (see :mod:`corpus.errors`).
    """
    from corpus.readers.process import parse_apart

    form = form_of(data, name)
    return parse_apart(data, form, shown_name(name), language)
