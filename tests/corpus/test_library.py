"""Reading the library: documents, units, neighbours, standing and words as they went in; errors for what is not."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from corpus.errors import HomeError, RapporteurError, UnknownAnchorError, UnknownDocumentError
from corpus.library import LIBRARY_FILE, Library
from corpus.records import Document, Unit
from corpus.words import segmenter

REPORT = "wg6-2020-report"


def _found(library: Library, query: str, limit: int = 10) -> list[str]:
    hits = library.search_words(segmenter().words(query), limit)
    by_id = library.units_by_id(unit_id for unit_id, _ in hits)
    return [by_id[unit_id].anchor_id for unit_id, _ in hits]


def test_documents_come_back_as_they_went_in_newest_first(library: Library, documents: dict[str, Document]) -> None:
    stored = library.documents()
    assert {document.doc_id: document for document in stored} == documents
    assert [document.year for document in stored] == [2021, 2020, 2020, 2020, 2014]
    assert library.document(REPORT) == documents[REPORT]


def test_units_come_back_as_they_were_parsed_in_reading_order(library: Library, units: dict[str, Unit]) -> None:
    stored = [unit for document in library.documents() for unit in library.units(document.doc_id)]
    assert len(stored) == 297
    assert {unit.anchor_id: unit for unit in stored} == units
    assert [unit.order for unit in library.units(REPORT, "zh")] == list(range(91))
    assert library.units(REPORT, "en") == ()


def test_a_unit_is_looked_up_by_its_anchor_in_a_language_there_is(library: Library, units: dict[str, Unit]) -> None:
    assert library.unit(REPORT, "dp10") == units[f"{REPORT}#dp10"]
    assert library.unit(REPORT, "dp10", "en").language == "zh"


def test_an_unknown_document_is_named_with_those_there_are(library: Library) -> None:
    for look in (library.document, library.units):
        with pytest.raises(UnknownDocumentError, match=r"'wg6-1999'.*wg6-2020-report"):
            look("wg6-1999")
    with pytest.raises(UnknownDocumentError):
        library.unit("wg6-1999", "p1")


def test_an_unknown_anchor_is_named_with_its_document(library: Library) -> None:
    for anchor in ("p47", "dp45", "", "p1' OR '1'='1", "二"):
        with pytest.raises(UnknownAnchorError, match=REPORT) as caught:
            library.unit(REPORT, anchor)
        assert repr(anchor) in str(caught.value)
        assert anchor in caught.value.message("zh") != str(caught.value)


def test_neighbours_are_the_units_next_to_one_in_reading_order(library: Library) -> None:
    def anchors(anchor: str, before: int, after: int) -> list[list[str]]:
        found = library.neighbours(library.unit(REPORT, anchor), before, after)
        return [[unit.anchor for unit in side] for side in found]

    assert anchors("p21", 2, 1) == [["p19", "p20"], ["p22"]]
    assert anchors("p6", 1, 2) == [["p5"], ["dp1", "dp2"]]
    assert anchors("p7", 1, 1) == [["dp44"], ["p8"]]
    assert anchors("p1", 5, 0) == [["head"], []]
    assert anchors("p46", 0, 5) == [[], []]


@pytest.mark.parametrize(
    ("query", "anchor_id"),
    [
        ("1,045", "wg6-2014-background#p59"),
        ("1045", "wg6-2014-background#p59"),
        ("福洛拜", "wg6-2020-report#p10"),
        ("加密货币", "cop10-2020-draft-resolution#op14"),
        ("Odendaal", "wg6-2020-report#p16"),
        ("Interpretify", "wg6-2020-report#p32"),
        ("里约万岁", "wg6-2014-background#p56"),
        ("235,000", "wg6-2020-report#p17"),
    ],
)
def test_search_finds_an_exact_rare_word(library: Library, query: str, anchor_id: str) -> None:
    assert anchor_id in _found(library, query)[:3]


def test_a_word_of_one_unit_finds_that_unit_alone(library: Library) -> None:
    assert _found(library, "1,045") == ["wg6-2014-background#p59"]
    assert _found(library, "Interpretify") == ["wg6-2020-report#p32"]


@pytest.mark.parametrize("query", ["龘龘靐齉", "xyzzy", "99,999,999", "", "，。", '"', "NEAR( OR *"])
def test_search_finds_nothing_for_nonsense(library: Library, query: str) -> None:
    assert _found(library, query) == []


def test_search_scores_fall_and_keep_to_the_limit(library: Library) -> None:
    hits = library.search_words(["枪支"], 7)
    scores = [score for _, score in hits]
    assert len(hits) == 7
    assert scores == sorted(scores, reverse=True)


def test_words_of_the_query_language_are_only_words(library: Library) -> None:
    assert library.search_words(['枪支" OR "福洛拜', "AND", "*", "NEAR"], 5) == []


def test_standing_notes_go_with_the_units_they_cover(library: Library) -> None:
    notes = library.standing(library.unit(REPORT, "dp10"))
    assert [note.zh for note in notes] == [
        "讨论要点未经逐行谈判和最后通过（报告第6段）；工作组决定不通过建议（报告第5段）。"
    ]
    assert len(library.standing(library.unit(REPORT, "p5"))) == 2
    assert "not negotiated or adopted" in library.standing(library.unit(REPORT, "p21"))[0].en


def test_unknown_row_ids_are_left_out(library: Library) -> None:
    assert library.units_by_id([]) == {}
    assert library.units_by_id([10**9]) == {}


def test_many_threads_read_at_once(library: Library, units: dict[str, Unit]) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda unit: library.unit(unit.doc_id, unit.anchor), list(units.values())))
    assert found == list(units.values())


def test_a_file_that_is_no_library_is_refused_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / LIBRARY_FILE
    file.write_bytes("不是数据库".encode() * 500)
    with pytest.raises(HomeError, match=LIBRARY_FILE) as caught:
        Library.open(tmp_path)
    assert isinstance(caught.value, RapporteurError)
    assert file.read_bytes() == "不是数据库".encode() * 500


@pytest.mark.parametrize("version", [0, 1, 99])
def test_a_database_of_another_program_is_refused_and_left_alone(tmp_path: Path, version: int) -> None:
    other = sqlite3.connect(tmp_path / LIBRARY_FILE)
    other.execute("CREATE TABLE recipes (name TEXT)")
    other.execute(f"PRAGMA user_version = {version}")
    other.commit()
    other.close()
    with pytest.raises(HomeError):
        Library.open(tmp_path).documents()
    other = sqlite3.connect(tmp_path / LIBRARY_FILE)
    assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("recipes",)]
    other.close()


def test_a_home_below_a_regular_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(HomeError, match="cannot be written"):
        Library.open(tmp_path / "file" / "home")
