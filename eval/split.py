"""The two halves of a question set: one to set weights and thresholds on, one to report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from hashlib import sha256

from eval.questions import SPLITS, GoldQuestion, Split


def split_in_halves(questions: Iterable[GoldQuestion], decided: Sequence[str] = ()) -> list[GoldQuestion]:
    """The questions, each in a half, so that the halves are alike in kind and language.

    Within a kind and language, questions go in the order of a hash of their ids to the half that has fewer; where both
    have as many, the id's hash says which. Ids in ``decided`` keep the half they are in, so that a question, once
    reported on, is never tuned on because others were added.
    """
    strata: dict[tuple[str, str], list[GoldQuestion]] = defaultdict(list)
    for question in questions:
        strata[question.kind, question.language].append(question)
    done: dict[str, GoldQuestion] = {}
    for of in strata.values():
        count: dict[Split, int] = dict.fromkeys(SPLITS, 0)
        kept = [question for question in of if question.id in decided]
        for question in kept:
            count[question.split] += 1
            done[question.id] = question
        for question in sorted((q for q in of if q.id not in decided), key=lambda q: _hash(q.id)):
            fewer = min(SPLITS, key=lambda split: (count[split], split != _drawn(question.id)))
            count[fewer] += 1
            done[question.id] = replace(question, split=fewer)
    return [done[question_id] for of in strata.values() for question_id in (question.id for question in of)]


def _hash(question_id: str) -> str:
    return sha256(question_id.encode()).hexdigest()


def _drawn(question_id: str) -> Split:
    return SPLITS[int(_hash(question_id), 16) % 2]
