"""How many a text lists, where it does not say the number itself: nine countries, of nine that are named."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from assistant.claims.called import kind_of, named
from assistant.claims.facts import Fact, facts
from assistant.claims.matching import KEPT, read
from corpus.records import Language

# What is counted that a text may list without its number.
_KINDS = tuple(
    (kind, {"en": re.compile(rf"\s+(?:\w+\s+){{0,2}}?(?:{en})\b", re.I), "zh": re.compile(rf"\s*个?(?:{zh})")})
    for kind, en, zh in (
        ("resolutions", "resolutions", "[项份]?决议"),
        ("states", "countries|States", "国"),
        ("days", "days", "天|日"),
        ("years", "years", "年"),
        ("hours", "hours?", "个?(?:小时|钟头)"),
    )
)
_LETTER = re.compile(r"\(([a-z])\)|([㈠-㈩])")
_RESOLUTION = re.compile(r"\d{1,3}/\d{1,3}")


@lru_cache(KEPT)
def facts_of(text: str, language: Language) -> tuple[Fact, ...]:
    """The numbers and dates of a text, kept as they were read."""
    return facts(text, language)


def is_listed(sentence: str, fact: Fact, language: Language, every: Sequence[tuple[str, Language]]) -> bool:
    """Whether a number is that of the members of a list: two entities, where two are named."""
    counted = next((kind for kind, words in _KINDS if words[language].match(sentence, fact.end)), "")
    if counted and any(
        words[of].match(text, other.end) and other.kind == "number"
        for kind, words in _KINDS
        if kind == counted
        for text, of in every
        for other in facts_of(text, of)
    ):
        # The evidence says itself how many there are.
        counted = ""
    return fact.value.isdigit() and any(
        int(fact.value) in _members(there, of, counted) for text, of in every for there in read(text, of).sentences
    )


def _members(sentence: str, language: Language, counted: str) -> set[int]:
    """How many a sentence lists: behind its colon, under its letters; resolutions, States, days where those count."""
    tail = sentence.rpartition(":")[2] if ":" in sentence else ""
    between = tail.count("、") if language == "zh" else tail.count(",")
    last = re.search("[和及]" if language == "zh" else r"\sand\s", tail)
    letters = len(set(_LETTER.findall(sentence)))
    many = {letters or (between + 1 + bool(last) if between or last else 0)}
    told = facts_of(sentence, language)
    if counted == "resolutions":
        many.add(len({each.value for each in told if _RESOLUTION.fullmatch(each.value)}))
    if counted == "states":
        many.add(len({key for key in named(sentence, language) if kind_of(key) == "state"}))
    if counted == "days":
        spans = [(one, other) for one, other in pairwise(told) if one.start == other.start and one.kind == "date"]
        many |= {
            int(last[-2:]) - int(first[-2:]) + 1
            for first, last in ((a.value, b.value) for a, b in spans)
            if (first + last)[-2:].isdigit() and first[-2:].isdigit()
        }
    if counted == "hours":
        times = [(one, other) for one, other in pairwise(told) if one.start == other.start and shape_of(one) == "time"]
        many |= {_hour(other.value) - _hour(one.value) for one, other in times}
    if counted == "years":
        years = {int(each.value[:4]) for each in told if each.kind == "date" and each.value[:4].isdigit()}
        many |= {abs(one - other) for one in years for other in years}
    return many - {0, 1}


def _hour(value: str) -> int:
    """15 of 3 p.m."""
    hour = int(re.split(r"\D", value)[0])
    return hour + 12 if value.endswith("p.m.") and hour < 12 else hour


def shape_of(fact: Fact) -> str:
    """What a figure is of: only those of one shape are taken for each other."""
    if fact.kind == "date":
        return "date"
    if fact.value.endswith("day"):
        return "day"
    return "time" if fact.value.endswith(("m.", "noon")) else "symbol" if "/" in fact.value else "number"
