"""Who said what as a paper and as a table: who, the sentence, where it stands, what that is worth."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import replace

import pytest

from assistant.export.markdown import write_markdown
from assistant.export.positions import positions_paper, positions_table
from assistant.ledger import Entry
from assistant.ledger.book import Book
from corpus.home import BUNDLED_DATA
from corpus.library import Library
from corpus.records import Bilingual, Document
from corpus.sync import sync_folder
from tests.assistant.export.made import DAY


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    library = Library.open(tmp_path_factory.mktemp("positions"))
    sync_folder(library, BUNDLED_DATA)
    return library


@pytest.fixture(scope="module")
def documents(library: Library) -> Mapping[str, Document]:
    return {document.doc_id: document for document in library.documents()}


@pytest.fixture(scope="module")
def entries(library: Library) -> tuple[Entry, ...]:
    return Book(library).ledger("国际刑警组织", language="zh").entries


def test_a_sentence_stands_once_under_all_who_act_in_it(library: Library, documents: Mapping[str, Document]) -> None:
    sponsors = Book(library).ledger(documents=["cop10-2020-draft-resolution"], language="en").entries
    text = write_markdown(positions_paper(sponsors, "en", documents, DAY, "Act: sponsored"))
    assert "**El Salvador, Guatemala, Mexico: sponsored**" in text
    assert text.count("“El Salvador, Guatemala and Mexico: revised draft resolution”") == 1
    assert "Act: sponsored" in text
    assert "unofficial working translation" in text
    assert "Standing: " in text


def test_nothing_found_is_said(documents: Mapping[str, Document]) -> None:
    assert "文件中没有这样的记录。" in write_markdown(positions_paper((), "zh", documents, DAY))


def test_a_table_has_a_line_for_each_entry(entries: tuple[Entry, ...], documents: Mapping[str, Document]) -> None:
    rows = list(csv.reader(io.StringIO(positions_table(entries, "zh", documents).decode("utf-8-sig"))))
    assert [(row[0], row[2]) for row in rows[1:]] == [
        ("国际刑警组织", "作了发言"), ("国际刑警组织", "作了发言"), ("国际刑警组织", "出席会议"),
    ]  # fmt: skip
    assert rows[1][3] == "国际刑警组织和西班牙的代表在会上作了简短发言。"
    assert rows[1][4] == "2020年会议报告（CTOC/COP/WG.6/2020/4，文号系推断），第21段"
    assert rows[1][7] == "联合国正式文本"


def test_no_cell_is_a_formula(entries: tuple[Entry, ...], documents: Mapping[str, Document]) -> None:
    hostile = replace(entries[0].actor, names=Bilingual("=1+1", "=1+1"))
    made = positions_table([replace(entries[0], actor=hostile)], "zh", documents).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(made)))[1][0] == "'=1+1"
