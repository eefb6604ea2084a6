"""A question read: may it be asked, in which language, which words carry it, which names an answer must hold."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from corpus.errors import QuestionError
from corpus.glossary import glossary
from corpus.records import Document, Language
from corpus.words import normalise, segmenter

from assistant.references import Reference, chinese_number, find_references, named_documents

LONGEST_QUESTION = 2000

NameKind = Literal["year", "state", "instrument", "session"]

_IDEOGRAPH = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_LATIN_WORD = re.compile(r"[A-Za-z]+")
_YEAR = re.compile(r"(?<![\d/.,])(?:19|20)\d\d(?![\d/]|[.,]\d)")
_NUMBER = re.compile(r"(?<![\d/.,A-Za-z-])\d+(?:,\d{3})*(?:\.\d+)?(?![\d/]|[.,]\d|[A-Za-z])")
_INSTRUMENT = re.compile(r"第\s*\d+\s*条|\barticles?\s+\d+|第\s*\d+/\d+\s*号|\b(?:resolution|decision)\s+\d+/\d+", re.I)
_MONTHS = {
    name: number
    for number, names in enumerate(
        "january jan|february feb|march|april apr|may|june jun|july jul|august aug|september sep sept|october oct"
        "|november nov|december dec".split("|"),
        1,
    )
    for name in names.split()
}
_MONTH = re.compile(rf"\b({'|'.join(_MONTHS)})\b\.?(?=\s*\d|\s+of\b|[\s,?.]|$)", re.I)
_ENGLISH_ORDINAL = re.compile(
    r"\b(first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth)\b", re.I
)
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
_CHINESE_ORDINALS = "一二三四五六七八九十"
_SESSION = re.compile(
    r"第\s*([一二三四五六七八九十]{1,3}|\d{1,2})\s*([次届])"
    rf"|\b({'|'.join(_ORDINALS)}|\d{{1,2}}(?:st|nd|rd|th))\s+(?:session|meeting|conference)\b",
    re.I,
)
# Words of questions that say nothing of what is asked about.
_ASKING = frozenset(
    "什么 哪 哪些 哪个 哪里 谁 几 多少 何时 何地 怎么 怎样 如何 为什么 吗 呢 的 了 在 是 有 和 与 及 对 就 于 由 被 把 从 到 中 上 下 里 内 个 这 那"
    " 请问 说 提到 关于 方面 哪段 一段 哪一段 是否 有没有 以及 其 为 多 年 月 日 支 次 第 段 要求 内容 规定 根据 具体 情况 进行 将 会 都 也"
    " what which who whom whose when where why how many much do doe did is are was were be been the a an of in on at to for"
    " by with from about and or it it that this there ani ha have had say said mention under as into their they than then"
    " tell me can could would should will shall you we i us our pleas give whether per mani".split()
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
    """A question as the later stages need it.

    ``words`` are its content words a language: its own, and in the other those that the glossary carries over.
    """

    text: str
    language: Language
    words: dict[Language, tuple[str, ...]]
    names: tuple[Name, ...]
    references: tuple[Reference, ...]
    documents: tuple[str, ...]


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
    language = language_of(text)
    other: Language = "en" if language == "zh" else "zh"
    own_words = tuple(word for word in segmenter().words(text) if word not in _ASKING)
    carried = [form for found in glossary().find(text, language) for form in found.term.forms(other)]
    carried += _dates(text) if language == "en" else []
    numbers = [number.replace(",", "") for number in _NUMBER.findall(normalise(text))]
    other_words = tuple(word for form in [*carried, *numbers] for word in segmenter().words(form) if word not in _ASKING)
    return Question(
        text=text,
        language=language,
        words={language: tuple(dict.fromkeys(own_words)), other: tuple(dict.fromkeys(other_words))},  # type: ignore[dict-item]
        names=_names(text, language),
        references=find_references(text, documents),
        documents=named_documents(text, documents),
    )


def _dates(text: str) -> list[str]:
    months = [f"{_MONTHS[match[1].lower()]}月" for match in _MONTH.finditer(text)]
    ordinals = [_ORDINALS.index(match[1].lower()) + 1 for match in _ENGLISH_ORDINAL.finditer(text)]
    return months + [f"第{chinese_ordinal(number)}" for number in ordinals]


def _names(text: str, language: Language) -> tuple[Name, ...]:
    plain = normalise(text)
    names: list[Name] = []
    for match in _INSTRUMENT.finditer(plain):
        number = re.findall(r"\d+(?:/\d+)?", match[0])
        article = "条" in match[0] or "article" in match[0].lower()
        zh = (f"第{number[0]}条",) if article else (f"第{number[0]}号",)
        en = (f"article {number[0]}",) if article else (f"resolution {number[0]}", f"decision {number[0]}")
        names.append(Name("instrument", match[0], zh, en))
    rest = _INSTRUMENT.sub(" ", plain)
    names += [_session(match) for match in _SESSION.finditer(rest)]
    for match in _YEAR.finditer(rest):
        names.append(Name("year", match[0], (match[0],), (match[0],)))
    for found in glossary().find(plain, language):
        if found.term.kind == "state":
            names.append(Name("state", found.surface, found.term.zh, found.term.en))
    unique = {(name.kind, name.zh): name for name in names}
    return tuple(unique.values())


def _session(match: re.Match[str]) -> Name:
    """第八次, eighth session or 8th session, as a name in both languages."""
    if match[1]:
        number, counters = chinese_number(match[1]), match[2]
    else:
        number = _ORDINALS.index(match[3].lower()) + 1 if match[3].isalpha() else int(match[3][:-2])
        counters = "次届"
    word = chinese_ordinal(number)
    english = _ORDINALS[number - 1] if number <= len(_ORDINALS) else f"{number}th"
    return Name("session", match[0], tuple(f"第{word}{c}会议" for c in counters), (f"{english} session", f"{english} meeting"))


def chinese_ordinal(number: int) -> str:
    """八 for 8, 十一 for 11, 二十 for 20; below a hundred."""
    tens, ones = divmod(number, 10)
    ten = "" if not tens else ("十" if tens == 1 else f"{_CHINESE_ORDINALS[tens - 1]}十")
    return ten + (_CHINESE_ORDINALS[ones - 1] if ones else "")
