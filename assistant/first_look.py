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
    snapshot: Vectors, query: Query, by_words: Found, language: Language, ids: list[int], weights: RetrievalWeights
) -> dict[int, First]:
    """Units of one language scored; those without vectors are left out."""
    near, sentences = _near(snapshot, query, language, ids, weights)
    words = by_words.of(list(near))
    return {
        i: First(score + weights.words * words.get(i, 0.0), words.get(i, 0.0), sentences[i])
        for i, score in near.items()
    }


def foremost(looks: Mapping[int, First], anchors: Mapping[int, str], count: int) -> list[int]:
    """The best of the units of one language; those of a score in the order of their anchors, else of their ids."""
    return sorted(looks, key=lambda i: (-looks[i].score, anchors.get(i, ""), i))[:count]


def promising(
    snapshot: Vectors, query: Query, by_words: Found, language: Language, ids: list[int], weights: RetrievalWeights,
    count: int,
) -> list[int]:  # fmt: skip
    """The best of some units of one language, as :func:`foremost` gives them of :func:`first_looks`.

    Reading a unit's words takes longer than all else of this. They are read of those units alone that may be among the
    best if they held every word that is not known of them, the likeliest first.
    """
    near, _ = _near(snapshot, query, language, ids, weights)
    order = list(near)
    most = {i: near[i] + weights.words * of for i, of in zip(order, by_words.at_most(order), strict=True)}
    order.sort(key=lambda i: -most[i])
    scores: dict[int, float] = {}
    while order:
        best = sorted(scores.values(), reverse=True)[:count]
        # Rounding may part what is one number; of one score the ids decide.
        if len(best) == count and most[order[0]] < best[-1] - _ROUNDING:
            break
        part, order = order[:count], order[count:]
        words = by_words.of(part)
        scores |= {i: near[i] + weights.words * words.get(i, 0.0) for i in part}
    return sorted(scores, key=lambda i: (-scores[i], i))[:count]


_ROUNDING = 1e-9


def _near(
    snapshot: Vectors, query: Query, language: Language, ids: list[int], weights: RetrievalWeights
) -> tuple[dict[int, float], Mapping[int, Mapping[int, float]]]:
    """The score of each unit by paragraph and best sentence, and the cosines of its sentences."""
    near, sentences = snapshot.unit_scores(query, ids, language), snapshot.sentence_scores(query, ids, language)
    scores = {
        i: weights.paragraph * own + weights.sentence * max(sentences[i].values(), default=own)
        for i, own in near.items()
    }
    return scores, sentences
