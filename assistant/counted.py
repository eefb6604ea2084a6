"""How many of what: the thing a question asks the number of, and whether a text has a number beside it.

"How many requests did Brazil send?" is not answered by a paragraph on Brazil that counts seizures.
"""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.asking import ASKING
from assistant.concepts import Form, carried_concepts, own_concepts
from corpus.numbers import chinese_numbers, english_numbers
from corpus.records import Language
from corpus.words import segmenter

_FLAGS = re.IGNORECASE
# What ends the name of the counted thing: a verb, a preposition, a relative.
_ENDS = (
    r"did|does|do|is|are|was|were|has|have|had|will|would|shall|should|must|may|might|can|could"
    r"|of|in|on|at|by|from|to|for|with|that|who|which|when|where|per|took|take|takes|attended|made|came|come|there|under|between|during|since|after|before|and"
    r"|got|get|went|signed|joined|supported|spoke|said|received|sent|submitted|provided|supplied|voted|altogether|exactly"
)
_HOW_MANY = re.compile(
    rf"\b(?:how many|numbers? of)\s+(?:of\s+)?(?:(?:the|those|these|its|their)\s+)?"
    rf"((?:(?!(?:{_ENDS})\b)[\w'’-]+\s*)*)",
    _FLAGS,
)
# "Of the ninety trained, how many were women?": the thing stands behind the verb.
_WERE = re.compile(r"\bhow many (?:of (?:them|these|those) )?(?:are|were|is|was) (?:the )?([\w'’-]+)", _FLAGS)
_CLASSIFIERS = "个名支件次场国项类种份票家条天位部人张起宗笔届批台把枚发辆"
_DUO_SHAO = re.compile(
    r"(?:多少|(?<!哪)几)(?:个|名|支|件|次|场|项|大类|类|种|份|家|条|位|部|张|起|宗|笔|批|台|把|枚|发|辆)?([^,。?;、]*)"
)
# Persons are counted under too many names for one of them to be looked for.
_ANYONE = frozenset("人 人员 人数 people person persons individual individuals thing things time times".split())
_BESIDE = 6
_BESIDE_IN_CHINESE = 7
_FIGURE_IN_CHINESE = re.compile(
    r"\d[\d,.]*\s*(?:多|余)?\s*[万亿]?|[一二两三四五六七八九十百千万]+(?:多|余)?|数[十百千]"
)


def counted(question: str, language: Language) -> tuple[str, ...]:
    """The words of the thing that a question asks the number of, the last the head of its name in English.

    Empty where no number is asked for, or of nothing that can be looked for.
    """
    if language == "en":
        match = _WERE.search(question) or _HOW_MANY.search(question)
        words = re.findall(r"[\w'’-]+", match[1]) if match else []
        return tuple(w for w in words[-2:] if w.lower() not in ASKING and w.lower() not in _ANYONE)
    match = _DUO_SHAO.search(question)
    if not match:
        return ()
    words = [w for w in segmenter().words(match[1]) if w not in ASKING]
    return tuple(w for w in words[:2] if w not in _ANYONE)


def has_number_beside(thing: str, text: str, question: str, language: Language, of: Language) -> bool:
    """Whether a text has a number, which the question does not give, beside what ``thing`` may be called in it.

    Args:
        thing: a word of the question.
        text: where to look.
        question: what is asked; its own numbers do not count.
        language: that of the text.
        of: that of the question.
    """
    forms = _forms(thing, language, of)
    if not forms:
        return True
    given = {*chinese_numbers(question), *english_numbers(question)}
    words = {word for form in forms for word in form.words}
    return any(words & beside and number not in given for number, beside in _numbered(text, language))


@lru_cache(maxsize=1024)
def _forms(thing: str, language: Language, of: Language) -> tuple[Form, ...]:
    concepts = own_concepts(thing, of) if language == of else carried_concepts(thing, of)
    return tuple(form for concept in concepts for form in concept)


@lru_cache(maxsize=2048)
def _numbered(text: str, language: Language) -> tuple[tuple[str, frozenset[str]], ...]:
    """Each number of a text with the words that follow it closely; in Chinese also those just before it."""
    found = []
    if language == "en":
        words = re.findall(r"[\w'’.,/-]*\w", text)
        for at, word in enumerate(words):
            for number in english_numbers(word):
                behind = " ".join(words[at + 1 : at + 1 + _BESIDE])
                found.append((number, frozenset(segmenter().words(behind))))
        return tuple(found)
    for match in _FIGURE_IN_CHINESE.finditer(text):
        for number in chinese_numbers(match[0]):
            behind = re.split("[，。；]", text[match.end() : match.end() + _BESIDE_IN_CHINESE])[0]
            before = re.split("[，。；]", text[max(0, match.start() - 5) : match.start()])[-1]
            # Without its classifier, with which a noun may be cut as one word: 支枪.
            bare = behind.lstrip().lstrip(_CLASSIFIERS)
            found.append((number, frozenset(segmenter().words(f"{behind} {bare} {before}"))))
    return tuple(found)
