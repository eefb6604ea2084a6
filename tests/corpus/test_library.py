"""Reading the library: documents, units, neighbours, standing and words as they went in; errors for what is not."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import yaml

from corpus.errors import HomeError, RapporteurError, UnknownAnchorError, UnknownDocumentError
from corpus.library import LIBRARY_FILE, Library
from corpus.parse.builder import Parsed
from corpus.records import Document, Language, Unit
from corpus.sync import sync_folder
from corpus.words import segmenter
from tests.letters import ids_of

REPORT = "wg6-2020-report"


def _holding(library: Library, query: str) -> set[str]:
    """The units that hold every word of a query, by anchor id and language."""
    held = [set(library.units_with_word(word)) for word in segmenter().words(query)]
    units = library.units_by_id(set.intersection(*held) if held else ())
    return {f"{unit.anchor_id} {unit.language}" for unit in units.values()}


def test_documents_come_back_as_they_went_in_newest_first(library: Library, documents: dict[str, Document]) -> None:
    stored = library.documents()
    assert {document.doc_id: document for document in stored} == documents
    assert [document.year for document in stored] == [2021, 2020, 2020, 2020, 2014]
    assert library.document(REPORT) == documents[REPORT]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_units_come_back_as_they_were_parsed_in_reading_order(
    library: Library, versions: dict[tuple[str, Language], Parsed], language: Language
) -> None:
    for document in library.documents():
        assert library.units(document.doc_id, language) == versions[document.doc_id, language].units
    assert [unit.order for unit in library.units(REPORT, language)] == list(range(91))


def test_all_units_of_a_document_are_those_of_its_versions_chinese_first(library: Library) -> None:
    assert library.units(REPORT) == (*library.units(REPORT, "zh"), *library.units(REPORT, "en"))
    assert sum(len(library.units(document.doc_id)) for document in library.documents()) == 594


def test_a_unit_is_looked_up_by_its_anchor_in_the_language_asked_for(
    library: Library, units: dict[str, Unit], english_units: dict[str, Unit]
) -> None:
    assert library.unit(REPORT, "dp10") == library.unit(REPORT, "dp10", "zh") == units[f"{REPORT}#dp10"]
    assert library.unit(REPORT, "dp10", "en") == english_units[f"{REPORT}#dp10"]


def test_a_unit_without_that_language_is_given_in_the_one_there_is(
    tmp_path: Path, copy_of: Callable[..., Path]
) -> None:
    data = copy_of(REPORT)
    path = data / REPORT / "meta.yaml"
    meta = yaml.safe_load(path.read_text(encoding="utf-8"))
    del meta["versions"]["en"]
    path.write_text(yaml.safe_dump(meta, allow_unicode=True), encoding="utf-8")
    library = Library.open(tmp_path / "home")
    sync_folder(library, data)
    assert library.unit(REPORT, "dp10", "en").language == "zh"
    assert library.units(REPORT, "en") == ()


def test_anchor_ids_that_are_held_are_told_from_those_that_are_not(library: Library) -> None:
    made_up = [f"{REPORT}#dp99", f"{REPORT}#", REPORT, "no-such#p1", "", "\ud800#p1", f"{REPORT}#p{'9' * 5000}"]
    assert library.held([f"{REPORT}#dp10", *made_up, "wg6-2014-background#p59"]) == {
        f"{REPORT}#dp10",
        "wg6-2014-background#p59",
    }
    assert library.held([]) == frozenset()


def test_neighbours_are_of_the_language_of_their_unit(library: Library) -> None:
    before, after = library.neighbours(library.unit(REPORT, "p21", "en"), 1, 1)
    assert [(unit.anchor, unit.language) for unit in (*before, *after)] == [("p20", "en"), ("p22", "en")]


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
    ("query", "anchor_id", "languages"),
    [
        ("1,045", "wg6-2014-background#p59", "zh en"),
        ("1045", "wg6-2014-background#p59", "zh en"),
        ("福洛拜", "wg6-2020-report#p10", "zh"),
        ("Flobert", "wg6-2020-report#p10", "en"),
        ("加密货币", "cop10-2020-draft-resolution#op14", "zh"),
        ("cryptocurrency", "cop10-2020-draft-resolution#op14", "en"),
        ("Odendaal", "wg6-2020-report#p36", "zh en"),
        ("Interpretify", "wg6-2020-report#p32", "zh en"),
        ("235,000", "wg6-2020-report#p17", "zh en"),
    ],
)
def test_a_rare_word_is_held_by_its_unit_in_the_languages_that_write_it_so(
    library: Library, query: str, anchor_id: str, languages: str
) -> None:
    held = {f"{anchor_id} {language}" for language in languages.split()}
    other = {f"wg6-2020-report#p16 {language}" for language in ("zh", "en")} if query == "Odendaal" else set()
    assert _holding(library, query) == held | other


@pytest.mark.parametrize("query", ["龘龘靐齉", "xyzzy", "99,999,999", "", "，。", '"', "NEAR( OR *"])
def test_nothing_holds_nonsense(library: Library, query: str) -> None:
    assert _holding(library, query) == set()


@pytest.mark.parametrize("word", ['枪支" OR "福洛拜', "*", "NEAR", "-枪支 OR 弹药"])
def test_words_of_the_query_language_are_only_words(library: Library, word: str) -> None:
    assert library.units_with_word(word) == []


def test_unit_ids_are_those_of_a_language_and_of_the_documents_asked_for(library: Library) -> None:
    both = [library.unit_ids(language) for language in ("zh", "en")]
    assert sorted(both[0] + both[1]) == sorted(ids_of(library).values())
    assert all(ids == sorted(ids) and len(ids) == 297 for ids in both)
    assert {unit.language for unit in library.units_by_id(both[1]).values()} == {"en"}
    for documents in ((REPORT,), (REPORT, "wg6-2021-agenda"), (REPORT, "no-such")):
        expected = {unit.anchor_id for doc_id in documents[:2] if doc_id != "no-such" for unit in library.units(doc_id)}
        found = library.units_by_id(library.unit_ids("zh", documents))
        assert {unit.anchor_id for unit in found.values()} == expected
    assert library.unit_ids("zh", ["no-such"]) == []


def test_versions_of_units_are_those_of_their_anchors_in_each_language(library: Library) -> None:
    ids = ids_of(library)
    both = {language: [ids[f"{REPORT}#{anchor} {language}"] for anchor in ("p5", "dp10")] for language in ("zh", "en")}
    expected = {language: sorted(of) for language, of in both.items()}
    assert library.versions_of(both["zh"]) == library.versions_of(both["en"]) == expected
    assert library.versions_of([*both["zh"], both["en"][0], 10**9]) == expected
    assert library.versions_of([]) == library.versions_of([10**9]) == {"zh": [], "en": []}


def test_the_word_list_is_of_all_words_that_a_unit_holds(library: Library, units: dict[str, Unit]) -> None:
    known = library.word_list()
    assert {"枪支", "福洛拜", "flobert", "trace", "1045"} <= known
    # A number stands there in its parts.
    assert {"5", "4"} <= known
    assert not {"5/4", "tracing", "龘", ""} & known
    words = {word for unit in units.values() for word in segmenter().words(unit.text)}
    assert {word for word in words if word.isalpha()} <= known
    assert all(library.units_with_word(word) for word in sorted(known)[::50])


def test_common_words_are_those_that_most_units_hold(library: Library) -> None:
    known = sorted(library.word_list())
    counts = {word: len(library.units_with_word(word)) for word in known if word.isalpha()}
    found = [word for word in library.common_words(200) if word in counts]
    assert found == sorted(counts, key=lambda word: (-counts[word], word))[: len(found)]
    assert len(library.common_words(7)) == 7
    assert set(library.common_words(10**6)) == set(known)


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


def test_units_are_counted_by_kind_those_in_two_languages_once(library: Library) -> None:
    counts = library.unit_counts()
    for document in library.documents():
        anchors = {(unit.anchor, unit.kind) for unit in library.units(document.doc_id)}
        assert counts.pop(document.doc_id) == Counter(kind for _, kind in anchors)
    assert counts == {}
