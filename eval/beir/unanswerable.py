"""Abstention on a data set: each query asked with its relevant passages, and with them taken out of what is found.

What is left is about the same subject, so these are close misses. Being unanswerable is the positive class throughout:
what is right is to abstain. A query with its passages counts as right where it is answered.

Figures are over the queries at odd places, counted from 0. A threshold of the data set's own is chosen on those at even
places, as weights of the product may have been (:mod:`assistant.weights`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from assistant.abstain import Verdict
from corpus.records import Language
from eval.beir.corpus import BeirQuery
from eval.beir.search import BeirSearch
from eval.beir.tasks import Task

_Confidences = NDArray[np.float64]


@dataclass(frozen=True)
class AskedTwice:
    """The verdicts on a query, with its relevant passages and without them."""

    with_them: Verdict
    without: Verdict


@dataclass(frozen=True)
class AbstentionScores:
    """How well the product tells queries with their passages from the same without them; None is no score.

    ``queries`` were each asked twice. ``precision``, ``recall`` and ``f1`` of abstaining and the share ``refused`` of
    what can be answered are the product's, at its threshold; ``auc`` is of the confidence at any threshold;
    ``f1_best_threshold`` is what F1 would be at the threshold that is best for the other half of the queries.
    """

    query_language: Language
    queries: int
    precision: float | None
    recall: float | None
    f1: float | None
    refused: float | None
    auc: float | None
    f1_best_threshold: float | None

    def to_dict(self) -> dict[str, Any]:
        """The JSON of the command line."""
        return asdict(self)


def score_abstention(search: BeirSearch, task: Task, progress: bool = True) -> AbstentionScores:
    """One task's queries asked twice of the product; those without relevant passages are left out.

    Args:
        search: the passages.
        task: what is asked, of texts of which language.
        progress: whether to show on standard error how far it is.
    """
    title = f"{task.query_language}→{task.text_language} unanswerable"
    with tqdm(total=len(task.queries), desc=title, unit="", mininterval=1, disable=not progress) as bar:

        def ask(queries: Iterable[BeirQuery]) -> Iterator[AskedTwice]:
            for query in queries:
                relevant = {passage for passage, gain in query.gains.items() if gain > 0}
                if relevant:
                    yield AskedTwice(*search.weigh_with_and_without(query.text, relevant, task.languages))
                bar.update()

        even, odd = (tuple(ask(task.queries[start::2])) for start in (0, 1))
    return abstention_scores(task.query_language, even, odd)


def abstention_scores(language: Language, even: Sequence[AskedTwice], odd: Sequence[AskedTwice]) -> AbstentionScores:
    """The figures over the queries at odd places; those at even places give the threshold of the data set's own."""
    refused = sum(each.with_them.reason is not None for each in odd)
    abstained = sum(each.without.reason is not None for each in odd)
    threshold = best_threshold(*_confidences(even))
    answerable, unanswerable = _confidences(odd)
    return AbstentionScores(
        query_language=language,
        queries=len(odd),
        precision=abstained / (abstained + refused) if abstained + refused else None,
        recall=abstained / len(odd) if odd else None,
        f1=abstention_f1(abstained, refused, len(odd)),
        refused=refused / len(odd) if odd else None,
        auc=area_under_roc(answerable, unanswerable),
        f1_best_threshold=None if threshold is None else f1_at(threshold, answerable, unanswerable),
    )


def abstention_f1(abstained: int, refused: int, unanswerable: int) -> float | None:
    """F1 = 2 PR / (P + R) = 2a / (a + r + u), for a of u unanswerable and r answerable ones abstained from."""
    total = abstained + refused + unanswerable
    return 2 * abstained / total if total else None


def f1_at(threshold: float, answerable: _Confidences, unanswerable: _Confidences) -> float | None:
    """The F1 of abstaining wherever the confidence is below a threshold."""
    abstained, refused = int((unanswerable < threshold).sum()), int((answerable < threshold).sum())
    return abstention_f1(abstained, refused, len(unanswerable))


def best_threshold(answerable: _Confidences, unanswerable: _Confidences) -> float | None:
    """The threshold of the highest F1, of equal ones the lowest: a confidence, or infinity, where all are refused.

    None where nothing unanswerable was asked.
    """
    if not len(unanswerable):
        return None
    thresholds = np.append(np.unique(np.concatenate([answerable, unanswerable])), np.inf)
    abstained, refused = (np.searchsorted(np.sort(each), thresholds) for each in (unanswerable, answerable))
    return float(thresholds[np.argmax(2 * abstained / (abstained + refused + len(unanswerable)))])


def area_under_roc(answerable: _Confidences, unanswerable: _Confidences) -> float | None:
    """How often an answerable question has the higher confidence of two, equal ones being half; None without any."""
    if not len(answerable) or not len(unanswerable):
        return None
    # It takes longer to load than all the rest of the command line, most of which has no use for it.
    from sklearn.metrics import roc_auc_score

    labels = np.repeat([True, False], [len(answerable), len(unanswerable)])
    return float(roc_auc_score(labels, np.concatenate([answerable, unanswerable])))


def _confidences(asked: Sequence[AskedTwice]) -> tuple[_Confidences, _Confidences]:
    """The confidences in the queries with their passages, and without."""
    pairs = [(each.with_them.confidence, each.without.confidence) for each in asked]
    answerable, unanswerable = np.array(pairs, dtype=np.float64).reshape(-1, 2).T
    return answerable, unanswerable
