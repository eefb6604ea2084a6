"""Index snapshots: vectors one can check by eye, a slow oracle, what a build leaves, and what must not be trusted."""

from __future__ import annotations

import json
import resource
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from corpus.errors import SnapshotError
from embeddings.index import Snapshot, VectorSet, build_snapshot, open_snapshot

ARRAYS = ("units.faiss", "unit_ids.npy", "sentences.npy", "sentence_keys.npy")
MANIFEST = "manifest.json"
EAST = np.array([1, 0], dtype=np.float32)
NORTH = np.array([0, 1], dtype=np.float32)


def hand_made() -> VectorSet:
    """Unit 7 looks east in its first window and north in its second, 8 north-east, 9 west; sentences likewise."""
    return VectorSet(
        unit_vectors=np.array([[1, 0], [0, 1], [0.6, 0.8], [-1, 0]], dtype=np.float32),
        unit_ids=np.array([7, 7, 8, 9]),
        sentence_vectors=np.array([[1, 0], [-1, 0], [0, 1], [0.6, 0.8], [-1, 0]], dtype=np.float16),
        sentence_keys=np.array([[7, 0], [7, 1], [7, 1], [8, 0], [9, 0]]),
    )


def unit_length(rows: NDArray[np.float64]) -> NDArray[np.float32]:
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


def scattered(units: int, dimension: int = 16) -> VectorSet:
    """Random vectors; each unit has up to three rows, and sentences of which some have several; rows shuffled."""
    random = np.random.default_rng(units)
    unit_ids = np.repeat(np.arange(units) * 3 + 5, random.integers(1, 4, units))
    keys = [(unit_id, position) for unit_id in range(5, 5 + units * 3, 3) for position in (0, 1, 1, 2)]
    order = random.permutation(len(keys))
    return VectorSet(
        unit_length(random.normal(size=(len(unit_ids), dimension))),
        unit_ids,
        unit_length(random.normal(size=(len(keys), dimension))).astype(np.float16),
        np.array(keys)[order],
    )


def slow_best(keys: list[int], vectors: NDArray[np.float32], query: NDArray[np.float32]) -> dict[int, float]:
    """The cosine of the best row of each key, one row after the other."""
    best: dict[int, float] = {}
    for key, vector in zip(keys, vectors, strict=True):
        cosine = float(sum(a * b for a, b in zip(vector.tolist(), query.tolist(), strict=True)))
        best[key] = max(best.get(key, -2.0), cosine)
    return best


@contextmanager
def files_limited_to(size: int) -> Iterator[None]:
    """No file may grow beyond ``size`` bytes: a write beyond fails as it does on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def check_by_eye(snapshot: Snapshot) -> None:
    assert snapshot.search(EAST, 10) == pytest.approx({7: 1.0, 8: 0.6, 9: -1.0})
    assert snapshot.search(NORTH, 10) == pytest.approx({7: 1.0, 8: 0.8, 9: 0.0})
    assert snapshot.unit_scores(NORTH, [8, 7]) == pytest.approx({7: 1.0, 8: 0.8})
    scores = snapshot.sentence_scores(NORTH, [7, 8])
    assert scores[7] == pytest.approx({0: 0.0, 1: 1.0})
    assert scores[8] == pytest.approx({0: 0.8}, abs=1e-3)


def test_what_was_built_is_what_is_opened(tmp_path: Path) -> None:
    built = build_snapshot(tmp_path / "index", 3, "model", hand_made())
    opened = open_snapshot(tmp_path / "index", 3, "model")
    for snapshot in (built, opened):
        assert (snapshot.generation, snapshot.fingerprint) == (3, "model")
        assert snapshot.unit_count == 3
        check_by_eye(snapshot)


def test_sentences_are_counted_by_sentence_not_by_window(tmp_path: Path) -> None:
    assert build_snapshot(tmp_path / "index", 3, "model", hand_made()).sentence_count == 4


def test_a_search_for_fewer_gives_the_best(tmp_path: Path) -> None:
    snapshot = build_snapshot(tmp_path, 1, "model", hand_made())
    assert snapshot.search(EAST, 1) == pytest.approx({7: 1.0})
    assert snapshot.search(EAST, 2) == pytest.approx({7: 1.0, 8: 0.6})
    assert snapshot.unit_scores(EAST, []) == {}
    assert snapshot.sentence_scores(EAST, [1000]) == {1000: {}}


@pytest.mark.parametrize("units", [1, 2, 60])
def test_search_agrees_with_the_slow_oracle(tmp_path: Path, units: int) -> None:
    vectors = scattered(units)
    snapshot = build_snapshot(tmp_path, 1, "model", vectors)
    stored = vectors.sentence_vectors.astype(np.float32)
    for query in unit_length(np.random.default_rng(1).normal(size=(5, 16))):
        expected = slow_best(vectors.unit_ids.tolist(), vectors.unit_vectors, query)
        assert snapshot.search(query, 10_000) == pytest.approx(expected, abs=1e-5)
        chosen = sorted(expected)[::2]
        assert snapshot.unit_scores(query, chosen) == pytest.approx({i: expected[i] for i in chosen}, abs=1e-5)
        few = snapshot.search(query, 7)
        assert few == pytest.approx({i: expected[i] for i in few}, abs=1e-5)
        assert min(few.values()) >= max((expected[i] for i in expected.keys() - few.keys()), default=-2.0) - 1e-5
        sentences = snapshot.sentence_scores(query, chosen)
        assert list(sentences) == chosen
        for unit_id in chosen:
            rows = [row for row, key in enumerate(vectors.sentence_keys) if key[0] == unit_id]
            positions = vectors.sentence_keys[rows][:, 1].tolist()
            assert sentences[unit_id] == pytest.approx(slow_best(positions, stored[rows], query), abs=1e-5)


def test_a_build_leaves_one_generation_and_the_pointer(tmp_path: Path) -> None:
    for generation in (1, 2, 2):
        build_snapshot(tmp_path, generation, "model", hand_made())
        names = {path.name for path in tmp_path.iterdir()}
        assert len(names) == 2
        assert names == {"CURRENT", (tmp_path / "CURRENT").read_text()}
    assert open_snapshot(tmp_path, 2, "model").generation == 2


def test_what_a_killed_build_left_is_removed(tmp_path: Path) -> None:
    build_snapshot(tmp_path, 1, "model", hand_made())
    (tmp_path / ".g2-abc").mkdir()
    (tmp_path / ".g2-abc" / "units.faiss").write_bytes(b"half")
    check_by_eye(open_snapshot(tmp_path, 1, "model"))
    build_snapshot(tmp_path, 2, "model", hand_made())
    assert len(list(tmp_path.iterdir())) == 2


def test_a_reader_goes_on_while_a_new_snapshot_takes_its_place(tmp_path: Path) -> None:
    build_snapshot(tmp_path, 1, "model", hand_made())
    reader = open_snapshot(tmp_path, 1, "model")
    build_snapshot(tmp_path, 2, "model", scattered(40, dimension=2))
    assert reader.generation == 1
    check_by_eye(reader)
    assert open_snapshot(tmp_path, 2, "model").unit_count == 40


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SnapshotError, match="could not be written"):
        build_snapshot(tmp_path / "file" / "index", 1, "model", hand_made())


# 1,000 units fail while FAISS writes, 260 only as it closes the file, for the last bytes were in its buffer; with few
# units and many sentences, NumPy fails.
@pytest.mark.parametrize(("units", "sentences"), [(1000, 1), (260, 1), (4, 2000)])
def test_a_full_disk_fails_the_build_and_keeps_the_old_snapshot(tmp_path: Path, units: int, sentences: int) -> None:
    random = np.random.default_rng(units)
    much = VectorSet(
        unit_length(random.normal(size=(units, 64))),
        np.arange(units),
        unit_length(random.normal(size=(sentences, 64))).astype(np.float16),
        np.column_stack([np.arange(sentences) % units, np.arange(sentences)]),
    )
    build_snapshot(tmp_path, 1, "model", hand_made())
    before = sorted(path.name for path in tmp_path.iterdir())
    with files_limited_to(65_536), pytest.raises(SnapshotError, match="could not be written"):
        build_snapshot(tmp_path, 2, "model", much)
    check_by_eye(open_snapshot(tmp_path, 1, "model"))
    assert sorted(path.name for path in tmp_path.iterdir()) == before


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A whole index folder of generation 3 by the model "model"."""
    build_snapshot(tmp_path / "index", 3, "model", hand_made())
    open_snapshot(tmp_path / "index", 3, "model")
    return tmp_path / "index"


def current(root: Path) -> Path:
    return root / (root / "CURRENT").read_text()


def refusal(root: Path, generation: int = 3, fingerprint: str = "model") -> str:
    """The message with which the index is refused; the test fails where it is trusted."""
    with pytest.raises(SnapshotError) as caught:
        open_snapshot(root, generation, fingerprint)
    assert caught.value.expected
    assert caught.value.remedy == "it is rebuilt from the library"
    return str(caught.value)


def test_no_folder_yet(tmp_path: Path) -> None:
    assert "there is no index yet" in refusal(tmp_path / "index")


def test_the_folder_holds_what_these_tests_damage(root: Path) -> None:
    assert {path.name for path in current(root).iterdir()} == {*ARRAYS, MANIFEST}


@pytest.mark.parametrize("file", [*ARRAYS, MANIFEST])
def test_a_lost_file(root: Path, file: str) -> None:
    (current(root) / file).unlink()
    assert ("manifest" if file == MANIFEST else file) in refusal(root)


@pytest.mark.parametrize("file", [*ARRAYS, MANIFEST])
@pytest.mark.parametrize("share", [0.0, 0.5, 0.99])
def test_a_truncated_file(root: Path, file: str, share: float) -> None:
    path = current(root) / file
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    assert ("manifest" if file == MANIFEST else file) in refusal(root)


@pytest.mark.parametrize("file", ARRAYS)
def test_one_flipped_byte_in_header_or_body(root: Path, file: str) -> None:
    path = current(root) / file
    content = path.read_bytes()
    for at in (0, 5, 20, len(content) // 2, len(content) - 3, len(content) - 1):
        path.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
        assert file in refusal(root)


def test_one_flipped_byte_anywhere_in_the_manifest(root: Path) -> None:
    path = current(root) / MANIFEST
    content = path.read_bytes()
    trusted = []
    for at in range(len(content)):
        path.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
        try:
            open_snapshot(root, 3, "model")
        except SnapshotError:
            continue
        trusted.append(content[max(at - 14, 0) : at + 1].decode().strip())
    assert trusted == []


@pytest.mark.parametrize("garbage", [b"", b"\xff\xfe\x00", b"not json", b"null", b"[]", b"{}", b'{"format": 1}'])
def test_a_garbage_manifest(root: Path, garbage: bytes) -> None:
    (current(root) / MANIFEST).write_bytes(garbage)
    assert "manifest" in refusal(root)


@pytest.mark.parametrize("files", [None, [], "units.faiss", {}])
def test_a_manifest_of_the_right_keys_and_wrong_values(root: Path, files: object) -> None:
    path = current(root) / MANIFEST
    path.write_text(json.dumps({**json.loads(path.read_text()), "files": files}))
    assert refusal(root)


def test_another_model_or_generation(root: Path) -> None:
    assert "another model" in refusal(root, fingerprint="other")
    assert "generation 3" in refusal(root, generation=4)
    assert "generation 3" in refusal(root, generation=2)
    open_snapshot(root, 3, "model")


def test_another_format(root: Path) -> None:
    path = current(root) / MANIFEST
    path.write_text(json.dumps({**json.loads(path.read_text()), "format": 2}))
    assert "format" in refusal(root)


@pytest.mark.parametrize("pointer", [b"g3-000000000000", b"", b"\n", b"\xff\xfe", b"a\0b", b"..", b"x" * 5000])
def test_a_pointer_to_nowhere(root: Path, pointer: bytes) -> None:
    (root / "CURRENT").write_bytes(pointer)
    assert "manifest" in refusal(root)


def test_a_lost_pointer_and_a_folder_in_its_place(root: Path) -> None:
    (root / "CURRENT").unlink()
    assert "manifest" in refusal(root)
    (root / "CURRENT").mkdir()
    assert "manifest" in refusal(root)


def test_a_pointer_to_a_generation_that_was_removed(root: Path) -> None:
    shutil.rmtree(current(root))
    assert "manifest" in refusal(root)


def test_files_of_another_snapshot_of_the_same_model_and_generation(root: Path, tmp_path: Path) -> None:
    made = hand_made()
    build_snapshot(tmp_path / "other", 3, "model", replace(made, unit_vectors=-made.unit_vectors))
    shutil.copy(current(tmp_path / "other") / "units.faiss", current(root) / "units.faiss")
    assert "units.faiss" in refusal(root)


def test_a_snapshot_that_was_refused_is_replaced_by_a_build(root: Path) -> None:
    (current(root) / "units.faiss").write_bytes(b"")
    refusal(root)
    build_snapshot(root, 3, "model", hand_made())
    assert open_snapshot(root, 3, "model").search(hand_made().unit_vectors[2], 1)[8] == pytest.approx(1.0)
