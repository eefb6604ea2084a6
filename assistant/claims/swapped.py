"""Whether two who are named have changed places."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from assistant.alignment.records import Span
from assistant.claims.called import kind_of, mentions, named
from assistant.claims.matching import Part
from assistant.claims.records import Fault
from assistant.ledger.actors import names
from corpus.records import Language

# Where one of two clauses has the other voice, or joins the two, their order tells nothing.
_PASSIVE: Final[dict[Language, re.Pattern[str]]] = {
    "en": re.compile(r"\bby\b|\bto which\b|\bfrom which\b", re.I),
    "zh": re.compile(r"[被由]|对于|应[^，,]{0,12}(?:请求|邀请)"),
}
# "in cooperation with", "representative of": a word of four letters with the preposition behind it.
_LAST_WORDS: Final[dict[Language, re.Pattern[str]]] = {
    "en": re.compile(r"[A-Za-z]{4,} (?:in|with|of|to|for|from|by|on behalf of) (?=(?:the )?$)"),
    "zh": re.compile(r"[与由向对代表在]$"),
}
_IDEOGRAPHS: Final = re.compile("[\u3400-\u9fff]+")
_JOINT: Final = re.compile(
    r"^\s*(?:and|or|with|of|in|to|['’]s?|,|together with|as well as|on behalf of|和|与|及|或|、|同|的|下设)"
    r"(?:\s|$|[\u3400-\u9fff])"
)


def swapped(
    clause: str, language: Language, ours: dict[str, str], whole: dict[str, str], best: Sequence[Part]
) -> Fault | None:
    """Two names that have changed places: between two clauses, before and behind a verb, or behind "by"."""
    part = best[0]
    theirs = named(part.text, part.language)
    there = [key for key in theirs if key not in ours and key in whole]
    here = [key for key in ours if key not in theirs]
    for key in here:
        for rival in there:
            if kind_of(key) == kind_of(rival):
                return Fault("actor", ours[key], theirs[rival])
    if fault := _other_place(clause, language, ours, part):
        return fault
    by_whom, by_whom_there = _agents(clause, language), _agents(part.text, part.language)
    if by_whom and by_whom_there and not by_whom & by_whom_there:
        return Fault("actor", sorted(by_whom)[0], sorted(by_whom_there)[0])
    to_whom, to_whom_there = _receivers(clause, language), _receivers(part.text, part.language)
    if to_whom and to_whom_there and not to_whom & to_whom_there:
        return Fault("actor", min(to_whom), min(to_whom_there))
    if part.language == language:
        order, order_there = _order(clause, language), _order(part.text, language)
        both = [key for key in order if key in order_there]
        if len(both) == 2 and not any(_in_order(both, each.sentence, language) for each in best):
            first, last = both
            spans = (clause, order[first], order[last]), (part.text, order_there[last], order_there[first])
            if not any(_PASSIVE[language].search(text) or _joined(text, a, b) for text, a, b in spans):
                return Fault("actor", first.partition("/")[2], last.partition("/")[2])
    return None


def _in_order(both: Sequence[str], text: str, language: Language) -> bool:
    order = list(_order(text, language))
    return order.index(both[0]) < order.index(both[1]) if set(both) <= set(order) else False


def _order(text: str, language: Language) -> dict[str, Span]:
    """Who is named in a text, in order, with the first mention of each."""
    found: dict[str, Span] = {}
    for key, span in mentions(text, language):
        found.setdefault(key, span)
    return found


def _joined(text: str, first: Span, second: Span) -> bool:
    """Whether two names in a text are a list, or the one only says whose or with whom the other is."""
    return _JOINT.search(text[first[1] : second[0]]) is not None


def _other_place(clause: str, language: Language, ours: dict[str, str], part: Part) -> Fault | None:
    """Somebody who is not in the best part, where it has somebody else of the kind behind the same words."""
    if part.language != language:
        return None
    theirs = _places(part.text, language)
    for key, places in _places(clause, language).items():
        if not places or places & theirs.get(key, frozenset()):
            continue
        for rival, others in theirs.items():
            if places & others and rival not in ours and kind_of(rival) == kind_of(key) and rival != key:
                return Fault("actor", key.partition("/")[2], rival.partition("/")[2])
    return None


def _places(text: str, language: Language) -> dict[str, frozenset[str]]:
    """What stands beside each name: the last words that say something before it; in Chinese what is behind it too."""
    found: dict[str, set[str]] = {}
    for key, (start, end) in mentions(text, language):
        before = _LAST_WORDS[language].search(text[:start])
        if language == "en":
            found.setdefault(key, set()).update({before[0].strip().casefold()} if before else ())
            continue
        for length, ahead in ((2, before[0] if before else None), (3, "")):
            behind = text[end : end + length]
            if ahead is not None and _IDEOGRAPHS.fullmatch(behind) and len(behind) == length:
                found.setdefault(key, set()).add(ahead + behind)
    return {key: frozenset(places) for key, places in found.items()}


def _agents(text: str, language: Language) -> frozenset[str]:
    """By whom something is done, where a text says "by"."""
    return frozenset(
        actor.key for match in _by(language).finditer(text) if (actor := names().called(match["who"], language))
    )


def _receivers(text: str, language: Language) -> frozenset[str]:
    """To whom something is written or handed in."""
    return frozenset(
        actor.key for match in _to(language).finditer(text) if (actor := names().called(match["who"], language))
    )


@lru_cache(2)
def _to(language: Language) -> re.Pattern[str]:
    who = f"(?P<who>{names().pattern(language)})"
    verbs = r"\b(?:addressed|sent|written|wrote|submitted|forwarded|presented|transmitted) (?:\w+ )?to (?:the )?"
    return re.compile(verbs + who if language == "en" else rf"(?:致函?|提交给?|发给|寄给)(?:了)?{who}")


@lru_cache(2)
def _by(language: Language) -> re.Pattern[str]:
    who = f"(?P<who>{names().pattern(language)})"
    return re.compile(rf"\bby (?:the )?{who}" if language == "en" else rf"(?<!理)由{who}")
