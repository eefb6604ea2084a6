"""What the masthead of a file says becomes the description of a document, for its reader to confirm."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PurePath

from corpus.readers.reading import Field, Reading
from corpus.records import KINDS, Bilingual, Language
from corpus.shelf.description import LONGEST_DISTRIBUTION, LONGEST_TITLE, Description, shown

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True)
class Given:
    """What its reader says of a document; None where nothing is said."""

    doc_id: str | None = None
    title: str | None = None
    symbol: str | None = None
    date: str | None = None
    official: bool | None = None


def description_of(reading: Reading, name: str, given: Given, *, confirmed: bool) -> Description:
    """The description of a file that was read: what is given, else what its masthead says.

    Args:
        reading: what was read of the file.
        name: what the file is called; the title where there is none.
        given: what the reader says of it.
        confirmed: whether the reader took what was inferred as it is.
    """
    masthead = reading.masthead
    title = shown(given.title or _value(masthead.title) or PurePath(name).stem)[:LONGEST_TITLE]
    symbol = given.symbol or _value(masthead.symbol) or None
    sure = confirmed or given.symbol is not None or (masthead.symbol is not None and masthead.symbol.status == "stated")
    date = given.date or _value(masthead.date)
    kind = _value(masthead.kind)
    stated = masthead.symbol is not None and masthead.symbol.status == "stated"
    return Description(
        titles=_in(reading.language, title),
        year=_year(date, symbol or "", title),
        symbol=symbol,
        symbol_status=("confirmed" if sure else "inferred") if symbol else "unknown",
        date=date if _DAY.fullmatch(date) else "",
        session=_in(reading.language, _value(masthead.session)),
        body=_in(reading.language, _value(masthead.body)),
        kind=next((each for each in KINDS if each == kind), "other"),
        official=stated if given.official is None else given.official,
        original_language=_value(masthead.original_language),
        distribution=_value(masthead.distribution)[:LONGEST_DISTRIBUTION],
        doc_id=given.doc_id,
    )


def _value(field: Field | None) -> str:
    return field.value if field else ""


def _in(language: Language, text: str) -> Bilingual:
    return Bilingual(text, "") if language == "zh" else Bilingual("", text)


def _year(*said: str) -> int:
    """The first year that is said; the present one where none is."""
    found = (match for text in said for match in _YEAR.findall(text))
    return int(next(found, datetime.now(UTC).year))
