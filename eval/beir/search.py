"""A data set as a library that is searched the way delegates' questions search the documents."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from copy import copy
from functools import cache
from pathlib import Path

from assistant.abstain import Verdict, weigh_evidence
from assistant.evidence import Evidence, weigh
from assistant.question import Question, check_question, read_question
from assistant.respond import PASSAGES
from assistant.retrieve import Passage, QuestionEncoder, Retriever
from assistant.weights import RetrievalWeights
from corpus.library import Library
from corpus.parse.spans import sentence_spans
from corpus.records import LANGUAGES, Bilingual, Document, Language, Unit, Version
from corpus.sync import add_document
from embeddings.model import Encoder
from embeddings.opening import ensure_vectors
from embeddings.vectors import Vectors
from eval.beir.corpus import BeirCorpus

_DOCUMENT = "beir"
_NOTHING = Bilingual("", "")


class _Remembering:
    def __init__(self, encoder: QuestionEncoder) -> None:
        self.encode_question = cache(encoder.encode_question)


class BeirSearch:
    """The passages of one data set, or of its two language versions, in one library with one index."""

    def __init__(
        self, library: Library, snapshot: Vectors, encoder: QuestionEncoder, passages: Mapping[str, str]
    ) -> None:
        """Over a library that :meth:`store` filled; ``passages`` holds the id of the passage at each anchor."""
        self._library, self._snapshot, self._encoder, self._passages = library, snapshot, encoder, passages
        self._documents = library.documents()
        self._retriever = Retriever(library, snapshot, encoder)

    @classmethod
    def store(cls, home: Path, corpora: Sequence[BeirCorpus], encoder: Encoder, progress: bool = True) -> BeirSearch:
        """Stores and embeds all passages in a home folder of their own.

        Args:
            home: an empty folder.
            corpora: one data set, or two as :func:`eval.beir.aligned.read_aligned` gives them.
            encoder: the model.
            progress: whether to show on standard error how far the embedding is.
        """
        passages = {f"u{order}": passage.id for order, passage in enumerate(corpora[0].passages, 1)}
        library = Library.open(home)
        add_document(library, _document(corpora), [unit for corpus in corpora for unit in _units(corpus, passages)])
        return cls(library, ensure_vectors(library, encoder, progress), encoder, passages)

    def weighed(self, weights: RetrievalWeights) -> BeirSearch:
        """The same passages, searched with other weights."""
        other = copy(self)
        other._retriever = Retriever(self._library, self._snapshot, self._encoder, weights)
        return other

    def remembering(self) -> BeirSearch:
        """The same search, which encodes a question once however often it is asked; how long it takes says nothing."""
        other = copy(self)
        other._encoder = _Remembering(self._encoder)
        return other

    def rank(self, question: str, limit: int, languages: Sequence[Language] = LANGUAGES) -> list[str]:
        """Ids of the passages that fit a question best, best first, each once whatever language it was found in.

        Raises:
            QuestionError: the question cannot be asked.
        """
        found = self._retriever.retrieve(self._read(question), limit, languages=languages)
        return [self._passages[passage.unit.anchor] for passage in found]

    def weigh_with_and_without(
        self, question: str, relevant: Collection[str], languages: Sequence[Language] = LANGUAGES
    ) -> tuple[Verdict, Verdict]:
        """Whether the product answers a question from what it finds, and from what it finds but for some passages.

        They are taken out of what was found, not of the library, so that it still knows their words.

        Args:
            question: what is asked.
            relevant: the ids of the passages to take out; as many others are found in their place.
            languages: those of the texts to search.

        Raises:
            QuestionError: the question cannot be asked.
        """
        read = self._read(question)
        with_them, without = (
            weigh_evidence(read, passages, self._documents, self._retriever.words, read.language)
            for passages in self._found_with_and_without(read, relevant, languages)
        )
        return with_them, without

    def evidence_with_and_without(
        self, question: str, relevant: Collection[str], languages: Sequence[Language] = LANGUAGES
    ) -> tuple[Evidence, Evidence]:
        """The evidence for a question in what is found, and in what is found but for some passages.

        As :meth:`weigh_with_and_without` takes them out.
        """
        read = self._read(question)
        with_them, without = (
            weigh(read, passages, self._documents[0], self._retriever.words)
            for passages in self._found_with_and_without(read, relevant, languages)
        )
        return with_them, without

    def _found_with_and_without(
        self, question: Question, relevant: Collection[str], languages: Sequence[Language]
    ) -> tuple[list[Passage], list[Passage]]:
        found = self._retriever.retrieve(question, PASSAGES + len(relevant), languages=languages)
        rest = [passage for passage in found if self._passages[passage.unit.anchor] not in relevant]
        return found[:PASSAGES], rest[:PASSAGES]

    def close(self) -> None:
        """Lets go of the library's file."""
        self._library.connection.close()

    def _read(self, question: str) -> Question:
        return read_question(check_question(question), self._documents)


def _units(corpus: BeirCorpus, passages: Mapping[str, str]) -> list[Unit]:
    by_id = {passage.id: passage for passage in corpus.passages}
    return [
        Unit(
            doc_id=_DOCUMENT,
            anchor=anchor,
            kind="unnumbered",
            number=anchor.removeprefix("u"),
            heading_path=(by_id[passage_id].title,) if by_id[passage_id].title else (),
            language=corpus.text_language,
            text=by_id[passage_id].text,
            order=order,
            sentences=sentence_spans(by_id[passage_id].text),
        )
        for order, (anchor, passage_id) in enumerate(passages.items())
    ]


def _document(corpora: Sequence[BeirCorpus]) -> Document:
    """A document without a name, so that nothing but its text stands in the indexes."""
    return Document(
        doc_id=_DOCUMENT,
        titles=_NOTHING,
        short_titles=_NOTHING,
        symbol=None,
        symbol_status="unknown",
        kind="background",
        body=_NOTHING,
        session=_NOTHING,
        dates=_NOTHING,
        place=_NOTHING,
        year=0,
        original_language=corpora[0].text_language,
        versions=tuple(Version(corpus.text_language, "corpus.jsonl", True, "") for corpus in corpora),
    )
