"""What a question speaks of, as words to look for in texts of its own language and of the other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass

from assistant.asking import ASKING
from assistant.numerals import dates_in_chinese, dates_in_english
from corpus.dictionary import dictionary
from corpus.glossary import glossary
from corpus.records import Language
from corpus.words import segmenter


@dataclass(frozen=True)
class Form:
    """One way to say a thing: all of its words, and how surely they stand for it, from 0 to 1."""

    words: tuple[str, ...]
    weight: float = 1.0

    def held_by(self, words: Set[str]) -> bool:
        """Whether a text with these words says it."""
        # A loop, for nearly all forms are one word and this is asked a hundred thousand times a question.
        for word in self.words:  # noqa: SIM110
            if word not in words:
                return False
        return True


_LATIN = re.compile("[A-Za-z]{2,}")

#: One thing a question speaks of: its forms, any of which may stand for it.
Concept = tuple[Form, ...]


def own_concepts(question: str, language: Language) -> tuple[Concept, ...]:
    """The concepts of a question for texts of its own language: its content words, and what a term is also called.

    A variant stands for each word of the term, so that 跟踪 finds 追查, and gun finds firearm. A Chinese question may
    hold a term in English, as delegates write UNODC and DDR.
    """
    variants: dict[str, list[Form]] = {}
    terms = glossary().find(question, language)
    if language == "zh" and _LATIN.search(question):
        # Apart from the Chinese around them, which is as much of a word as they are.
        terms = (*terms, *glossary().find(" ".join(_LATIN.findall(question)), "en"))
    for found in terms:
        forms = [Form(words) for form in found.term.forms(language) if (words := _content(form))]
        for word in _content(found.surface):
            variants.setdefault(word, []).extend(form for form in forms if word not in form.words)
    return tuple((Form((word,)), *dict.fromkeys(variants.get(word, ()))) for word in dict.fromkeys(_content(question)))


def carried_concepts(question: str, language: Language) -> tuple[Concept, ...]:
    """The concepts of a question for texts of the other language than its own.

    Terms and names of States go through the glossary, dates as the other language writes them, every other word through
    the dictionary; a word may also stand as it is, which carries numbers and names in Latin letters. What nothing
    carries over is left out.
    """
    other: Language = "en" if language == "zh" else "zh"
    terms = glossary().find(question, language)
    concepts = [tuple(Form(words) for form in found.term.forms(other) if (words := _content(form))) for found in terms]
    rest = _without(question, {found.surface for found in terms}, language)
    dates = dates_in_chinese(question) if language == "en" else dates_in_english(question)
    concepts += [(Form(words),) for date in dates if (words := _content(date))]
    concepts += [_translated(word, language) for word in dict.fromkeys(_content(rest))]
    return tuple(concept for concept in dict.fromkeys(concepts) if concept)


def held(concept: Concept, words: Set[str]) -> float:
    """How surely a text with these words speaks of a concept: the weight of its best form there, 0 without one."""
    best = 0.0
    for form in concept:
        if form.weight > best and form.held_by(words):
            best = form.weight
    return best


class Topic:
    """Concepts with their rarities, made ready once to see how much of them each of many texts speaks of."""

    def __init__(self, concepts: Sequence[Concept], rarities: Sequence[float]) -> None:
        """Of concepts and how rare each is."""
        self._rarities = tuple(rarities)
        self._total = sum(rarities)
        self._by_word: dict[str, list[tuple[int, float]]] = {}
        self._longer: list[tuple[frozenset[str], int, float]] = []
        for at, concept in enumerate(concepts):
            for form in concept:
                # Nearly all forms are one word, and a text has few of the words asked for.
                if len(form.words) == 1:
                    self._by_word.setdefault(form.words[0], []).append((at, form.weight))
                else:
                    self._longer.append((frozenset(form.words), at, form.weight))

    @property
    def words(self) -> frozenset[str]:
        """All words of its forms."""
        return frozenset(self._by_word).union(*(words for words, *_ in self._longer))

    def share(self, words: Set[str]) -> float:
        """The share of the concepts, weighted by rarity, that a text with these words speaks of: 0 to 1."""
        best: dict[int, float] = {}
        for word in self._by_word.keys() & words:
            for at, weight in self._by_word[word]:
                best[at] = max(weight, best.get(at, 0.0))
        for form, at, weight in self._longer:
            if weight > best.get(at, 0.0) and form <= words:
                best[at] = weight
        return sum(self._rarities[at] * weight for at, weight in sorted(best.items())) / (self._total or 1.0)


def covered(concepts: Sequence[Concept], rarities: Sequence[float], text: str) -> float:
    """The share of concepts, weighted by rarity, that a text speaks of: 0 to 1; 0 where there are none."""
    return Topic(concepts, rarities).share(set(segmenter().words(text)))


def _without(question: str, surfaces: Iterable[str], language: Language) -> str:
    """A question without the terms found in it, each where it stands whole and not within another or a longer word."""
    gap, bound = (r"\s*", "") if language == "zh" else ("", r"\b")
    longest_first = sorted(surfaces, key=lambda surface: (-len(surface), surface))
    patterns = (bound + gap.join(map(re.escape, surface)) + bound for surface in longest_first)
    return re.sub("|".join(patterns), " ", question) if longest_first else question


def _content(text: str) -> tuple[str, ...]:
    return tuple(word for word in segmenter().words(text) if word not in ASKING)


def _translated(word: str, language: Language) -> Concept:
    as_it_is = (Form((word,)),) if word.isascii() else ()
    if language == "zh":
        return as_it_is + tuple(Form(sense) for sense in dictionary().english(word))
    return as_it_is + tuple(Form((chinese,), share) for chinese, share in dictionary().chinese(word).items())
