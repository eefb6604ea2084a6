"""The documents of one generation are read once, and every change of them is seen at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from corpus.library import Library
from corpus.shelf.removing import remove
from tests.patience import PATIENCE
from tests.shelf import add_paper


def names(library: Library) -> set[str]:
    return {document.doc_id for document in library.documents()}


@pytest.fixture
def library(tmp_path: Path) -> Library:
    library = Library.open(tmp_path)
    add_paper(library, ["Seals eat fish."], "seals")
    return library


def test_of_one_generation_they_are_the_same_in_every_thread(library: Library) -> None:
    first = library.documents()
    assert library.documents() is first
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(library.documents).result(PATIENCE) is first


def test_what_another_program_adds_or_removes_is_seen_at_once(library: Library) -> None:
    assert names(library) == {"seals"}
    other = Library.open(library.folder)
    add_paper(other, ["Krill drifts."], "krill")
    assert names(library) == {"seals", "krill"}
    remove(other, "seals")
    assert names(library) == {"krill"}


def test_who_reads_one_moment_goes_on_with_its_documents(library: Library) -> None:
    with library.reading():
        before = library.documents()
        with ThreadPoolExecutor(1) as pool:
            pool.submit(add_paper, library, ["Krill drifts."], "krill").result(PATIENCE)
            assert pool.submit(names, library).result(PATIENCE) == {"seals", "krill"}
        assert library.documents() == before
        assert names(library) == {"seals"}
    assert names(library) == {"seals", "krill"}


def test_who_writes_reads_what_is_written_and_nobody_else_does_before_its_end(library: Library) -> None:
    def write() -> None:
        with library.writing("a record", "all is as it was") as connection:
            library.documents()
            connection.execute("DELETE FROM documents")
            assert library.documents() == ()
            with ThreadPoolExecutor(1) as pool:
                assert pool.submit(names, library).result(PATIENCE) == {"seals"}
            raise RuntimeError("on the way")

    with pytest.raises(RuntimeError, match="on the way"):
        write()
    assert names(library) == {"seals"}
