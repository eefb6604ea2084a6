"""A question to a ranking of anchors.

1. Candidates are the units nearest by vector and the units that hold its words.
2. Each is scored by similarity (the mean of its own and its best sentence's cosine: a long paragraph blurs, a lone
   sentence turns into a hub) and by BM25 over the question's words in the text's language, and gains where it is of a
   document or holds a year or State that the question names.
3. Scores are scaled over the candidates of one text language and added; ranks are never fused, because a lexical rank
   means nothing across languages.
4. The best of them are looked at again: how much of the question one sentence covers, and whether the unit holds the
   kind of thing asked for (a date, a number, a person).
5. An anchor that exists in several languages counts once, by its best version.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.expected import fit
from assistant.question import Concept, Name, Question
from assistant.weights import (
    ACROSS_LANGUAGES,
    CANDIDATES,
    LOOKED_AT_AGAIN,
    NAMED_DOCUMENT,
    NAMED_THING,
    SAME_LANGUAGE,
)
from corpus.context import lexical_context
from corpus.library import Library
from corpus.records import Document, Language, Unit
from corpus.words import normalise, segmenter
from embeddings.index import Snapshot


class QueryEncoder(Protocol):
    """What retrieval needs of a model."""

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]: ...


@dataclass(frozen=True)
class Passage:
    """A unit found for a question: its fused score, its raw parts, and the cosine of each of its sentences.

    ``looked_up`` marks a unit that the question names by its number; it was not searched for.
    """

    unit: Unit
    score: float
    similarity: float
    lexical: float
    sentences: Mapping[int, float]
    looked_up: bool = False


def retrieve(
    question: Question,
    library: Library,
    snapshot: Snapshot,
    encoder: QueryEncoder,
    limit: int,
    documents: Sequence[str] = (),
) -> list[Passage]:
    """The best passages for a question, one an anchor, best first; only of ``documents`` where any are given."""
    query = encoder.encode_queries([question.plain])[0]
    near = snapshot.search(query, CANDIDATES)
    by_words = {
        language: dict(library.search_words(question.words(language), CANDIDATES)) for language in question.concepts
    }
    found = near.keys() | {unit_id for hits in by_words.values() for unit_id in hits}
    units = {i: unit for i, unit in library.units_by_id(found).items() if not documents or unit.doc_id in documents}
    ids = sorted(units)
    whole = {**snapshot.unit_scores(query, [i for i in ids if i not in near]), **near}
    sentences = snapshot.sentence_scores(query, ids)
    similarity = {i: (whole[i] + max(sentences[i].values(), default=whole[i])) / 2 for i in ids}
    bm25 = {i: by_words.get(units[i].language, {}).get(i, 0.0) for i in ids}
    records = {document.doc_id: document for document in library.documents()}
    passages = []
    for language in sorted({unit.language for unit in units.values()}):
        group = [i for i in ids if units[i].language == language]
        weights = SAME_LANGUAGE if language == question.language else ACROSS_LANGUAGES
        near_scaled, words_scaled = _scaled(similarity, group), _scaled(bm25, group)
        for i in group:
            score = (
                weights.similarity * near_scaled[i]
                + weights.lexical * words_scaled[i]
                + NAMED_DOCUMENT * (units[i].doc_id in question.documents)
                + NAMED_THING * _share_named(question.names, units[i], records[units[i].doc_id])
            )
            passages.append(Passage(units[i], score, similarity[i], bm25[i], sentences[i]))
    passages.sort(key=_order)
    first = max(LOOKED_AT_AGAIN, limit)
    rarity = Rarity(library, snapshot.unit_count)
    again = [_look_again(question, passage, records[passage.unit.doc_id], rarity) for passage in passages[:first]]
    best: dict[str, Passage] = {}
    for passage in sorted(again, key=_order):
        best.setdefault(passage.unit.anchor_id, passage)
    return list(best.values())[:limit]


class Rarity:
    """Inverse document frequency of words, ln(1 + (N - n + .5) / (n + .5)) (Robertson and Zaragoza 2009)."""

    def __init__(self, library: Library, units: int) -> None:
        self._library, self._units, self._known = library, units, dict[str, float]()

    def __call__(self, word: str) -> float:
        if word not in self._known:
            held = self._library.units_with_word(word)
            self._known[word] = math.log(1 + (self._units - held + 0.5) / (held + 0.5))
        return self._known[word]


def concept_share(concepts: Sequence[Concept], text: str, rarity: Callable[[str], float]) -> float:
    """The share of a question's concepts, weighted by rarity, that a text holds: 0 to 1; 0 where there are none.

    A form is as rare as its rarest word, a concept as its least rare form: 追查, 追踪 and 跟踪 are one thing.
    """
    held_words = set(segmenter().words(text))
    total = held = 0.0
    for concept in concepts:
        weight = min(max(rarity(word) for word in form) for form in concept)
        total += weight
        held += weight * any(held_words.issuperset(form) for form in concept)
    return held / total if total else 0.0


def _look_again(question: Question, passage: Passage, document: Document, rarity: Callable[[str], float]) -> Passage:
    unit = passage.unit
    weights = SAME_LANGUAGE if unit.language == question.language else ACROSS_LANGUAGES
    concepts = question.concepts[unit.language]
    about = lexical_context(document, unit)
    texts = [about + unit.text[sentence.start : sentence.end] for sentence in unit.sentences]
    covered = max((concept_share(concepts, text, rarity) for text in texts), default=0.0)
    named = [word for word in question.words(unit.language) if not word.isdigit()]
    expected = [fit(kind, unit.text, named) for kind in question.expected]
    gain = weights.sentence_coverage * covered
    gain += weights.expected_kind * sum(expected) / len(expected) if expected else 0.0
    return replace(passage, score=passage.score + gain)


def _order(passage: Passage) -> tuple[float, str]:
    return -passage.score, passage.unit.anchor_id


def names_held(names: Sequence[Name], unit: Unit, document: Document) -> list[bool]:
    """For each name of a question, whether the unit holds it, in its text or as a fact of its document.

    A document's year, session and dates hold for all its units: "2021年会议" is met by any unit of that agenda.
    """
    language = unit.language
    about = (document.short_titles, document.session, document.dates, document.body)
    text = "\n".join([unit.text, *(fact.get(language) for fact in about)])
    plain = "".join(normalise(text).lower().split()) if language == "zh" else normalise(text).lower()
    return [any(_form_in(form, plain, language) for form in name.forms(language)) for name in names]


def _form_in(form: str, plain: str, language: Language) -> bool:
    form = normalise(form).lower()
    return (form.replace(" ", "") if language == "zh" else form) in plain


def _share_named(names: Sequence[Name], unit: Unit, document: Document) -> float:
    return sum(names_held(names, unit, document)) / len(names) if names else 0.0


def _scaled(values: Mapping[int, float], group: Sequence[int]) -> dict[int, float]:
    low = min((values[i] for i in group), default=0.0)
    high = max((values[i] for i in group), default=0.0)
    return {i: (values[i] - low) / (high - low) if high > low else 0.0 for i in group}
