"""Whether what is said to be of a State is of it in the evidence: Argentina's Federal Prosecution Service."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from assistant.claims.called import kind_of, mentions
from assistant.claims.records import Fault
from corpus.records import Language

# What stands behind "Argentina's" or "Argentine", and before "of Argentina": words with capitals, joined by small ones.
_PHRASE: Final = r"[A-Z][\w-]+(?: (?:(?:of|for|and|on) (?:the )?)?[A-Z][\w-]+)*"
_OWNED: Final = re.compile(rf"(?:['’]s? | )(?:[a-z][\w-]+ ){{0,3}}(?P<what>{_PHRASE})")
_OF: Final = re.compile(rf"(?P<what>{_PHRASE})(?:,? (?:of|in) (?:the )?| \()$")
# In Chinese what is of a State stands behind its name.
_BEHIND: Final = re.compile(r"(?P<what>[\u3400-\u9fff]{3})")
_QUOTED: Final = re.compile(r"的?[\u3400-\u9fff]{0,10}[“\"](?P<what>[^”\"]{2,20})[”\"]")
#: Characters before a State in which the name of what is of it stands; a text of capitals alone is not searched again.
_REACH: Final = 120
_NOTHING: Final = re.compile("[的和、及与在等代派于政也是为向对已共成举办召主参出应就将]")


def belonging_faults(sentence: str, language: Language, nearest: Sequence[tuple[str, Language]]) -> list[Fault]:
    """Institutions that a sentence gives to one State and its evidence to another."""
    theirs: dict[str, set[str]] = {}
    for text, of in nearest:
        if of == language:
            for what, key in _owned(text, of):
                theirs.setdefault(what, set()).add(key)
    return [
        Fault("actor", f"{key.partition('/')[2]}: {what}", min(theirs[what]).partition("/")[2])
        for what, key in _owned(sentence, language)
        if what in theirs and key not in theirs[what]
    ]


def _owned(text: str, language: Language) -> Iterator[tuple[str, str]]:
    """What is of which State: the last words of its name, small, with the State's key."""
    for key, (start, end) in mentions(text, language):
        if kind_of(key) != "state":
            continue
        if language == "zh":
            if quoted := _QUOTED.match(text, end):
                yield quoted["what"], key
                continue
            behind = _BEHIND.match(text, end)
            if behind and not _NOTHING.search(behind["what"][:1]):
                yield behind["what"], key
            continue
        for found in (_OWNED.match(text, end), _OF.search(text[max(0, start - _REACH) : start])):
            if found and len(words := found["what"].casefold().split()) > 1:
                yield " ".join(words[-2:]), key
