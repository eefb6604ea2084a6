"""Which units hold the words of a question, and how much of it that makes."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.concepts import Concept, Form, Topic
from corpus.library import Library
from corpus.records import LANGUAGES, Language, Unit
from corpus.words import segmenter


# The best passages of one question are often those of the next: a follow-up, or the same asked again.
@lru_cache(maxsize=4096)
def _words_of(text: str) -> frozenset[str]:
    return frozenset(segmenter().words(text))


# Units whose sentences' words are remembered: more than a question's best, less than a large library.
_MOST_CUT = 20_000
_NOWHERE = np.zeros(0, np.int64)


def sentences_of(unit: Unit) -> list[str]:
    """The sentences of a unit; all of it where none are told apart."""
    return [unit.text[s.start : s.end] for s in unit.sentences] or [unit.text]


class Found(Protocol):
    """The units of one language that hold words of a question."""

    def best(self, limit: int, among: Sequence[int] | None = None) -> list[int]:
        """The units that hold most, best first; of those ``among`` them only, where any are given."""

    def of(self, ids: Iterable[int]) -> Mapping[int, float]:
        """The scores of units; those that hold nothing are left out."""


@dataclass(frozen=True)
class _Scored:
    """Every unit that holds a word, with its score."""

    scores: Mapping[int, float]

    def best(self, limit: int, among: Sequence[int] | None = None) -> list[int]:
        holding = self.scores.keys() if among is None else self.scores.keys() & among
        return sorted(holding, key=lambda i: (-self.scores[i], i))[:limit]

    def of(self, ids: Iterable[int]) -> Mapping[int, float]:
        return {i: score for i in ids if (score := self.scores.get(i))}


class WordIndex:
    """The words of one generation of a library. Safe to use from several threads."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._known = library.word_list()
        #: The row ids of the units of each language, ascending.
        self.units = {language: np.array(library.unit_ids(language), dtype=np.int64) for language in LANGUAGES}
        self._places: dict[str, Mapping[Language, NDArray[np.int64]]] = {}
        self._cut: dict[int, tuple[frozenset[str], ...]] = {}
        self._lock = Lock()

    def search(self, concepts: Sequence[Concept], language: Language) -> Found:
        """The units of a language that hold words of a question, with their :meth:`scores`."""
        return _Scored(self.scores(concepts, language))

    def scores(self, concepts: Sequence[Concept], language: Language) -> dict[int, float]:
        """The share of a question's concepts, weighted by rarity, that each unit of a language speaks of, by unit id.

        The score is sum(r(c) h(c, u)) / sum(r(c)) over the concepts c: h is the weight of the best form of c that unit
        u holds, r the rarity of c. Units that hold none are left out.
        """
        held_by = [self._held(concept, language) for concept in concepts]
        rarities = self._rarities(held_by, language)
        total = sum(rarities)
        if not total:
            return {}
        scores = sum((r * h for r, h in zip(rarities, held_by, strict=True)), np.zeros(len(self.units[language])))
        places = np.flatnonzero(scores)
        return dict(zip(self.units[language][places].tolist(), (scores[places] / total).tolist(), strict=True))

    def best_sentence(self, topic: Topic, unit_id: int, unit: Unit) -> float:
        """The largest share of a topic, weighted by rarity, that a single sentence of a unit speaks of: 0 to 1."""
        return max(topic.share(words) for words in self._sentences(unit_id, unit))

    def best_sentences(self, topic: Topic, units: Mapping[int, Unit]) -> dict[int, float]:
        """:meth:`best_sentence` of some units, by their ids."""
        return {i: self.best_sentence(topic, i, unit) for i, unit in units.items()}

    def cut(self, unit: Unit) -> frozenset[str]:
        """The words of a unit."""
        return _words_of(unit.text)

    def _sentences(self, unit_id: int, unit: Unit) -> tuple[frozenset[str], ...]:
        """The words of each sentence of a unit, cut once: cutting Chinese takes longer than all else of a question."""
        with self._lock:
            known = self._cut.get(unit_id)
        if known is None:
            known = self._cut_sentences(unit_id, unit)
            with self._lock:
                if len(self._cut) >= _MOST_CUT:
                    self._cut.clear()
                self._cut[unit_id] = known
        return known

    def _cut_sentences(self, unit_id: int, unit: Unit) -> tuple[frozenset[str], ...]:
        del unit_id
        return tuple(frozenset(segmenter().words(text)) for text in sentences_of(unit))

    def rarities(self, concepts: Sequence[Concept], language: Language) -> list[float]:
        """How rare each concept is among the units of a language: ln(1 + (N - n + .5) / (n + .5)).

        N is how many units there are and n how many speak of it, a form counting by its weight (Robertson and Zaragoza
        2009; all translations of a word as one term, as in Pirkola 1998).
        """
        return self._rarities([self._held(concept, language) for concept in concepts], language)

    def holds(self, word: str) -> bool:
        """Whether any unit holds a word."""
        return any(len(places) for places in self._places_of(word).values())

    def _rarities(self, held: Sequence[NDArray[np.float64]], language: Language) -> list[float]:
        units = len(self.units[language])
        return [math.log(1 + (units - h.sum() + 0.5) / (h.sum() + 0.5)) for h in held]

    def _held(self, concept: Concept, language: Language) -> NDArray[np.float64]:
        held = np.zeros(len(self.units[language]))
        for form in concept:
            places = self._holding(form, language)
            if len(places):
                held[places] = np.maximum(held[places], form.weight)
        return held

    def _holding(self, form: Form, language: Language) -> NDArray[np.int64]:
        """The places, among the units of a language, of those that hold all words of a form."""
        # Numbers are listed in their parts (16.4 as 16 and 4), so only words can be told to be in no unit.
        if any(word not in self._known for word in form.words if word.isalpha()):
            return _NOWHERE
        places = self._places_of(form.words[0])[language]
        for word in form.words[1:]:
            places = np.intersect1d(places, self._places_of(word)[language], assume_unique=True)
        return places

    def _places_of(self, word: str) -> Mapping[Language, NDArray[np.int64]]:
        """Where among the units of each language those are that hold a word."""
        with self._lock:
            known = self._places.get(word)
        if known is None:
            holders = self._library.units_with_word(word)
            # What was written since the index was opened is in none of them.
            known = {
                language: np.flatnonzero(np.isin(units, holders, assume_unique=True))
                for language, units in self.units.items()
            }
            with self._lock:
                self._places[word] = known
        return known
