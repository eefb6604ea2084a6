"""Chinese terms with one character wrong, missing, doubled or swapped, read as the library writes them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from assistant.asking import ASKING
from assistant.tidying.vocabulary import Vocabulary
from corpus.dictionary import dictionary

_RUN = re.compile(r"[\u3400-\u9fff]{2,}")
_LONGEST_WORD = 6
# Another number is another thing, never a slip.
_COUNTS = frozenset("一二三四五六七八九十百千万亿零〇两几半第次届号年月日章节条段款项")
# How many times as often as the next the word must stand in the library that is read for a wrong one.
_CLEARLY = 5
# Terms of two characters must be common in the library, since nothing but the sound of one tells them.
_COMMON = 5
# A character that stands alone as often as this in general (时 in 开幕时, 供) is a word there, in jieba's counts.
_ALONE_OFTEN = 7000
_SLURRED = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"))

#: A place of a text, how many characters there to take out, and what the library has instead.
_Reading = tuple[int, int, str]


class ChineseSpelling:
    """Reads Chinese terms with the vocabulary of a library."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._terms, self._states = vocabulary.chinese_of("term"), vocabulary.chinese_of("state")
        self._lengths = sorted({len(word) for word in vocabulary.chinese}, reverse=True)
        self._changed: dict[str, list[str]] = defaultdict(list)
        self._missing: dict[str, list[str]] = defaultdict(list)
        for word in sorted(vocabulary.chinese):
            for i in range(len(word)):
                self._changed[f"{word[:i]}*{word[i + 1 :]}"].append(word)
            for i in range(1, len(word) - 1 if len(word) > 3 else 1):
                if word[i] not in _COUNTS:
                    self._missing[word[:i] + word[i + 1 :]].append(word)

    def spelt(self, text: str) -> str:
        """A text with its terms as the library writes them; what could be right is left as it is."""
        return _RUN.sub(lambda match: self._run(match[0]), text)

    def _run(self, run: str) -> str:
        # Each change may make its neighbourhood words, so it is looked at anew; three slips in a clause are noise.
        for _ in range(3):
            alone = self._alone(run)
            reading = self._best(run, alone) if any(alone) else None
            if not reading:
                return run
            start, length, word = reading
            run = run[:start] + word + run[start + length :]
        return run

    def _alone(self, run: str) -> list[bool]:
        """Which characters stand in no word of two or more."""
        alone = [True] * len(run)
        for start in range(len(run) - 1):
            for end in range(start + 2, min(start + _LONGEST_WORD, len(run)) + 1):
                word = run[start:end]
                # Nearly every character doubled is somebody's nickname.
                doubled = word == word[0] * 2 and word not in self._vocabulary.chinese
                if not doubled and self._vocabulary.is_chinese(word):
                    alone[start:end] = [False] * (end - start)
        return alone

    def _best(self, run: str, alone: list[bool]) -> _Reading | None:
        """The reading of the longest term, where it is clear; else None."""
        readings = {reading for i, is_alone in enumerate(alone) if is_alone for reading in self._at(run, alone, i)}
        for length in sorted({len(word) for _, _, word in readings}, reverse=True):
            found = sorted(r for r in readings if len(r[2]) == length)
            counts = sorted(((self._vocabulary.times(word), word) for _, _, word in found), reverse=True)
            if len(found) == 1 or counts[0][0] >= _CLEARLY * max(counts[1][0], 1):
                return next(reading for reading in found if reading[2] == counts[0][1])
        return None

    def _at(self, run: str, alone: list[bool], i: int) -> Iterator[_Reading]:
        """The readings in which character ``i``, which stands in no word, is or adjoins the slip."""
        terms = self._vocabulary.chinese
        for length in self._lengths:
            for start in range(max(0, i - length + 1), min(i, len(run) - length) + 1):
                window, at = run[start : start + length], i - start
                for word in self._changed.get(f"{window[:at]}*{window[at + 1 :]}", ()):
                    if self._is_slip(run, alone, start, at, word):
                        yield start, length, word
                if length > 2:
                    for a in (at - 1, at):
                        if 0 <= a < length - 1 and window[a] != window[a + 1]:
                            swapped = window[:a] + window[a + 1] + window[a] + window[a + 2 :]
                            if swapped in terms and not _COUNTS.intersection(window[a : a + 2]):
                                yield start, length, swapped
                    for word in self._missing.get(window, ()):
                        gap = next(k for k in range(length) if window[k] != word[k])
                        if at in (gap - 1, gap):
                            yield start, length, word
                    once = window[:at] + window[at + 1 :]
                    if once in terms and window[at] in (window[at - 1 : at], window[at + 1 : at + 2]):
                        yield start, length, once

    def _is_slip(self, run: str, alone: list[bool], start: int, at: int, word: str) -> bool:
        """Whether a character that stands alone is more likely meant as the one that a term has in its place."""
        wrong, right, i = run[start + at], word[at], start + at
        if wrong == right or _COUNTS.intersection((wrong, right)) or self._is_word_there(run, i):
            return False
        beside = [k for k in (i - 1, i + 1) if start <= k < start + len(word)]
        broken = any(alone[k] for k in beside)
        rare = self._vocabulary.in_general(wrong) < _ALONE_OFTEN
        if len(word) == 2:
            sure = self._vocabulary.times(word) >= _COMMON and (rare or word in self._terms)
            return broken and sure and wrong not in ASKING and _alike(wrong, right, word)
        if wrong in ASKING or word in self._states:
            return broken and _alike(wrong, right, word)
        # Sounds are looked at last: their tables load slowly, and most readings are decided without.
        return (broken and (rare or len(word) > 3)) or ((broken or rare) and _alike(wrong, right, word))

    def _is_word_there(self, run: str, i: int) -> bool:
        """Whether the dictionary, which lists what the segmenter does not, has a word over character ``i``."""
        spans = ((a, a + n) for n in (2, 3, 4) for a in range(max(0, i - n + 1), i + 1) if a + n <= len(run))
        return any(dictionary().english(run[a:b]) for a, b in spans)


def _alike(one: str, other: str, word: str) -> bool:
    """Whether two characters may sound alike; in a longer word slurred sounds are one."""
    return bool(_sounds(one, len(word) > 2) & _sounds(other, len(word) > 2))


@cache
def _sounds(character: str, slurred: bool) -> frozenset[str]:
    """The ways to read a character, without tones; ``slurred`` as where zh and z, or ng and n, are one."""
    # Its tables take a quarter of a second to load, and few questions hold a slip.
    from pypinyin import Style, pinyin

    read = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore")
    sounds = set(read[0]) if read else set()
    for long, short in _SLURRED if slurred else ():
        sounds = {sound.replace(long, short) for sound in sounds}
    return frozenset(sounds)
