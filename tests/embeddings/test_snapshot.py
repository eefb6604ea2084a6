"""The scores of a snapshot: by eye, and every fast path against a slow oracle that takes one row after the other."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from corpus.records import LANGUAGES, Language
from embeddings.index import build_snapshot, open_snapshot
from embeddings.snapshot import Query, Snapshot, VectorSet
from embeddings.space import Centre, unpack
from tests.embeddings.vectors import EAST, NORTH, Floats, hand_made, query, scattered, unit_length


def units_of(vectors: VectorSet, language: Language) -> list[int]:
    """The units of one language, each once."""
    rows = zip(vectors.unit_ids.tolist(), vectors.unit_languages.tolist(), strict=True)
    return sorted({unit_id for unit_id, at in rows if LANGUAGES[at] == language})


def cosine(one: list[float], other: list[float]) -> float:
    dot = sum(a * b for a, b in zip(one, other, strict=True))
    return float(dot / (sum(a * a for a in one) ** 0.5 * sum(b * b for b in other) ** 0.5))


def moved(row: Floats, centre: Floats) -> list[float]:
    return [a - b for a, b in zip(row.tolist(), centre.tolist(), strict=True)]


def slow_cosine(asked: Floats, row: Floats, own: Floats, centre: Floats) -> float:
    """The cosine of a row moved by its centre with a question's moved by its own."""
    return cosine(moved(asked, own), moved(row, centre))


def centres_of(vectors: VectorSet, asked: Query, language: Language) -> tuple[Centre, Centre]:
    """The centres of the question and of the text."""
    nowhere = Centre.nowhere(vectors.unit_vectors.shape[1])
    return (vectors.centres[asked.language], vectors.centres[language]) if asked.centred else (nowhere, nowhere)


def slow_best(vectors: VectorSet, asked: Query, language: Language) -> dict[int, float]:
    """The score of the best row of each unit of a language."""
    own, centre = centres_of(vectors, asked, language)
    best: dict[int, float] = {}
    for unit_id, row in zip(vectors.unit_ids.tolist(), vectors.unit_vectors, strict=True):
        if unit_id in units_of(vectors, language):
            best[unit_id] = max(best.get(unit_id, -2.0), slow_cosine(asked.vector, row, own.vector, centre.vector))
    return best


def slow_sentences(vectors: VectorSet, asked: Query, language: Language) -> dict[int, dict[int, float]]:
    """The score of the best row of each sentence of each unit of a language."""
    own, centre = centres_of(vectors, asked, language)
    best: dict[int, dict[int, float]] = {unit_id: {} for unit_id in units_of(vectors, language)}
    for (unit_id, at), row in zip(vectors.sentence_keys.tolist(), vectors.sentence_vectors, strict=True):
        if unit_id in best:
            score = slow_cosine(asked.vector, row.astype(np.float32), own.vector, centre.vector)
            best[unit_id][at] = max(best[unit_id].get(at, -2.0), score)
    return best


def slow_max_sim(vectors: VectorSet, asked: Query, language: Language) -> dict[int, float]:
    """For each token of the question the best token of a unit, and of these the mean; over all windows of the unit."""
    own, centre = centres_of(vectors, asked, language)
    states = unpack(vectors.states, vectors.state_scales)
    result = {}
    for unit_id in units_of(vectors, language):
        tokens = [states[at] for at, owner in enumerate(vectors.state_units.tolist()) if owner == unit_id]
        if tokens:
            best = [max(slow_cosine(ask, token, own.state, centre.state) for token in tokens) for ask in asked.states]
            result[unit_id] = sum(best) / len(best)
    return result


def slow_nearest(vectors: VectorSet, asked: Query, language: Language, limit: int, among: list[int]) -> list[int]:
    """The units of the best rows of a language by plain cosine, as many rows as the limit says."""
    rows = zip(vectors.unit_ids.tolist(), vectors.unit_vectors, strict=True)
    scored = [(cosine(asked.vector.tolist(), row.tolist()), i) for i, row in rows if i in among]
    ranked = sorted((s, i) for s, i in scored if i in units_of(vectors, language))[::-1]
    return list(dict.fromkeys(i for _, i in ranked[:limit]))


def questions(language: Language, centred: bool, dimension: int = 16) -> list[Query]:
    """Four questions of five tokens."""
    random = np.random.default_rng(1)
    rows = unit_length(random.normal(size=(4, 6, dimension)))
    return [Query(row[0], row[1:], language, centred) for row in rows]


def test_scores_by_eye(tmp_path: Path) -> None:
    snapshot = build_snapshot(tmp_path, 1, "model", hand_made())
    assert snapshot.unit_scores(query(NORTH), [9, 7], "zh") == pytest.approx({7: 1.0, 9: 0.0})
    assert snapshot.unit_scores(query(NORTH), [8], "en") == pytest.approx({8: 0.8})
    sentences = snapshot.sentence_scores(query(NORTH), [7, 9], "zh")
    assert sentences[7] == pytest.approx({0: 0.0, 1: 1.0})
    assert sentences[9] == pytest.approx({0: 0.0})
    both = query(EAST, np.stack([EAST, NORTH]))
    assert snapshot.token_scores(both, [9, 7], "zh") == pytest.approx({7: 1.0, 9: -0.5}, abs=1e-3)
    assert snapshot.token_scores(both, [8], "en") == pytest.approx({8: 0.7}, abs=1e-2)
    assert snapshot.token_matches(both, [8], "en")[8] == pytest.approx([0.6, 0.8], abs=1e-2)


def test_a_centre_by_eye(tmp_path: Path) -> None:
    """Chinese vectors lean north; less what they share, what looks east or west looks south-east or south-west."""
    centres = {**hand_made().centres, "zh": Centre(0.5 * NORTH, NORTH)}
    snapshot = build_snapshot(tmp_path, 1, "model", replace(hand_made(), centres=centres))
    asked = query(EAST, language="en", centred=True)
    assert snapshot.unit_scores(asked, [7, 9], "zh") == pytest.approx({7: 0.8**0.5, 9: -(0.8**0.5)})
    assert snapshot.token_scores(asked, [9], "zh") == pytest.approx({9: -(0.5**0.5)}, abs=1e-3)
    assert snapshot.unit_scores(query(NORTH, language="zh", centred=True), [7], "zh") == pytest.approx({7: 1.0})
    assert snapshot.unit_scores(query(EAST, centred=False), [7], "zh") == pytest.approx({7: 1.0})


def test_the_nearest_by_eye_are_of_one_language_and_of_those_asked_for(tmp_path: Path) -> None:
    snapshot = build_snapshot(tmp_path, 1, "model", hand_made())
    assert snapshot.nearest(query(EAST), "zh", 10) == [7, 9]
    assert snapshot.nearest(query(-EAST), "zh", 10) == [9, 7]
    assert snapshot.nearest(query(EAST), "zh", 1) == [7]
    assert snapshot.nearest(query(EAST), "en", 10) == [8]
    assert snapshot.nearest(query(EAST), "zh", 10, among=[9, 8, 1000]) == [9]
    assert snapshot.nearest(query(EAST), "zh", 10, among=[]) == []
    assert snapshot.nearest(query(EAST), "en", 10, among=[7, 9]) == []


def test_nothing_asked_for_and_nothing_known(tmp_path: Path) -> None:
    snapshot = build_snapshot(tmp_path, 1, "model", hand_made())
    assert snapshot.unit_scores(query(EAST), [], "zh") == {}
    assert snapshot.sentence_scores(query(EAST), [], "zh") == {}
    assert snapshot.token_scores(query(EAST), [], "zh") == {}
    assert snapshot.unit_scores(query(EAST), [1000], "zh") == {}
    assert snapshot.sentence_scores(query(EAST), [1000], "zh") == {1000: {}}
    assert snapshot.token_scores(query(EAST), [1000], "zh") == {}
    assert snapshot.token_scores(query(EAST, np.zeros((0, 2), np.float32)), [7], "zh") == {}


@pytest.mark.parametrize("centred", [True, False])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("units", [1, 2, 60])
def test_scores_agree_with_the_slow_oracles(tmp_path: Path, units: int, language: Language, centred: bool) -> None:
    vectors = scattered(units)
    build_snapshot(tmp_path, 1, "model", vectors)
    snapshot = open_snapshot(tmp_path, 1, "model")
    assert snapshot.state_count == len(vectors.states)
    for asked in [q for own in LANGUAGES for q in questions(own, centred)]:
        best = slow_best(vectors, asked, language)
        sentences = slow_sentences(vectors, asked, language)
        tokens = slow_max_sim(vectors, asked, language)
        # Some of the units, last first: the order that they are asked for in changes nothing.
        for chosen in (sorted(best), sorted(best)[::-2]):
            near = snapshot.unit_scores(asked, chosen, language)
            assert near == pytest.approx({i: best[i] for i in chosen}, abs=1e-4)
            parts = snapshot.sentence_scores(asked, chosen, language)
            assert list(parts) == chosen
            for i in chosen:
                assert parts[i] == pytest.approx(sentences[i], abs=1e-3)
            # What was packed is not quite of length one, as the fast formula takes it to be.
            again = snapshot.token_scores(asked, chosen, language)
            assert again == pytest.approx({i: tokens[i] for i in chosen if i in tokens}, abs=5e-3)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("units", [1, 2, 60])
def test_the_nearest_agree_with_the_slow_oracle(tmp_path: Path, units: int, language: Language) -> None:
    vectors = scattered(units)
    snapshot = build_snapshot(tmp_path, 1, "model", vectors)
    every = vectors.unit_ids.tolist()
    for asked in questions("zh", centred=True):
        for limit in (1, 7, 10_000):
            assert snapshot.nearest(asked, language, limit) == slow_nearest(vectors, asked, language, limit, every)
            for among in (every[::3], every[-1:], []):
                expected = slow_nearest(vectors, asked, language, limit, among)
                assert snapshot.nearest(asked, language, limit, among) == expected


def test_a_model_without_token_states_has_no_token_scores(tmp_path: Path) -> None:
    vectors = scattered(20, tokens=False)
    build_snapshot(tmp_path, 1, "model", vectors)
    snapshot = open_snapshot(tmp_path, 1, "model")
    assert snapshot.state_count == 0
    asked = questions("en", centred=True)[0]
    chosen = units_of(vectors, "zh")
    assert snapshot.token_scores(asked, chosen, "zh") == {}
    assert snapshot.unit_scores(asked, chosen, "zh") == pytest.approx(slow_best(vectors, asked, "zh"), abs=1e-4)


def test_a_library_without_sentences(tmp_path: Path) -> None:
    vectors = scattered(5)
    bare = replace(vectors, sentence_vectors=vectors.sentence_vectors[:0], sentence_keys=vectors.sentence_keys[:0])
    build_snapshot(tmp_path, 1, "model", bare)
    snapshot = open_snapshot(tmp_path, 1, "model")
    assert snapshot.sentence_count == 0
    chosen = units_of(vectors, "zh")
    assert snapshot.sentence_scores(questions("zh", True)[0], chosen, "zh") == {i: {} for i in chosen}


def test_a_library_of_one_language_only(tmp_path: Path) -> None:
    vectors = replace(scattered(12), unit_languages=np.ones_like(scattered(12).unit_languages))
    snapshot = build_snapshot(tmp_path, 1, "model", vectors)
    for asked in questions("zh", centred=True):
        assert snapshot.nearest(asked, "zh", 10) == []
        assert set(snapshot.nearest(asked, "en", 10_000)) == set(vectors.unit_ids.tolist())


def test_scores_do_not_depend_on_what_else_is_asked_for(tmp_path: Path) -> None:
    vectors = scattered(30)
    snapshot: Snapshot = build_snapshot(tmp_path, 1, "model", vectors)
    asked = questions("en", centred=True)[1]
    chosen = units_of(vectors, "zh")
    together = snapshot.token_scores(asked, chosen, "zh")
    alone = {i: score for one in chosen for i, score in snapshot.token_scores(asked, [one], "zh").items()}
    assert together == pytest.approx(alone, abs=1e-6)
