"""What the grammars of both languages give: who acts in a clause of a sentence, and what they do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from assistant.ledger.records import Act, Actor
from corpus.records import Language

#: As what somebody is spoken of, where it tells them apart: who asks is a representative, who answers a panellist.
Role = Literal["", "representative", "panellist"]

#: Who acts: somebody named; somebody who is not; the one spoken of before (he, the panellist); several such.
SubjectKind = Literal["named", "unnamed", "back", "back_several"]


@dataclass(frozen=True)
class Subject:
    """Who acts in a clause; ``end`` is where its words end in the sentence.

    ``actors`` are empty unless it is named, but for those in whose name an unnamed one speaks. ``several`` says that
    it is more than one who speaks.
    """

    kind: SubjectKind
    end: int
    actors: tuple[Actor, ...] = ()
    several: bool = False
    role: Role = ""


@dataclass(frozen=True)
class Clause:
    """Who does what in a sentence: each act once."""

    subject: Subject
    acts: tuple[Act, ...]


class Grammar(Protocol):
    """How a language says who does what."""

    language: Language

    def clauses(self, sentence: str) -> Sequence[Clause]:
        """The clauses of a sentence in which somebody says or does something that a ledger records."""

    def replies(self, sentence: str) -> bool:
        """Whether a sentence tells of an answer, which is mostly another's than what was said before."""

    def brings_in(self, sentence: str) -> bool:
        """Whether a sentence speaks of people, any of whom the next "he" may be."""

    def brings_in_another(self, sentence: str, start: int) -> bool:
        """Whether a sentence speaks, from a place on, of one more person who may be the next "he"."""

    def names_at_head(self, sentence: str) -> bool:
        """Whether a sentence begins with an actor's name."""
