"""Every weight and threshold of answering, with the measurement each came from (docs/evaluation.md)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class RetrievalWeights:
    """How a unit is scored for a question of its own, or of the other, language.

    ``similarity`` and ``lexical`` weigh the two scores scaled over the candidates; ``sentence_coverage`` the share of
    the question that its best sentence holds; ``expected_kind`` whether it holds the kind of thing asked for.
    """

    similarity: float
    lexical: float
    sentence_coverage: float
    expected_kind: float


# Set on the development questions (docs/evaluation.md). Chinese: .7 similarity and .3 BM25, the best on XQuAD, gave
# R@1 .732 here; with 1, .3, .2 of sentence coverage and .1 of expected kind it is .854. English over Chinese text,
# where the words are those that glossary and lexicon carry over: .765 with .7 and .3, .824 with .5 and .5; a sentence's
# share of the words added nothing.
SAME_LANGUAGE = RetrievalWeights(similarity=1.0, lexical=0.3, sentence_coverage=0.2, expected_kind=0.1)
ACROSS_LANGUAGES = RetrievalWeights(similarity=0.5, lexical=0.5, sentence_coverage=0.0, expected_kind=0.15)
#: Added to units of a document that the question names.
NAMED_DOCUMENT = 0.2
#: Added to units that hold the years, sessions, States and instruments which the question names.
NAMED_THING = 0.2
#: Passages whose sentences are read again after the first scoring.
LOOKED_AT_AGAIN = 30
#: Units taken from each of dense and lexical search before scoring.
CANDIDATES = 200


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


# Whether the best passages answer. Fitted on the development questions that are not references (55 Chinese, a quarter
# of them unanswerable; 44 English, 23%), features as in assistant/abstain.py. Cross-validated AUC .77 and .89.
# At the thresholds 7 of 14 and 7 of 10 questions without an answer are declined, and 1 and 1 that have one; higher ones
# decline more of the latter.
ANSWERABLE_WITHIN = LogisticModel(-31.0, (35.3, 3.2, -0.5, -4.1), threshold=0.6)
ANSWERABLE_ACROSS = LogisticModel(-41.9, (51.3, 1.4, 2.5, -2.6), threshold=0.55)
