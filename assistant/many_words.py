"""Which units of a large library hold the words of a question.

Scores are those of :class:`assistant.words.WordIndex`, to the last unit. What is bounded is which units get one: adding
up common words over a million units takes long and says little, so the rare ones lead, and the common ones where they
stand together (:class:`assistant.bounds.Bounds`).
"""

from __future__ import annotations

import math
import re
import sqlite3
import threading
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from itertools import takewhile

import numpy as np
from numpy.typing import NDArray

from assistant.bounds import BOUNDS, Bounds
from assistant.concepts import Concept, Topic
from assistant.holders import NOBODY, Holders, Ints, WordHolders, ascending, weight_held
from assistant.words import Found, WordIndex, sentences_of
from corpus.errors import HomeError
from corpus.library import Library
from corpus.normal import normalise
from corpus.records import LANGUAGES, Language, Unit

_Weights = NDArray[np.float64]

# Words listed before they are asked for, where there is room.
_MOST_LEARNT = 2_000
# Concepts whose rarity is remembered.
_MOST_REMEMBERED = 4_096
# Of common words so many must stand together; more would leave nothing.
_MOST_TOGETHER = 4
_NUMBER = re.compile(r"\d+(?:[.,/]\d+)*")


class ManyWords(WordIndex):
    """The words of one generation of a large library. Safe to use from several threads."""

    def __init__(self, library: Library, bounds: Bounds = BOUNDS) -> None:
        super().__init__(library)
        self.bounds = bounds
        self._holders = WordHolders(library, self._known, self.units)
        self._remembered: dict[tuple[Concept, Language], float] = {}
        self._threads = threading.local()
        self._generation = library.generation()
        self._learning = threading.Thread(target=self._learn, name="learning words", daemon=True)

    @property
    def scratch(self) -> tuple[_Weights, _Weights]:
        """Zeros and anything, a number a row id, for the calling thread; it leaves zeros behind.

        New ones for each question would take longer to come by than to use.
        """
        if not hasattr(self._threads, "scratch"):
            self._threads.scratch = np.zeros(self._holders.rows), np.empty(self._holders.rows)
        found: tuple[_Weights, _Weights] = self._threads.scratch
        return found

    def search(self, concepts: Sequence[Concept], language: Language) -> Found:
        """The units of a language that hold words of a question, as far as they are looked at."""
        found = _Search(self, concepts, language)
        with self._lock:
            # Not before a first question has what it needs: a command asks one and ends.
            if not self._learning.ident:
                self._learning.start()
        return found

    def _learn(self) -> None:
        """Lists who holds the most common words: some ten milliseconds each, which no question then waits for."""
        # A library that is gone, or no longer to be read, has nothing to learn.
        with suppress(sqlite3.Error, HomeError):
            words = self._library.common_words(_MOST_LEARNT)
            # What is written later is of another index, which learns anew.
            self._holders.learn(takewhile(lambda _: self._library.generation() == self._generation, words))

    def scores(self, concepts: Sequence[Concept], language: Language) -> dict[int, float]:
        """The scores of the units that rare words, and common ones together, lead to."""
        ids, scores = _Search(self, concepts, language).best_scores(None)
        return dict(zip(ids.tolist(), scores.tolist(), strict=True))

    def rarities(self, concepts: Sequence[Concept], language: Language) -> list[float]:
        """How rare each concept is; see :meth:`WordIndex.rarities`."""
        return [self._rarity(concept, language) for concept in concepts]

    def holds(self, word: str) -> bool:
        """Whether any unit holds a word."""
        return any(self._holders.of([word], language).count for language in LANGUAGES)

    def holders(self, concept: Concept, language: Language) -> list[tuple[float, Holders]]:
        """The units of a language that hold each form of a concept, with the form's weight."""
        return [(form.weight, self._holders.of(form.words, language)) for form in concept]

    def best_sentences(self, topic: Topic, units: Mapping[int, Unit]) -> dict[int, float]:
        """See :meth:`WordIndex.best_sentences`.

        Cutting Chinese takes a good part of a millisecond, and few paragraphs of a large library come twice: which of
        the topic's words each unit holds is known, and it is seen which of its sentences they stand in.
        """
        held: dict[Language, dict[int, set[str]]] = {language: {} for language in LANGUAGES}
        for language, of in held.items():
            ids = np.array([i for i, unit in units.items() if unit.language == language], np.int64)
            for word in topic.words if len(ids) else ():
                for i in ids[self._holders.of([word], language).has(ids)].tolist():
                    of.setdefault(i, set()).add(word)
        best = {}
        for i, unit in units.items():
            own = held[unit.language].get(i)
            if not own:
                best[i] = 0.0
            elif unit.language == "en":
                best[i] = self.best_sentence(topic, i, unit)
            else:
                best[i] = max(topic.share(_standing_in(text, own)) for text in sentences_of(unit))
        return best

    def _rarity(self, concept: Concept, language: Language) -> float:
        key = (concept, language)
        with self._lock:
            known = self._remembered.get(key)
        if known is None:
            units, held = len(self.units[language]), weight_held(self.holders(concept, language), self._holders.rows)
            known = math.log(1 + (units - held + 0.5) / (held + 0.5))
            with self._lock:
                if len(self._remembered) >= _MOST_REMEMBERED:
                    self._remembered.clear()
                self._remembered[key] = known
        return known


class _Search:
    """One question's words in one language."""

    def __init__(self, index: ManyWords, concepts: Sequence[Concept], language: Language) -> None:
        self._bounds, self._scratch = index.bounds, index.scratch
        # Most forms of a question from the other language's dictionary are in no unit.
        held = ([form for form in index.holders(concept, language) if form[1].count] for concept in concepts)
        self._concepts = list(held)
        self._rarities = index.rarities(concepts, language)
        self._total = sum(self._rarities)

    def best(self, limit: int, among: Sequence[int] | None = None) -> list[int]:
        """The units that hold most, best first; of those ``among`` them only, where any are given."""
        ids, scores = self.best_scores(among)
        found: list[int] = ids[np.lexsort((ids, -scores))[:limit]].tolist()
        return found

    def of(self, ids: Iterable[int]) -> Mapping[int, float]:
        """The scores of units; those that hold nothing are left out."""
        found, scores = self._scored(ascending(np.fromiter(ids, np.int64)))
        return dict(zip(found.tolist(), scores.tolist(), strict=True))

    def _scored(self, asked: Ints) -> tuple[Ints, _Weights]:
        """Those of some units, ascending and each once, that hold anything, and their scores."""
        scores = np.zeros(len(asked))
        for rarity, forms in zip(self._rarities, self._concepts, strict=True):
            if not forms:
                continue
            held = np.zeros(len(asked))
            for weight, holders in forms:
                places = holders.places(asked)
                held[places] = np.maximum(held[places], weight)
            scores += rarity * held
        found = np.flatnonzero(scores)
        return asked[found], scores[found] / self._total

    def best_scores(self, among: Sequence[int] | None) -> tuple[Ints, _Weights]:
        """The units that the words lead to, ascending, and their scores."""
        pool = self._bounds.pool
        if among is not None and len(among) <= pool:
            return self._scored(ascending(np.asarray(among, dtype=np.int64)))
        ids, scores = self._listed()
        together = self._together()
        if among is not None:
            let = Holders(np.array(sorted(among), dtype=np.int64), NOBODY.bits)
            kept = let.has(ids)
            ids, scores, together = ids[kept], scores[kept], let & together
        if len(ids) > pool:
            # Only what may be among the best is put in order.
            kept = scores >= np.partition(scores, -pool)[-pool]
            ids, scores = ids[kept], scores[kept]
        order = np.lexsort((ids, -scores))[:pool]
        return self._scored(ascending(np.concatenate([ids[order], together.first(pool // 3)])))

    def _listed(self) -> tuple[Ints, _Weights]:
        """The units that hold a form which few units hold, ascending, with what they score by such forms."""
        scores, held = self._scratch
        lists = []
        for rarity, forms in zip(self._rarities, self._concepts, strict=True):
            few = [(weight, holders.first(self._bounds.listed)) for weight, holders in forms if self._is_few(holders)]
            # The best form of a concept that a unit holds is the one that counts, so it is written last.
            for weight, ids in sorted(few, key=lambda form: form[0]):
                held[ids] = rarity * weight
            if few:
                every = np.concatenate([ids for _, ids in few])
                # Whoever is named twice gets the same sum twice.
                scores[every] = scores[every] + held[every]
                lists.append(every)
        listed = ascending(np.concatenate(lists)) if lists else np.zeros(0, np.int64)
        found = scores[listed]
        scores[listed] = 0
        return listed[found > 0], found[found > 0]

    def _is_few(self, holders: Holders) -> bool:
        return holders.count <= self._bounds.listed

    def _together(self) -> Holders:
        """The units that hold the most of the rarest concepts together of which all units say much."""
        by_rarity = sorted(zip(self._rarities, self._concepts, strict=True), key=lambda pair: -pair[0])
        common = [[form for form in forms if not self._is_few(form[1])] for _, forms in by_rarity]
        best = [max(forms, key=lambda form: form[0])[1] for forms in common if forms][:_MOST_TOGETHER]
        found = best[0] if best else NOBODY
        for holders in best[1:]:
            narrower = found & holders
            if not narrower.count:
                break
            found = narrower
        return found


def _standing_in(text: str, words: Iterable[str]) -> frozenset[str]:
    """Which of some words stand in a Chinese text, numbers as its own."""
    plain = normalise(text).casefold()
    dense = "".join(plain.split())
    numbers = (number.replace(",", "") for number in _NUMBER.findall(plain))
    return frozenset(numbers).union(word for word in words if not word[0].isdigit() and word in dense)
