"""Who is named in a text, by keys that are the same in both languages."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from assistant.alignment.duties import actors_named
from assistant.alignment.records import Span
from assistant.claims.matching import KEPT
from assistant.ledger.actors import names
from corpus.records import Language

# Bodies that act and that the ledger of who said what does not count as actors.
_BODIES: Final = frozenset({"conference", "assembly", "working group"})


@lru_cache(2)
def _pattern(language: Language) -> re.Pattern[str]:
    return re.compile(names().pattern(language), re.IGNORECASE if language == "zh" else 0)


@lru_cache(4 * KEPT)
def named(text: str, language: Language) -> dict[str, str]:
    """Who is named in a text: keys that are the same in both languages, with the name as it stands."""
    found = {}
    for match in _pattern(language).finditer(text):
        if actor := names().called(match[0], language):
            found[actor.key] = match[0]
    return found


def mentions(text: str, language: Language) -> list[tuple[str, Span]]:
    """Every mention of an actor and of a body of the Conference, in order."""
    found = [
        (actor.key, match.span())
        for match in _pattern(language).finditer(text)
        if (actor := names().called(match[0], language))
    ]
    taken = [span for _, span in found]
    for name, (start, end) in actors_named(text.replace("The Conference", "the Conference"), language):
        if name in _BODIES and not any(first < end and start < last for first, last in taken):
            found.append((f"body/{name}", (start, end)))
    return sorted(found, key=lambda each: each[1])


def kind_of(key: str) -> str:
    """Whether it is a State, a group, an organisation, an official or a body."""
    return key.partition("/")[0]
