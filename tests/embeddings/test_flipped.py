"""A flipped byte in any file of the index, at its beginning, in its middle or at its end, is found and mended."""

from __future__ import annotations

from pathlib import Path

from corpus.library import Library
from corpus.records import LANGUAGES
from embeddings.build import INDEX_FOLDER, ensure_index
from embeddings.index import current_snapshot
from embeddings.snapshot import Query, Snapshot
from tests.letters import Letters, add_texts


def scores(library: Library, snapshot: Snapshot) -> list[object]:
    """All that a snapshot says of a question."""
    encoded = Letters().encode_question("甲a")
    found: list[object] = []
    for language in LANGUAGES:
        asked, ids = Query(encoded.vector, encoded.states, "zh"), library.unit_ids(language)
        found += [
            snapshot.nearest(asked, language, 10), snapshot.unit_scores(asked, ids, language),
            snapshot.sentence_scores(asked, ids, language), snapshot.token_scores(asked, ids, language),
        ]  # fmt: skip
    return found


def test_a_flipped_byte_in_any_file_of_the_index_is_found_and_the_index_rebuilt(tmp_path: Path) -> None:
    library, encoder = Library.open(tmp_path), Letters()
    add_texts(library, "both", {"zh": ["甲乙丙。", "丁戊己。"], "en": ["Marking of firearms.", "The Chair spoke."]})
    whole = scores(library, ensure_index(library, encoder, progress=False))
    root = tmp_path / INDEX_FOLDER
    files = sorted(path.name for path in (root / current_snapshot(root)).iterdir())
    assert len(files) == 11
    for file in [*files, "CURRENT"]:
        for share in (0.0, 0.5, 1.0):
            name = current_snapshot(root)
            path = root / file if file == "CURRENT" else root / name / file
            data = bytearray(path.read_bytes())
            data[round(share * (len(data) - 1))] ^= 1
            path.write_bytes(data)
            encoder.texts.clear()
            snapshot = ensure_index(library, encoder, progress=False)
            assert current_snapshot(root) != name, f"a flipped byte of {file} was not noticed"
            assert encoder.texts == []
            assert scores(library, snapshot) == whole
