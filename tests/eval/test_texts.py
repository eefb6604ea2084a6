"""The texts that quotes are held against: parsed from a folder of documents, or read from a library."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from corpus.errors import CorpusError
from corpus.home import BUNDLED_DATA
from corpus.library import Library
from corpus.records import LANGUAGES
from corpus.sync import sync_folder
from eval.texts import texts_of_folder, texts_of_library

DRAFT = "cop10-2020-draft-resolution"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of one document to change, and a file that is none."""
    data = tmp_path / "data"
    shutil.copytree(BUNDLED_DATA / DRAFT, data / DRAFT)
    (data / "README.md").write_text("Read me.\n", encoding="utf-8")
    return data


def test_a_text_is_found_by_anchor_and_language(folder: Path) -> None:
    text_of = texts_of_folder(folder)
    chinese, english = text_of(f"{DRAFT}#op1", "zh"), text_of(f"{DRAFT}#op1", "en")
    assert chinese is not None
    assert english is not None
    assert chinese.startswith("赞赏地欢迎 2020 年 7 月 16 日和 17 日在维也纳举行的枪支问题工作组第七次会议取得的成果")
    assert english.startswith("Welcomes with appreciation the outcome of the seventh meeting of the Working Group")


@pytest.mark.parametrize("anchor", [f"{DRAFT}#op99", "op1", "", "wg6-2020-report#dp10"])
def test_an_anchor_that_is_not_there_has_no_text(folder: Path, anchor: str) -> None:
    text_of = texts_of_folder(folder)
    assert [text_of(anchor, language) for language in LANGUAGES] == [None, None]


def test_a_language_that_a_document_lacks_has_no_text(folder: Path) -> None:
    meta = folder / DRAFT / "meta.yaml"
    chinese, _, after = meta.read_text(encoding="utf-8").partition("  en:\n    file: en.txt\n")
    meta.write_text(f"{chinese}standing:{after.partition('standing:')[2]}", encoding="utf-8")
    text_of = texts_of_folder(folder)
    assert text_of(f"{DRAFT}#op1", "zh") is not None
    assert text_of(f"{DRAFT}#op1", "en") is None


def test_a_text_is_what_the_file_says_now(folder: Path) -> None:
    file = folder / DRAFT / "en.txt"
    assert "Welcomes with appreciation" in file.read_text(encoding="utf-8")
    file.write_text(
        file.read_text(encoding="utf-8").replace("Welcomes with appreciation", "Welcomes with gratitude"),
        encoding="utf-8",
    )
    found = texts_of_folder(folder)(f"{DRAFT}#op1", "en")
    assert found is not None
    assert found.startswith("Welcomes with gratitude")


def test_a_document_that_cannot_be_read_is_an_error(folder: Path) -> None:
    (folder / DRAFT / "zh.txt").write_bytes(b"\xff\xff")
    with pytest.raises(CorpusError, match=rf"{DRAFT} \(zh\) is not UTF-8"):
        texts_of_folder(folder)


def test_a_text_or_folder_that_is_missing_is_an_error(folder: Path) -> None:
    (folder / DRAFT / "zh.txt").unlink()
    with pytest.raises(CorpusError, match=rf"^{DRAFT}/zh\.txt cannot be read; expected the file that meta\.yaml names"):
        texts_of_folder(folder)
    for no_folder in (folder / "nowhere", folder / "README.md"):
        with pytest.raises(CorpusError, match=rf"{no_folder.name} cannot be read; expected a folder of documents"):
            texts_of_folder(no_folder)


def test_a_library_gives_the_texts_of_the_folder_it_was_made_of(folder: Path, tmp_path: Path) -> None:
    library = Library.open(tmp_path / "home")
    assert texts_of_library(library)(f"{DRAFT}#op1", "zh") is None
    sync_folder(library, folder)
    of_library, of_folder = texts_of_library(library), texts_of_folder(folder)
    anchors = [f"{DRAFT}#{unit.anchor}" for unit in library.units(DRAFT, "zh")]
    assert len(anchors) > 20
    for anchor in (*anchors, f"{DRAFT}#op99"):
        for language in LANGUAGES:
            assert of_library(anchor, language) == of_folder(anchor, language)
