"""A question read: may it be asked, in which language, which words carry it, which names an answer must hold."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal

from assistant.concepts import Concept, carried_concepts, own_concepts
from assistant.expected import Expected, expected_kinds
from assistant.naming import named_groups, names_unknown_meeting, without_mentions
from assistant.numerals import (
    ENGLISH_ORDINAL,
    chinese_number,
    chinese_ordinal,
    english_ordinal,
    ordinal_value,
    roman_number,
    to_roman,
)
from assistant.references import Reference, find_references
from corpus.errors import QuestionError
from corpus.glossary import glossary
from corpus.normal import normalise
from corpus.records import Document, Language

LONGEST_QUESTION = 2000

NameKind = Literal["year", "state", "instrument", "session"]

_IDEOGRAPH = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_LATIN_WORD = re.compile(r"[A-Za-z]+")
_YEAR = re.compile(r"(?<![\d/.,])(?:19|20)\d\d(?![\d/]|[.,]\d)")
_NUMERAL = r"(?:\d+|[一二三四五六七八九十]{1,3})"
_INSTRUMENT = re.compile(
    rf"第\s*{_NUMERAL}\s*条|\barticles?\s+\d+|第\s*\d+/\d+\s*号|\b(?:resolution|decision)\s+\d+/\d+"
    r"|\bannex\s+(?:[IVX]+|\d+)\b|附件[一二三四五六七八九十]",
    re.I,
)
# A paragraph of an instrument that is cited: the library holds it only where a text quotes it by its number.
_PARAGRAPH_OF = re.compile(
    rf"号(?:决议|决定)[^,。?]{{0,6}}?第\s*({_NUMERAL})\s*段|\bpara(?:graph)?s?\.?\s*(\d+)\s+(?:of|in)\s+(?:\w+\s+){{0,4}}?(?:resolution|decision)"
    r"|\b(?:resolution|decision)\s+\d+/\d+,?\s+para(?:graph)?s?\.?\s*(\d+)",
    re.I,
)
_SESSION = re.compile(
    r"第\s*([一二三四五六七八九十]{1,3}|\d{1,2})\s*([次届])"
    rf"|\b({ENGLISH_ORDINAL})\s+(?:session|meeting|conference)\b",
    re.I,
)


@dataclass(frozen=True)
class Name:
    """Something a question names that an answer must hold: any of the forms, in the language of the text."""

    kind: NameKind
    surface: str
    zh: tuple[str, ...]
    en: tuple[str, ...]

    def forms(self, language: Language) -> tuple[str, ...]:
        """How it can stand in a text of one language."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True)
class Question:
    """A question as the later stages need it: ``text`` as it was asked, ``plain`` without what only looks different.

    ``concepts`` are what it speaks of, by the language of the text: its own content words, and in the other language
    what glossary and dictionary carry over; ``topic`` are those outside the names of documents and meetings, which say
    where to look and not what for. ``groups`` are the documents of each name;
    ``elsewhere`` says whether a meeting is named of which there is none.
    """

    text: str
    plain: str
    language: Language
    concepts: Mapping[Language, tuple[Concept, ...]]
    expected: tuple[Expected, ...]
    names: tuple[Name, ...]
    references: tuple[Reference, ...]
    groups: tuple[tuple[str, ...], ...]
    topic: Mapping[Language, tuple[Concept, ...]]
    elsewhere: bool

    @cached_property
    def documents(self) -> tuple[str, ...]:
        """The documents it names, in any way."""
        return tuple(dict.fromkeys(doc_id for group in self.groups for doc_id in group))

    def words(self, language: Language) -> tuple[str, ...]:
        """All words of its concepts for texts of one language, each once."""
        concepts = self.concepts[language]
        return tuple(dict.fromkeys(word for concept in concepts for form in concept for word in form.words))


def check_question(text: str) -> str:
    """The question without white space at its ends.

    Raises:
        QuestionError: it is empty, holds no letter or digit, or is longer than 2,000 characters.
    """
    remedy_zh = "请写出要查询的内容"
    if len(text) > LONGEST_QUESTION:
        raise QuestionError(
            f"the question has {len(text):,} characters", f"at most {LONGEST_QUESTION:,}", "ask it more shortly",
            zh=f"问题共有 {len(text):,} 个字符；上限为 {LONGEST_QUESTION:,} 个；请缩短后再问",
        )  # fmt: skip
    # A lone surrogate cannot be stored or shown; it is dropped like any other noise.
    stripped = text.encode("utf-8", "ignore").decode("utf-8").strip()
    if not stripped:
        raise QuestionError(
            "the question is empty", "a question in Chinese or English", "write what you want to know",
            zh=f"问题是空的；应为中文或英文的问题；{remedy_zh}",
        )  # fmt: skip
    if not any(unicodedata.category(character)[0] in "LN" for character in normalise(stripped)):
        raise QuestionError(
            "the question holds no words", "a question in Chinese or English", "write what you want to know",
            zh=f"问题中没有文字；应为中文或英文的问题；{remedy_zh}",
        )  # fmt: skip
    return stripped


def language_of(text: str) -> Language:
    """Chinese where at least a third as many ideographs stand as Latin words (names in Latin letters are common)."""
    ideographs, words = len(_IDEOGRAPH.findall(text)), len(_LATIN_WORD.findall(text))
    return "zh" if ideographs * 3 >= max(words, 1) and ideographs else "en"


def read_question(text: str, documents: tuple[Document, ...]) -> Question:
    """A question that passed :func:`check_question`, read."""
    plain = normalise(text)
    language = language_of(plain)
    concepts = _concepts(plain, language)
    topic = _concepts(without_mentions(plain, documents), language)
    return Question(
        text=text,
        plain=plain,
        language=language,
        concepts=concepts,
        topic=topic if any(topic.values()) else concepts,
        elsewhere=names_unknown_meeting(plain, documents),
        expected=expected_kinds(plain),
        names=_names(plain, language),
        references=find_references(plain, documents),
        groups=named_groups(plain, documents),
    )


# A question that names no document is its own topic, and one that follows another is read by itself too.
@lru_cache(maxsize=64)
def _concepts(plain: str, language: Language) -> Mapping[Language, tuple[Concept, ...]]:
    own, carried = own_concepts(plain, language), carried_concepts(plain, language)
    return {"zh": own, "en": carried} if language == "zh" else {"zh": carried, "en": own}


def _names(plain: str, language: Language) -> tuple[Name, ...]:
    names: list[Name] = []
    names += [_instrument(match[0]) for match in _INSTRUMENT.finditer(plain)]
    for match in _PARAGRAPH_OF.finditer(plain):
        number = chinese_number(next(group for group in match.groups() if group))
        names.append(Name("instrument", match[0], (f"第{number}段",), (f"paragraph {number}", f"para. {number}")))
    rest = _INSTRUMENT.sub(" ", plain)
    names += [_session(match) for match in _SESSION.finditer(rest)]
    for match in _YEAR.finditer(rest):
        names.append(Name("year", match[0], (match[0],), (match[0],)))
    for found in glossary().find(plain, language):
        if found.term.kind == "state":
            names.append(Name("state", found.surface, found.term.zh, found.term.en))
    unique = {(name.kind, name.zh): name for name in names}
    return tuple(unique.values())


def _instrument(surface: str) -> Name:
    """第8条, 第八条, article 8, resolution 10/2, annex II or 附件二, as a name in both languages."""
    if annex := re.search(r"annex\s+(\S+)|附件(\S)", surface, re.I):
        number = roman_number(annex[1]) if annex[1] else chinese_number(annex[2])
        return Name("instrument", surface, (f"附件{chinese_ordinal(number)}",), (f"annex {to_roman(number)}",))
    number_text = re.search(rf"\d+(?:/\d+)?|{_NUMERAL}", surface)
    found = number_text[0] if number_text else ""
    if "条" in surface or "article" in surface.lower():
        number = chinese_number(found)
        return Name("instrument", surface, (f"第{number}条",), (f"article {number}",))
    return Name("instrument", surface, (f"第{found}号",), (f"resolution {found}", f"decision {found}"))


def _session(match: re.Match[str]) -> Name:
    """第八次, eighth session or 8th session, as a name in both languages."""
    if match[1]:
        number, counters = chinese_number(match[1]), match[2]
    else:
        number = ordinal_value(match[3])
        counters = "次届"
    word = chinese_ordinal(number)
    english = english_ordinal(number)
    return Name(
        "session", match[0], tuple(f"第{word}{c}会议" for c in counters), (f"{english} session", f"{english} meeting")
    )
