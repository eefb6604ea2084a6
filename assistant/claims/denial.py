"""What a text denies."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from assistant.asking import ASKING
from assistant.claims.content import weighed
from assistant.claims.matching import KEPT, Likely, Part, concepts_of, likely
from assistant.claims.records import Fault
from assistant.claims.texts import BEHIND, clauses
from corpus.records import Language
from corpus.words import segmenter

# "not only" denies nothing, nor does "no later than"; to be without is to have not.
_MARKS: Final[dict[Language, re.Pattern[str]]] = {
    "en": re.compile(
        r"\b(?:no longer|not|no(?! later| less| more| fewer)|never|none|nor|neither|without|cannot|unable|hardly"
        r"|fail(?:s|ed|ing|ure)?|lack(?:s|ed|ing)?|refus(?:e|es|ed|al)|declin(?:e|es|ed|ing)|reject(?:s|ed)?"
        r"|decid\w+ against|absence of|discourag(?:e|es|ed|ing)|outside|yet to|non-part(?:y|ies)|rather than|instead of"
        r"|ignor(?:e|es|ed|ing)"
        r"|neglect(?:s|ed|ing)?)\b(?! only| limited)|n't\b",
        re.I,
    ),
    "zh": re.compile(
        r"没有|并非|尚未|未能|并未|不再|无法|无需|无须|未"
        r"|不(?!同|断|仅|限|但|论|少|久|管|法|过|良|妨(?!碍)|可或缺|可逆|止|只|单|光|利)"
        r"|无(?!论|疑|人机|形)|拒绝|否认|缺乏|缺少|忽视|忽略|非(?=缔约|签署|会员)"
    ),
}
# Words that deny within, which are enough to bear out a denial.
_WITHIN: Final[dict[Language, re.Pattern[str]]] = {
    "en": re.compile(r"\b(?:in|im|un|ir|non-?)[a-z]{3,}(?:able|ible|ably|ibly)\b"),
    "zh": re.compile(r"非|未|无|不|缺|难|拒|免"),
}
_DIFFERS: Final[dict[Language, re.Pattern[str]]] = {
    "en": re.compile(r"\bdiffer(?:s|ed)? from\b|\bdifferent from\b|\bdistinct from\b|\bdistinguish", re.I),
    "zh": re.compile(r"不同于|有别于|区别于"),
}
# What has not been done yet goes on.
_UNFINISHED: Final[dict[Language, re.Pattern[str]]] = {
    "en": re.compile(r"\bnot\b.*\b(?:yet|complet|final)|\byet to\b", re.I),
    "zh": re.compile(r"尚未|还未|还没有"),
}
_GOES_ON: Final[dict[Language, re.Pattern[str]]] = {
    "en": re.compile(r"\bunder ?way\b|\bongoing\b|\bin progress\b|\bcurrently\b", re.I),
    "zh": re.compile(r"正在|进行当中|目前"),
}
_SAME: Final[dict[Language, re.Pattern[str]]] = {
    "en": re.compile(r"\bthe same as\b|\bequivalent to\b|\bequals?\b|\bidentical\b", re.I),
    "zh": re.compile(r"相同|等同|等于|一样|一回事|就是"),
}
# What a part of the evidence must hold of a clause, as a share of what the best holds, to bear on what it denies.
_NEAR: Final = 0.5
# By how much the best part must hold more of it than one that denies something before the other does not count.
_CLEARLY: Final = 0.15
# How many words behind it a denial denies first of all.
_REACH: Final = 3
# Words that deny or affirm together with others and say nothing of what.
_EMPTY: Final = frozenset(
    "yet also been have has had be is are was were do did doe so full fulli such ani other line final finali whether"
    " some 进行 予以 加以 得到 已 已经 任何 其他 有 能 能够 会 将 所 了 的 在 对 为 是 使 以 于 和 及 或 而"
    " 并 到 该 其 应 仍 还 也 就 由 从".split()
)


@dataclass(frozen=True)
class Denied:
    """Words that deny, and the words behind them that they deny first of all."""

    mark: str
    heads: tuple[str, ...]


@lru_cache(4 * KEPT)
def denials(text: str, language: Language) -> tuple[Denied, ...]:
    """What a clause denies, in order."""
    found = []
    for match in _MARKS[language].finditer(text):
        behind = clauses(text[match.end() : match.end() + BEHIND], language)
        heads = _content(behind[0], language)[:_REACH] if behind else ()
        found.append(Denied(match[0], ("abl", *heads[: _REACH - 1]) if match[0].lower() == "unable" else heads))
    return tuple(found)


def negation_faults(sentence: str, language: Language, evidence: Sequence[Part]) -> tuple[Fault, ...]:
    """What a sentence denies that its evidence does not, or affirms that it denies."""
    found: list[Fault] = []
    for clause in clauses(sentence, language):
        every = likely(clause, language, evidence)
        near = [each for each in every if each.share >= _NEAR * every[0].share]
        if near:
            ours = denials(clause, language)
            found += (_denied if ours else _affirms)(clause, language, near)
    return tuple(found)


def _denied(clause: str, language: Language, near: Sequence[Likely]) -> list[Fault]:
    """What is wrong with a clause that denies something."""
    ours, best = denials(clause, language), near[0]
    if any(_DIFFERS[each.part.language].search(each.part.text) for each in near):
        return []
    if _UNFINISHED[language].search(clause) and any(
        _GOES_ON[each.part.language].search(each.part.text) for each in near
    ):
        return []
    denying = [each for each in near if denials(each.part.text, each.part.language)]
    if not denying and not any(_within(each.part, language) for each in near):
        return [Fault("negation", ours[0].mark, best.part.text)]
    if best.part.language != language or (denying and denying[0].share > best.share - _CLEARLY):
        return []
    # Something is denied beside it, but what the clause denies is affirmed.
    met = [head for each in ours for head in each.heads if head in best.part.words]
    return [Fault("negation", f"{ours[0].mark} {met[0]}", best.part.text)] if len(set(met)) > 1 else []


def _affirms(clause: str, language: Language, near: Sequence[Likely]) -> list[Fault]:
    """What is wrong with a clause that denies nothing."""
    if _SAME[language].search(clause) and any(_DIFFERS[each.part.language].search(each.part.text) for each in near):
        return [Fault("negation", clause, near[0].part.text)]
    for each in near:
        for denied in denials(each.part.text, each.part.language):
            met = [head for head in denied.heads if _stands(head, clause, language, each.part.language)]
            if met and (met[0] == denied.heads[0] or len(met) > 1):
                return [Fault("negation", " ".join(met), f"{denied.mark} {' '.join(denied.heads)}")]
    return []


def _within(part: Part, language: Language) -> bool:
    """Whether a part may deny in a word; what Chinese characters of denial make is known only across languages."""
    return (part.language == "en" or part.language != language) and bool(_WITHIN[part.language].search(part.text))


def _stands(head: str, text: str, language: Language, of: Language) -> bool:
    if of != language:
        return any(head in form.words for concept in concepts_of(text, language, of) for form in concept)
    # Chinese words are cut otherwise beside other words: 已达成, 达成.
    if language == "zh":
        return head in text or (len(head) > 2 and (head[1:] in text or head[:-1] in text))
    return any(form.words == (head,) for word in weighed(text, language) for form in word.own) or head in _content(
        text, language
    )


def _content(text: str, language: Language) -> tuple[str, ...]:
    words = segmenter().cut(text) if language == "zh" else segmenter().words(text)
    return tuple(
        word
        for word in words
        if word.strip() and word not in _EMPTY and word[0].isalnum() and not _function(word, language)
    )


def _function(word: str, language: Language) -> bool:
    return word in ASKING or (language == "en" and len(word) < 3)
