"""What of a question's concepts a text says, told from its words as the library keeps them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.concepts import Concept
from corpus.normal import normalise

_NUMBER = re.compile(r"\d+(?:[.,/]\d+)*")


class Saying:
    """How surely texts say each of some concepts, of their words as :func:`padded` gives them."""

    def __init__(self, concepts: Sequence[Concept], worth: Sequence[float]) -> None:
        """Of concepts, and what saying each of them is worth."""
        self._worth = worth
        self._by_word: dict[str, list[tuple[int, float]]] = {}
        self._longer: list[tuple[list[str], int, float]] = []
        for at, concept in enumerate(concepts):
            for form in concept:
                phrases = [padded(word) for word in form.words]
                # Nearly all forms are one word, and a text has few of the words asked for.
                if len(phrases) == 1 and len(phrases[0].split()) == 1:
                    self._by_word.setdefault(phrases[0].strip(), []).append((at, form.weight))
                elif phrases:
                    self._longer.append((phrases, at, form.weight))

    def __call__(self, words: str) -> float:
        """The sum over the concepts of what each is worth, by the weight of its best form in a text."""
        best: dict[int, float] = {}
        for word in self._by_word.keys() & set(words.split()):
            for at, weight in self._by_word[word]:
                best[at] = max(weight, best.get(at, 0.0))
        for phrases, at, weight in self._longer:
            if weight > best.get(at, 0.0) and all(phrase in words for phrase in phrases):
                best[at] = weight
        return sum(self._worth[at] * best[at] for at in sorted(best))


def standing_in(text: str, words: Iterable[str]) -> frozenset[str]:
    """The numbers of a text, and those of some words that stand anywhere in it."""
    plain = normalise(text).casefold()
    dense = "".join(plain.split())
    numbers = (number.replace(",", "") for number in _NUMBER.findall(plain))
    return frozenset(numbers).union(word for word in words if not word[0].isdigit() and word in dense)


def padded(words: str) -> str:
    """Words each between spaces, numbers in their parts, so that a word is held where it stands between spaces."""
    return f" {words.replace('.', ' ').replace('/', ' ')} "
