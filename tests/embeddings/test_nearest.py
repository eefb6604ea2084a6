"""From which size on the index holds what, and lists of neighbours against a look at every row."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import SnapshotError
from corpus.library import Library
from corpus.records import LANGUAGES, Language
from embeddings.build import INDEX_FOLDER, ensure_index
from embeddings.index import build_snapshot, current_snapshot, open_snapshot
from embeddings.nearest import FILES, SIZES, Sizes
from embeddings.rows import room
from embeddings.snapshot import Query, Snapshot, VectorSet
from embeddings.space import Centre, pack
from tests.embeddings.vectors import hand_made, query, unit_length
from tests.letters import Letters, add_texts, ids_of

# Small enough that lists are made of what these tests hold.
SMALL = Sizes(exact=100, among=60, states=4, probes=24)
DIMENSION = 32
NO_STATES = np.zeros((0, DIMENSION), np.float32)


def clustered(rows: int, seed: int = 1) -> VectorSet:
    """Units of one row each round a hundred places, in two languages."""
    random = np.random.default_rng(seed)
    places = random.normal(size=(100, DIMENSION))
    vectors = unit_length(places[random.integers(0, 100, rows)] + 0.5 * random.normal(size=(rows, DIMENSION)))
    states, scales = pack(vectors[:0])
    return VectorSet(
        unit_vectors=vectors.astype(np.float16),
        unit_ids=np.arange(rows) * 2 + 3,
        unit_languages=(random.random(rows) < 0.4).astype(np.int8),
        sentence_vectors=vectors.astype(np.float16),
        sentence_keys=np.column_stack([np.arange(rows) * 2 + 3, np.zeros(rows, np.int64)]),
        states=states,
        state_scales=scales,
        state_units=np.zeros(0, np.int64),
        centres={language: Centre.nowhere(DIMENSION) for language in LANGUAGES},
    )


def questions(count: int) -> list[Query]:
    random = np.random.default_rng(7)
    near = clustered(count).unit_vectors.astype(np.float64)
    return [
        Query(vector, NO_STATES, "zh", False) for vector in unit_length(near + 0.3 * random.normal(size=near.shape))
    ]


def slow_nearest(
    vectors: VectorSet, asked: Query, language: Language, limit: int, among: Sequence[int] | None = None
) -> list[int]:
    """The units of a language with the largest dot products, every row looked at."""
    scored = [
        (float(row.astype(np.float64) @ asked.vector), unit_id)
        for row, unit_id, at in zip(
            vectors.unit_vectors, vectors.unit_ids.tolist(), vectors.unit_languages.tolist(), strict=True
        )
        if LANGUAGES[at] == language and (among is None or unit_id in set(among))
    ]
    return [unit_id for _, unit_id in sorted(scored, reverse=True)[:limit]]


@pytest.fixture(scope="module")
def many() -> VectorSet:
    return clustered(3000)


@pytest.fixture(scope="module")
def lists(many: VectorSet, tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    root = tmp_path_factory.mktemp("lists")
    build_snapshot(root, 1, "model", many, sizes=SMALL)
    return open_snapshot(root, 1, "model", sizes=SMALL)


def recall(found: list[list[int]], true: list[list[int]]) -> float:
    return float(np.mean([len(set(f) & set(t)) / len(t) for f, t in zip(found, true, strict=True)]))


def test_the_rule() -> None:
    sizes = Sizes(exact=10, states=5)
    assert [sizes.form(rows) for rows in (0, 10, 11)] == ["exact", "exact", "lists"]
    assert [sizes.holds_states(units) for units in (0, 5, 6)] == [True, True, False]
    # The bundled documents are 594 units, and a library of a hundred times as many has an index of another form.
    assert SIZES.form(594) == "exact"
    assert SIZES.holds_states(594)
    assert SIZES.form(1_000_000) == "lists"
    assert not SIZES.holds_states(1_000_000)


@pytest.mark.parametrize("language", LANGUAGES)
def test_lists_give_nearly_all_of_the_nearest_in_their_exact_order(
    many: VectorSet, lists: Snapshot, language: Language
) -> None:
    asked = questions(60)
    found = [lists.nearest(each, language, 10) for each in asked]
    assert recall(found, [slow_nearest(many, each, language, 10) for each in asked]) >= 0.98
    for each, ids in zip(asked, found, strict=True):
        assert len(ids) == 10
        assert ids == slow_nearest(many, each, language, 10, ids)


def test_scores_are_those_of_the_exact_index(many: VectorSet, lists: Snapshot, tmp_path: Path) -> None:
    exact = build_snapshot(tmp_path, 1, "model", many)
    ids = many.unit_ids[many.unit_languages == 0][::50].tolist()
    for each in questions(3):
        assert lists.unit_scores(each, ids, "zh") == pytest.approx(exact.unit_scores(each, ids, "zh"), abs=1e-6)
        assert lists.sentence_scores(each, ids, "zh") == exact.sentence_scores(each, ids, "zh")
    assert (lists.unit_count, lists.sentence_count) == (exact.unit_count, exact.sentence_count) == (3000, 3000)


@pytest.mark.parametrize("share", [50, 3])
def test_a_search_among_some_units_is_theirs_alone(many: VectorSet, lists: Snapshot, share: int) -> None:
    """Every fiftieth are few enough to be looked at one by one; every third are let through the lists."""
    among = many.unit_ids[::-1][::share].tolist()
    asked = questions(40)
    for language in LANGUAGES:
        true = [slow_nearest(many, each, language, 10, among) for each in asked]
        found = [lists.nearest(each, language, 10, among) for each in asked]
        assert all(set(ids) <= set(among) for ids in found)
        assert found == true if share == 50 else recall(found, true) >= 0.98
    assert lists.nearest(asked[0], "zh", 10, []) == []
    assert lists.nearest(asked[0], "zh", 10, [4, 10**9]) == []
    assert lists.nearest(asked[0], "zh", 10, [*among[:3], *among[:3]]) == slow_nearest(
        many, asked[0], "zh", 10, among[:3]
    )


def test_a_limit_beyond_all_rows_gives_them_all(tmp_path: Path) -> None:
    few = Sizes(exact=0, among=0, probes=10_000)
    snapshot = build_snapshot(tmp_path, 1, "model", hand_made(), sizes=few)
    assert snapshot.nearest(query(np.array([1, 0], np.float32)), "zh", 99) == [7, 9]
    assert snapshot.nearest(query(np.array([1, 0], np.float32)), "zh", 1) == [7]
    assert snapshot.nearest(query(np.array([1, 0], np.float32)), "zh", 99, [9, 8]) == [9]


def test_a_library_of_one_language_only(many: VectorSet, tmp_path: Path) -> None:
    of_one = replace(many, unit_languages=np.ones_like(many.unit_languages))
    snapshot = build_snapshot(tmp_path, 1, "model", of_one, sizes=SMALL)
    assert snapshot.nearest(questions(1)[0], "zh", 10) == []
    assert len(snapshot.nearest(questions(1)[0], "en", 10)) == 10


def test_a_small_library_has_the_exact_index_and_one_from_before_there_were_lists_is_opened(tmp_path: Path) -> None:
    build_snapshot(tmp_path, 1, "model", hand_made())
    folder = tmp_path / current_snapshot(tmp_path)
    said = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert said.pop("form") == "exact"
    assert (folder / "units.faiss").exists()
    assert not any((folder / file).exists() for file in FILES["lists"])
    (folder / "manifest.json").write_text(json.dumps(said), "utf-8")
    assert open_snapshot(tmp_path, 1, "model").unit_count == 3


@pytest.mark.parametrize("form", ["", "other", None, ["exact"]])
def test_a_form_that_is_not_known_is_refused(tmp_path: Path, form: object) -> None:
    build_snapshot(tmp_path, 1, "model", hand_made())
    path = tmp_path / current_snapshot(tmp_path) / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), "form": form}), "utf-8")
    with pytest.raises(SnapshotError, match="manifest"):
        open_snapshot(tmp_path, 1, "model")


def test_lists_of_other_languages_than_the_units_say_are_refused(many: VectorSet, tmp_path: Path) -> None:
    """Each file agrees with its checksum, but they are of two snapshots."""
    build_snapshot(tmp_path / "one", 1, "model", many, sizes=SMALL)
    build_snapshot(tmp_path / "other", 1, "model", clustered(1500), sizes=SMALL)
    one, other = (root / current_snapshot(root) for root in (tmp_path / "one", tmp_path / "other"))
    said = json.loads((one / "manifest.json").read_text("utf-8"))
    stolen = json.loads((other / "manifest.json").read_text("utf-8"))
    said["files"]["units-zh.faiss"] = stolen["files"]["units-zh.faiss"]
    (one / "units-zh.faiss").write_bytes((other / "units-zh.faiss").read_bytes())
    (one / "manifest.json").write_text(json.dumps(said), "utf-8")
    with pytest.raises(SnapshotError, match="cannot be opened"):
        open_snapshot(tmp_path / "one", 1, "model", sizes=SMALL)


def test_a_flipped_byte_or_a_lost_file_has_the_lists_rebuilt(tmp_path: Path) -> None:
    library, encoder = Library.open(tmp_path), Letters()
    add_texts(library, "both", {"zh": ["甲乙丙。", "丁戊己。"], "en": ["Marking of firearms.", "The Chair spoke."]})
    sizes = Sizes(exact=1, among=0, states=1)
    asked = Letters().encode_question("甲a")

    def everything(snapshot: Snapshot) -> list[object]:
        of = [Query(asked.vector, asked.states, language) for language in LANGUAGES]
        return [snapshot.nearest(each, each.language, 10) for each in of]

    whole, root = everything(ensure_index(library, encoder, False, sizes=sizes)), tmp_path / INDEX_FOLDER
    encoder.texts.clear()
    for file in FILES["lists"]:
        for share in (0.0, 0.5, 1.0, None):
            name = current_snapshot(root)
            path = root / name / file
            data = bytearray(path.read_bytes())
            if share is None:
                path.unlink()
            else:
                data[round(share * (len(data) - 1))] ^= 1
                path.write_bytes(data)
            snapshot = ensure_index(library, encoder, False, sizes=sizes)
            assert current_snapshot(root) != name, f"what was done to {file} was not noticed"
            assert everything(snapshot) == whole
    assert encoder.texts == []


def test_beyond_their_size_no_token_states_are_held_and_below_it_they_are_made(tmp_path: Path) -> None:
    library, encoder = Library.open(tmp_path), Letters()
    add_texts(library, "first", {"en": ["Ships sail.", "Trains run."]})
    assert ensure_index(library, encoder, False, sizes=SMALL).state_count > 0
    add_texts(library, "second", {"en": ["Planes fly.", "Carts roll.", "Boats float."]})
    encoder.texts.clear()
    snapshot = ensure_index(library, encoder, False, sizes=SMALL)
    assert (snapshot.unit_count, snapshot.state_count) == (5, 0)
    assert len(encoder.texts) == 3
    asked = encoder.encode_question("fly")
    assert snapshot.token_scores(Query(asked.vector, asked.states, "en"), [ids_of(library)["first#p1 en"]], "en") == {}
    (held,) = library.connection.execute("SELECT sum(length(states)) FROM token_states WHERE window < 0").fetchone()
    assert held == 0
    # Nothing is missing, so nothing is made again.
    encoder.texts.clear()
    ensure_index(library, encoder, False, sizes=SMALL)
    assert encoder.texts == []
    # With three units fewer there is room for states of all that are left; those of the first two were kept.
    add_texts(library, "second", {"en": ["Planes fly."]})
    again = ensure_index(library, encoder, False, sizes=SMALL)
    assert encoder.texts == ["Planes fly."]
    ids = ids_of(library)
    assert set(again.token_scores(Query(asked.vector, asked.states, "en"), sorted(ids.values()), "en")) == set(
        ids.values()
    )


def test_room_beyond_memory_lies_in_a_file_that_goes_with_it(tmp_path: Path) -> None:
    array = room(tmp_path, (1 << 20, 300), np.int8)
    assert isinstance(array, np.memmap)
    array[0], array[-1] = 1, 2
    assert (array[0].sum(), array[-1].sum(), array[5].sum()) == (300, 600, 0)
    assert list(tmp_path.iterdir()) == []
    assert not isinstance(room(tmp_path, (10, 3), np.int8), np.memmap)
