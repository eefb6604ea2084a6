"""Vectors on this machine and on a server: the same questions have the same answers, those of the slow oracles."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count

import numpy as np
import pytest

from corpus.records import LANGUAGES, Language
from embeddings.index import build_snapshot
from embeddings.snapshot import Query, VectorSet
from embeddings.space import Centre
from embeddings.vectors import Vectors
from tests.embeddings.test_snapshot import (
    cosine,
    questions,
    slow_best,
    slow_max_sim,
    slow_nearest,
    slow_sentences,
    units_of,
)
from tests.embeddings.vectors import EAST, NORTH, hand_made, query, scattered

Keep = Callable[[VectorSet], Vectors]
#: What a cosine may be off by: vectors and questions on a server are float16, of which a step near 1 is .0005.
NEAR = 2e-3


@pytest.fixture(scope="module", params=["faiss", "milvus"])
def keep(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Keep]:
    """A function that keeps vectors in one of the ways, and opens them."""
    folder, number = tmp_path_factory.mktemp("kept"), count()
    if request.param == "faiss":
        yield lambda vectors: build_snapshot(folder / str(next(number)), 1, "model", vectors)
        return
    pytest.importorskip("milvus_lite")
    from tests.embeddings.served import MODEL, Lite, library_with
    from tests.letters import Letters

    lite = Lite.at(folder / "vectors.db")
    yield lambda vectors: lite.send(library_with(folder / str(next(number)), vectors), Letters(MODEL))
    lite.server.close()


@pytest.fixture(scope="module")
def by_eye(keep: Keep) -> Vectors:
    return keep(hand_made())


@pytest.fixture(scope="module")
def many_vectors() -> VectorSet:
    """Of 60 units, in float16 as a library holds them."""
    vectors = scattered(60)
    return replace(vectors, unit_vectors=vectors.unit_vectors.astype(np.float16).astype(np.float32))


@pytest.fixture(scope="module")
def many(keep: Keep, many_vectors: VectorSet) -> Vectors:
    return keep(many_vectors)


def test_what_is_said_of_them(by_eye: Vectors) -> None:
    assert (by_eye.generation, by_eye.fingerprint, by_eye.unrefined) == (1, "model", 0)
    assert (by_eye.unit_count, by_eye.sentence_count, by_eye.state_count) == (3, 4, 4)


def test_scores_by_eye(by_eye: Vectors) -> None:
    assert by_eye.unit_scores(query(NORTH), [9, 7], "zh") == pytest.approx({7: 1.0, 9: 0.0}, abs=NEAR)
    assert by_eye.unit_scores(query(NORTH), [8], "en") == pytest.approx({8: 0.8}, abs=NEAR)
    sentences = by_eye.sentence_scores(query(NORTH), [7, 9], "zh")
    assert sentences[7] == pytest.approx({0: 0.0, 1: 1.0}, abs=NEAR)
    assert sentences[9] == pytest.approx({0: 0.0}, abs=NEAR)
    both = query(EAST, np.stack([EAST, NORTH]))
    assert by_eye.token_scores(both, [9, 7], "zh") == pytest.approx({7: 1.0, 9: -0.5}, abs=1e-3)
    assert by_eye.token_matches(both, [8], "en")[8] == pytest.approx([0.6, 0.8], abs=1e-2)


def test_the_nearest_by_eye_are_of_one_language_and_of_those_asked_for(by_eye: Vectors) -> None:
    assert by_eye.nearest(query(EAST), "zh", 10) == [7, 9]
    assert by_eye.nearest(query(-EAST), "zh", 10) == [9, 7]
    assert by_eye.nearest(query(EAST), "zh", 1) == [7]
    assert by_eye.nearest(query(EAST), "en", 10) == [8]
    assert by_eye.nearest(query(EAST), "zh", 10, among=[9, 8, 1000]) == [9]
    assert by_eye.nearest(query(EAST), "zh", 10, among=[]) == []
    assert by_eye.nearest(query(EAST), "en", 10, among=[7, 9]) == []


def test_a_centre_by_eye(keep: Keep) -> None:
    """Chinese vectors lean north; less what they share, what looks east or west looks south-east or south-west."""
    centres = {**hand_made().centres, "zh": Centre(0.5 * NORTH, NORTH)}
    vectors = keep(replace(hand_made(), centres=centres))
    asked = query(EAST, language="en", centred=True)
    assert vectors.unit_scores(asked, [7, 9], "zh") == pytest.approx({7: 0.8**0.5, 9: -(0.8**0.5)}, abs=NEAR)
    assert vectors.token_scores(asked, [9], "zh") == pytest.approx({9: -(0.5**0.5)}, abs=NEAR)
    assert vectors.unit_scores(query(EAST, centred=False), [7], "zh") == pytest.approx({7: 1.0}, abs=NEAR)


def test_nothing_asked_for_and_nothing_known(by_eye: Vectors) -> None:
    assert by_eye.unit_scores(query(EAST), [], "zh") == {}
    assert by_eye.sentence_scores(query(EAST), [], "zh") == {}
    assert by_eye.token_scores(query(EAST), [], "zh") == {}
    assert by_eye.unit_scores(query(EAST), [1000], "zh") == {}
    assert by_eye.sentence_scores(query(EAST), [1000], "zh") == {1000: {}}
    assert by_eye.token_scores(query(EAST), [1000], "zh") == {}
    assert by_eye.token_scores(query(EAST, np.zeros((0, 2), np.float32)), [7], "zh") == {}


@pytest.mark.parametrize("centred", [True, False])
@pytest.mark.parametrize("language", LANGUAGES)
def test_scores_agree_with_the_slow_oracles(
    many: Vectors, many_vectors: VectorSet, language: Language, centred: bool
) -> None:
    for asked in [q for own in LANGUAGES for q in questions(own, centred)[:2]]:
        best = slow_best(many_vectors, asked, language)
        sentences = slow_sentences(many_vectors, asked, language)
        tokens = slow_max_sim(many_vectors, asked, language)
        # Some of the units, last first: the order that they are asked for in changes nothing.
        for chosen in (sorted(best), sorted(best)[::-2]):
            near = many.unit_scores(asked, chosen, language)
            assert near == pytest.approx({i: best[i] for i in chosen}, abs=NEAR)
            parts = many.sentence_scores(asked, chosen, language)
            assert list(parts) == chosen
            for i in chosen:
                assert parts[i] == pytest.approx(sentences[i], abs=NEAR)
            # What was packed is not quite of length one, as the fast formula takes it to be.
            again = many.token_scores(asked, chosen, language)
            assert again == pytest.approx({i: tokens[i] for i in chosen if i in tokens}, abs=5e-3)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_nearest_agree_with_the_slow_oracle(many: Vectors, many_vectors: VectorSet, language: Language) -> None:
    """Place by place they are as near as the oracle's, which takes one row after the other."""
    every = sorted(set(many_vectors.unit_ids.tolist()))
    own = {i: [] for i in every}
    for i, row in zip(many_vectors.unit_ids.tolist(), many_vectors.unit_vectors, strict=True):
        own[i].append(row.tolist())

    def nearness(asked: Query, ids: list[int]) -> list[float]:
        return [max(cosine(asked.vector.tolist(), row) for row in own[i]) for i in ids]

    for asked in questions("zh", centred=True):
        for limit in (1, 7, 10_000):
            # All, scattered ones, a run of them, a single one, none.
            for among in (None, every[::3], every[10:40], every[-1:], []):
                found = many.nearest(asked, language, limit, among)
                expected = slow_nearest(many_vectors, asked, language, limit, every if among is None else among)
                assert nearness(asked, found) == pytest.approx(nearness(asked, expected), abs=NEAR)
                if limit == 10_000:
                    assert set(found) == set(expected)


def test_a_model_without_token_states_has_no_token_scores(keep: Keep) -> None:
    made = scattered(20, tokens=False)
    vectors = keep(made)
    assert vectors.state_count == 0
    asked = questions("en", centred=True)[0]
    chosen = units_of(made, "zh")
    assert vectors.token_scores(asked, chosen, "zh") == {}
    assert vectors.unit_scores(asked, chosen, "zh") == pytest.approx(slow_best(made, asked, "zh"), abs=NEAR)
