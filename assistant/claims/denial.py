"""What a text denies."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from assistant.asking import ASKING
from assistant.claims.asks import asks
from assistant.claims.content import weighed
from assistant.claims.matching import KEPT, Likely, Part, concepts_of, likely, words_of
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
        r"|neglect(?:s|ed|ing)?|refrain(?:s|ed|ing)? from|(?:leav(?:e|es|ing)|left) out|prevent\w*(?= [^,;.]{3,50} from \w+ing)"
        r"|barely|scarcely|rarely|seldom|impossible|silent (?:about|on))\b(?! only| limited)|n't\b",
        re.I,
    ),
    "zh": re.compile(
        r"没有|并非(?!只|仅)|尚未|未能|并未|不再|无法|无需|无须|未"
        r"|不(?!同|断|仅|限|但|论|少|久|管|法|过|良|妨(?!碍)|可或缺|可逆|止|只|单|光|利)"
        r"|无(?!论|疑|人机|形)|拒绝|否认|缺乏|缺少|忽视|忽略|非(?=缔约|签署|会员)"
    ),
}
# What is denied twice is said: "does not fail to mention", 并非没有提及.
_TWICE: Final[dict[Language, re.Pattern[str]]] = {
    "en": re.compile(
        r"(?:\b(?:not|never|no|nor|cannot)|n't)\s(?:\w+\s){0,2}?(?:fail(?:s|ed|ing)?(?: to)?|without|lack(?:s|ed|ing)?|omit(?:s|ted)?"
        r"|ignor(?:e|es|ed)|neglect(?:s|ed)?|silent (?:about|on)|(?:leave|left) out|exclude[ds]?|prevent\w*|un(?:able|aware|willing))\b"
        r"|\bno \w+ should (?:be left |go |remain )?(?:without|un)",
        re.I,
    ),
    "zh": re.compile(
        r"(?:并非|不是|并不是|不会|不应|不能|不得|不可|没有)(?:让任何)?[\u3400-\u9fff]{0,4}?(?:没有|未能|尚未|未|无法|缺乏|缺少|忽视|忽略|不)"
        r"|不无|无不|不得不"
    ),
}
# What is otherwise, apart or alone is not so, not together or not with others: it bears out a denial.
_SENSE: Final[dict[Language, re.Pattern[str]]] = {
    "en": re.compile(
        r"\bisolat\w+|\bseparate\w*|\bother than\b|\bexcept\b|\bunless\b|\bsubject to\b|\bonly\b|\bsolely\b|\bdifficult\b", re.I
    ),
    "zh": re.compile(r"孤立|分开|单独|以外|除.{1,12}外|非(?=销毁)|只是|只有|仅|很难|难以|不足"),
}
_NOT_ONLY: Final[dict[Language, re.Pattern[str]]] = {
    "en": re.compile(r"\bnot only\b|\bboth \w+ and\b", re.I),
    "zh": re.compile(r"不仅|不只|不但|不单"),
}
_ONLY: Final[dict[Language, re.Pattern[str]]] = {
    "en": re.compile(r"\bonly\b|\bsolely\b|\bmerely\b", re.I),
    "zh": re.compile(r"只是|只有|只能|仅(?!仅?限)"),
}
# What is said to be so by now.
_ALREADY: Final[dict[Language, re.Pattern[str]]] = {
    "en": re.compile(r"\balready\b", re.I),
    "zh": re.compile(r"已经|(?<!而)已(?=[^知])"),
}
# That something is not so yet, beside that it is not.
_NOT_YET: Final[dict[Language, re.Pattern[str]]] = {
    "en": re.compile(r"\bnot yet\b|\bnot\b[^,;.]{0,24}\byet\b|\byet to\b|\b(?:has|have|had) not\b|\bstill outside\b", re.I),
    "zh": re.compile(r"尚未|还未|还没有|仍未|未(?=[\u3400-\u9fff]{1,12}的)"),
}
# That it is asked that something not be done.
_ASKED_NOT: Final[dict[Language, re.Pattern[str]]] = {
    "en": re.compile(
        r"\b(?:urg|encourag|ask|request|invit|call|recommend|advis)\w*\b[^,;.]{0,60}?\b(?:not to|to refrain|against)\b", re.I
    ),
    "zh": re.compile(r"(?:敦促|促请|鼓励|呼吁|吁请|邀请|要求|请)[^，。；]{0,20}?(?:不(?![断仅限同])|勿|避免)"),
}
_RATHER: Final[dict[Language, re.Pattern[str]]] = {
    "en": re.compile(r"\bnot\b[^.;]{1,60}\bbut (?:rather|instead|as|in)\b", re.I),
    "zh": re.compile(r"(?:并非|不是|并不是|非)[^。；]{1,24}而是"),
}
# Who is prevented is unable.
_PREVENTS: Final[dict[Language, re.Pattern[str]]] = {
    "en": re.compile(r"\bprevent(?:s|ed|ing)?\b[^,;.]{3,50}\b(?:from|participat)", re.I),
    "zh": re.compile(r"致使|使得?.{0,12}(?:不|未|无)"),
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
    " some 进行 达成 形成 取得 作出 予以 加以 得到 已 已经 任何 其他 有 能 能够 会 将 所 了 的 在 对 为 是 使 以 于 和 及 或 而"
    " 并 到 该 其 应 仍 还 也 就 由 从".split()
)


# What stands beside the first of what is denied is denied as well.
_BESIDE: Final[dict[Language, re.Pattern[str]]] = {
    "en": re.compile(r"^\W*[\w-]+(?: [\w-]+)? (?:or|nor|and) (?P<second>[\w-]+)"),
    "zh": re.compile(r"^[\u3400-\u9fff]{2,6}(?:或|和|、|及)(?P<second>[\u3400-\u9fff]{2,4})"),
}


@dataclass(frozen=True)
class Denied:
    """Words that deny, and the words behind them that they deny first of all; ``beside`` is denied with the first."""

    mark: str
    heads: tuple[str, ...]
    beside: frozenset[str] = frozenset()


@lru_cache(4 * KEPT)
def denials(text: str, language: Language) -> tuple[Denied, ...]:
    """What a clause denies, in order."""
    found = []
    said = _TWICE[language].sub(lambda match: " " * len(match[0]), text)
    for match in _MARKS[language].finditer(said):
        behind = clauses(said[match.end() : match.end() + BEHIND], language)
        heads = _content(behind[0], language)[:_REACH] if behind else ()
        second = _BESIDE[language].match(behind[0]) if behind else None
        beside = frozenset(_content(second["second"], language)[:1] if second else ()) & frozenset(heads)
        able = match[0].lower() == "unable"
        if able:
            heads, beside = ("abl", *heads[: _REACH - 1]), frozenset(heads[:1])
        found.append(Denied(match[0], heads, beside))
    return tuple(found)


def negation_faults(sentence: str, language: Language, evidence: Sequence[Part]) -> tuple[Fault, ...]:
    """What a sentence denies that its evidence does not, or affirms that it denies."""
    found: list[Fault] = []
    prevents = _PREVENTS[language].search(_TWICE[language].sub(" ", sentence)) is not None
    for clause in clauses(sentence, language):
        every = likely(clause, language, evidence)
        near = [each for each in every if each.share >= _NEAR * every[0].share]
        if near:
            ours = denials(clause, language)
            if ours or not prevents:
                found += _denied(clause, sentence, language, near) if ours else _affirms(clause, language, near)
            found += _not_only(clause, language, near[0].part)
    if not found and _ASKED_NOT[language].search(sentence):
        texts = {(part.sentence, part.language) for part in evidence}
        if not any(_ASKED_NOT[of].search(text) for text, of in texts):
            return (Fault("negation", sentence, ""),)
    return tuple(found)


def _not_only(clause: str, language: Language, best: Part) -> list[Fault]:
    """That not only the one is so, where the evidence says that only it is."""
    if _NOT_ONLY[language].search(clause) and _ONLY[best.language].search(best.text):
        if not _NOT_ONLY[best.language].search(best.text):
            return [Fault("negation", clause, best.text)]
    return []


def _denied(clause: str, sentence: str, language: Language, near: Sequence[Likely]) -> list[Fault]:
    """What is wrong with a clause that denies something."""
    ours, best = denials(clause, language), near[0]
    if any(_DIFFERS[each.part.language].search(each.part.text) for each in near):
        return []
    if _UNFINISHED[language].search(clause) and any(
        _GOES_ON[each.part.language].search(each.part.text) for each in near
    ):
        return []
    if _RATHER[language].search(sentence) and not any(each.heads and each.heads[0] in best.part.words for each in ours):
        # Not the one but the other: that the other is so bears it out.
        return []
    denying = [each for each in near if denials(each.part.text, each.part.language)]
    if not denying and any(_bears_out(clause, ours, language, each.part) for each in near):
        return []
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
    best = near[0].part
    if _ALREADY[language].search(clause) and denials(best.text, best.language) and not _ALREADY[best.language].search(best.text):
        return [Fault("negation", clause, best.text)]
    if best.language != language and _WITHIN["en"].search(clause):
        # "Unusable" denies in a word.
        return []
    asks_for_it = bool(asks(clause, language)) and not _ALREADY[language].search(clause)
    for each in near:
        # Who has not done it yet is asked to do it.
        if asks_for_it and _NOT_YET[each.part.language].search(each.part.text):
            continue
        for denied in denials(each.part.text, each.part.language):
            met = [head for head in denied.heads if _stands(head, clause, language, each.part.language)]
            if met and (met[0] == denied.heads[0] or met[0] in denied.beside or len(met) > 1):
                return [Fault("negation", " ".join(met), f"{denied.mark} {' '.join(denied.heads)}")]
    return []


def _bears_out(clause: str, ours: Sequence[Denied], language: Language, part: Part) -> bool:
    """Whether a part bears out a denial without denying, and does not say just what is denied."""
    found = _SENSE[part.language].search(part.text)
    if not found or len(ours) > 1 or _SENSE[language].search(clause):
        return False
    behind = words_of(part.text[found.end() :])
    return not any(each.heads and each.heads[0] in behind for each in ours)


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
