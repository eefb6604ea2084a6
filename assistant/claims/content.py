"""Whether what a sentence says beside names, numbers and duties stands in its evidence, clause by clause."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final

import numpy as np
import yaml
from numpy.typing import NDArray

from assistant.claims.matching import KEPT, concepts_of, likely, parts, share, words_of
from assistant.claims.records import Fault, SentenceEncoder
from assistant.claims.texts import clauses
from assistant.concepts import Concept, Form, carried_concepts, held, own_concepts
from corpus.records import Language
from corpus.words import segmenter

_FILE: Final = Path(__file__).with_name("words.yaml")
# Numbers are compared by themselves.
_COUNTS: Final = re.compile(r"\d|第?[一二两三四五六七八九十百千万亿]+[点时天场国次届个名位项件份年月日千百万多余]*$")
# Whoever denies the opposite says the same.
_DENIES: Final[Mapping[Language, re.Pattern[str]]] = {
    "en": re.compile(r"\b(?:not|cannot|never|no longer|neither)\b|n't\b", re.I),
    "zh": re.compile(r"不(?![断仅同])|没有|并非|未"),
}
#: What a word weighs that stands in nearly every paragraph, where others weigh 1.
_COMMON: Final = 0.35
#: How surely a word stands for one that is listed as like it.
_ALIKE: Final = 0.9
#: The share of its words, by weight, that a sentence and each of its clauses must find in the evidence. Set on the
#: ``dev`` half of eval/claims.jsonl.
SENTENCE, CLAUSE = 0.7, 0.5
#: What may lack that is no more than one word; then this share is enough.
_OWN_WORD, _SHORT = 1.05, 0.45
#: The same where the words are carried over to the other language, and how far from it the vectors may decide: a
#: cosine above this speaks for a sentence. Over the 253 pairs across languages of ``dev`` and practice no verdict was
#: mended by them, at .05 or at .15, and they take most of the time.
ACROSS, CLAUSE_ACROSS, _OPEN, _UNDECIDED = 0.45, 0.28, 0.05, 0.8
#: Characters of a sentence of the evidence that are encoded: time goes by its length.
_READ: Final[Mapping[Language, int]] = {"zh": 100, "en": 300}
#: Fewer words than these of a clause say too little of it across languages.
_FEW: Final = 3
#: A clause of less weight than this says too little to be judged by itself.
_LEAST: Final = 1.9


@dataclass(frozen=True)
class Word:
    """A word of a sentence, how much it weighs, and the forms it may have in either language."""

    word: str
    weight: float
    own: Concept
    carried: Concept


def content_faults(
    sentence: str, language: Language, every: Sequence[tuple[str, Language]], encoder: SentenceEncoder | None
) -> tuple[Fault, ...]:
    """The clauses of which too little stands in the evidence, or the words that do not of a sentence as a whole."""
    if all(of != language for _, of in every):
        return _across(sentence, language, every, encoder)
    there = {
        of: frozenset().union(*(words_of(text) for text, of_text in every if of_text == of)) for of in ("zh", "en")
    }
    found = []
    for clause in clauses(sentence, language):
        met, weight, absent = coverage(clause, language, there)
        if weight >= _LEAST and met < CLAUSE:
            found.append(Fault("content", " ".join(absent), ""))
    if found:
        return tuple(found)
    met, weight, absent = coverage(sentence, language, there)
    for word in absent if not _DENIES[language].search(sentence) else ():
        if against := sorted(_opposite(language).get(word, frozenset()) & there[language]):
            return (Fault("content", word, against[0]),)
    # A word of one's own is no claim of one's own.
    lacking = weight * (1 - met)
    short = met < (SENTENCE if lacking > _OWN_WORD else _SHORT)
    return (Fault("content", " ".join(absent), ""),) if weight and short else ()


def _across(
    sentence: str, language: Language, every: Sequence[tuple[str, Language]], encoder: SentenceEncoder | None
) -> tuple[Fault, ...]:
    """As :func:`content_faults`, where there is no text in the language of the sentence.

    Words are carried over by glossary and dictionary, which find fewer of them than a text of the same language holds;
    where that leaves it open the vectors decide.
    """
    of = every[0][1]
    there = frozenset().union(*(words_of(text) for text, _ in every))
    for clause in clauses(sentence, language):
        if len(concepts_of(clause, language, of)) >= _FEW and share(clause, language, there, of) < CLAUSE_ACROSS:
            return (Fault("content", clause, ""),)
    carried = share(sentence, language, there, of)
    if encoder is not None and abs(carried - ACROSS) < _OPEN:
        carried += 2 * (_cosine(sentence, language, every, encoder) - _UNDECIDED)
    return () if carried >= ACROSS else (Fault("content", sentence, ""),)


def _cosine(
    sentence: str, language: Language, every: Sequence[tuple[str, Language]], encoder: SentenceEncoder
) -> float:
    """How near the sentence of the evidence is that holds most of its words."""
    among = [part for text, of in every for part in parts(text, of)]
    nearest = likely(sentence, language, among)[0].part.sentence[: _READ[every[0][1]]]
    return float(np.dot(_vector(encoder, sentence), _vector(encoder, nearest)))


@lru_cache(KEPT)
def _vector(encoder: SentenceEncoder, text: str) -> NDArray[np.float32]:
    # One by one: together the shorter would be filled up to the longer, and take as long.
    vector: NDArray[np.float32] = encoder.encode_passages([text])[0]
    return vector


def coverage(
    text: str, language: Language, there: Mapping[str, frozenset[str]]
) -> tuple[float, float, tuple[str, ...]]:
    """The share of a text's words, by weight, that stand among words of either language; their weight; what lacks."""
    other: Language = "en" if language == "zh" else "zh"
    total = met = 0.0
    absent = []
    for word in weighed(text, language):
        stands = max(held(word.own, there[language]), held(word.carried, there[other]))
        total += word.weight
        met += word.weight * stands
        if stands < 0.5:
            absent.append(word.word)
    return (met / total if total else 1.0), total, tuple(absent)


@lru_cache(KEPT)
def weighed(text: str, language: Language) -> tuple[Word, ...]:
    """The words of a text that weigh anything."""
    free, common = _lists()["free"][language], _lists()["common"][language]
    found = []
    for concept in own_concepts(text, language):
        word = concept[0].words[0]
        if word in free or _COUNTS.match(word):
            continue
        alike = tuple(Form((each,), _ALIKE) for each in _alike(language).get(word, ()))
        carried = tuple(form for each in carried_concepts(word, language) for form in each)
        found.append(Word(word, _COMMON if word in common else 1.0, (*concept, *alike), carried))
    return tuple(found)


@cache
def _alike(language: Language) -> Mapping[str, tuple[str, ...]]:
    """By each word, those that may stand for it."""
    found: dict[str, list[str]] = {}
    for row in _raw()["alike"][language]:
        words = [segmenter().words(word)[-1] if language == "en" else word for word in row.split()]
        for word in words:
            found.setdefault(word, []).extend(each for each in words if each != word)
    return {word: tuple(dict.fromkeys(others)) for word, others in found.items()}


@cache
def _opposite(language: Language) -> Mapping[str, frozenset[str]]:
    """By each word, those that say the opposite."""
    found: dict[str, frozenset[str]] = {}
    for row in _raw()["opposite"][language]:
        ones, others = (
            frozenset(segmenter().words(word)[-1] if language == "en" else word for word in side.split())
            for side in row.split("|")
        )
        for side, against in ((ones, others), (others, ones)):
            for word in side:
                found[word] = found.get(word, frozenset()) | against
    return found


@cache
def _lists() -> Mapping[str, Mapping[str, frozenset[str]]]:
    return {name: {of: frozenset(words.split()) for of, words in _raw()[name].items()} for name in ("free", "common")}


@cache
def _raw() -> Mapping[str, Mapping[str, Any]]:
    raw: Mapping[str, Mapping[str, Any]] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return raw
