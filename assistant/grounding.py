"""Whether a sentence rests on what it cites: word for word, or, where it was written anew, in what can be checked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from assistant.concepts import carried_concepts, held, own_concepts
from assistant.question import language_of
from corpus.glossary import Term, glossary
from corpus.normal import normalise
from corpus.numbers import chinese_numbers, english_numbers
from corpus.parse.spans import sentence_spans
from corpus.records import LANGUAGES, Language
from corpus.words import segmenter

#: The share of a written sentence's content words that its sources must hold: all but a fifth in the same language; two
#: fifths may be missing in the other, where a dictionary carries them over.
WRITTEN_WITHIN, WRITTEN_ACROSS = 0.8, 0.6

_NEGATION: dict[Language, re.Pattern[str]] = {
    "zh": re.compile(r"未|不(?!同|断|仅|限|但|论|少|久|管|法|过)|没有|并非|无(?!论|疑|人机)|拒绝|否认"),
    "en": re.compile(r"\b(?:no|not|never|none|nor|neither|without|cannot|refused|denied)\b|n't\b", re.I),
}
# Letters and figures of Latin words, accents included; \w would join them to the ideographs beside them.
_CAPITAL, _SMALL, _LATIN = "A-ZÀ-ÖØ-Þ", "a-zß-öø-ɏ", "A-Za-z0-9À-ÖØ-öø-ɏ"
_LATIN_WORD = re.compile(f"[{_LATIN}]+")
_ACRONYM = re.compile("[A-Z][A-Z0-9]+")
_ROMAN = re.compile("[IVX]+")
_IDEOGRAPHS = re.compile(r"[\u3400-\u9fff]+")
# In Chinese every Latin word with a capital; in English an acronym, or a capital that opens no sentence.
_LATIN_NAME: dict[Language, re.Pattern[str]] = {
    "zh": re.compile(rf"(?<![{_LATIN}])[{_CAPITAL}][{_LATIN}]+"),
    "en": re.compile(
        rf"(?<![{_LATIN}]){_ACRONYM.pattern}(?![{_LATIN}])"
        rf"|(?:(?<=[{_SMALL},;] )|(?<=M[rs]\. )|(?<=Mrs\. )|(?<=[\u3400-\u9fff]))[{_CAPITAL}][{_LATIN}]+"
    ),
}


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

    Its numbers and dates, States and Latin names must all be in them, its content words but for a small share in those
    of one language (:data:`WRITTEN_WITHIN`, :data:`WRITTEN_ACROSS`), and it must deny something exactly where the
    sentence nearest to it in them does.
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
    return (
        _numbers(sentence, language) <= _in_all(_numbers, sources)
        and _states(sentence, language) <= _in_all(_states, sources)
        and names_stand(sentence, language, sources)
        and any(
            _coverage(sentence, language, sources, of) >= (WRITTEN_WITHIN if of == language else WRITTEN_ACROSS)
            for of in LANGUAGES
        )
        and _denies(sentence, language) == _denies(nearest.text, nearest.language)
    )


def coverage(sentence: str, language: Language, sources: Sequence[Source]) -> float:
    """The share of a sentence's content words that its sources hold, 0 to 1; 0 where it has none.

    A word counts by the surest way it stands in a source: as it is, by another name of the same term, or, in a source
    of the other language, as glossary and dictionary carry it over. Sources of one language count together. Where there
    are both, the share is that of the language that holds more: a term is several words in the one and one thing
    carried over to the other, so that the two cannot be added word by word.
    """
    return max(_coverage(sentence, language, sources, of) for of in LANGUAGES)


def _coverage(sentence: str, language: Language, sources: Sequence[Source], of: Language) -> float:
    """The share that the sources of one language hold together."""
    texts = [set(segmenter().words(source.text)) for source in sources if source.language == of]
    if not texts:
        return 0.0
    concepts = (own_concepts if of == language else carried_concepts)(sentence, language)
    return sum(max(held(concept, words) for words in texts) for concept in concepts) / max(len(concepts), 1)


def names_stand(sentence: str, language: Language, sources: Sequence[Source]) -> bool:
    """Whether each Latin name of a sentence stands in its sources, letter case aside.

    An acronym may also stand there as another name of its term (UNODC, 毒品和犯罪问题办公室). Months and weekdays are
    compared as numbers, States as States, terms as content words. What an English sentence names after a Chinese source
    may stand there in ideographs (Vienna, 维也纳): only acronyms are asked for.
    """
    plain = normalise(sentence)
    stands = {word.casefold() for source in sources for word in _LATIN_WORD.findall(normalise(source.text))}
    absent = [name for name in _LATIN_NAME[language].findall(plain) if name.casefold() not in stands]
    if not absent:
        return True
    terms = _terms_by_word(_IDEOGRAPHS.sub(" ", plain))
    meant = {found.term for source in sources for found in glossary().find(source.text, source.language)}
    carried = language == "en" and any(source.language == "zh" for source in sources)

    def excused(name: str) -> bool:
        named = terms.get(name.casefold(), set())
        if _ACRONYM.fullmatch(name):
            return not named.isdisjoint(meant) or (carried and _ROMAN.fullmatch(name) is not None)
        return carried or bool(named) or name in english_numbers(name)

    return all(map(excused, absent))


def _terms_by_word(text: str) -> dict[str, set[Term]]:
    """The terms and States that an English text names, by each word of their names there, in small letters."""
    terms: dict[str, set[Term]] = {}
    for found in glossary().find(text, "en"):
        if found.term.kind != "word":
            for word in _LATIN_WORD.findall(found.surface):
                terms.setdefault(word.casefold(), set()).add(found.term)
    return terms


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
