"""Which units of a large library hold the words of a question, by the rare ones first.

A word that a tenth of a million units hold takes long to list and says little. Such words are not listed: how rare they
are is estimated on a sample of units, and where the rare words, or vectors, have led, the words of the unit itself say
whether it holds them. Scores of the units looked at are those of :class:`assistant.words.WordIndex`, up to
the rarity of common words; which units are looked at is bounded (:class:`assistant.bounds.Bounds`).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.bounds import BOUNDS, Bounds
from assistant.concepts import Concept, Form, Topic
from assistant.saying import Saying, padded, standing_in
from assistant.words import Found, WordIndex, sentences_of
from corpus.library import Library
from corpus.records import LANGUAGES, Language, Unit

_Ints = NDArray[np.int64]
_Weights = NDArray[np.float64]

# Words whose units are remembered, and concepts whose rarity is: 130 MB at most.
_MOST_REMEMBERED = 4_096
# Of common words so many must stand together; more would leave nothing.
_MOST_TOGETHER = 4


class ManyWords(WordIndex):
    """The words of one generation of a large library. Safe to use from several threads."""

    def __init__(self, library: Library, bounds: Bounds = BOUNDS) -> None:
        self._counts = library.word_counts()
        super().__init__(library, self._counts)
        # With an end, so that whatever is looked for has its place.
        self._of_language = {language: np.append(ids, -1) for language, ids in self._units.items()}
        self._bounds = bounds
        self._remembered: dict[tuple[Concept, Language], float] = {}
        self._texts: dict[int, str] = {}
        self._lists: dict[tuple[str, ...], _Ints | None] = {}
        self._samples = {language: self._sample(language) for language in LANGUAGES}

    def search(self, concepts: Sequence[Concept], language: Language) -> Found:
        """The units of a language that hold words of a question, as far as they are looked at."""
        return _Search(self, concepts, language)

    def scores(self, concepts: Sequence[Concept], language: Language) -> dict[int, float]:
        """The scores of the units that rare words, and common ones together, lead to."""
        return _Search(self, concepts, language).best_scores(None)

    def rarities(self, concepts: Sequence[Concept], language: Language) -> list[float]:
        """How rare each concept is; of one with a common word, as rare as it is in a sample of units."""
        return [self._rarity(concept, language) for concept in concepts]

    def holds(self, word: str) -> bool:
        """Whether any unit holds a word."""
        return bool(word) and bool(self._library.units_with_words([word], 1))

    def listed(self, concept: Concept, language: Language) -> tuple[_Ints, _Weights]:
        """The units of a language that hold a listed form of a concept, ascending, with the weight of the best each."""
        ids, weights = [np.zeros(0, np.int64)], [np.zeros(0)]
        for form in concept:
            holders = self._listed(form)
            if holders is not None:
                holders = self._within(holders, language)
                ids.append(holders)
                weights.append(np.full(len(holders), form.weight))
        every, weight = np.concatenate(ids), np.concatenate(weights)
        order = np.lexsort((-weight, every))
        every, weight = every[order], weight[order]
        first = np.r_[True, every[1:] != every[:-1]] if len(every) else np.zeros(0, bool)
        return every[first], weight[first]

    def common(self, concept: Concept) -> list[Form]:
        """The forms of a concept that are not listed, because too many units hold them."""
        return [form for form in concept if self._listed(form) is None]

    def together(self, forms: Sequence[Form], language: Language) -> list[int]:
        """Units of a language that hold the most of some forms together, from the first on, that any hold."""
        for count in range(min(len(forms), _MOST_TOGETHER), 0, -1):
            words = list(dict.fromkeys(word for form in forms[:count] for word in form.words))
            found = self._within(
                np.array(self._library.units_with_words(words, self._bounds.pool // 3), np.int64), language
            )
            if len(found):
                return [int(i) for i in found]
        return []

    def _within(self, holders: _Ints, language: Language) -> _Ints:
        own = self._of_language[language]
        return np.asarray(holders[own[np.searchsorted(own[:-1], holders)] == holders])

    def words_of(self, ids: Iterable[int]) -> dict[int, str]:
        """The words of units, as :func:`padded` gives them; what was asked for last is remembered."""
        ids = list(ids)
        with self._lock:
            known = {i: self._texts[i] for i in ids if i in self._texts}
        if len(known) == len(set(ids)):
            return known
        new = {i: padded(words) for i, words in self._library.words_of(i for i in ids if i not in known).items()}
        with self._lock:
            if len(self._texts) + len(new) > _MOST_REMEMBERED:
                self._texts.clear()
            self._texts.update(new)
        return known | new

    def best_sentence(self, topic: Topic, unit_id: int, unit: Unit) -> float:
        """The largest share of a topic that a single sentence of a unit speaks of: nothing where the unit says nothing.

        Cutting a text takes milliseconds, and few paragraphs of a large library come twice.
        """
        own = self.words_of([unit_id]).get(unit_id)
        if own is not None and not any(f" {part} " in own for part in topic.parts):
            return 0.0
        return super().best_sentence(topic, unit_id, unit)

    def _cut_sentences(self, unit_id: int, unit: Unit) -> tuple[frozenset[str], ...]:
        """The words of each sentence of a unit: of Chinese, of the unit's own words those that stand in it."""
        own = self.words_of([unit_id]).get(unit_id)
        if unit.language == "en" or own is None:
            return super()._cut_sentences(unit_id, unit)
        words = set(own.split())
        return tuple(standing_in(text, words) for text in sentences_of(unit))

    @property
    def bounds(self) -> Bounds:
        """How much is looked at."""
        return self._bounds

    def _rarity(self, concept: Concept, language: Language) -> float:
        key = (concept, language)
        with self._lock:
            known = self._remembered.get(key)
        if known is None:
            units = len(self._units[language])
            held = float(self.listed(concept, language)[1].sum())
            if self.common(concept):
                held = max(held, self._samples[language].share(concept) * units)
            known = math.log(1 + (units - held + 0.5) / (held + 0.5))
            with self._lock:
                if len(self._remembered) >= _MOST_REMEMBERED:
                    self._remembered.clear()
                self._remembered[key] = known
        return known

    def _listed(self, form: Form) -> _Ints | None:
        """The units that hold all words of a form; None where they are too many to be listed."""
        if not form.words or any(word not in self._known for word in form.words if word.isalpha()):
            return np.zeros(0, np.int64)
        with self._lock:
            if form.words in self._lists:
                return self._lists[form.words]
        most, found = self._bounds.listed, None
        # Numbers are counted in their parts.
        rarest = min(self._counts.get(word, 0) for word in form.words)
        if rarest <= most or (len(form.words) > 1 and not self._is_common(form)):
            holders = self._library.units_with_words(form.words, most + 1)
            found = np.array(holders, dtype=np.int64) if len(holders) <= most else None
        with self._lock:
            if len(self._lists) >= _MOST_REMEMBERED:
                self._lists.clear()
            self._lists[form.words] = found
        return found

    def _is_common(self, form: Form) -> bool:
        """Whether a form is common in the sample of either language, so that listing it would be in vain."""
        return any(
            sample.share((replace(form, weight=1.0),)) * len(self._units[language]) > self._bounds.listed
            for language, sample in self._samples.items()
        )

    def _sample(self, language: Language) -> _Sample:
        units = self._units[language]
        places = np.linspace(0, len(units) - 1, min(len(units), self._bounds.sample)).astype(np.int64)
        return _Sample(list(self.words_of(units[places].tolist()).values()) if len(units) else [])


class _Sample:
    """The words of some units, by word."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        holders: dict[str, list[int]] = {}
        for at, text in enumerate(texts):
            for word in set(text.split()):
                holders.setdefault(word, []).append(at)
        self._holders = {word: np.array(of) for word, of in holders.items()}

    def share(self, concept: Concept) -> float:
        """How much of a unit says a concept, on average: the weight of the best form that it holds."""
        best = np.zeros(len(self._texts))
        for form in concept:
            places = self._places(form)
            best[places] = np.maximum(best[places], form.weight)
        return float(best.mean()) if len(best) else 0.0

    def _places(self, form: Form) -> NDArray[np.integer[Any]]:
        phrases = [padded(word) for word in form.words]
        places = np.arange(len(self._texts) if phrases else 0)
        for part in {part for phrase in phrases for part in phrase.split()} or {""}:
            places = np.intersect1d(places, self._holders.get(part, places[:0]), assume_unique=True)
        # Parts of a number count only where they stand together.
        numbers = [phrase for phrase in phrases if len(phrase.split()) > 1]
        return np.array(
            [at for at in places.tolist() if all(phrase in self._texts[at] for phrase in numbers)], dtype=np.int64
        )


class _Search:
    """One question's words in one language."""

    def __init__(self, index: ManyWords, concepts: Sequence[Concept], language: Language) -> None:
        self._index, self._language, self._concepts = index, language, concepts
        self._rarities = index.rarities(concepts, language)
        self._total = sum(self._rarities)
        self._said = Saying(concepts, self._rarities)
        self._known: dict[int, float] = {}

    def leads(self, limit: int, among: Sequence[int] | None = None) -> list[int]:
        """Units among which are those that hold most; most of them need never be scored by all words."""
        found = self._led_to(among)
        return found if len(found) <= limit else self.best(limit, among)

    def best(self, limit: int, among: Sequence[int] | None = None) -> list[int]:
        """The units that hold most, best first; of those ``among`` them only, where any are given."""
        scores = self.best_scores(among)
        return sorted(scores, key=lambda i: (-scores[i], i))[:limit]

    def of(self, ids: Iterable[int]) -> Mapping[int, float]:
        """The scores of units; those that hold nothing are left out."""
        if not self._total:
            return {}
        ids = list(ids)
        for i, words in self._index.words_of([i for i in ids if i not in self._known]).items():
            self._known[i] = self._said(words) / self._total
        return {i: score for i in ids if (score := self._known.get(i, 0.0))}

    def at_most(self, ids: Sequence[int]) -> list[float]:
        """What the score of each unit is at most: by the words that are listed, and as if it held all others."""
        if not self._total:
            return [0.0] * len(ids)
        every, shares = self._listed
        wanted = np.asarray(ids, np.int64)
        places = np.searchsorted(every, wanted)
        there = np.flatnonzero(places < len(every))
        there = there[every[places[there]] == wanted[there]]
        most = np.full(len(wanted), self._unlisted)
        most[there] += shares[places[there]]
        return [float(each) for each in most / self._total]

    def best_scores(self, among: Sequence[int] | None) -> dict[int, float]:
        """The scores of the units that the words lead to."""
        return dict(self.of(self._led_to(among)))

    def _led_to(self, among: Sequence[int] | None) -> list[int]:
        if not self._total:
            return []
        pool = self._index.bounds.pool
        if among is not None and len(among) <= pool:
            return list(self.of(among))
        ids, scores = self._listed
        if among is not None:
            let = np.isin(ids, np.asarray(among, dtype=np.int64))
            ids, scores = ids[let], scores[let]
        order = np.lexsort((ids, -scores))[:pool]
        return list(dict.fromkeys([*ids[order].tolist(), *self._together(among)]))

    @cached_property
    def _unlisted(self) -> float:
        """What the concepts with forms that are not listed are worth together."""
        common = zip(self._rarities, map(self._index.common, self._concepts), strict=True)
        return sum(rarity * max((form.weight for form in of), default=0.0) for rarity, of in common)

    @cached_property
    def _listed(self) -> tuple[_Ints, _Weights]:
        found = [self._index.listed(concept, self._language) for concept in self._concepts]
        ids = np.concatenate([np.zeros(0, np.int64), *(ids for ids, _ in found)])
        shares = np.concatenate(
            [np.zeros(0), *(r * weights for r, (_, weights) in zip(self._rarities, found, strict=True))]
        )
        every, places = np.unique(ids, return_inverse=True)
        return every, np.asarray(np.bincount(places, weights=shares, minlength=len(every)), np.float64)

    def _together(self, among: Sequence[int] | None) -> list[int]:
        """Units that hold the rarest of the common words together."""
        by_rarity = sorted(zip(self._rarities, self._concepts, strict=True), key=lambda pair: -pair[0])
        common = [self._index.common(concept) for _, concept in by_rarity]
        forms = [max(of, key=lambda form: form.weight) for of in common if of]
        found = self._index.together(forms, self._language) if forms else []
        if among is None:
            return found
        let = set(among)
        return [i for i in found if i in let]
