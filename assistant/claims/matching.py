"""Where in its evidence a sentence, or a part of it, is most likely said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.asking import ASKING
from assistant.claims.texts import Text, clauses, ready
from assistant.concepts import Concept, Topic, carried_concepts, own_concepts
from corpus.records import Language
from corpus.words import segmenter

#: Evidence and sentences that are kept as they were read: those of a few answers, a few kilobytes each.
KEPT = 256


@dataclass(frozen=True)
class Part:
    """A clause of a text, the sentence it is of, and the words of both."""

    text: str
    words: frozenset[str]
    sentence: str
    sentence_words: frozenset[str]
    #: Which sentence of its text it is of.
    at: int
    language: Language


@dataclass(frozen=True)
class Likely:
    """A part of the evidence and how much of what was looked for it holds, 0 to 1."""

    part: Part
    share: float


@lru_cache(KEPT)
def parts(text: str, language: Language) -> tuple[Part, ...]:
    """The clauses of a text, in order."""
    return tuple(
        Part(clause, words_of(clause), sentence, words_of(sentence), at, language)
        for at, sentence in enumerate(read(text, language).sentences)
        for clause in clauses(sentence, language)
    )


@lru_cache(KEPT)
def read(text: str, language: Language) -> Text:
    """A text made ready."""
    return ready(text, language)


@lru_cache(4 * KEPT)
def words_of(text: str) -> frozenset[str]:
    """The words of a text that say something."""
    return frozenset(segmenter().words(text)) - ASKING


@lru_cache(KEPT)
def concepts_of(text: str, language: Language, of: Language) -> tuple[Concept, ...]:
    """What a text speaks of, as words to look for in texts of a language."""
    return (own_concepts if of == language else carried_concepts)(text, language)


def share(text: str, language: Language, words: frozenset[str], of: Language) -> float:
    """The share of what a text speaks of that stands among words of a language, 0 to 1."""
    return _topic(text, language, of).share(words)


@lru_cache(KEPT)
def _topic(text: str, language: Language, of: Language) -> Topic:
    # Every clause of a sentence is looked for in every part of its evidence.
    concepts = concepts_of(text, language, of)
    return Topic(concepts, [1.0] * len(concepts))


def likely(text: str, language: Language, among: Sequence[Part]) -> tuple[Likely, ...]:
    """Parts of the evidence by how much of a text they hold, the best first.

    The sentence around a part counts a quarter: a clause says who, its neighbour what.
    """
    found = [
        Likely(
            part,
            0.75 * share(text, language, part.words, part.language)
            + 0.25 * share(text, language, part.sentence_words, part.language),
        )
        for part in among
    ]
    return tuple(sorted(found, key=lambda each: -each.share))
