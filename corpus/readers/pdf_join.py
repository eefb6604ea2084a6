"""Two lines of a PDF as one text: a word parted by a hyphen is whole again where the document knows it so."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

_WORD = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")
_PARTED = re.compile(r"([A-Za-z]+(?:-[A-Za-z]+)*)-$")
_REST = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")
_CJK = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f\u2018\u2019\u201c\u201d\u2014\u2026\U00020000-\U0003ffff]")
_TIGHT_END = re.compile(r"[-/(\[“‘–—]$")
_NUMBER_HYPHEN = re.compile(r"\d[-–]$")


class Joiner:
    """Joins lines; the words of the whole document tell hyphens that stay from those that parted a word."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._words: Counter[str] = Counter()
        for line in lines:
            # The last word of a line may be half of one, and the first the other half.
            inner = line.rsplit(" ", 1)[0] if line.endswith("-") else line
            self._words.update(word.lower() for word in _WORD.findall(inner))

    def join(self, first: str, second: str) -> str:
        """The two lines as one."""
        parted, rest = _PARTED.search(first), _REST.match(second)
        if parted and rest and rest[0][0].islower():
            return (first if self._keeps_hyphen(parted[1].lower(), rest[0].lower()) else first[:-1]) + second
        if _CJK.match(first[-1:]) and _CJK.match(second[:1]):
            return first + second
        if _TIGHT_END.search(first) and not first.endswith((" –", " —", " -")):
            return first + second
        return f"{first} {second}"

    def _keeps_hyphen(self, left: str, right: str) -> bool:
        whole, hyphened = self._words[left + right], self._words[f"{left}-{right}"]
        if whole or hyphened:
            return hyphened > whole
        return bool(self._words[left] and self._words[right] and len(right) > 2 and len(left) > 1)
