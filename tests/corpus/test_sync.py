"""Bringing a library up to its documents: one transaction, only what changed, and all or nothing when one is wrong."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.errors import CorpusError, MetaError, ParseError, SourceError, UnknownDocumentError
from corpus.home import BUNDLED_DATA
from corpus.library import LIBRARY_FILE, Library
from corpus.sync import SyncReport, sync_folder

AGENDA = "wg6-2021-agenda"
DRAFT = "cop10-2020-draft-resolution"
CHAIR = "wg6-2020-chair-summary"
TABLES = (
    ("state", "*"), ("documents", "*"), ("versions", "*"), ("units", "*"), ("sentences", "*"),
    ("unit_words", "rowid, words"),
)  # fmt: skip


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def _rows(library: Library) -> dict[str, list[tuple[object, ...]]]:
    return {table: library.connection.execute(f"SELECT {columns} FROM {table}").fetchall() for table, columns in TABLES}


def _ids(library: Library) -> dict[str, int]:
    """The row of each unit, by document, anchor and language."""
    rows = library.connection.execute("SELECT doc_id || '#' || anchor || ' ' || language, id FROM units").fetchall()
    return dict(rows)


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_bytes().decode()
    assert text.count(old) == 1
    path.write_bytes(text.replace(old, new).encode())


def test_the_first_run_adds_every_document_in_one_transaction(home: Path) -> None:
    library = Library.open(home)
    statements: list[str] = []
    library.connection.set_trace_callback(statements.append)
    report = sync_folder(library, BUNDLED_DATA)
    assert len(report.added) == 5
    assert (report.changed, report.removed, report.units_written, report.units_deleted) == ((), (), 594, 0)
    assert [s.split()[0] for s in statements if s.startswith(("BEGIN", "COMMIT", "ROLLBACK"))] == ["BEGIN", "COMMIT"]
    assert library.generation() == 1


def test_running_again_writes_nothing(home: Path) -> None:
    first = Library.open(home)
    sync_folder(first, BUNDLED_DATA)
    first.connection.close()
    before = {path.name: path.read_bytes() for path in home.iterdir()}
    again = Library.open(home)
    report = sync_folder(again, BUNDLED_DATA)
    assert report == SyncReport()
    assert not report.anything
    assert again.connection.total_changes == 0
    assert again.generation() == 1
    again.connection.close()
    assert {path.name: path.read_bytes() for path in home.iterdir()} == before
    assert list(before) == [LIBRARY_FILE]


def test_a_changed_paragraph_rewrites_only_its_unit(home: Path, copy_of: Callable[..., Path]) -> None:
    data = copy_of(DRAFT, CHAIR)
    library = Library.open(home)
    sync_folder(library, data)
    before = _ids(library)
    _replace(data / CHAIR / "zh.txt", "区块链技术", "量子龘技术")
    report = sync_folder(library, data)
    assert (report.added, report.changed, report.removed) == ((), (CHAIR,), ())
    assert (report.units_written, report.units_deleted) == (1, 1)
    after = _ids(library)
    assert after.keys() == before.keys()
    assert {anchor_id for anchor_id in after if after[anchor_id] != before[anchor_id]} == {f"{CHAIR}#dp13 zh"}
    assert "量子龘技术" in library.unit(CHAIR, "dp13").text
    assert library.units_with_word("龘") == [after[f"{CHAIR}#dp13 zh"]]
    assert library.units_with_word("区块") == []
    assert library.generation() == 2


def test_new_aliases_touch_the_document_and_no_unit(home: Path, copy_of: Callable[..., Path]) -> None:
    data = copy_of(CHAIR)
    library = Library.open(home)
    sync_folder(library, data)
    before = _rows(library)
    _replace(data / CHAIR / "meta.yaml", "aliases: [", "aliases: [附件一文本, ")
    report = sync_folder(library, data)
    after = _rows(library)
    assert (report.changed, report.units_written, report.units_deleted) == ((CHAIR,), 0, 0)
    assert after["units"] == before["units"]
    assert after["unit_words"] == before["unit_words"]
    assert "附件一文本" in library.document(CHAIR).aliases


def test_a_removed_paragraph_removes_its_unit(home: Path, copy_of: Callable[..., Path]) -> None:
    data = copy_of(CHAIR)
    library = Library.open(home)
    sync_folder(library, data)
    before = _ids(library)
    path = data / CHAIR / "zh.txt"
    text = path.read_bytes().decode()
    path.write_bytes(text[: text.index("讨论要点 28")].encode())
    report = sync_folder(library, data)
    assert (report.units_written, report.units_deleted) == (0, 1)
    assert before.items() - _ids(library).items() == {(f"{CHAIR}#dp28 zh", before[f"{CHAIR}#dp28 zh"])}


def test_a_removed_folder_removes_its_document_and_words(home: Path, copy_of: Callable[..., Path]) -> None:
    data = copy_of(DRAFT, CHAIR)
    library = Library.open(home)
    sync_folder(library, data)
    before = _ids(library)
    shutil.rmtree(data / DRAFT)
    report = sync_folder(library, data)
    assert (report.removed, report.units_deleted, report.units_written) == ((DRAFT,), 90, 0)
    with pytest.raises(UnknownDocumentError):
        library.unit(DRAFT, "op14")
    assert [document.doc_id for document in library.documents()] == [CHAIR]
    assert library.units_with_word("cryptocurr") == []
    assert _ids(library).items() <= before.items()
    rows = _rows(library)
    assert len(rows["unit_words"]) == len(rows["units"]) == 58
    assert {row[0] for row in rows["sentences"]} == {row[0] for row in rows["units"]}


def test_an_added_folder_takes_its_place_by_year(home: Path, copy_of: Callable[..., Path]) -> None:
    data = copy_of(CHAIR)
    library = Library.open(home)
    sync_folder(library, data)
    before = _ids(library)
    copy_of(AGENDA)
    assert sync_folder(library, data).added == (AGENDA,)
    assert [document.doc_id for document in library.documents()] == [AGENDA, CHAIR]
    assert before.items() <= _ids(library).items()


# What is done to a folder of documents, and how it is refused.
WRONG: dict[str, tuple[Callable[[Path], object], type[CorpusError]]] = {
    "corrupt meta": (lambda data: (data / AGENDA / "meta.yaml").write_bytes(b"\xff\xfe\x00{"), MetaError),
    "no meta": (lambda data: (data / AGENDA / "meta.yaml").unlink(), MetaError),
    "no text file": (lambda data: (data / AGENDA / "zh.txt").unlink(), SourceError),
    "text not UTF-8": (lambda data: (data / AGENDA / "zh.txt").write_bytes("议程".encode("gb18030")), SourceError),
    "blank text": (lambda data: (data / AGENDA / "zh.txt").write_bytes(b" \n\n"), SourceError),
    "nothing to cite": (lambda data: (data / AGENDA / "zh.txt").write_text("一行", encoding="utf-8"), ParseError),
}


@pytest.mark.parametrize("case", WRONG)
def test_one_wrong_document_among_good_ones_leaves_the_library_as_it_was(
    home: Path, copy_of: Callable[..., Path], case: str
) -> None:
    data = copy_of(DRAFT, CHAIR)
    library = Library.open(home)
    sync_folder(library, data)
    before = _rows(library)
    changes = library.connection.total_changes
    copy_of(AGENDA)
    _replace(data / CHAIR / "zh.txt", "区块链技术", "量子龘技术")
    spoil, error = WRONG[case]
    spoil(data)
    with pytest.raises(error, match=AGENDA) as caught:
        sync_folder(library, data)
    assert "\n" not in str(caught.value)
    assert library.connection.total_changes == changes
    assert _rows(library) == before


def test_an_empty_folder_does_not_empty_the_library(home: Path, tmp_path: Path, copy_of: Callable[..., Path]) -> None:
    library = Library.open(home)
    sync_folder(library, copy_of(CHAIR))
    (tmp_path / "empty").mkdir()
    with pytest.raises(MetaError, match="empty holds no documents"):
        sync_folder(library, tmp_path / "empty")
    assert len(library.units(CHAIR)) == 58
