"""Index snapshots on disk: what a build leaves, and what must not be trusted."""

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

from corpus.errors import SnapshotError
from corpus.records import LANGUAGES
from embeddings.index import build_snapshot, open_snapshot
from embeddings.snapshot import Snapshot, VectorSet
from embeddings.space import Centre, pack
from tests.embeddings.vectors import EAST, NORTH, hand_made, query, scattered, unit_length

ARRAYS = (
    "units.faiss", "unit_ids.npy", "unit_languages.npy", "sentences.npy", "sentence_keys.npy", "states.npy",
    "state_scales.npy", "state_units.npy", "centres.npy",
    "unrefined.npy",
)  # fmt: skip
MANIFEST = "manifest.json"


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
    assert snapshot.nearest(query(EAST), "zh", 10) == [7, 9]
    assert snapshot.unit_scores(query(EAST), [7, 9], "zh") == pytest.approx({7: 1.0, 9: -1.0})
    assert snapshot.unit_scores(query(NORTH), [8], "en") == pytest.approx({8: 0.8})
    assert snapshot.sentence_scores(query(NORTH), [7], "zh")[7] == pytest.approx({0: 0.0, 1: 1.0})
    assert snapshot.token_scores(query(EAST), [7, 9], "zh") == pytest.approx({7: 1.0, 9: -1.0}, abs=1e-3)


def test_what_was_built_is_what_is_opened(tmp_path: Path) -> None:
    built = build_snapshot(tmp_path / "index", 3, "model", hand_made())
    opened = open_snapshot(tmp_path / "index", 3, "model")
    for snapshot in (built, opened):
        assert (snapshot.generation, snapshot.fingerprint) == (3, "model")
        assert (snapshot.unit_count, snapshot.state_count) == (3, 4)
        check_by_eye(snapshot)


def test_sentences_are_counted_by_sentence_not_by_window(tmp_path: Path) -> None:
    assert build_snapshot(tmp_path / "index", 3, "model", hand_made()).sentence_count == 4


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


# Too much for FAISS's file, by far and by a little; for the sentences; and for the states of the tokens.
@pytest.mark.parametrize(("units", "sentences", "tokens"), [(1000, 1, 1), (260, 1, 1), (4, 2000, 1), (4, 1, 2000)])
def test_a_full_disk_fails_the_build_and_keeps_the_old_snapshot(
    tmp_path: Path, units: int, sentences: int, tokens: int
) -> None:
    random = np.random.default_rng(units)
    states, scales = pack(unit_length(random.normal(size=(tokens, 64))))
    much = VectorSet(
        unit_vectors=unit_length(random.normal(size=(units, 64))),
        unit_ids=np.arange(units),
        unit_languages=np.zeros(units, np.int8),
        sentence_vectors=unit_length(random.normal(size=(sentences, 64))).astype(np.float16),
        sentence_keys=np.column_stack([np.sort(np.arange(sentences) % units), np.arange(sentences)]),
        states=states,
        state_scales=scales,
        state_units=np.sort(np.arange(tokens) % units),
        centres={language: Centre.nowhere(64) for language in LANGUAGES},
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


@pytest.mark.parametrize("garbage", [b"", b"\xff\xfe\x00", b"not json", b"null", b"[]", b"{}", b'{"format": 2}'])
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
    path.write_text(json.dumps({**json.loads(path.read_text()), "format": 1}))
    assert "format" in refusal(root)


@pytest.mark.parametrize("wrong", ["units", "sentences", "states", "dimension"])
def test_a_manifest_of_other_counts_than_its_arrays(root: Path, wrong: str) -> None:
    path = current(root) / MANIFEST
    made = json.loads(path.read_text())
    path.write_text(json.dumps({**made, wrong: made[wrong] + 1}))
    assert "cannot be opened" in refusal(root)


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
    check_by_eye(open_snapshot(root, 3, "model"))
