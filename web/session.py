"""What one browser session holds: the turns of its conversation and the citation open beside it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal
from uuid import uuid4

from assistant.answer import Answer, Citation
from corpus.errors import RapporteurError

#: Earlier turns that a question may lean on; more would be read for each question, and nobody leans that far back.
REMEMBERED = 8

#: Paragraphs shown on either side of a cited one, how many more a reader gets at a time, and the most of all.
CONTEXT, MORE, MOST = 2, 5, 200


@dataclass(frozen=True)
class Failure:
    """A question without an answer: the assistant's own error, or None where the fault is not the question's."""

    error: RapporteurError | None
    busy: bool = False


@dataclass(frozen=True)
class Turn:
    """A question and what came of it; ``outcome`` is None while the documents are being searched."""

    serial: str
    question: str
    outcome: Answer | Failure | None = None


Turns = tuple[Turn, ...]


@dataclass(frozen=True)
class Reference:
    """A citation or lead of a turn, written ``0.c2`` (turn 0, citation 2) in the page."""

    turn: int
    kind: Literal["c", "l"]
    n: int

    def __str__(self) -> str:
        return f"{self.turn}.{self.kind}{self.n}"


@dataclass(frozen=True)
class View:
    """The citation that is open, and how many units are shown on either side."""

    reference: Reference
    before: int = CONTEXT
    after: int = CONTEXT

    def more(self, side: str) -> View:
        """The same citation with more units before or after it."""
        if side == "before":
            return replace(self, before=min(self.before + MORE, MOST))
        return replace(self, after=min(self.after + MORE, MOST))


@dataclass
class Conversation:
    """The turns of one browser session, oldest first.

    The one object that changes, because an answer may arrive after its reader began another conversation: what is
    written then must be what stands now, and not what stood when the question was asked.
    """

    turns: Turns = ()

    def begin(self, question: str) -> None:
        """Adds a question, not yet answered."""
        self.turns = (*self.turns, Turn(uuid4().hex, question))

    def finish(self, serial: str, outcome: Answer | Failure) -> None:
        """Puts the outcome in its turn; changes nothing where that turn is gone."""
        if any(turn.serial == serial for turn in self.turns):
            self.turns = tuple(replace(turn, outcome=outcome) if turn.serial == serial else turn for turn in self.turns)

    def answered(self) -> list[tuple[str, Answer]]:
        """The last questions that got an answer or an abstention, oldest first: what a follow-up may lean on."""
        answered = [(turn.question, turn.outcome) for turn in self.turns if isinstance(turn.outcome, Answer)]
        return answered[-REMEMBERED:]

    def pending(self) -> Turn | None:
        """The last turn, where it still waits for its answer."""
        return self.turns[-1] if self.turns and self.turns[-1].outcome is None else None

    def clear(self) -> None:
        """Forgets all turns."""
        self.turns = ()


def first_reference(turns: Turns) -> Reference | None:
    """The first citation of the last answer; leads are not opened by themselves."""
    last = turns[-1].outcome if turns else None
    if isinstance(last, Answer) and last.citations and not last.abstained:
        return Reference(len(turns) - 1, "c", last.citations[0].n)
    return None


def resolve(turns: Turns, written: object) -> tuple[Reference, Citation] | None:
    """The citation behind a written reference, None where the conversation has no such one.

    What the browser sends is looked up among what was shown, so that it cannot name anything else.
    """
    for index, turn in enumerate(turns):
        if isinstance(turn.outcome, Answer):
            for kind, citations in (("c", turn.outcome.citations), ("l", turn.outcome.leads)):
                for citation in citations:
                    reference = Reference(index, "c" if kind == "c" else "l", citation.n)
                    if str(reference) == str(written):
                        return reference, citation
    return None
