"""Vectors and index brought up to the library: only what is new is embedded, and what cannot be trusted is rebuilt."""

from __future__ import annotations

import logging
import re
import shutil
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import SnapshotError
from corpus.home import BUNDLED_DATA
from corpus.library import LIBRARY_FILE, Library
from corpus.records import LANGUAGES, Bilingual, Language
from corpus.sync import sync_folder
from embeddings.bank import bank_sentences
from embeddings.build import INDEX_FOLDER, ensure_index
from embeddings.embed import WHOLE_UNIT, embed_missing
from embeddings.model import Encoded, Encoder
from embeddings.snapshot import Query, Snapshot
from tests.letters import Letters, add_texts, ids_of
from tests.logs import told

SAMPLE = frozenset(text for texts in bank_sentences().values() for text in texts)
CHAIR = "wg6-2020-chair-summary"
REPORT = "wg6-2020-report"


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


def whole_vectors(library: Library, fingerprint: str) -> dict[int, bytes]:
    rows = library.connection.execute(
        "SELECT unit_id, group_concat(hex(vector), '') FROM vectors WHERE fingerprint = ? AND sentence = ? GROUP BY 1",
        (fingerprint, WHOLE_UNIT),
    )
    return dict(rows.fetchall())


def scores(library: Library, snapshot: Snapshot, encoder: Letters | Encoder, text: str) -> dict[int, float]:
    """The score of each unit's vector for a text, in either language."""
    encoded = encoder.encode_question(text)
    asked = Query(encoded.vector, encoded.states, "zh")
    return {
        unit_id: score
        for language in LANGUAGES
        for unit_id, score in snapshot.unit_scores(asked, library.unit_ids(language), language).items()
    }


def found(library: Library, encoder: Letters | Encoder, texts: Iterable[str]) -> list[dict[int, float]]:
    snapshot = ensure_index(library, encoder, progress=False)
    return [scores(library, snapshot, encoder, text) for text in texts]


def test_every_unit_and_sentence_has_vectors(built_home: Path, bundled_encoder: Encoder) -> None:
    library = Library.open(built_home)
    units = {unit_id for (unit_id,) in library.connection.execute("SELECT id FROM units")}
    assert len(units) == 594
    assert whole_vectors(library, bundled_encoder.fingerprint).keys() == units
    without = library.connection.execute(
        "SELECT count(*) FROM sentences s WHERE NOT EXISTS (SELECT 1 FROM vectors v"
        " WHERE v.fingerprint = ? AND v.unit_id = s.unit_id AND v.sentence = s.position)",
        (bundled_encoder.fingerprint,),
    )
    assert without.fetchone() == (0,)
    assert ensure_index(library, bundled_encoder, progress=False).unit_count == 594


def test_a_unit_is_found_by_its_own_vector(built_home: Path, bundled_encoder: Encoder) -> None:
    library = Library.open(built_home)
    snapshot = ensure_index(library, bundled_encoder, progress=False)
    rows = library.connection.execute(
        "SELECT unit_id, vector FROM vectors WHERE fingerprint = ? AND sentence = ? AND unit_id % 10 = 0"
        " AND unit_id NOT IN (SELECT unit_id FROM vectors WHERE sentence = -1 AND window > 0)",
        (bundled_encoder.fingerprint, WHOLE_UNIT),
    ).fetchall()
    assert len(rows) > 20
    for unit_id, blob in rows:
        (unit,) = library.units_by_id([unit_id]).values()
        vector = np.frombuffer(blob, np.float16).astype(np.float32)
        query = Query(vector, np.zeros((0, len(vector)), np.float32), unit.language)
        nearest = snapshot.nearest(query, unit.language, 5)
        assert nearest[0] == unit_id
        hits = snapshot.unit_scores(query, nearest, unit.language)
        assert hits[unit_id] == max(hits.values()) == pytest.approx(1.0, abs=2e-3)


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
    context, text = library.connection.execute(
        "SELECT context, text FROM units WHERE anchor = 'dp6' AND language = 'zh'"
    ).fetchone()
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
    assert changed == [f"{CHAIR}#dp13 zh"]
    unit = library.unit(CHAIR, "dp13", "zh")
    assert "量子龘技术" in unit.text
    new = [text for text in encoder.texts if text not in SAMPLE]
    assert all(text.partition("：")[2] in unit.text for text in new)
    assert any("量子龘技术" in text for text in encoder.texts)
    now = whole_vectors(library, "letters")
    assert len(now) == len(vectors)
    assert {i: vectors[i] for i in vectors if i != ids[changed[0]]}.items() <= now.items()
    assert ids[changed[0]] not in now
    assert snapshot.generation == library.generation() == 2
    assert generation_folder(tmp_path / "home") != folder
    asked = Query(encoder.encode_question(unit.text).vector, np.zeros((0, 32), np.float32), "zh")
    assert set(snapshot.nearest(asked, "zh", 1000)) == set(library.unit_ids("zh"))


@pytest.mark.parametrize("file", ["units.faiss", "states.npy", "centres.npy", "manifest.json"])
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
    assert [record.levelname for record in told(caplog, "embeddings")] == ["WARNING"]
    assert re.search(rf"lost .*{file.split('.')[0]}.*expected .*rebuilt", caplog.text)
    assert found(library, Letters(), questions) == before


def test_an_index_that_was_never_built_is_built_without_a_warning(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    library = library_of(tmp_path / "home", data_of(tmp_path, CHAIR))
    ensure_index(library, Letters(), progress=False)
    assert told(caplog, "embeddings") == []


def test_the_index_of_a_library_that_was_moved_aside_is_not_trusted(tmp_path: Path) -> None:
    """ "Move library.sqlite3 aside and start again", says an error; the new one counts generations and ids from 1."""
    home = tmp_path / "home"
    library_of(home, data_of(tmp_path / "old", CHAIR)).connection.close()
    ensure_index(Library.open(home), Letters(), progress=False)
    for path in home.glob(f"{LIBRARY_FILE}*"):
        path.rename(tmp_path / path.name)
    library = library_of(home, data_of(tmp_path / "new", REPORT))
    snapshot = ensure_index(library, Letters(), progress=False)
    assert snapshot.unit_count == len(library.units(REPORT)) == 182


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
    assert snapshot.unit_count == 594
    assert scores(library, snapshot, letters, questions[0]).keys() == vectors.keys()
    assert whole_vectors(library, bundled_encoder.fingerprint) == vectors
    assert embed_missing(library, bundled_encoder, progress=False) == 0
    assert found(library, bundled_encoder, questions) == before
    assert embed_missing(library, letters, progress=False) == 0


def test_an_interrupted_build_goes_on_where_it_stopped(tmp_path: Path) -> None:
    library = library_of(tmp_path / "home", data_of(tmp_path, CHAIR, REPORT, "wg6-2021-agenda"))
    whole = Letters("whole")
    assert embed_missing(library, whole, progress=False) == 2 * (29 + 91 + 37)
    first = Letters(patience=1)
    with pytest.raises(KeyboardInterrupt):
        ensure_index(library, first, progress=False)
    kept = whole_vectors(library, "letters")
    assert 0 < len(kept) < 314
    rest = Letters()
    assert embed_missing(library, rest, progress=False) == 314 - len(kept)
    assert sorted(first.texts + rest.texts) == sorted(whole.texts)
    assert whole_vectors(library, "letters") == whole_vectors(library, "whole")


def test_a_unit_that_goes_while_it_is_embedded_leaves_no_vectors(tmp_path: Path) -> None:
    data = data_of(tmp_path, CHAIR, REPORT)
    library = library_of(tmp_path / "home", data)

    class Meanwhile(Letters):
        def encode_units(self, texts: Sequence[str], progress: bool = False) -> list[Encoded]:
            shutil.rmtree(data / CHAIR, ignore_errors=True)
            sync_folder(Library.open(tmp_path / "home"), data)
            return super().encode_units(texts, progress)

    snapshot = ensure_index(library, Meanwhile(), progress=False)
    assert {unit.doc_id for unit in library.units_by_id(whole_vectors(library, "letters")).values()} == {REPORT}
    assert snapshot.unit_count == len(library.units(REPORT))


def test_an_empty_library_has_no_index(tmp_path: Path) -> None:
    with pytest.raises(SnapshotError, match=r"no vectors.*add a document"):
        ensure_index(Library.open(tmp_path / "home"), Letters(), progress=False)


def test_a_unit_longer_than_the_model_reads_has_windows_and_is_found_by_its_end(
    copy_home: Callable[[], Path], bundled_encoder: Encoder
) -> None:
    """Beside the documents, whose paragraphs centre the index; a library without them would encode the sample first."""
    filler = "".join(f"第{n}类标记应在制造、进口和转让时加盖，并保存记录不少于{n}年。" for n in range(10, 60))
    ending = "企鹅住在南极洲的冰上，以磷虾和小鱼为食。"
    library = Library.open(copy_home())
    add_texts(library, "zoo", {"zh": [filler + ending, "会议于维也纳举行。"]}, Bilingual("动物园报告", "Zoo report"))
    unit, unit_id = library.unit("zoo", "p1"), ids_of(library)["zoo#p1 zh"]
    snapshot = ensure_index(library, bundled_encoder, progress=False)
    windows = library.connection.execute(
        "SELECT count(*) FROM vectors WHERE unit_id = ? AND sentence = ?", (unit_id, WHOLE_UNIT)
    ).fetchone()[0]
    assert windows >= 3
    encoded = bundled_encoder.encode_question("企鹅吃什么？")
    asked = Query(encoded.vector, encoded.states, "zh", centred=False)
    beginning = bundled_encoder.encode_passages([filler[:300]])[0]
    assert snapshot.unit_scores(asked, [unit_id], "zh")[unit_id] > float(beginning @ asked.vector) + 0.02
    sentences = snapshot.sentence_scores(asked, [unit_id], "zh")[unit_id]
    assert max(sentences, key=lambda at: sentences[at]) == len(unit.sentences) - 1
    # The tokens of the last window count as those of the first.
    first = bundled_encoder.encode_units([filler[:300]])[0].states
    of_first = float((encoded.states @ first.T).max(axis=1).mean())
    assert snapshot.token_scores(asked, [unit_id], "zh")[unit_id] > of_first + 0.01


def test_units_that_come_while_others_are_embedded_are_indexed_too(tmp_path: Path) -> None:
    data = data_of(tmp_path, CHAIR)
    library = library_of(tmp_path / "home", data)

    class Meanwhile(Letters):
        def encode_units(self, texts: Sequence[str], progress: bool = False) -> list[Encoded]:
            sync_folder(Library.open(tmp_path / "home"), data)
            return super().encode_units(texts, progress)

    data_of(tmp_path, REPORT)
    snapshot = ensure_index(library, Meanwhile(), progress=False)
    assert snapshot.generation == library.generation() == 2
    assert snapshot.unit_count == len(library.units(CHAIR)) + len(library.units(REPORT))


def test_the_tokens_of_units_are_kept_window_by_window(tmp_path: Path) -> None:
    library = Library.open(tmp_path)
    texts = ["x" * 700, "Two."]
    add_texts(library, "long", {"en": texts})
    snapshot = ensure_index(library, Letters(), progress=False)
    rows = library.connection.execute("SELECT unit_id, window, length(states) / 32, length(scales) FROM token_states")
    assert rows.fetchall() == [(1, 0, 300, 600), (1, 1, 300, 600), (1, 2, 100, 200), (2, 0, 4, 8)]
    assert (snapshot.unit_count, snapshot.state_count) == (2, 704)


def test_a_model_without_token_states_is_searched_by_its_vectors(tmp_path: Path) -> None:
    library, encoder = Library.open(tmp_path), Letters(tokens=False)
    add_texts(library, "both", {"zh": ["甲乙丙。", "丁戊己。"], "en": ["Marking of firearms.", "The Chair spoke."]})
    snapshot = ensure_index(library, encoder, progress=False)
    assert snapshot.state_count == 0
    asked = Query(*vars(encoder.encode_question("丁戊")).values(), language="zh")
    assert snapshot.nearest(asked, "zh", 1) == [2]
    assert snapshot.token_scores(asked, [1, 2], "zh") == {}
    assert embed_missing(library, encoder, progress=False) == 0
    assert ensure_index(Library.open(tmp_path), encoder, progress=False).generation == 1


@pytest.mark.parametrize("texts", [{"zh": ["甲乙丙。", "丁戊己。"]}, {"en": ["Marking.", "The Chair spoke."]}])
def test_a_library_of_one_language(tmp_path: Path, texts: dict[Language, list[str]]) -> None:
    library = Library.open(tmp_path)
    add_texts(library, "one", texts)
    snapshot = ensure_index(library, Letters(), progress=False)
    asked = Query(*vars(Letters().encode_question("甲a")).values(), language="zh")
    for language in LANGUAGES:
        expected = {1, 2} if language in texts else set()
        assert set(snapshot.nearest(asked, language, 10)) == expected
        assert snapshot.unit_scores(asked, sorted(expected), language).keys() == expected
        assert snapshot.token_scores(asked, sorted(expected), language).keys() == expected


@pytest.mark.parametrize("file", ["units.faiss", "unit_languages.npy", "states.npy", "state_scales.npy", "centres.npy"])
def test_an_altered_byte_is_found_and_the_index_rebuilt(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, file: str
) -> None:
    library = Library.open(tmp_path)
    add_texts(library, "both", {"zh": ["甲乙丙。", "丁戊己。"], "en": ["Marking of firearms.", "The Chair spoke."]})
    before = found(library, Letters(), ["甲乙"])
    path = tmp_path / INDEX_FOLDER / generation_folder(tmp_path) / file
    content = path.read_bytes()
    path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    encoder = Letters()
    assert found(library, encoder, ["甲乙"]) == before
    assert encoder.texts == []
    assert f"{file} of the index was altered" in caplog.text
