"""Vectors and index brought up to the library: only what is new is embedded, and what cannot be trusted is rebuilt."""

from __future__ import annotations

import logging
import re
import shutil
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from corpus.anchors import split_anchor_id
from corpus.errors import SnapshotError
from corpus.home import BUNDLED_DATA
from corpus.library import LIBRARY_FILE, Library
from corpus.sync import sync_folder
from embeddings.build import INDEX_FOLDER, WHOLE_UNIT, embed_missing, ensure_index
from embeddings.model import Encoder

CHAIR = "wg6-2020-chair-summary"
REPORT = "wg6-2020-report"


class Letters:
    """A model one can check by eye: a vector counts the letters of a text in 32 bins; it reads 300 characters at once.

    It notes the texts it was given, and stops as if interrupted when it was given more than ``patience`` batches.
    """

    def __init__(self, fingerprint: str = "letters", patience: int = 1000) -> None:
        self.fingerprint, self.patience = fingerprint, patience
        self.texts: list[str] = []

    def windows(self, text: str, context: str = "") -> Sequence[tuple[int, int]]:
        room = 300 - len(context)
        return [(start, min(start + room, len(text))) for start in range(0, len(text), room)]

    def encode_passages(self, texts: Sequence[str], progress: bool = False) -> NDArray[np.float32]:
        assert not progress
        if self.patience == 0:
            raise KeyboardInterrupt
        self.patience -= 1
        self.texts += texts
        bins = np.zeros((len(texts), 32), np.float32)
        for row, text in enumerate(texts):
            np.add.at(bins[row], [ord(letter) % 32 for letter in text], 1.0)
        return np.asarray(bins / np.linalg.norm(bins, axis=1, keepdims=True), dtype=np.float32)


def data_of(tmp_path: Path, *doc_ids: str) -> Path:
    for doc_id in doc_ids:
        shutil.copytree(BUNDLED_DATA / doc_id, tmp_path / "data" / doc_id)
    return tmp_path / "data"


def library_of(home: Path, data: Path) -> Library:
    library = Library.open(home)
    sync_folder(library, data)
    return library


def replace_in(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), "utf-8")


def generation_folder(home: Path) -> str:
    names = [path.name for path in (home / INDEX_FOLDER).iterdir() if path.is_dir()]
    assert len(names) == 1
    return names[0]


def ids_of(library: Library) -> dict[str, int]:
    return dict(library.connection.execute("SELECT doc_id || '#' || anchor, id FROM units").fetchall())


def whole_vectors(library: Library, fingerprint: str) -> dict[int, bytes]:
    rows = library.connection.execute(
        "SELECT unit_id, group_concat(hex(vector), '') FROM vectors WHERE fingerprint = ? AND sentence = ? GROUP BY 1",
        (fingerprint, WHOLE_UNIT),
    )
    return dict(rows.fetchall())


def found(library: Library, encoder: Letters | Encoder, texts: Iterable[str]) -> list[dict[int, float]]:
    snapshot = ensure_index(library, encoder, progress=False)
    return [snapshot.search(vector, 20) for vector in encoder.encode_passages(list(texts))]


def test_every_unit_and_sentence_has_vectors(built_home: Path, bundled_encoder: Encoder) -> None:
    library = Library.open(built_home)
    units = {unit_id for (unit_id,) in library.connection.execute("SELECT id FROM units")}
    assert len(units) == 297
    assert whole_vectors(library, bundled_encoder.fingerprint).keys() == units
    without = library.connection.execute(
        "SELECT count(*) FROM sentences s WHERE NOT EXISTS (SELECT 1 FROM vectors v"
        " WHERE v.fingerprint = ? AND v.unit_id = s.unit_id AND v.sentence = s.position)",
        (bundled_encoder.fingerprint,),
    )
    assert without.fetchone() == (0,)
    assert ensure_index(library, bundled_encoder, progress=False).unit_count == 297


def test_a_unit_is_found_by_its_own_vector(built_home: Path, bundled_encoder: Encoder) -> None:
    library = Library.open(built_home)
    snapshot = ensure_index(library, bundled_encoder, progress=False)
    rows = library.connection.execute(
        "SELECT unit_id, vector FROM vectors WHERE fingerprint = ? AND sentence = ? AND unit_id % 10 = 0",
        (bundled_encoder.fingerprint, WHOLE_UNIT),
    ).fetchall()
    assert len(rows) > 20
    for unit_id, blob in rows:
        hits = snapshot.search(np.frombuffer(blob, np.float16).astype(np.float32), 5)
        assert max(hits, key=lambda hit: hits[hit]) == unit_id
        assert hits[unit_id] == pytest.approx(1.0, abs=2e-3)


def test_a_second_call_embeds_nothing_and_keeps_the_snapshot(tmp_path: Path) -> None:
    library = library_of(tmp_path / "home", data_of(tmp_path, CHAIR))
    ensure_index(library, Letters(), progress=False)
    folder = generation_folder(tmp_path / "home")
    again = Letters()
    ensure_index(Library.open(tmp_path / "home"), again, progress=False)
    assert again.texts == []
    assert embed_missing(library, again, progress=False) == 0
    assert generation_folder(tmp_path / "home") == folder


def test_texts_are_embedded_after_their_context(tmp_path: Path) -> None:
    library = library_of(tmp_path / "home", data_of(tmp_path, CHAIR))
    encoder = Letters()
    ensure_index(library, encoder, progress=False)
    context, text = library.connection.execute("SELECT context, text FROM units WHERE anchor = 'dp6'").fetchone()
    assert "讨论要点6" in context
    assert context + text in encoder.texts


def test_a_changed_unit_is_embedded_anew_and_no_other(tmp_path: Path) -> None:
    data = data_of(tmp_path, CHAIR)
    library = library_of(tmp_path / "home", data)
    ensure_index(library, Letters(), progress=False)
    ids, vectors = ids_of(library), whole_vectors(library, "letters")
    folder = generation_folder(tmp_path / "home")
    replace_in(data / CHAIR / "zh.txt", "区块链技术", "量子龘技术")
    sync_folder(library, data)
    encoder = Letters()
    snapshot = ensure_index(library, encoder, progress=False)
    changed = [anchor for anchor, unit_id in ids_of(library).items() if ids.get(anchor) != unit_id]
    assert len(changed) == 1
    unit = library.unit(*split_anchor_id(changed[0]))
    assert "量子龘技术" in unit.text
    assert all(text.partition("：")[2] in unit.text for text in encoder.texts)
    assert any("量子龘技术" in text for text in encoder.texts)
    now = whole_vectors(library, "letters")
    assert len(now) == len(vectors)
    assert {i: vectors[i] for i in vectors if i != ids[changed[0]]}.items() <= now.items()
    assert ids[changed[0]] not in now
    assert snapshot.generation == library.generation() == 2
    assert generation_folder(tmp_path / "home") != folder
    assert ids[changed[0]] not in snapshot.search(encoder.encode_passages([unit.text])[0], 1000)


@pytest.mark.parametrize("file", ["units.faiss", "sentences.npy", "manifest.json"])
def test_a_half_deleted_index_is_rebuilt_with_a_message(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, file: str
) -> None:
    library = library_of(tmp_path / "home", data_of(tmp_path, CHAIR))
    questions = ["缔约国应考虑标记枪支", "区块链技术"]
    before = found(library, Letters(), questions)
    (tmp_path / "home" / INDEX_FOLDER / generation_folder(tmp_path / "home") / file).unlink()
    encoder = Letters()
    with caplog.at_level(logging.WARNING, logger="embeddings.build"):
        ensure_index(library, encoder, progress=False)
    assert encoder.texts == []
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert re.search(rf"lost .*{file.split('.')[0]}.*expected .*rebuilt", caplog.text)
    assert found(library, Letters(), questions) == before


def test_an_index_that_was_never_built_is_built_without_a_warning(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    library = library_of(tmp_path / "home", data_of(tmp_path, CHAIR))
    ensure_index(library, Letters(), progress=False)
    assert caplog.records == []


def test_the_index_of_a_library_that_was_moved_aside_is_not_trusted(tmp_path: Path) -> None:
    """ "Move library.sqlite3 aside and start again", says an error; the new one counts generations and ids from 1."""
    home = tmp_path / "home"
    library_of(home, data_of(tmp_path / "old", CHAIR)).connection.close()
    ensure_index(Library.open(home), Letters(), progress=False)
    for path in home.glob(f"{LIBRARY_FILE}*"):
        path.rename(tmp_path / path.name)
    library = library_of(home, data_of(tmp_path / "new", REPORT))
    snapshot = ensure_index(library, Letters(), progress=False)
    assert snapshot.unit_count == len(library.units(REPORT)) == 91


def test_another_models_vectors_stand_beside_the_first(
    copy_home: Callable[[], Path], bundled_encoder: Encoder, caplog: pytest.LogCaptureFixture
) -> None:
    library = Library.open(copy_home())
    questions = ["缔约国应考虑标记枪支"]
    before = found(library, bundled_encoder, questions)
    vectors = whole_vectors(library, bundled_encoder.fingerprint)
    letters = Letters()
    snapshot = ensure_index(library, letters, progress=False)
    assert "another model" in caplog.text
    assert snapshot.unit_count == 297
    assert snapshot.search(letters.encode_passages(questions)[0], 1000).keys() == vectors.keys()
    assert whole_vectors(library, bundled_encoder.fingerprint) == vectors
    assert embed_missing(library, bundled_encoder, progress=False) == 0
    assert found(library, bundled_encoder, questions) == before
    assert embed_missing(library, letters, progress=False) == 0


def test_an_interrupted_build_goes_on_where_it_stopped(tmp_path: Path) -> None:
    library = library_of(tmp_path / "home", data_of(tmp_path, CHAIR, REPORT, "wg6-2021-agenda"))
    whole = Letters("whole")
    assert embed_missing(library, whole, progress=False) == 29 + 91 + 37
    first = Letters(patience=1)
    with pytest.raises(KeyboardInterrupt):
        ensure_index(library, first, progress=False)
    kept = whole_vectors(library, "letters")
    assert 0 < len(kept) < 157
    rest = Letters()
    assert embed_missing(library, rest, progress=False) == 157 - len(kept)
    assert sorted(first.texts + rest.texts) == sorted(whole.texts)
    assert whole_vectors(library, "letters") == whole_vectors(library, "whole")


def test_a_unit_that_goes_while_it_is_embedded_leaves_no_vectors(tmp_path: Path) -> None:
    data = data_of(tmp_path, CHAIR, REPORT)
    library = library_of(tmp_path / "home", data)

    class Meanwhile(Letters):
        def encode_passages(self, texts: Sequence[str], progress: bool = False) -> NDArray[np.float32]:
            shutil.rmtree(data / CHAIR, ignore_errors=True)
            sync_folder(Library.open(tmp_path / "home"), data)
            return super().encode_passages(texts, progress)

    snapshot = ensure_index(library, Meanwhile(), progress=False)
    assert {unit.doc_id for unit in library.units_by_id(whole_vectors(library, "letters")).values()} == {REPORT}
    assert snapshot.unit_count == len(library.units(REPORT))


def test_an_empty_library_has_no_index(tmp_path: Path) -> None:
    with pytest.raises(SnapshotError, match=r"no vectors.*add a document"):
        ensure_index(Library.open(tmp_path / "home"), Letters(), progress=False)


def test_a_unit_longer_than_the_model_reads_has_windows_and_is_found_by_its_end(
    tmp_path: Path, bundled_encoder: Encoder
) -> None:
    data = data_of(tmp_path, CHAIR)
    filler = "".join(f"第{n}类标记应在制造、进口和转让时加盖，并保存记录不少于{n}年。" for n in range(10, 60))
    ending = "企鹅住在南极洲的冰上，以磷虾和小鱼为食。"
    source = (data / CHAIR / "zh.txt").read_text("utf-8")
    head, _, rest = source.partition("讨论要点 1 \n")
    second = rest.index("讨论要点 2 \n")
    third = re.search(r"B\. |讨论要点 3 ", rest[second:])
    assert third
    (data / CHAIR / "zh.txt").write_text(
        f"{head}讨论要点 1 \n \n{filler}{ending} \n\n \n{rest[second : second + third.start()]}", "utf-8"
    )
    library = library_of(tmp_path / "home", data)
    assert len(ids_of(library)) <= 3
    unit = library.unit(CHAIR, "dp1")
    assert unit.text == filler + ending
    snapshot = ensure_index(library, bundled_encoder, progress=False)
    unit_id = ids_of(library)[unit.anchor_id]
    windows = library.connection.execute(
        "SELECT count(*) FROM vectors WHERE unit_id = ? AND sentence = ?", (unit_id, WHOLE_UNIT)
    ).fetchone()[0]
    assert windows >= 3
    query = bundled_encoder.encode_queries(["企鹅吃什么？"])[0]
    beginning = bundled_encoder.encode_passages([filler[:300]])[0]
    assert snapshot.search(query, 100)[unit_id] > float(beginning @ query) + 0.02
    sentences = snapshot.sentence_scores(query, [unit_id])[unit_id]
    assert max(sentences, key=lambda at: sentences[at]) == len(unit.sentences) - 1
