"""Whether the documents bear out reading a question with an earlier one: they must speak of what it says itself.

Set beside an earlier question, any few words find what that question found: "What time is lunch?" after one on the
Chair would be answered with the Chair. What stands beside the earlier content must be spoken of where that is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.concepts import held
from assistant.earlier.leaning import content
from assistant.earlier.substance import heavy_concepts
from corpus.records import Language, Unit
from corpus.words import segmenter

_BESIDE = re.compile(r"[?？] ?[(（].*[)）]$|^关于.*，|^As for .*: ")


def set_beside(resolved: str) -> bool:
    """Whether a resolved question has the earlier content beside it, not in the place of a word of its own."""
    return bool(_BESIDE.search(resolved))


def strange_words(question: str, language: Language, known: Callable[[str], bool]) -> bool:
    """Whether a question says anything of its own of which the library does not know the word."""
    return any(not known(concept[0].words[0]) for concept in heavy_concepts(content(question, language), language))


def spoken_of(question: str, language: Language, units: Sequence[Unit]) -> bool:
    """Whether units of the question's language speak of any of what it says itself."""
    texts = [text for unit in units if unit.language == language for text in (*unit.heading_path, unit.text)]
    words = set(segmenter().words(" ".join(texts)))
    return not texts or any(held(concept, words) for concept in heavy_concepts(content(question, language), language))
