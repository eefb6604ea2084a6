"""English words as they are spelt: a letter wrong, missing, doubled or swapped, a space within, capitals."""

from __future__ import annotations

import re
from collections import defaultdict

from assistant.tidying.vocabulary import Vocabulary, tokens_beside
from corpus.words import segmenter

# Shorter words have too many neighbours.
_SHORTEST = 5
# How many times as often as the next the word must stand in the library that is read for a misspelt one.
_CLEARLY = 5
_WORD = re.compile(r"(?<![A-Za-z0-9@_/\\.])[A-Za-z]+(?![A-Za-z]*[0-9@_/\\]|[A-Za-z]*\.[A-Za-z0-9])")
_LETTERS_APART = re.compile(r"(?<![A-Za-z])(?:[A-Za-z] ){3,}[A-Za-z](?![A-Za-z])")
_PAIR = re.compile(r"(?<![A-Za-z0-9'-])([A-Za-z]+) (?=([A-Za-z]+)(?![A-Za-z0-9'-]))")
_SENTENCE = re.compile(r"^[a-z]|(?<=[a-z)][.?!] )[a-z]")
# Roman numerals, and the short names of numbered paragraphs.
_UPPER = re.compile(r"i{2,3}|iv|vi{1,3}|ix|xi{1,3}", re.I)
_NUMBERED = re.compile(r"[dop]p\.? ?\d", re.I)
_PIECE = re.compile(r"(?<![A-Za-z])[A-Za-z]{1,4}(?=\d)|(?<=\d)[A-Za-z]+|[A-Za-z]+")


class EnglishSpelling:
    """Reads English words with the vocabulary of a library."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._near: dict[str, list[str]] = defaultdict(list)
        for word in vocabulary.english:
            if len(word) >= _SHORTEST - 1:
                for key in {word, *_shorter(word)}:
                    self._near[key].append(word)

    def spelt(self, text: str) -> str:
        """A text with its English words whole, spelt and with capitals as the library has them."""
        whole = _PAIR.sub(self._joined, _LETTERS_APART.sub(self._letters_joined, text))
        letters = [c for c in whole if c.isascii() and c.isalpha()]
        shouted = sum(c.isupper() for c in letters) * 2 > len(letters) > 3
        even = shouted or not any(c.isupper() for c in letters[1:])
        first = next((m.start() for m in re.finditer(r"[A-Za-z]", whole)), 0)
        spelt = _WORD.sub(lambda match: self._right(match[0], match.start() == first, even), whole)
        return _capitals(_PIECE.sub(lambda match: self._cased(match, even), spelt))

    def _letters_joined(self, match: re.Match[str]) -> str:
        word = match[0].replace(" ", "")
        return word if self._vocabulary.is_english(word) else match[0]

    def _joined(self, match: re.Match[str]) -> str:
        """The first part of a word that a space parts, without the space; else as it is."""
        parts = (match[1], match[2])
        joined = "".join(parts).lower()
        if len(joined) < _SHORTEST or not self._vocabulary.english.get(joined, 0):
            return match[0]
        broken = not all(map(self._vocabulary.is_english, parts))
        return match[1] if broken or min(map(len, parts)) >= 4 else match[0]

    def _right(self, word: str, is_first: bool, even: bool) -> str:
        """The word of the library that is one edit away, where a word is none and that one is clear; else the word."""
        low = word.lower()
        if len(word) < _SHORTEST or (word.isupper() and not even) or self._vocabulary.is_english(low):
            return word
        near = {other for key in (low, *_shorter(low)) for other in self._near.get(key, ()) if one_edit(low, other)}
        if word[0].isupper() and not is_first and not even:
            # A name that the library lacks is a name; only what the library writes with a capital may be meant.
            near = {other for other in near if (self._vocabulary.cased(other) or "")[:1].isupper()}
        # Bolivian is no misspelt Bolivia.
        near = {other for other in near if not (low.startswith(other) and low[-1] != low[-2])}
        by_stem: dict[str, list[str]] = defaultdict(list)
        for other in near:
            by_stem[segmenter().words(other)[0]].append(other)
        often = self._vocabulary.english
        ranked = sorted(by_stem.values(), key=lambda of: (-sum(often[w] for w in of), min(of)))
        counts = [sum(often[w] for w in of) for of in ranked]
        if not ranked or (len(ranked) > 1 and counts[0] < _CLEARLY * max(counts[1], 1)):
            return word
        return min(ranked[0], key=lambda other: (-often[other], other))

    def _cased(self, match: re.Match[str], even: bool) -> str:
        word, before = match[0], match.string[: match.start()][-1:]
        after = match.string[match.end() : match.end() + 1]
        if before.isdigit():
            return word.upper() if len(word) == 1 and not after.isdigit() else word.lower()
        if (
            (after.isdigit() and len(word) <= 3)
            or _UPPER.fullmatch(word)
            or _NUMBERED.match(match.string, match.start())
        ):
            return word.upper()
        if before in ("'", "’"):
            return word.lower()
        if word in "iI" and before != "(":
            return "I"
        if len(word) == 1:
            return word.upper() if after > "\u3400" or before > "\u3400" else word.lower()
        if word.isupper() and not even and len(word) > 1:
            return word
        beside = tokens_beside(match.string, match.start(), match.end())
        return self._vocabulary.cased(word, *beside) or (word.lower() if even else word)


def one_edit(one: str, other: str) -> bool:
    """Whether a letter put in, left out or changed, or two neighbours swapped, make one word of the other."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    a, b = one[start:], other[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[:2][::-1] and len(a) > 1 and a[2:] == b[2:])


def _shorter(word: str) -> set[str]:
    return {word[:i] + word[i + 1 :] for i in range(len(word))}


def _capitals(text: str) -> str:
    """A text with a capital where a sentence begins with a Latin letter."""
    return _SENTENCE.sub(lambda match: match[0].upper(), text)
