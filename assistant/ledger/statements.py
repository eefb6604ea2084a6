"""Who says what in a paragraph: its sentences read in order, "he" and "the panellist" taken for who spoke before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from assistant.ledger.clauses import Clause, Grammar, Role, Subject
from assistant.ledger.records import UNNAMED, Act, Actor

# The longest sentence that is read, in characters: a list of all States has less than four thousand.
_LONGEST: Final = 6000


@dataclass(frozen=True)
class Finding:
    """An act of an actor in a sentence of a paragraph, by the sentence's number from 0."""

    actor: Actor
    act: Act
    sentence: int


@dataclass(frozen=True)
class _Spoke:
    """Who spoke last; with nobody of whom "he" can surely be said ``actors`` is the unnamed one."""

    actors: tuple[Actor, ...] = (UNNAMED,)
    several: bool = False
    role: Role = ""


def findings(
    sentences: Sequence[str], grammar: Grammar, listed: Callable[[str], Sequence[tuple[Actor, Act]]]
) -> list[Finding]:
    """What a paragraph records of who said what.

    Who is not named stays so: "he" is somebody named only where nobody else has come in between.

    Args:
        sentences: of the paragraph, in order.
        grammar: of its language.
        listed: whom a sentence lists and for what, empty where it is no list.
    """
    found: list[Finding] = []
    spoke = _Spoke()
    for n, sentence in enumerate(sentences):
        if len(sentence) > _LONGEST:
            spoke = _Spoke()
            continue
        if in_list := listed(sentence):
            found += [Finding(actor, act, n) for actor, act in in_list]
            spoke = _Spoke()
            continue
        clauses = grammar.clauses(sentence)
        replies = grammar.replies(sentence)
        acting = [_acting(clause.subject, spoke, replies) for clause in clauses]
        for clause, actors in zip(clauses, acting, strict=True):
            found += [Finding(actor, act, n) for actor in actors for act in clause.acts]
        spoke = _next(spoke, sentence, clauses, acting, grammar)
    return list(dict.fromkeys(found))


def _acting(subject: Subject, spoke: _Spoke, replies: bool) -> tuple[Actor, ...]:
    if subject.kind == "named":
        return subject.actors
    if subject.kind == "unnamed":
        return (UNNAMED, *subject.actors)
    if subject.kind == "back":
        return (UNNAMED,) if spoke.several or replies or _is_another(subject, spoke) else spoke.actors
    if spoke.several or spoke.actors == (UNNAMED,):
        return spoke.actors
    return ()


def _is_another(subject: Subject, spoke: _Spoke) -> bool:
    """Whether the panellist is another than the representative who spoke: of a State they are two, of a group one."""
    apart = {subject.role, spoke.role} == {"representative", "panellist"}
    return apart and any(actor.kind not in ("group", "organisation") for actor in spoke.actors)


def _next(
    spoke: _Spoke, sentence: str, clauses: Sequence[Clause], acting: Sequence[tuple[Actor, ...]], grammar: Grammar
) -> _Spoke:
    """Who spoke last, once a sentence is read."""
    if not clauses:
        # What goes on without a speaker leaves him speaking, unless it brings in others.
        return _Spoke() if grammar.brings_in(sentence) or grammar.names_at_head(sentence) else spoke
    if len(set(acting)) > 1 or not acting[0] or grammar.brings_in_another(sentence, clauses[0].subject.end):
        return _Spoke()
    if clauses[0].subject.kind in ("back", "back_several") and acting[0] == spoke.actors:
        return spoke
    return _Spoke(acting[0], clauses[0].subject.several, clauses[0].subject.role)
