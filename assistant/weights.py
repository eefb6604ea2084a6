"""Every weight and threshold of answering, with the measurement each came from (docs/evaluation.md)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class RetrievalWeights:
    """What a unit's score is made of; each part is a cosine or a share, so that a weight is what a full match brings.

    ``paragraph`` and ``sentence`` weigh the cosine of the unit and of its best sentence, ``tokens`` the mean over the
    question's tokens of their best cosine in the unit, ``words`` the share of the question's words that it holds;
    ``other_version`` weighs an anchor's score in the other language against that in the question's own; ``centred``
    says whether cosines are taken after each language's centre. ``candidates`` units are taken by vectors
    and as many by words, ``looked_at_again`` of them token by token. The last three are added where a unit is of a
    document, holds a thing, or a kind of thing, that the question names or asks for.
    """

    paragraph: float
    sentence: float
    tokens: float
    words: float
    other_version: float = 0.5
    centred: bool = True
    candidates: int = 200
    looked_at_again: int = 50
    named_document: float = 0.0
    named_thing: float = 0.0
    expected_kind: float = 0.0


RETRIEVAL = RetrievalWeights(
    paragraph=0.25, sentence=0.25, tokens=1.0, words=0.3, named_document=0.05, named_thing=0.05, expected_kind=0.03
)


@dataclass(frozen=True)
class CompositionWeights:
    """What goes into an extractive answer.

    ``similarity``: weight of a sentence's cosine against the share of the question's words it holds;
    ``expected_kind``: what holding a date, number or person that is asked for adds. A further
    passage joins at ``close_passage`` of the best one's score, a further sentence at ``close_sentence`` of the best
    one's value.
    A unit of ``short_unit`` characters or fewer is quoted whole, unless a date, number or person is asked for.
    """

    similarity: float
    expected_kind: float
    close_passage: float
    close_sentence: float
    sentences: int
    short_unit: int


COMPOSITION = CompositionWeights(
    similarity=0.5, expected_kind=0.5, close_passage=0.9, close_sentence=0.7, sentences=3, short_unit=200
)


@dataclass(frozen=True)
class LogisticModel:
    """A logistic regression with coefficients in the order of its features; below ``threshold`` it says no."""

    intercept: float
    weights: tuple[float, ...]
    threshold: float


# Whether the best passages answer. Fitted on the development questions that are not references, each asked of both
# language versions and of the other language's alone (198 cases, 48 of them unanswerable), features as in
# assistant/abstain.py; AUC .82. At the threshold 12 of 24 questions without an answer are declined, and 2 of 75 that
# have one; a higher one declines more of the latter.
ANSWERABLE = LogisticModel(-1.78, (6.24, 2.29, -3.07), threshold=0.55)
