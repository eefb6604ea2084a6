"""A delegate's own file becomes a reading: its units, what its masthead says, and what was left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from corpus.errors import SourceError
from corpus.parse.spans import sentence_spans
from corpus.records import Bilingual, Language, Unit


@dataclass(frozen=True)
class Field:
    """One field of a masthead: its value, whether the document states it, and the line it rests on."""

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
    """A file as read. ``doc_id`` of the units is empty until the document has one."""

    form: Literal["pdf", "docx", "html", "text"]
    language: Language
    masthead: Masthead
    units: tuple[Unit, ...]
    left_out: tuple[Bilingual, ...]
    characters: int
    pages: int | None


def read_file(data: bytes, name: str, language: Language | None = None) -> Reading:
    """Reads a text file, a paragraph a line.

    Raises:
        SourceError: the file cannot be read.
    """
    try:
        lines = [line.strip() for line in data.decode("utf-8").splitlines() if line.strip()]
    except UnicodeDecodeError as error:
        raise SourceError(f"{name} is not text", "UTF-8", "save it as text") from error
    if not lines or data.startswith((b"%PDF", b"PK", b"<")):
        raise SourceError(f"{name} has no text", "text", "add another file")
    of: Language = language or ("zh" if any("\u4e00" <= c <= "\u9fff" for c in lines[-1]) else "en")
    symbol = next((word for word in lines[0].split() if word.count("/") > 1), None)
    body = lines[1:] if symbol else lines
    units = tuple(
        Unit("", f"p{n}", "paragraph", str(n), (), of, line, n, sentence_spans(line)) for n, line in enumerate(body, 1)
    )
    masthead = Masthead(
        symbol=Field(symbol, "stated", lines[0]) if symbol else None,
        title=Field(body[0][:80], "inferred", body[0]),
        language=Field(of, "inferred", ""),
    )
    return Reading("text", of, masthead, units, (), len("".join(body)), None)
