"""What a reader confirms of a file: filled in from its masthead first, then as the reader has it."""

from __future__ import annotations

import re
from collections.abc import Callable, Container
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Final, Literal
from unicodedata import normalize

from pydantic import BaseModel, ConfigDict, Field

from corpus.readers import reading as read
from corpus.readers.reading import Reading
from corpus.records import Kind
from corpus.shelf.description import LONGEST_SYMBOL, LONGEST_TITLE, Description
from corpus.shelf.masthead import Given, description_of
from corpus.shelf.naming import new_id

#: The official languages of the United Nations, in which a document may have been written.
ORIGINALS: Final = ("ar", "zh", "en", "fr", "ru", "es")
_DAY: Final = re.compile(r"([0-9]{4})(?:-[0-9]{2}-[0-9]{2})?")
_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
#: Choices of what the file is to be, besides the ids of documents; no id of a document begins so.
BY_SYMBOL: Final = ""
APART: Final = "+"

_Line = Annotated[str, Field(max_length=1000)]


class Filled(BaseModel):
    """The form as the page sends it.

    ``date`` is a day, 2026-03-01, or a year. ``belongs`` is the id of a document that this is a version of,
    :data:`BY_SYMBOL` where its symbol tells, :data:`APART` where it is a document of its own whatever its symbol.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: _Line
    symbol: _Line
    date: _Line
    session: _Line
    body: _Line
    kind: Kind
    original_language: Literal["", "ar", "zh", "en", "fr", "ru", "es"]
    official: bool
    belongs: Annotated[str, Field(max_length=100)] = BY_SYMBOL


@dataclass(frozen=True)
class Said:
    """What the file says of a field: nothing, where ``status`` is ``absent``; ``found`` are the words it rests on."""

    status: Literal["stated", "inferred", "absent"]
    found: str = ""


def said_of(reading: Reading, name: str) -> dict[str, Said]:
    """What the masthead says of each field of the form, and how surely."""
    masthead = reading.masthead
    said = {key: _said(field) for key, field in vars(masthead).items()}
    if masthead.date is None and (where := _with_year(reading)):
        said["date"] = Said("inferred", where)
    if masthead.title is None:
        said["title"] = Said("inferred", name)
    # A symbol that stands in the document is a sign that the text is the United Nations' own, and no proof.
    stated = masthead.symbol is not None and masthead.symbol.status == "stated"
    said["official"] = Said("inferred", masthead.symbol.found if masthead.symbol and stated else "")
    return said


def first_filled(reading: Reading, name: str) -> Filled:
    """The form as the masthead fills it in."""
    described = description_of(reading, name, Given(), confirmed=False)
    in_own = reading.language
    masthead = reading.masthead
    when = masthead.date.value if masthead.date else ""
    if not when and (year := _YEAR.search(_with_year(reading))):
        when = year[0]
    original = described.original_language
    return Filled(
        title=described.titles.get(in_own),
        symbol=described.symbol or "",
        date=when,
        session=described.session.get(in_own)[:LONGEST_TITLE],
        body=described.body.get(in_own)[:LONGEST_TITLE],
        kind=described.kind,
        original_language=original if original in ORIGINALS else "",  # type: ignore[arg-type]
        official=described.official,
    )


def is_certain(reading: Reading, name: str) -> bool:
    """Whether the file itself states by what it is known: its title and its date, and its symbol where it has one."""
    said = said_of(reading, name)
    return said["title"].status == said["date"].status == "stated" and said["symbol"].status != "inferred"


def wrong_in(filled: Filled) -> dict[str, str]:
    """The fields that cannot be as they are, each with the key of the words for it."""
    wrong = {}
    if not filled.title.strip():
        wrong["title"] = "wrong_no_title"
    for field in ("title", "session", "body"):
        if len(getattr(filled, field).strip()) > LONGEST_TITLE:
            wrong[field] = "wrong_too_long"
    if len(filled.symbol.strip()) > LONGEST_SYMBOL:
        wrong["symbol"] = "wrong_symbol"
    if not _when(filled):
        wrong["date"] = "wrong_no_date"
    elif not _is_day(_when(filled)):
        wrong["date"] = "wrong_date"
    return wrong


def description_in(filled: Filled, reading: Reading, name: str, taken: Callable[[], Container[str]]) -> Description:
    """The description that a form without fault makes; its reader took what was inferred as it is.

    ``taken`` gives the ids that documents have, where the file is to be a document of its own.
    """
    written = read.Masthead(
        symbol=_stated(filled.symbol),
        date=_stated(_when(filled)),
        session=_stated(filled.session),
        body=_stated(filled.body),
        title=_stated(filled.title),
        kind=_stated(filled.kind),
        original_language=_stated(filled.original_language),
        distribution=reading.masthead.distribution,
    )
    given = Given(doc_id=None if filled.belongs in (BY_SYMBOL, APART) else filled.belongs, official=filled.official)
    described = description_of(replace(reading, masthead=written), name, given, confirmed=True)
    described = replace(described, year=int(_when(filled)[:4]))
    return replace(described, doc_id=new_id(described, taken())) if filled.belongs == APART else described


def _said(field: read.Field | None) -> Said:
    return Said(field.status, field.found) if field and field.value else Said("absent")


def _with_year(reading: Reading) -> str:
    """What of symbol and title has a year in it."""
    fields = (reading.masthead.symbol, reading.masthead.title)
    return next((field.value for field in fields if field and _YEAR.search(field.value)), "")


def _stated(text: str) -> read.Field | None:
    text = text.strip()
    return read.Field(text, "stated", text) if text else None


def _when(filled: Filled) -> str:
    """The date as it is meant, though it was typed in characters of full width, as Chinese input methods have them."""
    return normalize("NFKC", filled.date).strip()


def _is_day(text: str) -> bool:
    match = _DAY.fullmatch(text)
    if not match or not 1900 <= int(match[1]) <= 2100:
        return False
    try:
        return len(text) == 4 or bool(date.fromisoformat(text))
    except ValueError:
        return False
