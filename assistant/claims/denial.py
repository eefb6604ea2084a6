"""What a text denies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from assistant.asking import ASKING
from assistant.claims.asks import asks
from assistant.claims.content import weighed
from assistant.claims.denial_words import (
    ALREADY,
    ASKED_NOT,
    BESIDE,
    DIFFERS,
    EMPTY,
    GOES_ON,
    MARKS,
    NOT_ONLY,
    NOT_YET,
    ONLY,
    PREVENTS,
    RATHER,
    SAME,
    SENSE,
    TWICE,
    UNFINISHED,
    WITHIN,
)
from assistant.claims.matching import KEPT, Likely, Part, concepts_of, likely, words_of
from assistant.claims.records import Fault
from assistant.claims.texts import BEHIND, clauses
from corpus.records import Language
from corpus.words import segmenter

# What a part of the evidence must hold of a clause, as a share of what the best holds, to bear on what it denies.
_NEAR: Final = 0.5
# By how much the best part must hold more of it than one that denies something before the other does not count.
_CLEARLY: Final = 0.15
# How many words behind it a denial denies first of all.
_REACH: Final = 3


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
    said = TWICE[language].sub(lambda match: " " * len(match[0]), text)
    for match in MARKS[language].finditer(said):
        behind = clauses(said[match.end() : match.end() + BEHIND], language)
        heads = _content(behind[0], language)[:_REACH] if behind else ()
        second = BESIDE[language].match(behind[0]) if behind else None
        beside = frozenset(_content(second["second"], language)[:1] if second else ()) & frozenset(heads)
        able = match[0].lower() == "unable"
        if able:
            heads, beside = ("abl", *heads[: _REACH - 1]), frozenset(heads[:1])
        found.append(Denied(match[0], heads, beside))
    return tuple(found)


def negation_faults(sentence: str, language: Language, evidence: Sequence[Part]) -> tuple[Fault, ...]:
    """What a sentence denies that its evidence does not, or affirms that it denies."""
    found: list[Fault] = []
    prevents = PREVENTS[language].search(TWICE[language].sub(" ", sentence)) is not None
    for clause in clauses(sentence, language):
        every = likely(clause, language, evidence)
        near = [each for each in every if each.share >= _NEAR * every[0].share]
        if near:
            ours = denials(clause, language)
            if ours or not prevents:
                found += _denied(clause, sentence, language, near) if ours else _affirms(clause, language, near)
            found += _not_only(clause, language, near[0].part)
    if not found and ASKED_NOT[language].search(sentence):
        texts = {(part.sentence, part.language) for part in evidence}
        if not any(ASKED_NOT[of].search(text) for text, of in texts):
            return (Fault("negation", sentence, ""),)
    return tuple(found)


def _not_only(clause: str, language: Language, best: Part) -> list[Fault]:
    """That not only the one is so, where the evidence says that only it is."""
    is_only = ONLY[best.language].search(best.text) and not NOT_ONLY[best.language].search(best.text)
    return [Fault("negation", clause, best.text)] if is_only and NOT_ONLY[language].search(clause) else []


def _denied(clause: str, sentence: str, language: Language, near: Sequence[Likely]) -> list[Fault]:
    """What is wrong with a clause that denies something."""
    ours, best = denials(clause, language), near[0]
    if any(DIFFERS[each.part.language].search(each.part.text) for each in near):
        return []
    if UNFINISHED[language].search(clause) and any(GOES_ON[each.part.language].search(each.part.text) for each in near):
        return []
    if RATHER[language].search(sentence) and not any(each.heads and each.heads[0] in best.part.words for each in ours):
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
    if SAME[language].search(clause) and any(DIFFERS[each.part.language].search(each.part.text) for each in near):
        return [Fault("negation", clause, near[0].part.text)]
    best = near[0].part
    if (
        ALREADY[language].search(clause)
        and denials(best.text, best.language)
        and not ALREADY[best.language].search(best.text)
    ):
        return [Fault("negation", clause, best.text)]
    if best.language != language and WITHIN["en"].search(clause):
        # "Unusable" denies in a word.
        return []
    asks_for_it = bool(asks(clause, language)) and not ALREADY[language].search(clause)
    for each in near:
        # Who has not done it yet is asked to do it.
        if asks_for_it and NOT_YET[each.part.language].search(each.part.text):
            continue
        for denied in denials(each.part.text, each.part.language):
            met = [head for head in denied.heads if _stands(head, clause, language, each.part.language)]
            if met and (met[0] == denied.heads[0] or met[0] in denied.beside or len(met) > 1):
                return [Fault("negation", " ".join(met), f"{denied.mark} {' '.join(denied.heads)}")]
    return []


def _bears_out(clause: str, ours: Sequence[Denied], language: Language, part: Part) -> bool:
    """Whether a part bears out a denial without denying, and does not say just what is denied."""
    found = SENSE[part.language].search(part.text)
    if not found or len(ours) > 1 or SENSE[language].search(clause):
        return False
    behind = words_of(part.text[found.end() :])
    return not any(each.heads and each.heads[0] in behind for each in ours)


def _within(part: Part, language: Language) -> bool:
    """Whether a part may deny in a word; what Chinese characters of denial make is known only across languages."""
    return (part.language == "en" or part.language != language) and bool(WITHIN[part.language].search(part.text))


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
        if word.strip() and word not in EMPTY and word[0].isalnum() and not _function(word, language)
    )


def _function(word: str, language: Language) -> bool:
    return word in ASKING or (language == "en" and len(word) < 3)
