"""Whether a unit holds the years, States, sessions and instruments that a question names."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from assistant.question import Name
from corpus.normal import normalise
from corpus.records import Document, Language, Unit


def names_held(names: Sequence[Name], unit: Unit, document: Document) -> list[bool]:
    """For each name of a question, whether the unit holds it, in its text or as a fact of its document.

    A document's year, session and dates hold for all its units: "2021年会议" is met by any unit of that agenda.
    """
    language = unit.language
    about = (document.titles, document.short_titles, document.session, document.dates, document.body)
    plain = [_plain(text, language) for text in (unit.text, *(fact.get(language) for fact in about))]
    text = ("" if language == "zh" else "\n").join(plain)
    return [any(_plain(form, language) in text for form in name.forms(language)) for name in names]


def share_named(names: Sequence[Name], unit: Unit, document: Document) -> float:
    """The share of a question's names that the unit holds; 0 where it has none."""
    return sum(names_held(names, unit, document)) / len(names) if names else 0.0


@lru_cache(maxsize=4096)
def _plain(text: str, language: Language) -> str:
    """A text in small letters and plain marks; Chinese without its spaces."""
    plain = normalise(text).lower()
    return "".join(plain.split()) if language == "zh" else plain
