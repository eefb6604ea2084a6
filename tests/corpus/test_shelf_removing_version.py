"""One language of a document goes, and comes back as it was within a day."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.__main__ import application
from corpus.errors import ShelfError, UnknownVersionError
from corpus.library import Library
from corpus.shelf.files import FILES_FOLDER
from corpus.shelf.removing import remove, removed_documents, restore
from corpus.shelf.removing_version import remove_version, removed_versions, restore_version
from corpus.shelf.upkeep import keep_up
from corpus.sync import sync_folder
from embeddings.build import ensure_index
from embeddings.embed import embed_missing
from tests.commands import run_here
from tests.letters import Letters
from tests.shelf import add_paper, everything, files_of

DATA = Path("corpus/data")
REPORT = "wg6-2020-report"


@pytest.fixture
def library(tmp_path: Path) -> Library:
    library = Library.open(tmp_path / "home")
    add_paper(library, ["枪支应打标。", "应保存记录。"], "paper", "zh")
    add_paper(library, ["Mark firearms.", "Keep records."], "paper", official=True)
    return library


def languages(library: Library, doc_id: str) -> list[str]:
    return [version.language for version in library.document(doc_id).versions]


def test_a_language_goes_and_comes_back_with_its_vectors(library: Library) -> None:
    encoder = Letters()
    ensure_index(library, encoder, progress=False)
    before, ids = everything(library), library.unit_ids("en")
    gone = remove_version(library, "paper", "en")
    assert (gone.document.doc_id, gone.language, gone.units) == ("paper", "en", 2)
    assert languages(library, "paper") == ["zh"]
    assert library.unit("paper", "p1", "en").language == "zh"
    assert library.unit_ids("en") == []
    assert library.units_with_word("firearm") == []
    assert len(files_of(library)) == 2
    assert [(each.document.doc_id, each.language) for each in removed_versions(library)] == [("paper", "en")]
    assert removed_documents(library) == ()
    assert [v.language for v in restore_version(library, "paper", "en").versions] == ["en", "zh"]
    assert library.unit_ids("en") == ids
    assert embed_missing(library, encoder, progress=False) == 0
    assert [row for row in everything(library) if "generation" not in row] == [
        row for row in before if "generation" not in row
    ]


def test_the_only_language_and_one_that_is_not_there_are_refused(library: Library) -> None:
    remove_version(library, "paper", "en")
    before = everything(library)
    with pytest.raises(ShelfError, match=r"is the only one of paper; .* remove the whole document") as caught:
        remove_version(library, "paper", "zh")
    assert "请移除整份文件" in caught.value.message("zh")
    with pytest.raises(UnknownVersionError, match="paper has no English text"):
        remove_version(library, "paper", "en")
    assert everything(library) == before


def test_another_text_in_its_place_is_in_the_way(library: Library) -> None:
    remove_version(library, "paper", "en")
    add_paper(library, ["Other words."], "paper")
    with pytest.raises(ShelfError, match="has another English text now"):
        restore_version(library, "paper", "en")
    with pytest.raises(ShelfError, match="no Chinese text of paper was removed"):
        restore_version(library, "paper", "zh")


def test_it_is_gone_a_day_later_with_its_file(library: Library) -> None:
    remove_version(library, "paper", "en")
    library.connection.execute("UPDATE removed SET removed_at = '2020-01-01T00:00:00Z'")
    keep_up(library.folder, library.connection)
    assert removed_versions(library) == ()
    assert len(list((library.folder / FILES_FOLDER).iterdir())) == 1
    with pytest.raises(ShelfError, match="was removed within a day"):
        restore_version(library, "paper", "en")


def test_a_text_that_ships_with_the_project_stays_away_and_comes_back(library: Library) -> None:
    sync_folder(library, DATA)
    units = library.units(REPORT, "en")
    remove_version(library, REPORT, "en")
    # A new release of the documents, for which the library is read anew.
    library.connection.execute("UPDATE documents SET content_hash = 'older' WHERE doc_id = ?", (REPORT,))
    sync_folder(library, DATA)
    assert languages(library, REPORT) == ["zh"]
    assert library.units(REPORT, "en") == ()
    library.connection.execute("DELETE FROM removed")
    restore_version(library, REPORT, "en")
    assert languages(library, REPORT) == ["en", "zh"]
    assert library.units(REPORT, "en") == units
    assert not sync_folder(library, DATA).anything


def test_without_what_a_delegate_put_in_its_place_the_projects_own_text_is_back(library: Library) -> None:
    sync_folder(library, DATA)
    own = library.units(REPORT, "en")
    add_paper(library, ["The official text."], REPORT, official=True)
    assert [unit.text for unit in library.units(REPORT, "en")] == ["The official text."]
    remove_version(library, REPORT, "en")
    assert library.units(REPORT, "en") == own
    restore_version(library, REPORT, "en")
    assert [unit.text for unit in library.units(REPORT, "en")] == ["The official text."]


def test_a_document_that_goes_whole_takes_nothing_of_the_other_text_along(library: Library) -> None:
    add_paper(library, ["Seals eat fish."], "zoo")
    remove_version(library, "paper", "en")
    remove(library, "paper")
    restore(library, "paper")
    assert languages(library, "paper") == ["zh"]
    restore_version(library, "paper", "en")
    assert languages(library, "paper") == ["en", "zh"]


def test_the_commands_remove_and_bring_back_one_language(library: Library) -> None:
    def corpus(*arguments: str) -> tuple[int, str, str]:
        done = run_here(application, "corpus", library.folder, *arguments)
        return done.returncode, done.stdout, done.stderr

    assert corpus("remove", "paper", "--language", "en")[:2] == (0, "removed paper (en), 2 units\n")
    assert corpus("restore")[1].startswith("paper (en)")
    status, _, complaint = corpus("remove", "paper", "--language", "zh")
    assert (status, "remove the whole document" in complaint) == (1, True)
    assert corpus("restore", "paper", "--language", "en")[1] == "restored paper (en)\n"
    assert corpus("remove", "paper", "--language", "en", "--for-good")[0] == 2
