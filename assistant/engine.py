"""The assistant: opens library, model and index once, then searches and answers."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

from assistant.answer import Answer, AnswerSentence, Citation, DocumentRef, Evidence, Hit
from assistant.compose import Quoted
from assistant.earlier.bearing import set_beside, spoken_of, strange_words
from assistant.earlier.followups import understood
from assistant.earlier.turns import Turn
from assistant.question import Question, check_question, language_of, read_question
from assistant.respond import Responder
from assistant.retrieve import Retriever
from assistant.tidying.tidy import Tidier
from assistant.weights import WEIGHTS, Weights
from corpus.anchors import label, split_anchor_id
from corpus.errors import QuestionError
from corpus.home import BUNDLED_DATA
from corpus.library import Library
from corpus.normal import normalise
from corpus.records import Document, Language, Unit
from corpus.sync import sync_folder
from embeddings.build import ensure_index
from embeddings.model import Encoder
from embeddings.snapshot import Snapshot

#: Paragraphs offered as leads when there is no answer.
_LEADS = 3
# So many passages are to speak of what a follow-up says itself.
_NEAREST = 3

#: The earlier turns of a conversation, oldest first: each question with its answer.
History = Sequence[tuple[str, Answer]]


class Assistant:
    """Answers questions over one library. Safe to use from several threads.

    ``model`` is the fingerprint of the model that it searches with.
    """

    def __init__(
        self, library: Library, encoder: Encoder, snapshot: Snapshot, weights: Weights = WEIGHTS,
        retriever: Retriever | None = None,
    ) -> None:  # fmt: skip
        """Over a library and the index of its present state; ``retriever`` searches instead of the usual one."""
        self._library = library
        retriever = retriever or Retriever(library, snapshot, encoder, weights.retrieval)
        self._words = retriever.words
        self._responder = Responder(library, retriever, weights)
        self._tidier = Tidier(library)
        self.model: str = encoder.fingerprint

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
        history: History = (),
    ) -> list[Hit]:
        """The best anchors for a question, best first; references it names come before what is like it.

        Args:
            question: what is looked for, in Chinese or English.
            k: how many, at most.
            documents: ids of the documents to keep to; all where empty.
            history: earlier turns of the conversation, oldest first: each question with its answer.

        Raises:
            QuestionError: the question cannot be asked.
            UnknownDocumentError: a document of ``documents`` is not in the library.
        """
        read, _ = self._read(question, documents, history)
        return [Hit(p.unit, p.score) for p in self._responder.find(read, k, documents)[:k]]

    def ask(
        self,
        question: str,
        history: History = (),
        language: Language | None = None,
        documents: Sequence[str] = (),
    ) -> Answer:
        """An answer in sentences cited to their units, or an abstention that says why and offers leads.

        Args:
            question: what is asked, in Chinese or English.
            history: earlier turns of the conversation, oldest first: each question with its answer.
            language: language of labels, titles and reasons; the question's own where None.
            documents: ids of the documents to keep to; all where empty.

        Raises:
            QuestionError: the question cannot be asked.
            UnknownDocumentError: a document of ``documents`` is not in the library.
        """
        started = time.perf_counter()
        read, changed = self._read(question, documents, history)
        reader = language or read.language
        response = self._responder.respond(read, reader, documents)
        found = time.perf_counter()
        quotes = list(response.quotes)
        cited = [each for quote in quotes for each in (quote, quote.twin) if each is not None]
        citations = [self._cite(n, each, reader) for n, each in enumerate(cited, 1)]
        leads = [] if quotes else [Quoted(p.unit, 0, len(p.unit.text), p.score) for p in response.passages[:_LEADS]]
        ended = time.perf_counter()
        return Answer(
            question=check_question(question),
            understood=read.text if changed else None,
            language=reader,
            mode="extractive",
            abstained=not quotes,
            reason=response.reason,
            sentences=_sentences(quotes),
            citations=tuple(citations),
            leads=tuple(self._cite(n, lead, reader) for n, lead in enumerate(leads, 1)),
            timings_ms={
                "retrieve": (found - started) * 1000,
                "compose": (ended - found) * 1000,
                "total": (ended - started) * 1000,
            },
            confidence=response.confidence,
            notes=response.notes,
            compared=response.compared,
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

    def _read(self, question: str, documents: Sequence[str], history: History = ()) -> tuple[Question, bool]:
        """The question as it is read with the earlier turns, and whether one of them changed it."""
        for doc_id in documents:
            self._library.document(doc_id)
        records = self._library.documents()
        earlier = [
            Turn(answer.understood or self._tidied(asked), tuple(c.anchor for c in answer.citations))
            for asked, answer in history
        ]
        tidy = self._tidier.tidy(check_question(question))
        resolved = understood(tidy, earlier, records)
        if not self._borne_out(tidy, read_question(resolved, records), documents):
            resolved = tidy
        # Other marks, or an opening "and" left out, are not what an earlier turn had to say.
        return read_question(resolved, records), _letters(resolved) not in _letters(tidy)

    def _borne_out(self, tidy: str, read: Question, documents: Sequence[str]) -> bool:
        """Whether the documents speak of what a question says itself where they speak of the earlier turn."""
        language = language_of(tidy)
        if not set_beside(read.text) or not strange_words(tidy, language, self._words.holds):
            return True
        return spoken_of(tidy, language, [p.unit for p in self._responder.find(read, _NEAREST, documents)])

    def _tidied(self, asked: str) -> str:
        """An earlier question as its writer would have put it with care; nothing where it could not have been asked."""
        try:
            return self._tidier.tidy(check_question(asked))
        except QuestionError:
            return ""

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


def _letters(text: str) -> str:
    """Only the letters and digits of a text, in plain small ones."""
    return "".join(character for character in normalise(text).casefold() if character.isalnum())


def _official(document: Document, unit: Unit) -> bool:
    return any(version.official for version in document.versions if version.language == unit.language)


def _sentences(quotes: Sequence[Quoted]) -> tuple[AnswerSentence, ...]:
    """The sentences of the quotes in order, each citing its own; the first of one that has a twin cites both."""
    sentences: list[AnswerSentence] = []
    n = 0
    for quote in quotes:
        n += 1
        numbers = (n,) if quote.twin is None else (n, n + 1)
        texts = _texts(quote)
        sentences += [AnswerSentence(texts[0], numbers), *(AnswerSentence(text, (n,)) for text in texts[1:])]
        n = numbers[-1]
    return tuple(sentences)


def _texts(quote: Quoted) -> list[str]:
    """The sentences of a quote; a list stays one, with its lines."""
    inside = [s for s in quote.unit.sentences if quote.start <= s.start and s.end <= quote.end]
    if not inside or "\n" in quote.text:
        return [quote.text]
    return [quote.unit.text[s.start : s.end] for s in inside]
