"""Which sentences are about a topic: those that hold enough of its words, in either language."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

from assistant.concepts import Concept, Topic, carried_concepts, held, own_concepts
from assistant.question import language_of
from corpus.normal import normalise
from corpus.records import Language
from corpus.words import segmenter

#: The share of a topic's words, weighted by rarity, that a sentence about it holds.
SHARE: Final = 0.67


def about(
    topic: str, texts: Sequence[Mapping[Language, str]], everything: Sequence[Mapping[Language, str]]
) -> list[bool]:
    """For each sentence, given in one language or both, whether it is about a topic.

    A word of the topic counts by how rare it is among ``everything``; what a term is also called counts as the term.
    """
    plain = normalise(topic)
    language = language_of(plain)
    own, carried = own_concepts(plain, language), carried_concepts(plain, language)
    other: Language = "en" if language == "zh" else "zh"
    topics = {language: _topic(own, everything, language), other: _topic(carried, everything, other)}
    return [any(topics[of].share(_words(text)) >= SHARE for of, text in each.items()) for each in texts]


def _topic(concepts: Sequence[Concept], everything: Sequence[Mapping[Language, str]], language: Language) -> Topic:
    texts = [_words(each[language]) for each in everything if language in each]
    counts = [sum(held(concept, words) for words in texts) for concept in concepts]
    return Topic(concepts, [math.log(1 + (len(texts) - n + 0.5) / (n + 0.5)) if texts else 1.0 for n in counts])


# The sentences of a ledger are the same from one topic to the next.
@lru_cache(maxsize=8192)
def _words(text: str) -> frozenset[str]:
    return frozenset(segmenter().words(text))
