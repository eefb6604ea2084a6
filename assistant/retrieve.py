"""A question to a ranking of anchors.

1. Candidates, in each language: the units nearest by vector, those that hold most of the question's words, and the
   other language versions of both.
2. A candidate's score is the sum of its own cosine, its best sentence's, and the share of the question's words that it
   holds: a long paragraph blurs, a lone sentence is near to too much, and words know names and numbers.
3. The best are looked at token by token with the states of the same model, which adds what the question's words mean
   where they stand.
4. What the question names or asks for adds a little: a document, a year, a State; a date where it asks when.
5. An anchor counts once, by its best version, and is shown in the language of the question where it exists in it.

All scores are made alike in each language and for each pair of languages (:mod:`embeddings.space`,
:mod:`assistant.concepts`), so they add up and compare as they are. Ranks are never fused: a rank by words means nothing
across languages, and being the best of a bad lot means nothing either.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from assistant.expected import fit
from assistant.names import share_named
from assistant.question import Question
from assistant.weights import RETRIEVAL, RetrievalWeights
from assistant.words import WordIndex
from corpus.library import Library
from corpus.records import LANGUAGES, Language, Unit
from embeddings.model import Encoded
from embeddings.snapshot import Query, Snapshot


class QuestionEncoder(Protocol):
    """What retrieval needs of a model."""

    def encode_question(self, text: str) -> Encoded: ...


@dataclass(frozen=True)
class Passage:
    """A unit found for a question: its score, the parts of it, and the cosine of each of its sentences.

    ``similarity`` is the mean of its own cosine and its best sentence's, ``tokens`` that of the question's tokens in it
    (0 where it was not looked at again), ``words`` the share of the question's words it holds. ``looked_up`` marks a
    unit that the question names by its number; it was not searched for.
    """

    unit: Unit
    score: float
    similarity: float
    tokens: float
    words: float
    sentences: Mapping[int, float]
    looked_up: bool = False


class Retriever:
    """Searches one generation of a library. Safe to use from several threads."""

    def __init__(
        self,
        library: Library,
        snapshot: Snapshot,
        encoder: QuestionEncoder,
        weights: RetrievalWeights = RETRIEVAL,
    ) -> None:
        self._library, self._snapshot, self._encoder, self._weights = library, snapshot, encoder, weights
        self._records = {document.doc_id: document for document in library.documents()}
        self.words = WordIndex(library)

    def retrieve(
        self, question: Question, limit: int, documents: Sequence[str] = (), languages: Sequence[Language] = LANGUAGES
    ) -> list[Passage]:
        """The best passages for a question, one an anchor, best first.

        A passage has the score of its anchor's best version and, where there is one, the text in the question's
        language. Only of ``documents``, where any are given, and only versions in ``languages``.
        """
        encoded = self._encoder.encode_question(question.plain)
        query = Query(encoded.vector, encoded.states, question.language, self._weights.centred)
        by_words = {language: self.words.scores(question.concepts[language], language) for language in languages}
        found = [i for language in languages for i in self._candidates(query, by_words[language], language, documents)]
        versions = self._library.versions_of(found)
        passages = [
            passage
            for language in languages
            for passage in self._scored(question, query, by_words[language], language, versions[language])
        ]
        best: dict[str, Passage] = {}
        for passage in sorted(passages, key=_order):
            ahead = best.setdefault(passage.unit.anchor_id, passage)
            if passage.unit.language == question.language:
                best[passage.unit.anchor_id] = replace(passage, score=ahead.score)
        return list(best.values())[:limit]

    def _candidates(
        self, query: Query, by_words: Mapping[int, float], language: Language, documents: Sequence[str]
    ) -> list[int]:
        """Row ids of the units of one language that may answer: those nearest by vector, and those with the words."""
        among = self._library.unit_ids(language, documents) if documents else None
        holding = by_words.keys() if among is None else by_words.keys() & among
        best_holding = sorted(holding, key=lambda i: (-by_words[i], i))[: self._weights.candidates]
        return [*self._snapshot.nearest(query, language, self._weights.candidates, among), *best_holding]

    def _scored(
        self, question: Question, query: Query, by_words: Mapping[int, float], language: Language, ids: list[int]
    ) -> list[Passage]:
        """Units of one language as passages with their scores."""
        weights, snapshot = self._weights, self._snapshot
        units = self._library.units_by_id(ids)
        near = snapshot.unit_scores(query, ids, language)
        sentences = snapshot.sentence_scores(query, ids, language)
        passages = {}
        for i in ids:
            best_sentence = max(sentences[i].values(), default=near[i])
            words = by_words.get(i, 0.0)
            score = weights.paragraph * near[i] + weights.sentence * best_sentence + weights.words * words
            passages[i] = Passage(units[i], score, (near[i] + best_sentence) / 2, 0.0, words, sentences[i])
        first = sorted(passages, key=lambda i: _order(passages[i]))[: weights.looked_at_again]
        again = snapshot.token_scores(query, first, language) if weights.tokens else {}
        for i in first:
            tokens = again.get(i, 0.0)
            gain = weights.tokens * tokens + self._asked_for(question, units[i])
            passages[i] = replace(passages[i], score=passages[i].score + gain, tokens=tokens)
        return list(passages.values())

    def _asked_for(self, question: Question, unit: Unit) -> float:
        """What a unit gains by being of a document, or holding a thing, that the question names or asks for."""
        gain = self._weights.named_document * (unit.doc_id in question.documents)
        gain += self._weights.named_thing * share_named(question.names, unit, self._records[unit.doc_id])
        if question.expected:
            words = [word for word in question.words(unit.language) if not word.isdigit()]
            fits = [fit(kind, unit.text, words) for kind in question.expected]
            gain += self._weights.expected_kind * sum(fits) / len(fits)
        return gain


def _order(passage: Passage) -> tuple[float, str]:
    return -passage.score, passage.unit.anchor_id
