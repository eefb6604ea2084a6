"""Whether a sentence rests on what it cites: word for word, or, where it was written anew, in what can be checked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from assistant.concepts import carried_concepts, held, own_concepts
from assistant.question import language_of
from corpus.glossary import glossary
from corpus.normal import normalise
from corpus.numbers import chinese_numbers, english_numbers
from corpus.parse.spans import sentence_spans
from corpus.records import Language
from corpus.words import segmenter

#: The share of a written sentence's content words that its sources must hold: all but a fifth in the same language; two
#: fifths may be missing in the other, where a dictionary carries them over.
WRITTEN_WITHIN, WRITTEN_ACROSS = 0.8, 0.6

_NEGATION: dict[Language, re.Pattern[str]] = {
    "zh": re.compile(r"未|不(?!同|断|仅|限|但|论|少|久|管|法|过)|没有|并非|无(?!论|疑|人机)|拒绝|否认"),
    "en": re.compile(r"\b(?:no|not|never|none|nor|neither|without|cannot|refused|denied)\b|n't\b", re.I),
}
# Capitals and figures in one word, or a capital that opens no sentence: UNODC, IBIN, Medina.
_LATIN_NAME = re.compile(r"\b[A-Z][A-Z0-9]+\b|(?<=[a-z,;] )[A-Z][A-Za-zÀ-ÿ]+|(?<=[\u4e00-\u9fff])[A-Z][A-Za-zÀ-ÿ]+")


@dataclass(frozen=True)
class Source:
    """Words that a sentence cites, in their language."""

    text: str
    language: Language


def verbatim(sentence: str, sources: Iterable[Source]) -> bool:
    """Whether a sentence stands word for word in one of its sources, white space aside."""
    tight = _tight(sentence)
    return bool(tight) and any(tight in _tight(source.text) for source in sources)


def supported(sentence: str, sources: Sequence[Source]) -> bool:
    """Whether sources support a sentence that was written, not quoted, as far as rules can tell.

    Its numbers and dates, States and Latin names must all be in them, its content words but for a small share
    (:data:`WRITTEN_WITHIN`), and it must deny something exactly where the sentence nearest to it in them does.
    """
    if verbatim(sentence, sources):
        return True
    language = language_of(sentence)
    nearest = max(
        (
            Source(source.text[span.start : span.end], source.language)
            for source in sources
            for span in sentence_spans(source.text)
        ),
        key=lambda part: coverage(sentence, language, [part]),
        default=None,
    )
    if nearest is None:
        return False
    needed = WRITTEN_WITHIN if nearest.language == language else WRITTEN_ACROSS
    return (
        _numbers(sentence, language) <= _in_all(_numbers, sources)
        and _states(sentence, language) <= _in_all(_states, sources)
        and set(_LATIN_NAME.findall(sentence)) <= set(re.findall(r"\w+", " ".join(s.text for s in sources)))
        and coverage(sentence, language, sources) >= needed
        and _denies(sentence, language) == _denies(nearest.text, nearest.language)
    )


def coverage(sentence: str, language: Language, sources: Sequence[Source]) -> float:
    """The share of a sentence's content words that its sources hold, 0 to 1; 0 where it has none.

    A word counts by the surest way it stands in a source: as it is, by another name of the same term, or, in a source
    of the other language, as glossary and dictionary carry it over.
    """
    best: dict[int, float] = {}
    count = 0
    for source in sources:
        within = source.language == language
        concepts = (own_concepts if within else carried_concepts)(sentence, language)
        words = set(segmenter().words(source.text))
        count = max(count, len(concepts))
        for at, concept in enumerate(concepts):
            best[at] = max(best.get(at, 0.0), held(concept, words))
    return sum(best.values()) / count if count else 0.0


def _tight(text: str) -> str:
    return "".join(normalise(text).split()).lower()


def _numbers(text: str, language: Language) -> set[str]:
    return set((chinese_numbers if language == "zh" else english_numbers)(text))


def _states(text: str, language: Language) -> set[str]:
    return {found.term.en[0] for found in glossary().find(text, language) if found.term.kind == "state"}


def _in_all(read: Callable[[str, Language], set[str]], sources: Iterable[Source]) -> set[str]:
    return {thing for source in sources for thing in read(source.text, source.language)}


def _denies(text: str, language: Language) -> bool:
    return bool(_NEGATION[language].search(text))
