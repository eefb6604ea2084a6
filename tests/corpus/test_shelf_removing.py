"""Documents that go with all that hangs on them, and come back as they were within a day."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.errors import ShelfError, UnknownDocumentError
from corpus.library import Library
from corpus.shelf.files import FILES_FOLDER
from corpus.shelf.removing import remove, removed_documents, restore
from corpus.sync import sync_folder
from tests.shelf import add_paper

CHAIR = "wg6-2020-chair-summary"
AGENDA = "wg6-2021-agenda"
TABLES = ("documents", "versions", "units", "sentences", "vectors", "token_states")
#: What is left of a document when it is gone for good: nothing in any of these.
ASIDE = tuple(f"removed{of}" for of in ("", "_versions", "_units", "_sentences", "_vectors", "_token_states"))


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """A library of two papers, one with vectors."""
    library = Library.open(tmp_path / "home")
    add_paper(library, ["Seals eat fish. They like it."], "zoo")
    add_paper(library, ["Mark firearms.", "Keep records."], "paper")
    with library.writing("a vector", "") as connection:
        for unit_id in library.unit_ids("en"):
            connection.execute("INSERT INTO vectors VALUES ('model', ?, -1, 0, x'01')", (unit_id,))
            connection.execute("INSERT INTO token_states VALUES ('model', ?, 0, x'02', x'03')", (unit_id,))
    return library


def rows(library: Library, tables: tuple[str, ...] = TABLES) -> dict[str, list[tuple[object, ...]]]:
    found = {table: library.connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in tables}
    words = library.connection.execute("SELECT rowid, words FROM unit_words ORDER BY 1").fetchall()
    return found | {"unit_words": words}


def files_of(library: Library) -> int:
    return len(list((library.folder / FILES_FOLDER).iterdir()))


def test_a_removed_document_is_nowhere_and_comes_back_as_it_was(library: Library) -> None:
    before, generation = rows(library), library.generation()
    removed = remove(library, "paper")
    assert (removed.document.doc_id, removed.units) == ("paper", 2)
    with pytest.raises(UnknownDocumentError):
        library.unit("paper", "p1")
    assert library.units_with_word("firearm") == []
    assert "firearm" not in library.word_list()
    assert len(library.unit_ids("en")) == 1
    assert [len(found) for found in rows(library).values()] == [1, 1, 1, 2, 1, 1, 1]
    assert library.generation() == generation + 1
    assert [each.document.doc_id for each in removed_documents(library)] == ["paper"]
    assert restore(library, "paper").doc_id == "paper"
    assert rows(library) == before
    assert library.generation() == generation + 2
    assert removed_documents(library) == ()
    assert all(not found for table, found in rows(library, ASIDE).items() if table in ASIDE)


def test_what_is_removed_for_good_leaves_nothing(library: Library) -> None:
    remove(library, "paper", for_good=True)
    assert all(not found for table, found in rows(library, ASIDE).items() if table in ASIDE)
    assert files_of(library) == 1
    with pytest.raises(ShelfError, match="no document 'paper' was removed"):
        restore(library, "paper")


def test_its_file_goes_a_day_later_with_all_that_was_kept_aside(library: Library) -> None:
    remove(library, "paper")
    assert files_of(library) == 2
    Library.open(library.folder)
    assert files_of(library) == 2
    library.connection.execute("UPDATE removed SET removed_at = '2020-01-01T00:00:00Z'")
    Library.open(library.folder)
    assert files_of(library) == 1
    assert all(not found for table, found in rows(library, ASIDE).items() if table in ASIDE)
    with pytest.raises(ShelfError, match=r"was removed within a day.*add its file again") as caught:
        restore(library, "paper")
    assert "请重新添加该文件" in caught.value.message("zh")


def test_the_only_document_stays(library: Library) -> None:
    remove(library, "paper")
    with pytest.raises(ShelfError, match="zoo is the only document") as caught:
        remove(library, "zoo")
    assert "唯一的文件" in caught.value.message("zh")
    assert library.unit("zoo", "p1").text.startswith("Seals")


def test_what_is_not_there_is_not_removed(library: Library) -> None:
    with pytest.raises(UnknownDocumentError, match="nowhere"):
        remove(library, "nowhere")


def test_a_document_that_came_again_is_not_overwritten(library: Library) -> None:
    remove(library, "paper")
    add_paper(library, ["Mark every firearm."], "paper")
    assert removed_documents(library) == ()
    with pytest.raises(ShelfError, match="there is a document 'paper'"):
        restore(library, "paper")
    assert [unit.text for unit in library.units("paper")] == ["Mark every firearm."]


def test_a_file_that_two_documents_share_stays_with_the_second(library: Library, tmp_path: Path) -> None:
    """Bytes are added once, but what was removed may be added again while it is kept aside."""
    remove(library, "paper")
    add_paper(library, ["Mark firearms.", "Keep records."], "again")
    library.connection.execute("UPDATE removed SET removed_at = '2020-01-01T00:00:00Z'")
    Library.open(tmp_path / "home")
    assert files_of(library) == 2


def test_a_bundled_document_stays_away_until_it_is_brought_back(library: Library, copy_of: Callable[..., Path]) -> None:
    data = copy_of(CHAIR, AGENDA)
    sync_folder(library, data)
    remove(library, CHAIR)
    assert not sync_folder(library, data).anything
    assert CHAIR not in {document.doc_id for document in library.documents()}
    restore(library, CHAIR, data)
    assert len(library.units(CHAIR)) == 58
    assert not sync_folder(library, data).anything
    remove(library, CHAIR, for_good=True)
    assert restore(library, CHAIR, data).doc_id == CHAIR
    assert len(library.units(CHAIR)) == 58


def test_a_bundled_document_that_changed_while_it_was_away_comes_back_and_is_brought_up(
    library: Library, copy_of: Callable[..., Path]
) -> None:
    data = copy_of(CHAIR, AGENDA)
    sync_folder(library, data)
    remove(library, CHAIR)
    path = data / CHAIR / "zh.txt"
    path.write_bytes(path.read_bytes().replace("区块链技术".encode(), "量子龘技术".encode()))
    assert not sync_folder(library, data).anything
    restore(library, CHAIR, data)
    assert sync_folder(library, data).changed == (CHAIR,)
    assert "量子龘技术" in library.unit(CHAIR, "dp13").text
    shutil.rmtree(data / CHAIR)
    assert sync_folder(library, data).removed == (CHAIR,)
