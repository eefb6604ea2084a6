"""Units scored by paragraph, best sentence and words, all of them or the likeliest alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.first_look import first_looks, foremost
from assistant.question import read_question
from assistant.weights import RETRIEVAL
from assistant.words import WordIndex
from corpus.library import Library
from embeddings.build import ensure_index
from embeddings.snapshot import Query
from tests.letters import Letters, add_texts

TEXTS = [
    "Seals eat fish. Penguins eat krill.",
    "Firearms are marked. Records of firearms are kept for ten years.",
    "A zebra grazes.",
    "States keep records.",
    "The meeting took note of the report. It elected a chair. It adopted its agenda.",
    "Marking records helps tracing firearms.",
]


@pytest.mark.parametrize("most", [1, 2, 4, 6, 100])
def test_sentences_are_read_of_the_likeliest_alone(tmp_path: Path, most: int) -> None:
    library, encoder = Library.open(tmp_path), Letters()
    add_texts(library, "doc", {"en": TEXTS})
    snapshot = ensure_index(library, encoder, progress=False)
    question = read_question("How long are records of firearms kept?", library.documents())
    encoded = encoder.encode_question(question.plain)
    query = Query(encoded.vector, encoded.states, "en")
    words, ids = WordIndex(library).search(question.concepts["en"], "en"), library.unit_ids("en")

    every = first_looks(snapshot, query, words, "en", ids, RETRIEVAL)
    some = first_looks(snapshot, query, words, "en", ids, RETRIEVAL, most)

    def as_one_sentence(i: int) -> float:
        near = snapshot.unit_scores(query, [i], "en")[i]
        return (RETRIEVAL.paragraph + RETRIEVAL.sentence) * near + RETRIEVAL.words * every[i].words

    assert len(every) == len(TEXTS)
    assert set(some) == set(sorted(ids, key=lambda i: (-as_one_sentence(i), i))[:most])
    for i, look in some.items():
        assert (look.score, look.words) == pytest.approx((every[i].score, every[i].words), abs=1e-6)
        assert look.sentences == pytest.approx(every[i].sentences, abs=1e-6)
    assert foremost(some, {}, 1) == [max(some, key=lambda i: some[i].score)]
