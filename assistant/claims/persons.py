"""Whether persons are of the States and groups that the evidence says they are of."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

from assistant.claims.matching import KEPT, read
from assistant.claims.records import Fault
from assistant.claims.texts import clauses
from corpus.records import Language

# In a Chinese text only names of persons are several Latin words with capitals.
_PERSON: Final = re.compile(
    r"[A-ZÀ-Þ][\w’'-]+(?:\s(?:(?:da|de|del|della|der|di|dos|van|von|bin|al|el)\s)?[A-ZÀ-Þ][\w’'-]+)+"
)
# What ends what is said of one of several who are listed.
_ENDS: Final[dict[Language, re.Pattern[str]]] = {
    "en": re.compile(r";|\)(?:, and|,| and)\s|, and (?=[A-ZÀ-Þ])"),
    "zh": re.compile(r"[；;]|[)）](?:和|、|以及)"),
}
_FIRST: Final = re.compile(r"前者|\bthe former\b", re.I)
_LAST: Final = re.compile(r"后者|\bthe latter\b", re.I)
_Named = Callable[[str, Language], dict[str, str]]


def person_faults(
    sentence: str, language: Language, every: Sequence[tuple[str, Language]], named: _Named
) -> tuple[Fault, ...]:
    """Who is said to be of a State, group or organisation that the evidence names with somebody else.

    Args:
        sentence: made ready.
        language: of the sentence.
        every: the texts of the evidence with their languages.
        named: gives the actors that a text names, by key.
    """
    people = {person for text, of in every if of == "zh" for person in _PERSON.findall(text)}
    met = [person for person in people if person in sentence]
    if len(people) < 2 or not met:
        return ()
    met.sort(key=sentence.find)
    whole = _LAST.sub(f" {met[-1]} ", _FIRST.sub(f" {met[0]} ", sentence)) if len(met) == 2 else sentence
    places = {person: _places(person, people, every, named) for person in met}
    for piece in (part for clause in clauses(whole, language) for part in _apart(clause, met, language)):
        inside = [person for person in met if person in piece]
        if len(inside) != 1 or not places[inside[0]]:
            continue
        elsewhere = frozenset().union(
            *(keys for person, keys in places.items() if person != inside[0]), *_others(people, met, every, named)
        )
        for key, name in named(piece, language).items():
            if key not in places[inside[0]] and key in elsewhere:
                return (Fault("actor", f"{inside[0]}: {name}", ""),)
    return ()


def _apart(clause: str, met: Sequence[str], language: Language) -> list[str]:
    """A clause in pieces of one person each: what says of whom somebody is stands behind, in Chinese before with 的."""
    inside = [person for person in met if person in clause]
    if len(inside) < 2:
        return [clause]
    ends = []
    for person, following in pairwise(inside):
        start = clause.find(following)
        before = language == "zh" and clause[start - 1 : start] == "的"
        ends.append(clause.find(person) + len(person) if before else start)
    return [clause[start:end] for start, end in pairwise([0, *ends, len(clause)])]


def _others(
    people: Iterable[str], met: Sequence[str], every: Sequence[tuple[str, Language]], named: _Named
) -> list[frozenset[str]]:
    return [_places(person, people, every, named) for person in people if person not in met]


def _places(person: str, people: Iterable[str], every: Sequence[tuple[str, Language]], named: _Named) -> frozenset[str]:
    """Whom the evidence names with a person, where it tells several persons apart."""
    others = [other for other in people if other != person]
    return frozenset(
        key
        for text, of in every
        for piece in _pieces(text, of)
        if person in piece and not any(other in piece for other in others)
        for key in named(piece, of)
    )


@lru_cache(KEPT)
def _pieces(text: str, language: Language) -> tuple[str, ...]:
    return tuple(piece for sentence in read(text, language).sentences for piece in _ENDS[language].split(sentence))
