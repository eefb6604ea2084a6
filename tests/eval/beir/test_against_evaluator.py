"""Dense search alone scores what sentence-transformers' own evaluator gives the same vectors.

Torch is loaded inside the functions: whoever loads it first decides how its threads wait (``tests/conftest.py``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from numpy.typing import NDArray

from assistant.weights import RETRIEVAL
from corpus.library import Library
from corpus.records import Language
from embeddings.embed import WHOLE_UNIT
from embeddings.model import Encoder
from eval.beir.corpus import BeirCorpus, read_beir
from eval.beir.run import parts_of, score_search
from eval.beir.search import BeirSearch
from eval.beir.tasks import tasks_of
from tests.eval.conftest import DATA

if TYPE_CHECKING:
    from torch import Tensor

XQUAD = Path(__file__).parents[3].parent / "shared" / "data" / "xquad"
OURS_AND_THEIRS = {
    "recall@1": ("recall@k", 1),
    "recall@5": ("recall@k", 5),
    "recall@10": ("recall@k", 10),
    "mrr@10": ("mrr@k", 10),
    "ndcg@10": ("ndcg@k", 10),
    "map": ("map@k", 100),
}


class Questions:
    """What the evaluator needs of a model, for questions one at a time, as they are asked."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder

    def encode_query(self, texts: Sequence[str], **_: object) -> Tensor:
        import torch

        return torch.from_numpy(np.stack([self.encoder.encode_question(text).vector for text in texts]))


def kept_vectors(home: Path, encoder: Encoder, language: Language) -> tuple[NDArray[np.float32], list[int]]:
    """The vectors of all passages as the library keeps them, a row a window, and the first row of each passage."""
    rows = Library.open(home).connection.execute(
        "SELECT u.position, v.vector FROM vectors v JOIN units u ON u.id = v.unit_id"
        " WHERE v.fingerprint = ? AND v.sentence = ? AND u.language = ? ORDER BY u.position, v.window",
        (encoder.fingerprint, WHOLE_UNIT, language),
    )
    positions, blobs = zip(*rows.fetchall(), strict=True)
    vectors = np.stack([np.frombuffer(blob, np.float16).astype(np.float32) for blob in blobs])
    return vectors, [positions.index(position) for position in sorted(set(positions))]


def theirs(
    corpus: BeirCorpus, vectors: NDArray[np.float32], firsts: Sequence[int], encoder: Encoder
) -> dict[str, float]:
    """The evaluator's scores, where the score of a passage is that of its best window."""
    import torch
    from sentence_transformers.sentence_transformer.evaluation import InformationRetrievalEvaluator

    def best_window(questions: Tensor, _: Tensor) -> Tensor:
        return torch.from_numpy(np.maximum.reduceat(questions.numpy() @ vectors.T, firsts, axis=1))

    evaluator = InformationRetrievalEvaluator(
        queries={query.id: query.text for query in corpus.queries},
        corpus={passage.id: passage.text for passage in corpus.passages},
        relevant_docs={q.id: {each for each, gain in q.gains.items() if gain > 0} for q in corpus.queries},
        precision_recall_at_k=[1, 5, 10],
        score_functions={"dot": best_window},
    )
    # The vectors of the passages are in the function above; these only have to be as many.
    scores = evaluator.compute_all_metrics(Questions(encoder), corpus_embeddings=torch.zeros(len(corpus.passages), 1))
    return {ours: scores["dot"][name][k] for ours, (name, k) in OURS_AND_THEIRS.items()}


def assert_same_scores(
    search: BeirSearch, kept: tuple[NDArray[np.float32], list[int]], corpus: BeirCorpus, encoder: Encoder
) -> None:
    ours = score_search(search, tasks_of([corpus])[0], parts_of(RETRIEVAL)["dense"], progress=False).metrics
    expected = theirs(corpus, *kept, encoder)
    assert ours == pytest.approx(expected, abs=1e-6)
    # Such scores could be told from those of a wrong metric.
    assert len({round(score, 6) for score in expected.values()}) > 4


@pytest.mark.parametrize("language", ["zh", "en"])
def test_dense_search_scores_as_the_evaluator_says(
    search: BeirSearch, data_home: Path, bundled_encoder: Encoder, language: Language
) -> None:
    kept = kept_vectors(data_home, bundled_encoder, language)
    assert_same_scores(search, kept, read_beir(DATA / language), bundled_encoder)


@pytest.mark.skipif(not XQUAD.is_dir(), reason="XQuAD is not beside the project")
def test_dense_search_on_xquad_scores_as_the_evaluator_says(new_home: Path, bundled_encoder: Encoder) -> None:
    """Texts of others, some of several windows, which the data of the tests have not; on a sample of them.

    Every eighth article whole, five passages on one subject that compete, and every third question about them: enough
    that some find their passage second, some not among five, and the metrics differ. Of all 1,190 questions over all
    240 passages none has its passage beyond rank 16, so that more of them would show no other case.
    """
    corpus = read_beir(XQUAD / "en")
    sample = tuple(passage for at, passage in enumerate(corpus.passages) if at // 5 % 8 == 7)
    ids = {passage.id for passage in sample}
    asked = [query for query in corpus.queries if query.gains.keys() <= ids]
    corpus = replace(corpus, passages=sample, queries=tuple(asked[::3]))
    assert (len(corpus.passages), len(corpus.queries)) == (30, 50)
    search = BeirSearch.store(new_home, [corpus], bundled_encoder, progress=False)
    vectors, firsts = kept_vectors(new_home, bundled_encoder, corpus.text_language)
    assert len(vectors) > len(firsts) == 30
    assert_same_scores(search, (vectors, firsts), corpus, bundled_encoder)
