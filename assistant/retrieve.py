"""A question to a ranking of anchors.

1. Candidates, in each language: the units nearest by vector, those that hold most of the question's words, and the
   other language versions of both.
2. A candidate's score is the sum of its own cosine, its best sentence's, and the share of the question's words that it
   holds: a long paragraph blurs, a lone sentence is near to too much, and words know names and numbers.
3. The best are looked at token by token with the states of the same model, which adds what the question's words mean
   where they stand.
4. What the question names or asks for adds a little: a document, a year, a State; a date where it asks when. Of the
   best, those that lack the kind of answer demanded, a sum, a date, a name, fall back.
5. An anchor counts once, by the mean of its versions' scores, and is shown in the question's language where it can be.

All scores are made alike in each language and for each pair of languages (:mod:`embeddings.space`,
:mod:`assistant.concepts`), so they add up and compare as they are. Ranks are never fused: a rank by words means nothing
across languages, and being the best of a bad lot means nothing either.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple, Protocol

from assistant.concepts import Topic
from assistant.demands import gain, loss
from assistant.first_look import First, first_looks, foremost
from assistant.many_words import ManyWords
from assistant.question import Question
from assistant.versions import ManyVersions
from assistant.weights import RETRIEVAL, RetrievalWeights
from assistant.words import WordIndex
from corpus.library import Library
from corpus.records import LANGUAGES, Language, Unit
from embeddings.embed import PassageEncoder
from embeddings.memory import give_back_soon
from embeddings.model import Encoded
from embeddings.on_demand import StatesOnDemand
from embeddings.snapshot import Query
from embeddings.space import Floats
from embeddings.vectors import Vectors

#: Of so many passages it is looked whether they give the kind of answer that is demanded.
_READ_CLOSELY = 10
_SEARCHING = ThreadPoolExecutor(thread_name_prefix="searching")


class QuestionEncoder(Protocol):
    """What retrieval needs of a model."""

    def encode_question(self, text: str) -> Encoded: ...


@dataclass(frozen=True)
class Passage:
    """A unit found for a question: its score, the parts of it, and the cosine of each of its sentences.

    ``similarity`` is the mean of its own and its best sentence's plain cosine, which says how near the question is to
    the subject of the documents as the centred ones do not, 0 where it was not looked at again; ``by_token`` is the
    best cosine of each of the question's tokens in it, empty where it was not looked at again or there are no states;
    ``words`` is the share of the question's words it holds. ``looked_up`` marks a unit that the question names by its
    number; it was not searched for.
    """

    unit: Unit
    score: float
    similarity: float
    by_token: tuple[float, ...]
    words: float
    sentences: Mapping[int, float]
    looked_up: bool = False

    @property
    def tokens(self) -> float:
        """The mean over the question's tokens of their best cosine in it, 0 without any."""
        return sum(self.by_token) / len(self.by_token) if self.by_token else 0.0


class _Version(NamedTuple):
    """A unit as one of the versions of its anchor, with its score."""

    unit_id: int
    language: Language
    score: float


_Firsts = Mapping[Language, Mapping[int, First]]


class Retriever:
    """Searches one generation of a library. Safe to use from several threads."""

    def __init__(
        self,
        library: Library,
        snapshot: Vectors,
        encoder: QuestionEncoder,
        weights: RetrievalWeights = RETRIEVAL,
        reader: PassageEncoder | None = None,
    ) -> None:
        """Over the vectors of a library; where these have no token states, ``reader`` makes those of the best."""
        self._library, self._snapshot, self._weights = library, snapshot, weights
        # A question is often put twice: searched for and asked, or asked again of other documents.
        self._encode = lru_cache(maxsize=64)(encoder.encode_question)
        self._depth = weights.looked_at_again
        self._states: Vectors | StatesOnDemand = snapshot
        self._records = {document.doc_id: document for document in library.documents()}
        bounds = weights.bounds
        self._kept = bounds.kept if library.unit_count() > bounds.units else None
        held = snapshot.state_count > 0 or not snapshot.unit_count
        if reader is not None and not held and len(encoder.encode_question("?").states):
            self._depth, self._states = bounds.read, StatesOnDemand(library, reader)
        self.words = WordIndex(library) if self._kept is None else ManyWords(library, bounds)
        self._versions = library if self._kept is None else ManyVersions(library, self.words.units)

    def retrieve(
        self,
        question: Question,
        limit: int,
        documents: Sequence[str] = (),
        languages: Sequence[Language] = LANGUAGES,
        shown: Sequence[Language] = LANGUAGES,
    ) -> list[Passage]:
        """The best passages for a question, one an anchor, best first.

        A passage is the version of its anchor in the question's language, where there is one. Only of ``documents``,
        where any are given. Only versions in ``languages`` are looked at, and only those in ``shown`` are given: what
        a paragraph says in one language helps to find it in the other.
        """
        encoded = self._encode(question.plain)
        query = Query(encoded.vector, encoded.states, question.language, self._weights.centred)
        firsts, anchors = self._first_looks(question, query, languages, documents)
        looks = self._second_looks(question, query, firsts, anchors)
        versions: dict[str, list[_Version]] = {}
        for language in languages:
            for i, first in firsts[language].items():
                score = looks[i].score if i in looks else first.score
                versions.setdefault(anchors[language][i], []).append(_Version(i, language, score))
        fused = {anchor_id: self._fused(question, of, shown) for anchor_id, of in versions.items()}
        ranked = sorted((-own.score, anchor_id, own) for anchor_id, own in fused.items() if own)
        found = self._passages([own for *_, own in ranked[: max(limit, _READ_CLOSELY)]], looks, firsts)
        if self._kept is not None:
            give_back_soon()
        closely = found[:_READ_CLOSELY]
        read = [replace(each, score=each.score - loss(question, each.unit, self._weights)) for each in closely]
        return [*sorted(read, key=_order), *found[_READ_CLOSELY:]][:limit]

    def _first_looks(
        self, question: Question, query: Query, languages: Sequence[Language], documents: Sequence[str]
    ) -> tuple[_Firsts, Mapping[Language, Mapping[int, str]]]:
        """The units that may answer, by language and row id, and their anchors.

        Those nearest by vector and those with the words, of a large library the best of them, and their other versions.
        """
        limit, snapshot, library = self._weights.candidates, self._snapshot, self._library
        among = {name: library.unit_ids(name, documents) if documents else None for name in languages}

        # Looking through many vectors takes as long as looking for words, and waits for nothing of Python's.
        beside = map if self._kept is None else _SEARCHING.map
        near = beside(lambda name: snapshot.nearest(query, name, limit, among[name]), languages)
        words = {name: self.words.search(question.concepts[name], name) for name in languages}
        led_to = {name: words[name].best(limit, among[name]) for name in languages}
        candidates = {name: sorted({*ids, *led_to[name]}) for name, ids in zip(languages, near, strict=True)}
        looked: dict[Language, dict[int, First]] = {name: {} for name in languages}
        if self._kept is not None:
            bounds = self._weights.bounds
            for name, ids in candidates.items():
                looks = first_looks(snapshot, query, words[name], name, ids, self._weights, bounds.sentences)
                candidates[name] = foremost(looks, {}, self._kept)
                looked[name] = {i: looks[i] for i in candidates[name]}
        anchors = self._versions.anchors_of(i for ids in candidates.values() for i in ids)
        for name in languages:
            rest = [i for i in anchors[name] if i not in looked[name]]
            looks = looked[name] | first_looks(snapshot, query, words[name], name, rest, self._weights)
            # What another process wrote since the index was opened is not in it.
            looked[name] = {i: looks[i] for i in anchors[name] if i in looks}
        return looked, anchors

    def _second_looks(
        self, question: Question, query: Query, firsts: _Firsts, anchors: Mapping[Language, Mapping[int, str]]
    ) -> dict[int, Passage]:
        """The best of each language, with their other versions, as passages that were looked at again."""
        # Both versions of an anchor are looked at again, or neither.
        again = {
            anchors[language][i]
            for language, looks in firsts.items()
            for i in foremost(looks, anchors[language], self._depth)
        }
        chosen = {language: [i for i in looks if anchors[language][i] in again] for language, looks in firsts.items()}
        units = self._library.units_by_id(i for ids in chosen.values() for i in ids)
        matches = self._token_matches(query, chosen, anchors) if self._weights.tokens else {}
        passages: dict[int, Passage] = {}
        for language, ids in chosen.items():
            first = {i: _passage(units[i], firsts[language][i]) for i in ids}
            passages |= self._second_look(question, query, language, first, matches)
        return passages

    def _token_matches(
        self, query: Query, chosen: Mapping[Language, list[int]], anchors: Mapping[Language, Mapping[int, str]]
    ) -> dict[int, Floats]:
        """The best cosine of each of the question's tokens in units of each language.

        Where states have to be made, they are of one version of an anchor, that in the question's language where there
        is one; how it fits stands for its other versions, which would take as long again.
        """
        if self._states is self._snapshot:
            held = [self._snapshot.token_matches(query, ids, name) for name, ids in chosen.items()]
            return {i: of for matches in held for i, of in matches.items()}
        read: dict[str, Floats] = {}
        for name in sorted(chosen, key=lambda language: language != query.language):
            new = [i for i in chosen[name] if anchors[name][i] not in read]
            read |= {anchors[name][i]: of for i, of in self._states.token_matches(query, new, name).items()}
        return {i: read[anchors[name][i]] for name, ids in chosen.items() for i in ids if anchors[name][i] in read}

    def _passages(self, chosen: Sequence[_Version], looks: Mapping[int, Passage], firsts: _Firsts) -> list[Passage]:
        """What is found as passages, with the scores of their anchors; most were looked at again."""
        units = self._library.units_by_id(version.unit_id for version in chosen if version.unit_id not in looks)
        return [
            replace(looks.get(i) or _passage(units[i], firsts[version.language][i]), score=version.score)
            for version in chosen
            for i in [version.unit_id]
        ]

    def _second_look(
        self,
        question: Question,
        query: Query,
        language: Language,
        passages: Mapping[int, Passage],
        matches: Mapping[int, Floats],
    ) -> dict[int, Passage]:
        """Passages of one language scored token by token too, and by what the question names and asks for."""
        ids, plain = list(passages), replace(query, centred=False)
        by_token = {i: tuple(matches[i].tolist()) for i in ids if i in matches}
        tokens = {i: float(matches[i].mean()) for i in by_token}
        near = self._snapshot.unit_scores(plain, ids, language)
        sentences = self._snapshot.sentence_scores(plain, ids, language)
        concepts = question.topic[language]
        topic = Topic(concepts, self.words.rarities(concepts, language))
        said = self.words.best_sentences(topic, {i: passage.unit for i, passage in passages.items()})
        words = [word for word in question.words(language) if not word.isdigit()]
        return {
            i: replace(
                passage,
                score=passage.score
                + self._weights.tokens * tokens.get(i, 0.0)
                + self._weights.sentence_words * said[i]
                + gain(question, words, passage.unit, self._records[passage.unit.doc_id], self._weights),
                similarity=(near[i] + max(sentences[i].values(), default=near[i])) / 2,
                by_token=by_token.get(i, ()),
            )
            for i, passage in passages.items()
            # A server may have lost sight of it since the first look.
            if i in near
        }

    def _fused(self, question: Question, versions: Sequence[_Version], shown: Sequence[Language]) -> _Version | None:
        """The versions of one anchor as one: that in the question's language, with their mean score.

        Of those in the languages ``shown``; None without any.
        """
        given = [version for version in versions if version.language in shown]
        if not given:
            return None
        own = next((version for version in given if version.language == question.language), given[0])
        weight, others = self._weights.other_version, [version.score for version in versions if version is not own]
        score = (own.score + weight * sum(others)) / (1 + weight * len(others))
        return _Version(own.unit_id, own.language, score)


def _passage(unit: Unit, look: First) -> Passage:
    return Passage(unit, look.score, 0.0, (), look.words, look.sentences)


def _order(passage: Passage) -> tuple[float, str]:
    return -passage.score, passage.unit.anchor_id
