"""Whether a number is told as the least or the most that something is: more than 90, fewer than 90."""

from __future__ import annotations

import re
from typing import Final, Literal

from assistant.claims.facts import Fact
from corpus.records import Language

Bound = Literal["above", "least", "about", "most", "below"]

# Before the number and behind it.
_BEFORE: Final[dict[Language, tuple[tuple[Bound, re.Pattern[str]], ...]]] = {
    "en": (
        ("most", re.compile(r"\b(?:no|not) (?:more|greater) than $|\bat most $|\bup to $|\ba maximum of $", re.I)),
        ("least", re.compile(r"\b(?:no|not) (?:fewer|less) than $|\bat least $|\ba minimum of $", re.I)),
        ("above", re.compile(r"\b(?:more than|over|above|exceed(?:s|ed|ing)?|upwards? of|in excess of) $", re.I)),
        ("below", re.compile(r"\b(?:fewer than|less than|under|below|nearly|almost|just short of) $", re.I)),
        ("about", re.compile(r"\b(?:about|around|approximately|roughly|some|an estimated|close to|circa) $", re.I)),
    ),
    "zh": (
        ("most", re.compile(r"(?:不超过|不多于|至多|最多|不超出)$")),
        ("least", re.compile(r"(?:至少|不少于|不低于|最少)$")),
        ("above", re.compile(r"(?:超过|多于|逾|高于|超出)$")),
        ("below", re.compile(r"(?:不到|不足|不满|少于|低于|未达|将近|接近|(?<![最附远])近)$")),
        ("about", re.compile(r"(?:约|大约|大概|估计)(?:有|为)?$")),
    ),
}
_BEHIND: Final[dict[Language, tuple[tuple[Bound, re.Pattern[str]], ...]]] = {
    "en": (("least", re.compile(r"^ or more\b", re.I)), ("most", re.compile(r"^ or (?:fewer|less)\b", re.I))),
    "zh": (
        ("above", re.compile(r"^[多余]|^.{0,2}以上")),
        ("below", re.compile(r"^.{0,2}以下")),
        ("about", re.compile(r"^.{0,2}左右")),
    ),
}
_OVER, _UNDER = frozenset({"above", "least"}), frozenset({"below", "most"})
_LOOK: Final = 24


def bound(text: str, fact: Fact, language: Language) -> Bound | None:
    """As what a number of a text is told; None where it is told outright."""
    before, behind = text[max(0, fact.start - _LOOK) : fact.start], text[fact.end : fact.end + _LOOK]
    if language == "zh" and re.search(r"[多余][万亿]?$", fact.surface):
        return "above"
    for patterns, around in ((_BEFORE, before), (_BEHIND, behind)):
        for name, pattern in patterns[language]:
            if pattern.search(around):
                return name
    return None


def at_odds(ours: Bound | None, theirs: Bound | None) -> bool:
    """Whether the same number is told as the least of what it is the most of, or as less or more than it is."""
    if {ours, theirs} & _OVER and {ours, theirs} & _UNDER:
        return True
    return ours in {"above", "below"} and theirs is None
