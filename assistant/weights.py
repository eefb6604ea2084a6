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


# Within a language, .7 similarity and .3 BM25 measured best on XQuAD (R@1 zh .955, en .970). On the development
# questions, Chinese: adding .15 of sentence coverage took R@1 from .667 to .762, and .1 of expected kind to .714; with
# 1, .3, .2 and .1 it is .810. Across languages the words are only those that the glossary carries over, a sentence's
# share of them says little (R@1 falls from .543 to .486), and the expected kind takes it to .571.
SAME_LANGUAGE = RetrievalWeights(similarity=1.0, lexical=0.3, sentence_coverage=0.2, expected_kind=0.1)
ACROSS_LANGUAGES = RetrievalWeights(similarity=0.7, lexical=0.3, sentence_coverage=0.0, expected_kind=0.15)
#: Added to units of a document that the question names.
NAMED_DOCUMENT = 0.2
#: Added to units that hold a year or a State which the question names.
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
    A unit of ``short_unit`` characters or fewer is quoted whole.
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
    """Coefficients of a logistic regression, in the order of its features."""

    intercept: float
    weights: tuple[float, ...]


@dataclass(frozen=True)
class AbstentionWeights:
    """Below ``threshold`` the best passage is taken not to answer; one model a language pair."""

    within: LogisticModel
    across: LogisticModel
    threshold: float


# Fitted on the development questions that are not references (56 Chinese, a quarter of them unanswerable; 45 English,
# 22%), features as in assistant/abstain.py. Five-fold cross-validated AUC .80 and .86. A threshold of .5 to .8 gives an
# F1 of abstention of .65 to .69; the lower end is taken, since a wrong abstention still offers its leads.
ABSTENTION = AbstentionWeights(
    within=LogisticModel(-30.9, (34.4, 3.96, 0.0, -3.97)),
    across=LogisticModel(-53.1, (63.1, 1.70, 4.18, -4.34)),
    threshold=0.55,
)
