"""A library carried to a file and back, and files that are no export or were made to do harm."""

from __future__ import annotations

import hashlib
import json
import resource
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.errors import HomeError, ShelfError
from corpus.feedback import Feedback, all_feedback, record_feedback
from corpus.library import Library
from corpus.shelf.backup import export_library, import_library
from corpus.shelf.files import FILES_FOLDER
from corpus.shelf.removing import remove, removed_documents, restore
from corpus.shelf.versions import versions_of
from corpus.sync import sync_folder
from tests.shelf import add_paper

CHAIR = "wg6-2020-chair-summary"
SAID = Feedback(question="Who marks?", language="en", vote="up", mode="extractive", abstained=False, answer="All.")


@pytest.fixture
def library(tmp_path: Path) -> Library:
    library = Library.open(tmp_path / "home")
    add_paper(library, ["Seals eat fish. They like it.", "Line\u2028separator."], "zoo")
    add_paper(library, ["海豹吃鱼。", "行。"], "zoo", "zh", official=True)
    record_feedback(library, SAID)
    return library


@pytest.fixture
def backup(library: Library, tmp_path: Path) -> Path:
    export_library(library, tmp_path / "backup.zip")
    return tmp_path / "backup.zip"


def state(library: Library) -> dict[str, object]:
    return {
        "documents": library.documents(),
        "units": [library.units(document.doc_id) for document in library.documents()],
        "versions": [versions_of(library, document.doc_id) for document in library.documents()],
        "feedback": all_feedback(library),
        "files": {path.name: path.read_bytes() for path in (library.folder / FILES_FOLDER).glob("*")},
    }


def test_what_was_exported_is_what_another_home_holds_after_the_import(
    library: Library, tmp_path: Path, copy_of: Callable[..., Path]
) -> None:
    data = copy_of(CHAIR)
    sync_folder(library, data)
    carried = export_library(library, tmp_path / "backup.zip")
    assert (carried.documents, carried.files, carried.feedback) == (2, 2, 1)
    other = Library.open(tmp_path / "other")
    assert import_library(other, tmp_path / "backup.zip") == carried
    assert state(other) == state(library)
    assert other.units_with_word("seal") != []
    assert not sync_folder(other, data).anything


def test_an_import_keeps_what_is_the_same_and_moves_other_documents_aside(library: Library, backup: Path) -> None:
    before = state(library)
    ids = library.unit_ids("en")
    add_paper(library, ["Other."], "other")
    add_paper(library, ["Seals eat fish. They like it.", "Changed."], "zoo")
    import_library(library, backup)
    assert state(library) | {"files": None} == before | {"files": None}
    assert library.unit_ids("en")[0] == ids[0]
    assert [each.document.doc_id for each in removed_documents(library)] == ["other"]
    restore(library, "other")
    assert library.unit("other", "p1").text == "Other."


def test_an_import_brings_back_what_was_removed(library: Library, backup: Path) -> None:
    add_paper(library, ["Other."], "other")
    remove(library, "zoo")
    import_library(library, backup)
    assert [document.doc_id for document in library.documents()] == ["zoo"]
    assert [each.document.doc_id for each in removed_documents(library)] == ["other"]


def parts_of(backup: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(backup) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(path: Path, parts: dict[str, bytes], fresh: bool = True) -> Path:
    """An export of these parts, with a manifest that fits them where it is made fresh."""
    if fresh:
        manifest = json.loads(parts["manifest.json"])
        manifest["parts"] = {
            name: {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            for name, data in parts.items()
            if name != "manifest.json"
        }
        parts = parts | {"manifest.json": json.dumps(manifest).encode()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return path


def with_document(change: Callable[[dict[str, object]], object]) -> Callable[[dict[str, bytes]], dict[str, bytes]]:
    def changed(parts: dict[str, bytes]) -> dict[str, bytes]:
        entry = json.loads(parts["documents.jsonl"])
        change(entry)
        return parts | {"documents.jsonl": json.dumps(entry).encode()}

    return changed


def _set(entry: dict[str, object], value: object, *path: str | int) -> None:
    at: object = entry
    for key in path[:-1]:
        at = at[key]  # type: ignore[index]
    at[path[-1]] = value  # type: ignore[index]


#: What is done to the parts of an export before they are packed with a manifest that fits them.
WRONG: dict[str, Callable[[dict[str, bytes]], dict[str, bytes]]] = {
    "a path outside": lambda parts: parts | {"../../evil.txt": b"x"},
    "an absolute path": lambda parts: parts | {"/etc/evil": b"x"},
    "a path beside the files": lambda parts: parts | {"files/../../evil": b"x"},
    "a file under another name": lambda parts: parts | {f"files/{'0' * 64}": b"x"},
    "a pickle": lambda parts: parts | {"vectors.pkl": b"x"},
    "no documents": lambda parts: parts | {"documents.jsonl": b""},
    "a document twice": lambda parts: parts | {"documents.jsonl": (parts["documents.jsonl"] + b"\n") * 2},
    "no JSON": lambda parts: parts | {"documents.jsonl": b"{"},
    "not UTF-8": lambda parts: parts | {"documents.jsonl": b"\xff\xfe"},
    "deep JSON": lambda parts: parts | {"documents.jsonl": b"[" * 200_000},
    "a bomb": lambda parts: parts | {"feedback.jsonl": b" " * 50_000_000},
    "feedback of another form": lambda parts: parts | {"feedback.jsonl": b'{"id": "x"}'},
    "no feedback": lambda parts: {name: data for name, data in parts.items() if name != "feedback.jsonl"},
    "an id that is a path": with_document(lambda entry: _set(entry, "../x", "document", "doc_id")),
    "an unknown field": with_document(lambda entry: _set(entry, "x", "more")),
    "a unit of another document": with_document(lambda entry: _set(entry, "x", "units", 0, "doc_id")),
    "an anchor of no form": with_document(lambda entry: _set(entry, "x y", "units", 0, "anchor")),
    "a sentence outside its text": with_document(lambda entry: _set(entry, 10_000, "units", 0, "sentences", 0, "end")),
    "a version too few": with_document(lambda entry: _set(entry, [], "versions")),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_no_export_of_ours_is_refused_and_changes_nothing(
    library: Library, backup: Path, tmp_path: Path, case: str
) -> None:
    before, changes = state(library), library.connection.total_changes
    made = packed(tmp_path / "made.zip", WRONG[case](parts_of(backup)))
    with pytest.raises(ShelfError, match="the library is as it was") as caught:
        import_library(library, made)
    assert "文件库未作改动" in caught.value.message("zh")
    assert "\n" not in str(caught.value)
    assert (state(library), library.connection.total_changes) == (before, changes)
    assert not (tmp_path.parent / "evil.txt").exists()


@pytest.mark.parametrize("name", ["documents.jsonl", "feedback.jsonl", "file"])
def test_a_part_that_does_not_fit_the_manifest_is_refused(
    library: Library, backup: Path, tmp_path: Path, name: str
) -> None:
    before, parts = state(library), parts_of(backup)
    part = next(each for each in parts if each.startswith("files/")) if name == "file" else name
    flipped = bytes([parts[part][0] ^ 1]) + parts[part][1:]
    with pytest.raises(ShelfError, match="altered or torn"):
        import_library(library, packed(tmp_path / "made.zip", parts | {part: flipped}, fresh=False))
    assert state(library) == before


def test_a_torn_export_is_refused_wherever_it_is_torn(library: Library, backup: Path, tmp_path: Path) -> None:
    before, data = state(library), backup.read_bytes()
    for share in range(10):
        (tmp_path / "torn.zip").write_bytes(data[: len(data) * share // 10])
        with pytest.raises(ShelfError):
            import_library(library, tmp_path / "torn.zip")
    with pytest.raises(ShelfError, match="is not there"):
        import_library(library, tmp_path / "nowhere.zip")
    assert state(library) == before


def test_a_part_that_is_larger_than_the_directory_says_is_not_read_on(
    library: Library, backup: Path, tmp_path: Path
) -> None:
    """The sizes of the ZIP's directory are its maker's word."""
    parts = parts_of(backup) | {"feedback.jsonl": b" " * 1_000_000}
    made = packed(tmp_path / "made.zip", parts)
    data = made.read_bytes()
    assert data.count((1_000_000).to_bytes(4, "little")) == 2
    made.write_bytes(data.replace((1_000_000).to_bytes(4, "little"), (100).to_bytes(4, "little")))
    with pytest.raises(ShelfError):
        import_library(library, made)


def test_a_full_disk_fails_the_export_and_keeps_the_old_file(library: Library, tmp_path: Path) -> None:
    add_paper(library, [f"{n} {hashlib.sha256(str(n).encode()).hexdigest()}" for n in range(2000)], "long")
    target = tmp_path / "backup.zip"
    target.write_bytes(b"old")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, hard))
    try:
        with pytest.raises(ShelfError, match="could not be written"):
            export_library(library, target)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert target.read_bytes() == b"old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["backup.zip", "home"]


def test_a_full_disk_fails_the_import_and_keeps_the_old_state(library: Library, tmp_path: Path) -> None:
    add_paper(library, [f"{n} {hashlib.sha256(str(n).encode()).hexdigest()}" for n in range(3000)], "long")
    export_library(library, tmp_path / "backup.zip")
    other = Library.open(tmp_path / "other")
    add_paper(other, ["Mine."], "mine")
    before = state(other)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, hard))
    try:
        with pytest.raises(HomeError):
            import_library(other, tmp_path / "backup.zip")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    Library.open(tmp_path / "other")
    assert state(other) == before
