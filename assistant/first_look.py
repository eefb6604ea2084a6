"""Units scored by paragraph, best sentence and words, as many as must be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.weights import RetrievalWeights
from assistant.words import Found
from corpus.records import Language
from embeddings.snapshot import Query
from embeddings.vectors import Vectors


@dataclass(frozen=True)
class First:
    """A unit's score by paragraph, best sentence and words, with the share of words and the cosine of each sentence."""

    score: float
    words: float
    sentences: Mapping[int, float]


def first_looks(
    snapshot: Vectors,
    query: Query,
    by_words: Found,
    language: Language,
    ids: list[int],
    weights: RetrievalWeights,
    most: int | None = None,
) -> dict[int, First]:
    """Units of one language scored; those without vectors are left out.

    Where there is a ``most``, sentences are read of so many alone: of the best, were each of them one sentence.
    """
    words, near = by_words.of(ids), snapshot.unit_scores(query, ids, language)
    if most is not None and len(near) > most:
        whole = weights.paragraph + weights.sentence
        roughly = {i: whole * own + weights.words * words.get(i, 0.0) for i, own in near.items()}
        near = {i: near[i] for i in sorted(sorted(roughly, key=lambda i: (-roughly[i], i))[:most])}
    sentences = snapshot.sentence_scores(query, list(near), language)
    looks = {}
    for i, own in near.items():
        score = weights.paragraph * own + weights.sentence * max(sentences[i].values(), default=own)
        looks[i] = First(score + weights.words * words.get(i, 0.0), words.get(i, 0.0), sentences[i])
    return looks


def foremost(looks: Mapping[int, First], anchors: Mapping[int, str], count: int) -> list[int]:
    """The best of the units of one language; those of a score in the order of their anchors, else of their ids."""
    return sorted(looks, key=lambda i: (-looks[i].score, anchors.get(i, ""), i))[:count]
