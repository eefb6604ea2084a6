"""Which words two texts do not share, for reading them side by side."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from corpus.normal import normalise
from corpus.records import Language
from corpus.words import segmenter

#: Characters of a text: ``text[start:end]``.
Span = tuple[int, int]

_HAN = r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]"
_TOKEN = re.compile(
    rf"(?P<han>{_HAN}+)"
    r"|\d+(?:[.,/:]\d+)*"
    rf"|(?:(?!{_HAN})[^\W\d_])+(?:['’-](?:(?!{_HAN})[^\W\d_])+)*"
    r"|\S"
)
# What stays the same between two changes and is no longer than this, 的 or "of", is there by chance.
_CHANCE: dict[Language, int] = {"zh": 1, "en": 3}


@dataclass(frozen=True)
class _Word:
    start: int
    end: int
    key: str


def differing(a: str, b: str, language: Language) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """The words of each text that the other lacks or has otherwise, in order, neighbours as one span.

    Case, width and spaces make no difference; punctuation does. What lies outside the spans is the same words in the
    same order in both texts.

    Args:
        a: one text.
        b: the other.
        language: of both; decides what a word is.
    """
    ours, theirs = _words(a, language), _words(b, language)
    # autojunk would leave out whatever a long text often has, which is most of its words.
    matcher = SequenceMatcher(None, [word.key for word in ours], [word.key for word in theirs], autojunk=False)
    of_a: list[Span] = []
    of_b: list[Span] = []
    for i1, i2, j1, j2 in _changes(matcher, ours, language):
        # The same characters may be cut into other words.
        if "".join(word.key for word in ours[i1:i2]) == "".join(word.key for word in theirs[j1:j2]):
            continue
        of_a += _span(ours[i1:i2])
        of_b += _span(theirs[j1:j2])
    return tuple(of_a), tuple(of_b)


def _words(text: str, language: Language) -> list[_Word]:
    words: list[_Word] = []
    for match in _TOKEN.finditer(text):
        pieces = segmenter().cut(match[0]) if match["han"] and language == "zh" else [match[0]]
        start = match.start()
        for piece in pieces:
            # A zero-width character is nothing to compare.
            if key := normalise(piece).casefold().replace("’", "'").strip():
                words.append(_Word(start, start + len(piece), key))
            start += len(piece)
    return words


def _changes(matcher: SequenceMatcher[str], ours: Sequence[_Word], language: Language) -> list[tuple[int, ...]]:
    """What is not the same, as ranges of words of both texts; changes that only chance keeps apart are one."""
    changes: list[tuple[int, ...]] = []
    for tag, *bounds in matcher.get_opcodes():
        if tag == "equal":
            continue
        if changes and _by_chance(ours[changes[-1][1] : bounds[0]], language):
            changes[-1] = (changes[-1][0], bounds[1], changes[-1][2], bounds[3])
        else:
            changes.append(tuple(bounds))
    return changes


def _by_chance(between: Sequence[_Word], language: Language) -> bool:
    letters = sum(character.isalnum() for word in between for character in word.key)
    return letters <= _CHANCE[language] and not any(word.key[0].isdigit() for word in between)


def _span(words: Sequence[_Word]) -> list[Span]:
    return [(words[0].start, words[-1].end)] if words else []
