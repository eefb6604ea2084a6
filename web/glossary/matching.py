"""Which terms of the glossary a reader means: however written, in singular or plural, or inside a longer phrase."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from corpus.glossary import Term
from corpus.records import LANGUAGES
from web.finding import fold

#: English plurals find their singular; the final s of a short word may be all there is to it.
_PLURAL: Final = re.compile(r"[a-z]{3}s")

#: The shortest forms that are looked for inside a phrase; shorter English ones would be found inside other words.
_SHORTEST_ENGLISH, _SHORTEST = 4, 2


@dataclass(frozen=True)
class Terms:
    """The terms found; ``within`` where what was looked for is no term itself but has these in it."""

    found: tuple[Term, ...]
    within: bool


def find_terms(terms: Sequence[Term], query: str) -> Terms:
    """The terms that one means by a query: those with a form that has it, else those with a form that is in it.

    Plain words that serve search alone are left out, and so are the names of States: their list has territories in it,
    and everyday names where the United Nations has others. All terms where the query has neither letter nor digit.
    """
    listed = tuple(term for term in terms if term.kind == "term")
    wanted = _bare(query)
    stem = wanted[:-1] if _PLURAL.fullmatch(wanted[-4:]) else wanted
    forms = {term: [_bare(form) for language in LANGUAGES for form in term.forms(language)] for term in listed}
    direct = tuple(term for term in listed if any(stem in form for form in forms[term]))
    if direct:
        return Terms(direct, within=False)
    return Terms(tuple(term for term in listed if any(_is_in(form, wanted) for form in forms[term])), within=True)


def _is_in(form: str, wanted: str) -> bool:
    return len(form) >= (_SHORTEST_ENGLISH if form.isascii() else _SHORTEST) and form in wanted


def _bare(text: str) -> str:
    """Its letters and digits alone."""
    return "".join(character for character in fold(text).text if character.isalnum())
