"""Text that knows where in its file each character stood, so that nothing is lost, doubled or invented unnoticed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

#: Origin of a character that the parser put in: a joining space, a separator, a repeated table cell.
INSERTED = -1

# Ideographs, Chinese punctuation and full-width forms, and the quotes, dash and dots that Chinese shares.
_CJK = (
    r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f\u3200-\u33ff"
    r"\u2018\u2019\u201c\u201d\u2026\u2014\U00020000-\U0003ffff]"
)
_SPACE_IN_CHINESE = re.compile(rf"(?<={_CJK})[ \t]+(?={_CJK})")
_IDEOGRAPH = re.compile(r"[\u2e80-\u2fff\u3040-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
# English lines end and begin so; a line that ends with a hyphen, dash, stroke or opening bracket joins without a space.
_ENDS_ENGLISH = re.compile(r"(?:[A-Za-z0-9,.;:)\]%!?]|[A-Za-z0-9,.;:)\]%!?][”’\"'])$")
_BEGINS_ENGLISH = re.compile(r"[“‘\"'(\[]*[A-Za-z0-9]|[,.;:)\]]")


@dataclass(frozen=True)
class Traced:
    """A string with the source offset of each of its characters."""

    text: str
    origin: tuple[int, ...]

    def __post_init__(self) -> None:
        if len(self.text) != len(self.origin):
            raise ValueError(f"{len(self.text)} characters with {len(self.origin)} origins; expected one each")

    @classmethod
    def at(cls, text: str, start: int) -> Traced:
        """Text that stands in the source from ``start`` on."""
        return cls(text, tuple(range(start, start + len(text))))

    @classmethod
    def inserted(cls, text: str) -> Traced:
        """Text that the source does not have."""
        return cls(text, (INSERTED,) * len(text))

    def __len__(self) -> int:
        return len(self.text)

    def __getitem__(self, part: slice) -> Traced:
        return Traced(self.text[part], self.origin[part])

    def __add__(self, other: Traced) -> Traced:
        return Traced(self.text + other.text, self.origin + other.origin)

    def strip(self) -> Traced:
        """Without white space at either end."""
        start = len(self.text) - len(self.text.lstrip())
        return self[start : max(start, len(self.text.rstrip()))]

    def without(self, spans: Iterable[tuple[int, int]]) -> Traced:
        """Without the given spans, which do not overlap."""
        kept, last = [], 0
        for start, end in sorted(spans):
            kept.append(self[last:start])
            last = end
        return joined([*kept, self[last:]])

    def offsets(self) -> list[int]:
        """Source offsets of its characters that are neither blank nor inserted."""
        return [o for o, c in zip(self.origin, self.text, strict=True) if o != INSERTED and not c.isspace()]


def joined(pieces: Iterable[Traced]) -> Traced:
    """The pieces one after the other."""
    parts = list(pieces)
    return Traced("".join(part.text for part in parts), tuple(chain.from_iterable(part.origin for part in parts)))


def join_lines(first: Traced, second: Traced) -> Traced:
    """Two lines of one paragraph as one: Latin words get a space between them, Chinese gets none."""
    if _ENDS_ENGLISH.search(first.text) and _BEGINS_ENGLISH.match(second.text):
        return first + Traced.inserted(" ") + second
    return first + second


def close_chinese(text: Traced) -> Traced:
    """Without the spaces between Chinese and Chinese; those beside Latin or digits stay as the line had them.

    Chinese and English share their quotes, so a text without an ideograph keeps its spaces: States’ “best efforts”.
    """
    if not _IDEOGRAPH.search(text.text):
        return text
    return text.without(match.span() for match in _SPACE_IN_CHINESE.finditer(text.text))
