"""Abstention by queries asked with their passages and without them: figures worked by hand, and a real data set."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from math import inf
from pathlib import Path
from random import Random

import numpy as np
import pytest

from assistant.abstain import Verdict
from assistant.weights import WEIGHTS
from embeddings.model import MODEL_VARIABLE
from eval.__main__ import application
from eval.beir.aligned import read_aligned
from eval.beir.run import BeirScores
from eval.beir.search import BeirSearch
from eval.beir.table import abstention_table, tables
from eval.beir.tasks import Task, tasks_within
from eval.beir.unanswerable import (
    AskedTwice,
    abstention_f1,
    abstention_scores,
    area_under_roc,
    best_threshold,
    f1_at,
    score_abstention,
)
from tests.commands import run_here
from tests.eval.conftest import DATA, PASSAGES, QUERIES
from tests.eval.test_eval_command import counting_model

FIGURES = ["query_language", "queries", "precision", "recall", "f1", "refused", "auc", "f1_best_threshold"]


def asked(*pairs: tuple[float, float]) -> tuple[AskedTwice, ...]:
    """Queries with these confidences, with their passages and without them, answered from .5 on."""

    def verdict(confidence: float) -> Verdict:
        return Verdict(None if confidence >= 0.5 else "It does not say.", confidence)

    return tuple(AskedTwice(verdict(first), verdict(second)) for first, second in pairs)


def arrays(*confidences: Sequence[float]) -> list[np.ndarray[tuple[int], np.dtype[np.float64]]]:
    return [np.array(each, dtype=np.float64) for each in confidences]


def test_figures_are_those_of_the_odd_half_and_only_the_best_threshold_is_of_the_even_one() -> None:
    even = asked((0.9, 0.7), (0.8, 0.6))
    odd = asked((0.9, 0.2), (0.75, 0.6), (0.4, 0.3), (0.95, 0.85))
    scores = abstention_scores("zh", even, odd)
    assert (scores.query_language, scores.queries) == ("zh", 4)
    # Abstained: without their passages .2 and .3, with them .4.
    assert (scores.precision, scores.recall, scores.refused) == (2 / 3, 2 / 4, 1 / 4)
    assert scores.f1 == pytest.approx(2 * (2 / 3) * (1 / 2) / (2 / 3 + 1 / 2))
    # Of the 16 pairs: .9 and .75 are above three of the four and .9 above .85 too, .4 above two, .95 above all.
    assert scores.auc == (4 + 3 + 2 + 4) / 16
    # The even half parts at .8, below which are .2, .6, .3 and, wrongly, .75 and .4.
    assert best_threshold(*arrays((0.9, 0.8), (0.7, 0.6))) == 0.8
    assert scores.f1_best_threshold == pytest.approx(2 * 3 / (3 + 2 + 4))


@pytest.mark.parametrize(
    ("answerable", "unanswerable", "threshold", "f1"),
    [
        # Below .4 is only what cannot be answered, and nothing else of that.
        ((0.4, 0.6), (0.1, 0.2), 0.4, 1.0),
        # At .3 one of two is found and none refused, F1 2/3; at .8 both, with one refused, F1 4/5.
        ((0.3, 0.8), (0.2, 0.7), 0.8, 4 / 5),
        # All alike, and nothing to choose by: all are refused.
        ((0.5, 0.5), (0.5, 0.5), inf, 2 / 3),
        # The confidence is the wrong way round.
        ((0.1,), (0.9,), inf, 2 / 3),
        # To refuse all would do as well as to find one of two: the lowest threshold is taken.
        ((0.3, 0.4), (0.2, 0.5), 0.3, 2 / 3),
        ((), (0.5,), inf, 1.0),
    ],
)
def test_the_best_threshold(
    answerable: Sequence[float], unanswerable: Sequence[float], threshold: float, f1: float
) -> None:
    found = best_threshold(*arrays(answerable, unanswerable))
    assert found is not None
    assert found == threshold
    assert f1_at(found, *arrays(answerable, unanswerable)) == pytest.approx(f1)


def test_no_other_threshold_is_better_than_the_best_one() -> None:
    random = Random(7)
    for _ in range(50):
        answerable, unanswerable = arrays(
            [round(random.random(), 1) for _ in range(8)], [round(random.random() ** 2, 1) for _ in range(8)]
        )
        best = best_threshold(answerable, unanswerable)
        assert best is not None
        of_each = [f1_at(step / 20, answerable, unanswerable) or 0.0 for step in range(23)]
        assert f1_at(best, answerable, unanswerable) == max(of_each)


def test_the_area_under_the_curve_is_the_share_of_pairs_in_order_with_equal_ones_as_half() -> None:
    assert area_under_roc(*arrays((0.9, 0.5), (0.5, 0.1))) == (1 + 1 + 0.5 + 1) / 4
    assert area_under_roc(*arrays((0.9,), ())) is None
    assert area_under_roc(*arrays((), (0.9,))) is None


def test_what_was_not_asked_has_no_score() -> None:
    assert abstention_f1(0, 0, 0) is None
    assert best_threshold(*arrays((), ())) is None
    assert best_threshold(*arrays((0.5,), ())) is None
    nothing = abstention_scores("en", asked((0.9, 0.1)), ())
    assert list(nothing.to_dict()) == FIGURES
    assert list(nothing.to_dict().values()) == ["en", 0, *[None] * 6]
    assert abstention_table([nothing]).splitlines()[1].split() == ["en", "0", *"––––––"]
    # Nothing to choose a threshold by, and nothing abstained from of which a share could be right.
    answered = abstention_scores("en", (), asked((0.9, 0.8)))
    assert (answered.precision, answered.recall, answered.f1, answered.refused) == (None, 0, 0, 0)
    assert (answered.auc, answered.f1_best_threshold) == (1, None)


def test_json_and_tables_hold_abstention_only_where_it_was_scored() -> None:
    scores = abstention_scores("zh", asked((0.9, 0.1)), asked((0.9, 0.2), (0.4, 0.3)))
    assert BeirScores(()).to_dict() == {"tasks": []}
    assert BeirScores((), (scores,)).to_dict() == {"tasks": [], "unanswerable": [scores.to_dict()]}
    assert len(tables(BeirScores(())).splitlines()) == 1
    _, blank, head, row = tables(BeirScores((), (scores,))).splitlines()
    assert blank == ""
    assert head.split() == "unanswerable number precision recall F1 refused AUC F1 at best".split()
    assert row.split() == ["zh", "2", "0.6667", "1.0000", "0.8000", "0.5000", "1.0000", "0.8000"]


@pytest.fixture(scope="module")
def within() -> tuple[Task, ...]:
    return tasks_within(read_aligned([DATA / "zh", DATA / "en"]))


def test_without_its_passage_nearly_every_query_is_less_sure(search: BeirSearch, within: tuple[Task, ...]) -> None:
    for task in within:
        verdicts = []
        for query in task.queries:
            relevant = [passage for passage, gain in query.gains.items() if gain > 0]
            verdicts.append(search.weigh_with_and_without(query.text, relevant, task.languages))
        lower = [without.confidence < with_them.confidence for with_them, without in verdicts]
        # The others ask in words that no passage has, as of birds where these tell of owls: there is no confidence.
        assert sum(lower) >= 0.9 * len(task.queries)
        for verdict in (verdict for pair in verdicts for verdict in pair):
            assert (verdict.reason is None) == (verdict.confidence >= WEIGHTS.within.threshold)


def test_a_query_is_weighed_by_what_is_found_for_it_and_by_the_rest(search: BeirSearch) -> None:
    question = "What was used as money in the Sahara?"
    all_ids = search.rank(question, 50, ("en",))
    with_them, without = search.weigh_with_and_without(question, ["d03"], ("en",))
    assert with_them.reason is None
    assert without.reason is not None
    # Passages that are not among those found change nothing; where all are taken out there is nothing to say.
    assert search.weigh_with_and_without(question, [], ("en",)) == (with_them, with_them)
    assert search.weigh_with_and_without(question, ["nowhere"], ("en",)) == (with_them, with_them)
    assert search.weigh_with_and_without(question, all_ids, ("en",))[1].confidence == 0


def test_a_task_is_scored_by_the_verdicts_on_its_odd_queries(search: BeirSearch, within: tuple[Task, ...]) -> None:
    task = replace(within[1], queries=within[1].queries[:8])
    first = score_abstention(search, task, progress=False)
    assert first.queries == 4
    pairs = [
        AskedTwice(*search.weigh_with_and_without(query.text, query.gains.keys(), task.languages))
        for query in task.queries
    ]
    assert first == abstention_scores("en", pairs[::2], pairs[1::2])
    # Left out, and the others stay in the half that they are in.
    unjudged = replace(task.queries[2], gains={"d03": 0})
    fewer = score_abstention(search, replace(task, queries=(*task.queries[:2], unjudged, *task.queries[3:])), False)
    assert fewer == abstention_scores("en", [pairs[0], *pairs[4::2]], pairs[1::2])


def test_the_command_adds_abstention_to_its_json(
    tmp_path: Path, write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a model that finds a passage by the words of the question."""
    texts = [str(each["text"]) for each in (*PASSAGES, *QUERIES)]
    monkeypatch.setenv(MODEL_VARIABLE, str(counting_model(tmp_path / "model", *texts)))
    done = run_here(application, "eval", tmp_path / "home", "beir", str(write()), "--unanswerable", "--json")
    assert done.returncode == 0, done.stderr
    assert "en→en unanswerable" in done.stderr
    result = json.loads(done.stdout)
    assert list(result) == ["tasks", "unanswerable"]
    (scores,) = result["unanswerable"]
    assert list(scores) == FIGURES
    assert (scores["query_language"], scores["queries"]) == ("en", 1)
