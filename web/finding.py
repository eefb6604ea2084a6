"""Words looked for in texts as a reader means them: whatever their letter case, width, accents and stray spaces."""

from __future__ import annotations

import unicodedata
from array import array
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from web.passage import Span

#: What a reader types in one way and documents set in several.
_PLAIN: Final = str.maketrans("‘’ʼ“”„‐‑‒–—―−", "'''\"\"\"-------")

#: From here on characters are Chinese or stand among Chinese, and spaces beside them mean nothing.
_CHINESE: Final = "\u2e80"

#: Characters of a query that are looked for; what is longer is cut.
LONGEST: Final = 200


@dataclass(frozen=True)
class Folded:
    """A text without what only looks different; ``starts`` and ``ends`` are where each of its characters stood."""

    text: str
    starts: array[int]
    ends: array[int]


@lru_cache(maxsize=4096)
def fold(text: str) -> Folded:
    """The text in small letters of plain width without accents, one space for several and none beside Chinese."""
    pieces: list[tuple[str, int, int]] = []
    for at, character in enumerate(text):
        plain = _plain(character)
        if not plain and pieces:
            # An accent or a mark of no width belongs to what it follows.
            pieces[-1] = (pieces[-1][0], pieces[-1][1], at + 1)
        elif plain != " ":
            pieces += [(each, at, at + 1) for each in plain]
        elif pieces and pieces[-1][0] != " ":
            pieces.append((" ", at, at + 1))
    kept = [
        piece
        for at, piece in enumerate(pieces)
        if piece[0] != " " or not (_chinese(pieces, at - 1) or _chinese(pieces, at + 1))
    ]
    characters, starts, ends = zip(*kept, strict=True) if kept else ((), (), ())
    return Folded("".join(characters), array("I", starts), array("I", ends))


def spans_of(text: str, query: str) -> tuple[Span, ...]:
    """Where a text has the words of a query, as spans of the text, none within another; none for an empty query."""
    wanted = fold(query).text.strip()
    if not wanted:
        return ()
    folded = fold(text)
    found: list[Span] = []
    at = folded.text.find(wanted)
    while at >= 0:
        start, end = folded.starts[at], folded.ends[at + len(wanted) - 1]
        # Two letters of one ligature are one place in the text.
        if not found or start >= found[-1][1]:
            found.append((start, end))
        at = folded.text.find(wanted, at + len(wanted))
    return tuple(found)


@cache
def _plain(character: str) -> str:
    if character.isspace():
        return " "
    parts = unicodedata.normalize("NFKD", character.translate(_PLAIN)).casefold().translate(_PLAIN)
    return "".join(part for part in parts if unicodedata.category(part) not in ("Mn", "Cf"))


def _chinese(pieces: list[tuple[str, int, int]], at: int) -> bool:
    return 0 <= at < len(pieces) and pieces[at][0] >= _CHINESE
