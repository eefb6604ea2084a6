"""What a text asks of whom, by whom, and how strongly."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from assistant.alignment.duties import actors_named
from assistant.alignment.records import Span
from assistant.claims.ask_words import BESIDE, CONSIDERS, FORMS, PIECE_ENDS, Strength
from assistant.claims.matching import KEPT, read, words_of
from corpus.records import Language

_JOINT = re.compile(
    r"\s*(?:[、，,和及或与]|以及|其他|相关|有关|and|or|the|as well as|relevant|other|their|\s)*\s*", re.IGNORECASE
)
# Groups and organisations whose names have States in them.
_GROUPS = re.compile(
    r"\b(?:African|American|Caribbean|Arab|Pacific|European|Independent|other) States\b|[洲组]国家组织?"
)
# Whoever is a State, by any of its names, is asked as one.
_STATES: Final = frozenset(
    {"states", "states parties", "member states", "governments", "observer states", "signatories"}
)
_REACH: Final[dict[Language, int]] = {"zh": 50, "en": 140}
# How far behind "may wish to" what may be wished stands, in characters.
_NEAR: Final = 12
# Fewer words than these behind the verb are not what is asked.
_LEAST: Final = 2


@dataclass(frozen=True)
class Ask:
    """Something asked: how strongly, of whom, by whom, and what."""

    strength: Strength
    surface: str
    asked: frozenset[str]
    asking: frozenset[str]
    what: str
    context: str
    #: The parts of what is asked, each with whether it is only to be considered; None where it can be read so.
    pieces: tuple[tuple[str, bool | None], ...]
    #: Whether it is only said that somebody may wish to ask it.
    wished: bool = False


@lru_cache(KEPT)
def asks(text: str, language: Language) -> tuple[Ask, ...]:
    """What a text asks, in order."""
    return tuple(ask for sentence in read(text, language).sentences for ask in _of_sentence(sentence, language))


def _of_sentence(sentence: str, language: Language) -> list[Ask]:
    found: list[Ask] = []
    matches = list(_pattern(language).finditer(sentence))
    # What opens a sentence is the same name.
    named = actors_named(_GROUPS.sub(_blank, sentence.replace("The Conference", "the Conference")), language)
    for n, match in enumerate(matches):
        strength, before, _ = _form(match, language)
        start = matches[n - 1].end() if n else 0
        # What was decided is often said of the future.
        later = [m for m in matches[n + 1 :] if strength != "decide" or _form(m, language)[0] != "will"]
        if strength == "recommend" and later:
            # That somebody recommends that somebody urge is one thing.
            later.pop(0)
        end = later[0].start() if later else len(sentence)
        reach = _REACH[language]
        wished = bool(found) and found[-1].strength == "wish" and match.start() - start < _NEAR
        before_it = [(name, at) for name, at in named if start <= at[0] and at[1] <= match.start() <= at[1] + reach]
        behind_it = [(name, at) for name, at in named if match.end() <= at[0] < min(end, match.end() + reach)]
        asked = _joined(sentence, before_it[::-1] if before else behind_it)
        if before and not asked and found and found[-1].asked:
            # "and should also": of whom it was asked just before.
            asked = list(found[-1].asked)
        what = sentence[match.end() : end]
        if before and len(words_of(what)) < _LEAST:
            # 制定程序也是各国应当做的: what is asked stands before.
            what = sentence[start:end]
        by = family([] if before else [name for name, _ in before_it[:1]])
        found.append(
            Ask(strength, match[0], family(asked), by, what, sentence, _pieces(what, language, not before), wished)
        )
    return found


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _joined(sentence: str, named: Sequence[tuple[str, Span]]) -> list[str]:
    """The first of those named and whoever is listed with it."""
    taken = list(named[:1])
    for name, at in named[1:]:
        last = taken[-1][1]
        between = sentence[min(last[1], at[1]) : max(last[0], at[0])]
        if not _JOINT.fullmatch(between):
            break
        taken.append((name, at))
    return [name for name, _ in taken]


def _form(match: re.Match[str], language: Language) -> tuple[Strength, bool, str]:
    return FORMS[language][int((match.lastgroup or "f0")[1:])]


def _pieces(what: str, language: Language, named: bool) -> tuple[tuple[str, bool | None], ...]:
    """The parts of what is asked; ``named`` where it begins with who is asked."""
    found: list[tuple[str, bool | None]] = []
    start, joint = 0, ""
    for match in (*PIECE_ENDS[language].finditer(what), None):
        piece = what[start : match.start() if match else len(what)]
        here = bool(CONSIDERS[language].search(piece))
        # What follows of something to be considered is considered too, unless it is asked beside it.
        follows = bool(found) and found[-1][1] is not False
        beside = bool(BESIDE[language].search(joint + piece[:3]))
        if piece.strip():
            # 应考虑规范……，并将……: in Chinese what stands beside may be considered or not.
            open_to_both = follows and not here and beside and language == "zh"
            found.append((piece, None if open_to_both else here or (follows and not beside)))
        start, joint = (match.end(), match[0]) if match else (0, "")
    return tuple(found[1:] if named and len(found) > 1 and not found[0][1] and language == "en" else found)


def family(names: Sequence[str]) -> frozenset[str]:
    """Names of actors, all States as one."""
    return frozenset("states" if name in _STATES else name for name in names)


@lru_cache(2)
def _pattern(language: Language) -> re.Pattern[str]:
    every = "|".join(f"(?P<f{n}>{pattern})" for n, (_, _, pattern) in enumerate(FORMS[language]))
    return re.compile(every, re.IGNORECASE if language == "en" else 0)
