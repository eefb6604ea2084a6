"""How figures are told: as the least or the most, as planned first, from one to another, as the ends of one span."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from assistant.claims.bounds import at_odds, bound
from assistant.claims.counting import facts_of, shape_of
from assistant.claims.facts import Fact, agrees
from assistant.claims.records import Fault
from corpus.records import Language

# Characters before a figure in which it is said how it is told.
_REACH = 80
_FROM = {"en": re.compile(r"\bfrom (?:\w+ )?$", re.I), "zh": re.compile(r"[由从]$")}
_TO = {
    "en": re.compile(r" (?:\w+ ){0,2}to (?:\w+ )?", re.I),
    "zh": re.compile(r"[\u3400-\u9fff]{0,8}(?:为|至|到|成)"),
}
_PLANNED = {
    "en": re.compile(
        r"\b(?:originally|initially|first|previously|had been) (?:scheduled|planned|set|due|intended|foreseen)"
        r"(?: \w+){0,4} (?:on|for|in|from) $",
        re.I,
    ),
    "zh": re.compile(r"(?:原定|原计划|原拟|最初定|起初定)[于在为]?$"),
}


def told_faults(sentence: str, language: Language, every: Sequence[tuple[str, Language]]) -> list[Fault]:
    """Figures that the evidence has, and tells otherwise."""
    return (
        _out_of_bounds(sentence, language, every)
        or _of_two_spans(sentence, language, every)
        or _turned(sentence, language, every)
        or _unplanned(sentence, language, every)
    )


def _out_of_bounds(sentence: str, language: Language, every: Sequence[tuple[str, Language]]) -> list[Fault]:
    """Numbers that are told as the most where each text of the evidence has them as the least, or the other way."""
    found = []
    for fact in facts_of(sentence, language):
        if shape_of(fact) != "number":
            continue
        ours = bound(sentence, fact, language)
        same = [(text, of, other) for text, of in every for other in facts_of(text, of) if agrees(fact, other)]
        if same and all(at_odds(ours, bound(text, other, of)) for text, of, other in same):
            found.append(Fault("number", fact.surface, same[0][2].surface))
    return found


def _unplanned(sentence: str, language: Language, every: Sequence[tuple[str, Language]]) -> list[Fault]:
    """Dates for which something was planned first, where the evidence tells of others so."""
    theirs = [other for text, of in every for other in facts_of(text, of) if _is_planned(text, other, of)]
    return [
        Fault("date", fact.surface, theirs[0].surface)
        for fact in facts_of(sentence, language)
        if theirs and _is_planned(sentence, fact, language) and not any(agrees(fact, other) for other in theirs)
    ]


def _is_planned(text: str, fact: Fact, language: Language) -> bool:
    return fact.kind == "date" and _PLANNED[language].search(text[max(0, fact.start - _REACH) : fact.start]) is not None


def _turned(sentence: str, language: Language, every: Sequence[tuple[str, Language]]) -> list[Fault]:
    """Two numbers of which the evidence says that the second became the first."""
    theirs = {change for text, of in every for change in _changes(text, of)}
    return [
        Fault("number", f"{first} → {last}", f"{last} → {first}")
        for first, last in _changes(sentence, language)
        if (last, first) in theirs and (first, last) not in theirs
    ]


def _changes(text: str, language: Language) -> list[tuple[str, str]]:
    """From what number to what something is said to change."""
    return [
        (one.value, other.value)
        for one, other in pairwise(facts_of(text, language))
        if one.kind == other.kind == "number"
        and one.start != other.start
        and _FROM[language].search(text[max(0, one.start - _REACH) : one.start])
        and _TO[language].fullmatch(text[one.end : other.start])
    ]


def _of_two_spans(sentence: str, language: Language, every: Sequence[tuple[str, Language]]) -> list[Fault]:
    """Spans of time that begin with one span of the evidence and end with another."""
    found, there = [], [fact for text, of in every for fact in facts_of(text, of)]
    for first, last in pairwise(facts_of(sentence, language)):
        if {shape_of(first), shape_of(last)} != {"time"} or first.start != last.start:
            continue
        spans = [(one, other) for one, other in pairwise(there) if one.start == other.start and shape_of(one) == "time"]
        if spans and not any(agrees(first, one) and agrees(last, other) for one, other in spans):
            found.append(Fault("date", first.surface, spans[0][0].surface))
    return found
