"""Every question asked as a delegate would ask it, and what came of each."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from tqdm import tqdm

from assistant.answer import Answer, Hit
from corpus.records import Language
from eval.questions import GoldQuestion

#: Hits a question is given: the reciprocal rank of what lies deeper is next to nothing.
DEPTH = 10

#: The earlier turns of a conversation: each question with its answer.
History = Sequence[tuple[str, Answer]]


class Answering(Protocol):
    """What is evaluated: :class:`assistant.Assistant`, or anything that answers as it does."""

    def ask(self, question: str, history: History = (), language: Language | None = None) -> Answer: ...

    def search(self, question: str, k: int = 10, *, history: History = ()) -> list[Hit]: ...


@dataclass(frozen=True)
class Outcome:
    """A question with the anchors found for it, best first, its answer, and the milliseconds that the answer took."""

    question: GoldQuestion
    ranking: tuple[str, ...]
    answer: Answer
    milliseconds: float

    @property
    def cited(self) -> tuple[str, ...]:
        """The anchors the answer cites, each once, in the order of their citations."""
        return tuple(dict.fromkeys(citation.anchor for citation in self.answer.citations))


def ask_all(answering: Answering, questions: Iterable[GoldQuestion], progress: bool = True) -> list[Outcome]:
    """The outcome of each question, with its earlier turns asked first; ``progress`` is shown on standard error."""
    return [
        ask_one(answering, question)
        for question in tqdm(list(questions), desc="Asking questions", unit="", mininterval=1, disable=not progress)
    ]


def ask_one(answering: Answering, question: GoldQuestion) -> Outcome:
    """The outcome of one question."""
    history: list[tuple[str, Answer]] = []
    for earlier in question.history:
        history.append((earlier, answering.ask(earlier, history, question.language)))
    began = time.perf_counter()
    answer = answering.ask(question.question, history, question.language)
    milliseconds = (time.perf_counter() - began) * 1000
    hits = answering.search(question.question, DEPTH, history=history)
    return Outcome(question, tuple(hit.anchor for hit in hits), answer, milliseconds)
