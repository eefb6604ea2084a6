"""What a unit gains for what a question names and asks for, and loses where it lacks the kind of answer demanded."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.asked import gives, kinds_asked, share_ungiven
from assistant.expected import fit
from assistant.names import share_named
from assistant.question import Question
from assistant.weights import RetrievalWeights
from corpus.records import Document, Unit

# What a heading answers: who brought a text, when and where, what it is called. To a topic it only names it.
_OF_A_HEADING = re.compile(
    r"谁|哪|何|几|届|标题|题目|提案|是什么|时间|日期|地点|通过|\b(?:who|when|where|which|titles?|called|sponsor\w*|dates?|sessions?|symbol|author)\b"
    r"|\bwhat is\b",
    re.IGNORECASE,
)


def gain(question: Question, words: Sequence[str], unit: Unit, document: Document, weights: RetrievalWeights) -> float:
    """What a unit gains by being of a document, or holding a thing, that the question names or asks for.

    ``words`` are the question's own in the unit's language, ``document`` is the unit's.
    """
    gained = weights.named_document * (unit.doc_id in question.documents)
    gained += weights.named_thing * share_named(question.names, unit, document)
    if question.expected:
        gains = [weights.expected(kind) * fit(kind, unit.text, words) for kind in question.expected]
        gained += sum(gains) / len(gains)
    return gained


def loss(question: Question, unit: Unit, weights: RetrievalWeights) -> float:
    """What a unit loses by lacking the kind of answer that the question demands."""
    if unit.kind == "head" and not _OF_A_HEADING.search(question.plain):
        return weights.heading
    if "person" in kinds_asked(question.plain) and not gives("person", unit.text, question.plain, unit.language):
        return weights.ungiven_person
    return weights.ungiven * share_ungiven(unit.text, question.plain, unit.language)
