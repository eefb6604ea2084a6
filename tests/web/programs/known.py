"""An assistant for programs whose every answer is known: the public methods of the real one over the real library."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from assistant.answer import Answer, AnswerSentence, Citation, DocumentRef, Evidence, Hit
from assistant.question import check_question, language_of
from corpus.anchors import label, split_anchor_id
from corpus.errors import HomeError
from corpus.library import Library
from corpus.records import Language, Unit
from corpus.shelf.owners import Seen
from tests.patience import LONG

CITED = "wg6-2020-report#dp10"
SECRET = "a folder only this computer should know"


@dataclass
class KnownAnswers:
    """Quotes discussion point 10 of the report, whatever it is asked; but some words in a question do something else.

    ``nothing``: no answer. ``slow``: waits until ``go`` is set. ``crash``, ``broken home``: errors that are not the
    caller's. ``asked`` holds the arguments of each call, and ``most`` how many calls were answered at the same time.
    """

    library: Library
    go: threading.Event = field(default_factory=threading.Event)
    asked: list[dict[str, Any]] = field(default_factory=list)
    most: int = 0
    _now: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def seen_by(self, reader: str) -> KnownAnswers:
        """The same for one reader."""
        return replace(self, library=Seen(self.library, reader))

    def ask(
        self,
        question: str,
        history: Sequence[tuple[str, Answer]] = (),
        language: Language | None = None,
        documents: Sequence[str] = (),
    ) -> Answer:
        with self._answering(question, history=history, language=language, documents=documents):
            reader = language or language_of(question)
            citation = self._cite(self.library.unit(*split_anchor_id(CITED), language_of(question)), reader)
            if "nothing" in question:
                return Answer(question, reader, "extractive", True, "Nothing was found.", (), (), (citation,))
            sentence = AnswerSentence(citation.quote, (1,))
            understood = f"{question} ({history[-1][0]})" if history else None
            return Answer(
                question, reader, "extractive", False, None, (sentence,), (citation,),
                timings_ms={"total": 1.0}, understood=understood, notes=("A note.",) if "note" in question else (),
            )  # fmt: skip

    def search(
        self,
        question: str,
        k: int = 10,
        documents: Sequence[str] = (),
        *,
        history: Sequence[tuple[str, Answer]] = (),
    ) -> list[Hit]:
        with self._answering(question, k=k, documents=documents, history=history):
            units = self.library.units("wg6-2020-report", language_of(question))
            return [Hit(unit, 1 / n) for n, unit in enumerate(units[:k], 1)]

    def evidence(
        self, anchor_id: str, language: Language | None = None, reader: Language = "zh", before: int = 2, after: int = 2
    ) -> Evidence:
        unit = self.library.unit(*split_anchor_id(anchor_id), language)
        document = self.library.document(unit.doc_id)
        citation = self._cite(unit, reader)
        neighbours = self.library.neighbours(unit, before, after)
        return Evidence(unit, citation.label, document, citation.official, citation.standing, *neighbours)

    @contextmanager
    def _answering(self, question: str, **arguments: Any) -> Iterator[None]:
        check_question(question)
        for doc_id in arguments["documents"]:
            self.library.document(doc_id)
        with self._lock:
            self.asked.append({"question": question, **arguments})
            self._now += 1
            self.most = max(self.most, self._now)
        try:
            if "crash" in question:
                raise ZeroDivisionError(SECRET)
            if "broken home" in question:
                raise HomeError(SECRET, "another", "mend it")
            if "slow" in question:
                assert self.go.wait(LONG)
            yield
        finally:
            with self._lock:
                self._now -= 1

    def _cite(self, unit: Unit, reader: Language) -> Citation:
        document = self.library.document(unit.doc_id)
        titles = document.title(reader), document.short_title(reader)
        official = any(version.official for version in document.versions if version.language == unit.language)
        standing = tuple(note.get(reader) for note in self.library.standing(unit, document))
        name = DocumentRef(document.doc_id, *titles, document.symbol, document.symbol_status)
        end = unit.sentences[0].end
        return Citation(
            1, unit.anchor_id, unit.language, label(unit.anchor, reader), unit.text[:end], 0, end, unit.text, name,
            standing, official, 0.5,
        )  # fmt: skip
