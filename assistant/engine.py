"""The assistant: opens library, model and index once, then searches and answers."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from assistant.abstain import Verdict, missing_reference_reason, weigh_evidence
from assistant.answer import Answer, AnswerSentence, Citation, DocumentRef, Evidence, Hit
from assistant.compose import Quoted, quote_sentences, quote_whole
from assistant.question import Question, check_question, read_question
from assistant.references import Reference
from assistant.retrieve import Passage, Retriever
from assistant.weights import WEIGHTS, Weights
from corpus.anchors import label, split_anchor_id
from corpus.home import BUNDLED_DATA
from corpus.library import Library
from corpus.records import Document, Language, Unit
from corpus.sync import sync_folder
from embeddings.build import ensure_index
from embeddings.model import Encoder
from embeddings.snapshot import Snapshot

#: Passages looked at for an answer, and paragraphs offered as leads when there is none.
_PASSAGES = 10
_LEADS = 3


class Assistant:
    """Answers questions over one library. Safe to use from several threads."""

    def __init__(
        self, library: Library, encoder: Encoder, snapshot: Snapshot, weights: Weights = WEIGHTS,
        retriever: Retriever | None = None,
    ) -> None:  # fmt: skip
        """Over a library and the index of its present state; ``retriever`` searches instead of the usual one."""
        self._library, self._weights = library, weights
        self._retriever = retriever or Retriever(library, snapshot, encoder, weights.retrieval)

    @classmethod
    def open(cls, home: Path | None = None, progress: bool = True, data: Path = BUNDLED_DATA) -> Assistant:
        """The assistant over a home folder, which is brought up to date first: documents, vectors, index.

        Args:
            home: the folder of the library; the user's own where None.
            progress: whether to show on standard error how far the embedding is.
            data: the folder of documents that the library is to hold.

        Raises:
            RapporteurError: the library, the model or a document cannot be used; the message says which.
        """
        library = Library.open(home)
        sync_folder(library, data)
        encoder = Encoder.load()
        assistant = cls(library, encoder, ensure_index(library, encoder, progress))
        # Dictionaries load, and the model settles, with the first question: rather now than while a delegate waits.
        assistant.search("讨论要点 discussion points", k=1)
        return assistant

    def search(
        self,
        question: str,
        k: int = 10,
        documents: Sequence[str] = (),
        *,
        history: Sequence[tuple[str, Answer]] = (),  # noqa: ARG002
    ) -> list[Hit]:
        """The best anchors for a question, best first; references it names come before what is like it.

        Args:
            question: what is looked for, in Chinese or English.
            k: how many, at most.
            documents: ids of the documents to keep to; all where empty.
            history: earlier turns of the conversation; a question is read on its own so far.

        Raises:
            QuestionError: the question cannot be asked.
            UnknownDocumentError: a document of ``documents`` is not in the library.
        """
        read = self._read(question, documents)
        return [Hit(p.unit, p.score) for p in self._passages(read, documents, k)[:k]]

    def ask(
        self,
        question: str,
        history: Sequence[tuple[str, Answer]] = (),  # noqa: ARG002
        language: Language | None = None,
        documents: Sequence[str] = (),
    ) -> Answer:
        """An answer in sentences cited to their units, or an abstention that says why and offers leads.

        Args:
            question: what is asked, in Chinese or English.
            history: earlier turns of the conversation; a question is read on its own so far.
            language: language of labels, titles and reasons; the question's own where None.
            documents: ids of the documents to keep to; all where empty.

        Raises:
            QuestionError: the question cannot be asked.
            UnknownDocumentError: a document of ``documents`` is not in the library.
        """
        started = time.perf_counter()
        read = self._read(question, documents)
        reader = language or read.language
        passages = self._passages(read, documents, _PASSAGES)
        found = time.perf_counter()
        looked_up = [p for p in passages if p.looked_up]
        if looked_up:
            quotes, verdict = quote_whole(looked_up), Verdict(None, 1.0)
        elif read.references:
            quotes = []
            verdict = Verdict(missing_reference_reason(read, reader, self._library.documents()), 0.0)
        else:
            records = {document.doc_id: document for document in self._library.documents()}
            verdict = weigh_evidence(read, passages, records, self._retriever.words, reader, self._weights)
            quotes = [] if verdict.reason else self._quote(read, passages)
        citations = [self._cite(n, quote, reader) for n, quote in enumerate(quotes, 1)]
        leads = [] if quotes else [Quoted(p.unit, 0, len(p.unit.text), p.score) for p in passages[:_LEADS]]
        ended = time.perf_counter()
        return Answer(
            question=read.text,
            language=reader,
            mode="extractive",
            abstained=not quotes,
            reason=verdict.reason,
            sentences=tuple(s for n, quote in enumerate(quotes, 1) for s in _sentences(quote, n)),
            citations=tuple(citations),
            leads=tuple(self._cite(n, lead, reader) for n, lead in enumerate(leads, 1)),
            timings_ms={
                "retrieve": (found - started) * 1000,
                "compose": (ended - found) * 1000,
                "total": (ended - started) * 1000,
            },
            confidence=verdict.confidence,
        )

    def evidence(
        self,
        anchor_id: str,
        language: Language | None = None,
        reader: Language = "zh",
        before: int = 2,
        after: int = 2,
    ) -> Evidence:
        """A unit in its place, with the units around it, its document and its standing.

        Raises:
            UnknownDocumentError, UnknownAnchorError: there is no such unit.
        """
        unit = self._library.unit(*split_anchor_id(anchor_id), language)
        document = self._library.document(unit.doc_id)
        earlier, later = self._library.neighbours(unit, before, after)
        return Evidence(
            unit=unit,
            label=label(unit.anchor, reader),
            document=document,
            official=_official(document, unit),
            standing=tuple(note.get(reader) for note in self._library.standing(unit, document)),
            before=earlier,
            after=later,
        )

    def _read(self, question: str, documents: Sequence[str]) -> Question:
        for doc_id in documents:
            self._library.document(doc_id)
        return read_question(check_question(question), self._library.documents())

    def _passages(self, question: Question, documents: Sequence[str], limit: int) -> list[Passage]:
        looked_up = self._look_up(question, documents)
        taken = {p.unit.anchor_id for p in looked_up}
        found = self._retriever.retrieve(question, limit, documents)
        return [*looked_up, *(p for p in found if p.unit.anchor_id not in taken)][: max(limit, len(looked_up))]

    def _look_up(self, question: Question, documents: Sequence[str]) -> list[Passage]:
        passages = []
        for document in self._library.documents():
            for reference in question.references:
                if reference.documents and document.doc_id not in reference.documents:
                    continue
                if documents and document.doc_id not in documents:
                    continue
                passages += [
                    Passage(u, 1.0, 1.0, 1.0, 1.0, {}, looked_up=True)
                    for u in self._referred(document, reference, question)
                ]
        order = {doc_id: at for at, doc_id in enumerate(question.documents)}
        once: dict[str, Passage] = {}
        for passage in passages:
            once.setdefault(passage.unit.anchor_id, passage)
        return sorted(once.values(), key=lambda p: order.get(p.unit.doc_id, len(order)))

    def _referred(self, document: Document, reference: Reference, question: Question) -> list[Unit]:
        units = {unit.anchor: unit for unit in reversed(self._library.units(document.doc_id))}
        units.update({u.anchor: u for u in self._library.units(document.doc_id, question.language)})
        # Delegates say "paragraph 6 of the draft resolution" for its operative paragraph 6.
        spoken = [f"o{a}" if document.kind == "resolution" and a.startswith("p") and a[1:].isdigit() else a
                  for a in reference.anchors]  # fmt: skip
        found = [units[anchor] for anchor in spoken if anchor in units]
        # An item asked for by number comes with the paragraphs under it.
        under = tuple(f"{unit.anchor}." for unit in found if unit.kind == "item")
        return found + [unit for anchor, unit in sorted(units.items()) if under and anchor.startswith(under)]

    def _quote(self, question: Question, passages: list[Passage]) -> list[Quoted]:
        best = passages[0]
        if best.unit.kind != "item":
            return quote_sentences(question, passages, self._retriever.words, self._weights.composition)
        # One item of an agenda answers by the list it stands in.
        listed = [unit for unit in self._library.units(best.unit.doc_id, best.unit.language) if unit.kind == "item"]
        return quote_whole([replace(best, unit=unit) for unit in listed])

    def _cite(self, n: int, quote: Quoted, reader: Language) -> Citation:
        unit = quote.unit
        document = self._library.document(unit.doc_id)
        return Citation(
            n=n,
            anchor=unit.anchor_id,
            language=unit.language,
            label=label(unit.anchor, reader),
            quote=quote.text,
            start=quote.start,
            end=quote.end,
            text=unit.text,
            document=DocumentRef(
                document.doc_id,
                document.title(reader),
                document.short_title(reader),
                document.symbol,
                document.symbol_status,
            ),
            standing=tuple(note.get(reader) for note in self._library.standing(unit, document)),
            official=_official(document, unit),
            score=quote.score,
        )


def _official(document: Document, unit: Unit) -> bool:
    return any(version.official for version in document.versions if version.language == unit.language)


def _sentences(quote: Quoted, n: int) -> list[AnswerSentence]:
    """The sentences of a quote, each citing it; a list stays one sentence, with its lines."""
    inside = [s for s in quote.unit.sentences if quote.start <= s.start and s.end <= quote.end]
    if not inside or "\n" in quote.text:
        return [AnswerSentence(quote.text, (n,))]
    return [AnswerSentence(quote.unit.text[s.start : s.end], (n,)) for s in inside]
