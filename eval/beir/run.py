"""Asks every query of a data set and scores what comes back."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tqdm import tqdm

from assistant.weights import RETRIEVAL, RetrievalWeights
from embeddings.model import Encoder
from eval.beir.corpus import BeirCorpus
from eval.beir.scores import DEPTH, TaskScores
from eval.beir.search import BeirSearch
from eval.beir.tasks import Task, tasks_of, tasks_within
from eval.beir.unanswerable import AbstentionScores, score_abstention


@dataclass(frozen=True)
class BeirScores:
    """The scores of every task; and those of abstention, within each language, where these were asked for."""

    tasks: tuple[TaskScores, ...]
    unanswerable: tuple[AbstentionScores, ...] | None = None

    def to_dict(self) -> dict[str, Any]:
        """The JSON of the command line."""
        abstention = [each.to_dict() for each in self.unanswerable or ()]
        return {
            "tasks": [each.to_dict() for each in self.tasks],
            **({} if self.unanswerable is None else {"unanswerable": abstention}),
        }


def run_beir(
    corpora: Sequence[BeirCorpus], with_parts: bool = False, with_unanswerable: bool = False, progress: bool = True
) -> BeirScores:
    """The scores of every task of one data set, or of one in two languages, in a library made for them alone.

    Args:
        corpora: as :func:`eval.beir.aligned.read_aligned` gives them.
        with_parts: whether to score each task also without the parts of the scoring.
        with_unanswerable: whether to score abstention too, by queries whose passages are taken away.
        progress: whether to show on standard error how far it is.

    Raises:
        RapporteurError: the model or the temporary library cannot be used.
    """
    encoder = Encoder.load()
    with TemporaryDirectory(prefix="rapporteur-eval-", ignore_cleanup_errors=True) as home:
        search = BeirSearch.store(Path(home), corpora, encoder, progress)
        try:
            scored = tuple(score_search(search, task, RETRIEVAL, progress) for task in tasks_of(corpora))
            quick = search.remembering()
            if with_parts:
                scored = tuple(score_parts(quick, each, progress) for each in scored)
            if not with_unanswerable:
                return BeirScores(scored)
            within = tasks_within(corpora)
            return BeirScores(scored, tuple(score_abstention(search, task, progress) for task in within))
        finally:
            search.close()


def score_task(task: Task, rank: Callable[[str], Sequence[str]], progress: bool = True, name: str = "") -> TaskScores:
    """One task, each question on its own, as delegates ask.

    Args:
        task: what is asked.
        rank: gives the ids of the passages found for a question, best first, each once.
        progress: whether to show on standard error how far it is.
        name: what tells this bar of progress from that of the same task searched in another way.
    """
    # Dictionaries load, and the model settles, with the first question, for which no delegate waits either.
    rank(task.queries[0].text)
    rankings, seconds = [], []
    title = " ".join(filter(None, [f"{task.query_language}→{task.text_language}", name]))
    for query in tqdm(task.queries, desc=title, unit="", mininterval=1, disable=not progress):
        began = time.perf_counter()
        rankings.append(tuple(rank(query.text)))
        seconds.append(time.perf_counter() - began)
    return TaskScores(task, tuple(rankings), tuple(seconds))


def score_search(
    search: BeirSearch, task: Task, weights: RetrievalWeights = RETRIEVAL, progress: bool = True, name: str = ""
) -> TaskScores:
    """One task with the retrieval of the product, or with other weights."""
    # Nothing that was kept while other tasks were asked makes this one faster.
    fresh = search.weighed(weights)
    return score_task(task, partial(fresh.rank, limit=DEPTH, languages=task.languages), progress, name)


def parts_of(weights: RetrievalWeights) -> dict[str, RetrievalWeights]:
    """The scoring from its first part alone to all but its last, each row with one part more."""
    unnamed = replace(
        weights,
        sentence_words=0,
        named_document=0,
        named_thing=0,
        expected_kind=0,
        expected_person=0,
        ungiven=0,
        ungiven_person=0,
        heading=0,
    )
    sentence = replace(unnamed, tokens=0, words=0, centred=False)
    centred = replace(sentence, centred=True)
    return {
        "dense": replace(sentence, paragraph=1, sentence=0),
        "+ sentence": sentence,
        "+ centring": centred,
        "+ token states": replace(centred, tokens=weights.tokens),
    }


def score_parts(search: BeirSearch, scored: TaskScores, progress: bool = True) -> TaskScores:
    """The scores of a task with those of the same task by fewer parts of the scoring; only these are searched for."""
    parts = {
        name: score_search(search, scored.task, weights, progress, name)
        for name, weights in parts_of(RETRIEVAL).items()
    }
    return replace(scored, parts={**parts, "+ words": scored})
