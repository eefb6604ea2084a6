"""Who is named in a text, by keys that are the same in both languages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

import yaml

from assistant.alignment.duties import actors_named
from assistant.alignment.records import Span
from assistant.claims.matching import KEPT
from assistant.ledger.actors import names
from corpus.records import Language

# Bodies that act and that the ledger of who said what does not count as actors.
_DEMONYMS: Final = Path(__file__).with_name("demonyms.yaml")
# The Bureau is no Chair.
_NO_OFFICIAL: Final = re.compile("主席团")
_BODIES: Final = frozenset({"conference", "assembly", "working group"})


@lru_cache(2)
def _pattern(language: Language) -> re.Pattern[str]:
    return re.compile(names().pattern(language), re.IGNORECASE if language == "zh" else 0)


@lru_cache(4 * KEPT)
def named(text: str, language: Language) -> dict[str, str]:
    """Who is named in a text: keys that are the same in both languages, with the name as it stands."""
    return {key: text[start:end] for key, (start, end) in _called(text, language)}


@lru_cache(4 * KEPT)
def mentions(text: str, language: Language) -> tuple[tuple[str, Span], ...]:
    """Every mention of an actor and of a body of the Conference, in order."""
    found = list(_called(text, language))
    taken = [span for _, span in found]
    for name, (start, end) in actors_named(text.replace("The Conference", "the Conference"), language):
        if name in _BODIES and not any(first < end and start < last for first, last in taken):
            found.append((f"body/{name}", (start, end)))
    return tuple(sorted(found, key=lambda each: each[1]))


def _called(text: str, language: Language) -> list[tuple[str, Span]]:
    """The mentions of actors by their names, and of States by what English calls that which is of them."""
    found = [
        (actor.key, match.span())
        for match in _pattern(language).finditer(text)
        if (actor := names().called(match[0], language)) and not _NO_OFFICIAL.match(text, match.start())
    ]
    if language == "en":
        taken = [span for _, span in found]
        pattern, states = _demonyms()
        for match in pattern.finditer(text):
            if not any(first < match.end() and match.start() < last for first, last in taken):
                found.append((f"state/{states[match[0]]}", match.span()))
    return sorted(found, key=lambda each: each[1])


@cache
def _demonyms() -> tuple[re.Pattern[str], Mapping[str, str]]:
    listed: Mapping[str, list[str]] = yaml.safe_load(_DEMONYMS.read_text(encoding="utf-8"))
    states = {word: code for code, words in listed.items() for word in words}
    either = "|".join(sorted(map(re.escape, states), key=lambda word: (-len(word), word)))
    # Regions and languages are called by some of the same words.
    return re.compile(
        rf"(?<!\w)(?<!Latin )(?<!South )(?<!Central )(?<!North )(?<!Inter-)(?:{either})(?!\w)"
        r"(?!,? (?:States\b|version|languages?\b|Ocean|Sea\b|and Caribbean|(?:and|or) \w+ versions?))"
    ), states


def kind_of(key: str) -> str:
    """Whether it is a State, a group, an organisation, an official or a body."""
    return key.partition("/")[0]
