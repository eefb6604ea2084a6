"""Several that bring the same index up at once, and one that reads while it is built."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from filelock import FileLock

from corpus.errors import SnapshotError
from corpus.library import Library
from corpus.shelf.removing import remove
from embeddings import build
from embeddings.build import INDEX_FOLDER, ensure_index
from embeddings.index import current_snapshot, open_snapshot
from tests.letters import Letters
from tests.logs import told
from tests.patience import PATIENCE
from tests.shelf import add_paper

TURNS, TOGETHER = 6, 4


def test_several_build_the_index_at_once_and_each_has_a_whole_one(tmp_path: Path) -> None:
    """Without a lock one takes the other's half-written folder for what a killed build left."""
    library = Library.open(tmp_path)
    add_paper(library, ["Seals eat fish."], "zoo")
    start = Barrier(TOGETHER)

    def bring_up(_: int) -> tuple[int, int]:
        start.wait(PATIENCE)
        snapshot = ensure_index(Library.open(tmp_path), Letters(), progress=False)
        return snapshot.generation, snapshot.unit_count

    with ThreadPoolExecutor(TOGETHER) as pool:
        for turn in range(TURNS):
            add_paper(library, [f"Paper {turn}."], f"paper-{turn}")
            built = list(pool.map(bring_up, range(TOGETHER)))
            assert built == [(library.generation(), turn + 2)] * TOGETHER
    assert {path.name for path in (tmp_path / INDEX_FOLDER).iterdir()} == {
        "CURRENT",
        current_snapshot(tmp_path / INDEX_FOLDER),
    }


def test_what_is_removed_while_the_index_is_built_is_not_in_the_next(tmp_path: Path) -> None:
    library = Library.open(tmp_path)
    add_paper(library, ["Seals eat fish."], "zoo")
    add_paper(library, ["Mark firearms.", "Keep records."], "paper")
    old = ensure_index(library, Letters(), progress=False)
    remove(library, "paper")
    new = ensure_index(library, Letters(), progress=False)
    assert (old.unit_count, new.unit_count) == (3, 1)
    assert (old.generation, new.generation) == (2, 3)


def test_documents_that_changed_are_no_reason_for_a_warning(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    library = Library.open(tmp_path)
    add_paper(library, ["Seals eat fish."], "zoo")
    ensure_index(library, Letters(), progress=False)
    add_paper(library, ["Mark firearms."], "paper")
    with caplog.at_level(logging.INFO, logger=build.__name__):
        ensure_index(library, Letters(), progress=False)
    assert [record.levelname for record in told(caplog, "embeddings")] == ["INFO"]


def test_a_build_waits_for_another_and_takes_up_what_that_built(tmp_path: Path) -> None:
    library = Library.open(tmp_path)
    add_paper(library, ["Seals eat fish."], "zoo")
    lock = FileLock(tmp_path / "index.lock")
    with ThreadPoolExecutor(1) as pool:
        with lock:
            waiting = pool.submit(lambda: ensure_index(Library.open(tmp_path), Letters(), progress=False))
            with pytest.raises(TimeoutError):
                waiting.result(0.3)
            with pytest.raises(SnapshotError):
                open_snapshot(tmp_path / INDEX_FOLDER, library.generation(), "letters", library.identity())
        assert waiting.result(PATIENCE).unit_count == 1
