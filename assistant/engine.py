"""The assistant: opens library, model and index once, then searches and answers."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

from assistant.answer import Answer, Citation, EarlierTurn, Evidence, Hit
from assistant.citations import cite, cited_sentences, is_official
from assistant.compose import Quoted
from assistant.earlier.bearing import set_beside, spoken_of, strange_words
from assistant.earlier.followups import understood
from assistant.earlier.turns import Turn
from assistant.live import Live, Model, of_one_generation
from assistant.question import Question, check_question, language_of, read_question
from assistant.respond import Responder
from assistant.retrieve import Retriever
from assistant.tidying.tidy import Tidier
from assistant.weights import WEIGHTS, Weights
from assistant.words import WordIndex
from corpus.anchors import label, split_anchor_id
from corpus.errors import QuestionError, SpanError, UnknownVersionError
from corpus.home import BUNDLED_DATA
from corpus.library import Library
from corpus.normal import normalise
from corpus.records import Language
from corpus.sync import sync_folder
from embeddings.build import ensure_index
from embeddings.model import Encoder
from embeddings.progress import Progress
from embeddings.snapshot import Snapshot

#: Paragraphs offered as leads when there is no answer.
_LEADS = 3
# So many passages are to speak of what a follow-up says itself.
_NEAREST = 3

#: The earlier turns of a conversation, oldest first: each question with its answer, or what was kept of them.
History = Sequence[tuple[str, Answer] | EarlierTurn]


class Assistant:
    """Answers questions over one library. Safe to use from several threads."""

    def __init__(
        self, library: Library, encoder: Model, snapshot: Snapshot, weights: Weights = WEIGHTS,
        retriever: Retriever | None = None,
    ) -> None:  # fmt: skip
        """Over a library and the index of its present state; ``retriever`` searches instead of the usual one."""
        self._library = library
        self._live = Live(library, encoder, snapshot, weights, retriever)

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

    @property
    def library(self) -> Library:
        """The library that is asked: its documents and units, to be read."""
        return self._library

    @property
    def behind(self) -> bool:
        """Whether documents came or went that the index does not know of yet (:meth:`refresh`)."""
        return self._live.behind

    def refresh(self, progress: Progress | None = None) -> None:
        """Brings the index up to the library and answers with it from then on; answers go on meanwhile.

        What was removed is not answered from even before; what was added is found only after.

        Args:
            progress: told how many new paragraphs are embedded of how many, and in how many seconds the rest will be.
                What it raises stops the embedding; what was done is kept.

        Raises:
            HomeError, SnapshotError: library or index cannot be written; answers go on with the index there is.
        """
        self._live.refresh(progress)

    @of_one_generation
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
            history: earlier turns of the conversation, oldest first: each question with its answer, or what was kept.

        Raises:
            QuestionError: the question cannot be asked.
            UnknownDocumentError: a document of ``documents`` is not in the library.
        """
        read, _ = self._read(question, documents, history)
        return [Hit(p.unit, p.score) for p in self._responder.find(read, k, documents)[:k]]

    @of_one_generation
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
            history: earlier turns of the conversation, oldest first: each question with its answer, or what was kept.
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
        steps = list(cited_sentences(quotes))
        cited = [quote for _, new in steps for quote in new]
        citations = [cite(self._library, n, each, reader) for n, each in enumerate(cited, 1)]
        leads = [] if quotes else [Quoted(p.unit, 0, len(p.unit.text), p.score) for p in response.passages[:_LEADS]]
        ended = time.perf_counter()
        return Answer(
            question=check_question(question),
            understood=read.text if changed else None,
            language=reader,
            mode="extractive",
            abstained=not quotes,
            reason=response.reason,
            sentences=tuple(sentence for sentence, _ in steps),
            citations=tuple(citations),
            leads=tuple(cite(self._library, n, lead, reader) for n, lead in enumerate(leads, 1)),
            timings_ms={
                "retrieve": (found - started) * 1000,
                "compose": (ended - found) * 1000,
                "total": (ended - started) * 1000,
            },
            confidence=response.confidence,
            notes=response.notes,
            compared=response.compared,
        )

    @of_one_generation
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
            official=is_official(document, unit.language),
            standing=tuple(note.get(reader) for note in self._library.standing(unit, document)),
            before=earlier,
            after=later,
        )

    @of_one_generation
    def cite(
        self,
        anchor_id: str,
        language: Language,
        start: int,
        end: int,
        n: int = 1,
        score: float = 0.0,
        reader: Language = "zh",
    ) -> Citation:
        """The citation of ``text[start:end]`` of a unit in one language, made anew from the library as it stands.

        For who kept where an answer cites and wants to show only what the library holds.

        Args:
            anchor_id: the unit, such as ``wg6-2020-report#dp10``.
            language: of the text that is quoted.
            start: where the quote begins in the unit's text.
            end: where it ends.
            n: its number in the answer.
            score: that of the answer's citation.
            reader: language of label, titles and standing.

        Raises:
            UnknownDocumentError, UnknownAnchorError: there is no such unit.
            UnknownVersionError: it has no text in that language.
            SpanError: the span is empty or not within the text.
        """
        unit = self._library.unit(*split_anchor_id(anchor_id), language)
        if unit.language != language:
            raise UnknownVersionError(
                f"{anchor_id} has no text in {language!r}",
                f"one it has, such as {unit.language!r}",
                f"see python -m corpus show {unit.doc_id} {unit.anchor}",
                zh=f"{anchor_id} 没有语言为“{language}”的文本；现有语言为“{unit.language}”；请改用现有文本",
            )
        if not 0 <= start < end <= len(unit.text):
            raise SpanError(
                f"a quote of {anchor_id} from character {start} to {end}",
                f"a span within its {len(unit.text)} characters",
                "take the quote from the text as it stands",
                zh=f"{anchor_id} 的引文位置为 {start} 至 {end}；全文为 {len(unit.text)} 个字符；请按现有文本引用",
            )
        return cite(self._library, n, Quoted(unit, start, end, score), reader)

    @property
    def _words(self) -> WordIndex:
        return self._live.now.words

    @property
    def _responder(self) -> Responder:
        return self._live.now.responder

    @property
    def _tidier(self) -> Tidier:
        return self._live.now.tidier

    def _read(self, question: str, documents: Sequence[str], history: History = ()) -> tuple[Question, bool]:
        """The question as it is read with the earlier turns, and whether one of them changed it."""
        for doc_id in documents:
            self._library.document(doc_id)
        records = self._library.documents()
        earlier = [self._earlier(turn if isinstance(turn, EarlierTurn) else EarlierTurn.of(*turn)) for turn in history]
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

    def _earlier(self, turn: EarlierTurn) -> Turn:
        """An earlier turn as a later one leans on it: its question as it was read, nothing where none could be asked.

        It may come from a browser: what it cites is only what the library holds.
        """
        held = self._library.held(turn.cited)
        question = _askable(turn.understood or "")
        if not question and (asked := _askable(turn.question)):
            question = self._tidier.tidy(asked)
        return Turn(question, tuple(anchor_id for anchor_id in turn.cited if anchor_id in held))


def _askable(text: str) -> str:
    """A question that may be asked; nothing in the place of one that may not."""
    try:
        return check_question(text)
    except QuestionError:
        return ""


def _letters(text: str) -> str:
    """Only the letters and digits of a text, in plain small ones."""
    return "".join(character for character in normalise(text).casefold() if character.isalnum())
