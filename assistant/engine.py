"""The assistant: opens library, model and index once, then searches and answers."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from copy import copy
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.alignment.asking import Compares
from assistant.answer import Answer, Citation, Evidence, Hit
from assistant.briefing.asking import Briefs
from assistant.citations import cite, is_official
from assistant.compose import Quoted
from assistant.generate.configured import configured_writer
from assistant.growing import Asked, Found, find_answer
from assistant.ledger.asking import Ledgers
from assistant.live import Following, Live, Model, of_one_generation
from assistant.reading import History
from assistant.retrieve import Retriever
from assistant.sources import Sources
from assistant.weights import WEIGHTS, Weights
from corpus.anchors import label, split_anchor_id
from corpus.dictionary import dictionary
from corpus.errors import SpanError, UnknownVersionError
from corpus.home import BUNDLED_DATA
from corpus.library import Library
from corpus.records import Language
from corpus.sync import sync_folder
from embeddings.embed import embed_missing
from embeddings.model import Encoder
from embeddings.opening import ensure_vectors
from embeddings.progress import Progress
from embeddings.vectors import Vectors

if TYPE_CHECKING:
    from assistant.generate.writing import Writer

#: Asked of every library that is opened, so that a delegate's first question is no slower than the next.
FIRST_QUESTIONS = ("第八次会议何时开幕？", "When does the eighth session open?")


class Assistant(Briefs, Compares, Ledgers):
    """Answers questions over one library. Safe to use from several threads.

    ``model`` is the fingerprint of the model that it searches with.
    """

    def __init__(
        self, library: Library, encoder: Model, snapshot: Vectors, weights: Weights = WEIGHTS,
        retriever: Retriever | None = None, writer: Writer | None = None,
    ) -> None:  # fmt: skip
        """Over a library and the index of its present state.

        ``retriever`` searches instead of the usual one; ``writer`` words the answers, which are quotations without.
        """
        self._library, self._encoder, self._writer = library, encoder, writer
        self._live = Live(library, encoder, snapshot, weights, retriever)
        self.model: str = encoder.fingerprint

    @classmethod
    def open(
        cls, home: Path | None = None, progress: bool = True, data: Path = BUNDLED_DATA, *,
        refined: bool = True, once: bool = False, worded: bool = True,
    ) -> Assistant:  # fmt: skip
        """The assistant over a home folder, which is brought up to date first: documents, vectors, index.

        Args:
            home: the folder of the library; the user's own where None.
            progress: whether to show on standard error how far the embedding is.
            data: the folder of documents that the library is to hold.
            refined: whether the sentences that an interrupted addition left are embedded before; :meth:`refresh` does
                it otherwise.
            once: whether little is asked before all ends, so that it is not made ready for more.
            worded: whether the language model of the environment words the answers, where it names one
                (docs/language-model.md).

        Raises:
            RapporteurError: the library, a model or a document cannot be used; the message says which.
        """
        writer = configured_writer(os.environ) if worded else None
        library = Library.open(home)
        sync_folder(library, data)
        encoder = Encoder.load(once=once)
        embed_missing(library, encoder, progress)
        assistant = cls(library, encoder, ensure_vectors(library, encoder, progress, refined=refined))
        if not once:
            # The dictionary is written on a new machine, others load, patterns are made and the model settles with the
            # first question of a language: rather now than while a delegate waits.
            dictionary()
            for question in FIRST_QUESTIONS:
                assistant.ask(question)
        return assistant.worded_by(writer)

    def worded_by(self, writer: Writer | None) -> Assistant:
        """The same assistant with answers in the words of a writer; in quotations alone where None."""
        worded = copy(self)
        worded._writer = writer
        return worded

    @property
    def library(self) -> Library:
        """The library that is asked: its documents and units, to be read."""
        return self._library

    @property
    def worded(self) -> bool:
        """Whether a language model words the answers."""
        return self._writer is not None

    @property
    def behind(self) -> bool:
        """Whether documents came or went that the index does not know of yet (:meth:`refresh`)."""
        return self._live.behind

    @property
    def following(self) -> Following:
        """How far the index is behind the library, for who waits until what was added is found."""
        return self._live.following

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

    def seen_by(self, reader: str) -> Assistant:
        """The assistant that answers a reader of this name: what others own is not there, whatever is asked.

        It says nothing that depends on those documents: no answer, no lead, no count, no spelling taken from them.
        """
        seeing = copy(self)
        seeing._live = self._live.seen_by(reader)
        seeing._library = seeing._live.library
        return seeing

    @of_one_generation
    def search(
        self, question: str, k: int = 10, documents: Sequence[str] = (), *, history: History = (),
        languages: Sequence[Language] = (),
    ) -> list[Hit]:  # fmt: skip
        """The best anchors for a question, best first; references it names come before what is like it.

        Args:
            question: what is looked for, in Chinese or English.
            k: how many, at most.
            documents: ids of the documents to keep to; all where empty.
            history: earlier turns of the conversation, oldest first: each question with its answer, or what was kept.
            languages: of the texts to keep to; all where empty.

        Raises:
            QuestionError: the question cannot be asked.
            UnknownDocumentError: a document of ``documents`` is not in the library.
            UnknownLanguageError: no text is in a language of ``languages``.
        """
        sources = Sources.chosen(self._library, documents, languages)
        now = self._live.now
        read, _ = now.reader.read(question, history, documents)
        return [Hit(p.unit, p.score) for p in now.responder.find(read, k, sources)[:k]]

    def ask(
        self,
        question: str,
        history: History = (),
        language: Language | None = None,
        documents: Sequence[str] = (),
        languages: Sequence[Language] = (),
    ) -> Answer:
        """An answer in sentences cited to their units, or an abstention that says why and offers leads.

        Args:
            question: what is asked, in Chinese or English.
            history: earlier turns of the conversation, oldest first: each question with its answer, or what was kept.
            language: language of labels, titles and reasons; the question's own where None.
            documents: ids of the documents to keep to; all where empty.
            languages: of the texts to keep to; all where empty. A document with no text in them gives nothing.

        Raises:
            QuestionError: the question cannot be asked.
            UnknownDocumentError: a document of ``documents`` is not in the library.
            UnknownLanguageError: no text is in a language of ``languages``.
        """
        *_, whole = self.stream(question, history, language, documents, languages)
        return whole

    def stream(
        self,
        question: str,
        history: History = (),
        language: Language | None = None,
        documents: Sequence[str] = (),
        languages: Sequence[Language] = (),
    ) -> Iterator[Answer]:
        """The answer as it grows, each longer by one sentence with its citations; the last is the whole answer.

        Each holds only sentences that stand, so that it can be shown as it is. Notes, and that texts are compared, come
        with the whole. An abstention comes as one.

        Args and errors are those of :meth:`ask`; an error comes in the place of the first answer.
        """
        asked = Asked(question, history, language, tuple(documents), tuple(languages))
        found = self.found(asked)
        if self._writer is None:
            yield from found.answers
        else:
            yield from self._writer.write(found, self.found, self._encoder)

    def found(self, asked: Asked) -> Found:
        """What answers a question, in quotations, before a language model words it; errors are those of :meth:`ask`."""
        # An answer is taken sentence by sentence from any thread, while documents come and go; all of it is of one
        # moment, and whatever takes long comes after.
        with self._live.answering() as opened:
            return find_answer(self._library, opened, asked)

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
