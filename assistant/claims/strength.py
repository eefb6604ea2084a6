"""Whether what a sentence asks is asked as strongly, and of the same, in its evidence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from assistant.alignment.duties import actors_named
from assistant.claims.ask_words import Strength
from assistant.claims.asks import Ask, asks, family
from assistant.claims.matching import share, words_of
from assistant.claims.records import Fault
from corpus.records import Language

#: Words that ask for the same where only they tell it: what needs to be done should be done.
_ALIKE: Final = (
    frozenset({"wish", "may"}),
    frozenset({"should", "need"}),
    frozenset({"will", "decide"}),
    frozenset({"is to", "request"}),
    frozenset({"is to", "should"}),
    frozenset({"is to", "will"}),
    frozenset({"is to", "decide"}),
    frozenset({"is to", "need"}),
)
_ALIKE_ACROSS: Final = (
    *_ALIKE,
    frozenset({"request", "invite"}),
    frozenset({"must", "need"}),
    frozenset({"must", "require"}),
)
_DUTIES: Final[frozenset[Strength]] = frozenset(
    {"must", "require", "urge", "should", "call upon", "request", "recommend", "encourage", "invite"}
)
_SUGGESTING: Final[frozenset[Strength]] = frozenset({"wish", "may", "recommend", "invite"})
# Where whoever the sentence names may have it done by others: "customs should cooperate".
_LOOSE: Final[frozenset[Strength]] = frozenset({"should", "need", "may", "will", "is to", "recommend", "decide"})
# Bodies that are asked by their own names.
_BODIES: Final = frozenset({"conference", "assembly", "working group", "UNODC", "INTERPOL", "secretary-general"})
# The share of what is asked that must be asked somewhere before the two can be the same, and of what may or will be.
_RELEVANT, _SURELY_RELEVANT = 0.25, 0.4
# What speaks for something asked of the same as something else.
_SAME_ACTOR: Final = 0.2
_POSSIBLE: Final[dict[Language, re.Pattern[str]]] = {
    "en": re.compile(r"\b(?:possible|able|can|could|permit\w*|allow\w*|enabl\w*|only)\b", re.I),
    "zh": re.compile(r"可(?!持续|靠|能|追|识)|能够|允许|只是"),
}
_PERMITS: Final = re.compile(r"\s*(?:permit|allow|enable|be able|make it possible)|允许|使|能|可", re.I)
# Words of a part that says what is asked.
_SAYING: Final = 3
# What is asked within this share of what fits best may be meant as well; of parts of it, within this.
_AS_WELL, _PART_AS_WELL = 0.15, 0.1


def ask_faults(sentence: str, language: Language, evidence: Sequence[tuple[str, Language]]) -> tuple[Fault, ...]:
    """What a sentence asks more or less strongly, or of others, than its evidence does.

    Args:
        sentence: made ready.
        language: of the sentence.
        evidence: texts with their languages.
    """
    theirs = [(ask, of) for text, of in evidence for ask in asks(text, of)]
    found: list[Fault] = []
    for ask in asks(sentence, language):
        scores = [share(_first(ask), language, words_of(their.what), of) for their, of in theirs]
        if max(scores, default=0.0) < _RELEVANT:
            # "Should consider doing so": what is asked stands elsewhere in the sentence.
            scores = [0.6 * share(ask.context, language, words_of(their.context), of) for their, of in theirs]
        scores = [
            score + (_SAME_ACTOR if ask.strength not in _LOOSE and ask.asked & their.asked else 0.0)
            for score, (their, _) in zip(scores, theirs, strict=True)
        ]
        best = max(scores, default=0.0)
        near = [their for their, score in zip(theirs, scores, strict=True) if score >= best - _AS_WELL]
        if best < (_RELEVANT if ask.strength in _DUTIES else _SURELY_RELEVANT):
            if ask.strength in _DUTIES:
                found.append(Fault("modal", ask.surface, ""))
            continue
        if ask.surface.casefold() == "could" and any(_POSSIBLE[of].search(text) for text, of in evidence):
            # Who is able to asks nothing of anybody.
            continue
        fitting = [(their, of) for their, of in near if _alike(ask, their, across=of != language)]
        if not fitting:
            if ask.strength != "will" or any(their.strength == "may" for their, _ in near):
                found.append(Fault("modal", ask.surface, near[0][0].surface))
            continue
        of_whom = _of_whom(ask, sentence, language, [their for their, _ in fitting], evidence)
        if fault := (_considered(ask, language, fitting) if ask.strength in _DUTIES else None) or of_whom:
            found.append(fault)
    return tuple(found)


def _first(ask: Ask) -> str:
    """The part of what is asked that the words that ask stand before; what follows may be asked otherwise."""
    return next((piece for piece, _ in ask.pieces if len(words_of(piece)) >= _SAYING), ask.what)


def _considered(ask: Ask, language: Language, fitting: Sequence[tuple[Ask, Language]]) -> Fault | None:
    """Whether something that is only to be considered is asked outright, or the other way round."""
    theirs = [(piece, considering, of) for their, of in fitting for piece, considering in their.pieces]
    for piece, considering in ask.pieces:
        scores = [share(piece, language, words_of(their), of) for their, _, of in theirs]
        best = max(scores, default=0.0)
        if (
            best
            and considering is not None
            and all(
                other is (not considering)
                for score, (_, other, _) in zip(scores, theirs, strict=True)
                if score >= best - _PART_AS_WELL
            )
        ):
            asked = "consider" if considering else ask.surface
            return Fault("modal", asked, fitting[0][0].surface if considering else f"{fitting[0][0].surface} consider")
    return None


def _of_whom(
    ask: Ask, sentence: str, language: Language, fitting: Sequence[Ask], evidence: Sequence[tuple[str, Language]]
) -> Fault | None:
    named = family([name for name, _ in actors_named(sentence, language)])
    if ask.asked and ask.asked <= _BODIES and fitting and all(their.asked for their in fitting):
        there = frozenset().union(*(family([name for name, _ in actors_named(t, of)]) for t, of in evidence))
        if not ask.asked & there:
            return Fault("actor", min(ask.asked), min(fitting[0].asked))
    # "Customs should cooperate" tells of what States should bring about; but whom the evidence asks is not told of
    # as somebody whom it is asked for.
    loose = ask.strength in _LOOSE
    if ask.asked and all(
        their.asked and not ask.asked & their.asked and (their.asked & named or not loose) for their in fitting
    ):
        return Fault("actor", "/".join(sorted(ask.asked)), "/".join(sorted(fitting[0].asked)))
    if ask.asking and all(their.asking and not ask.asking & their.asking for their in fitting):
        return Fault("actor", "/".join(sorted(ask.asking)), "/".join(sorted(fitting[0].asking)))
    return None


def _alike(ours: Ask, theirs: Ask, across: bool) -> bool:
    if theirs.wished and not ours.wished and ours.strength not in _SUGGESTING:
        return False
    return (
        ours.strength == theirs.strength
        # What is required is asked; what is asked is not required.
        or (ours.strength in {"request", "must"} and theirs.strength == "require")
        # What will permit something is why it may be done.
        or (ours.strength == "may" and theirs.strength == "will" and _PERMITS.match(theirs.what) is not None)
        # 请 is how Chinese invites, too.
        or (ours.surface == "请" and theirs.surface == "邀请")
        or any({ours.strength, theirs.strength} <= alike for alike in (_ALIKE_ACROSS if across else _ALIKE))
    )
