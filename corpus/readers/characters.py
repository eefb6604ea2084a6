"""Characters that show nothing, taken out of every text: they hide words from a reader or part them for a search."""

from __future__ import annotations

import re

from corpus.normal import INVISIBLE
from corpus.records import Language

# Controls, and what shows nothing.
_INVISIBLE = re.compile(f"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f{INVISIBLE}]")
# Bullets as Word writes them in its symbol fonts.
_BULLET = re.compile("^[\uf0a7\uf0b7\uf0d8\uf0fc\u2022\u25aa\u25cf\u25a0\u25e6\u2043]\\s*")
_IDEOGRAPH = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_LATIN_WORD = re.compile(r"[A-Za-z]{2,}")


def visible(text: str) -> str:
    """The text without the characters that show nothing."""
    return _INVISIBLE.sub("", text)


def without_bullet(text: str) -> str:
    """A list item without its bullet."""
    return _BULLET.sub("", text)


def language_of(text: str, told: Language | None) -> Language:
    """The language of a text by its characters: an ideograph says about as much as a Latin word; else as told."""
    ideographs, words = len(_IDEOGRAPH.findall(text)), len(_LATIN_WORD.findall(text))
    if ideographs == words == 0:
        return told or "en"
    share = ideographs / (ideographs + words)
    if told and 0.35 < share < 0.65:
        return told
    return "zh" if share > 0.5 else "en"
