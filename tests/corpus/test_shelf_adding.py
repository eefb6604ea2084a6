"""Documents that delegates add: new ones, other languages of one, and versions in the place of others."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from corpus.errors import ShelfError
from corpus.library import Library
from corpus.records import Bilingual
from corpus.shelf.adding import add_version, foresee
from corpus.shelf.description import LONGEST_ID, LONGEST_TITLE, Description, checked
from corpus.shelf.files import FILES_FOLDER
from corpus.shelf.naming import new_id
from corpus.shelf.versions import replaced_since, versions_of
from corpus.sync import sync_folder
from tests.letters import ids_of
from tests.shelf import add_paper, description, everything, files_of, reading_of

CHAIR = "wg6-2020-chair-summary"
REPORT = "wg6-2020-report"
SYMBOL = "CTOC/COP/WG.6/2026/9"


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """An empty library of the test's own."""
    return Library.open(tmp_path / "home")


def test_a_new_document_can_be_looked_up_and_its_file_is_kept(library: Library) -> None:
    added = add_paper(library, ["States should mark firearms.", "They should keep records."], "paper", official=True)
    assert (added.doc_id, added.outcome, added.units, added.units_written) == ("paper", "new", 2, 2)
    assert library.unit("paper", "p2").text == "They should keep records."
    assert library.units_with_word("firearm") == [ids_of(library)["paper#p1 en"]]
    (version,) = versions_of(library, "paper")
    data = b"States should mark firearms.\nThey should keep records."
    assert (version.origin, version.official, version.name) == ("added", True, "paper.txt")
    assert version.sha256 == sha256(data).hexdigest()
    assert (library.folder / FILES_FOLDER / version.sha256).read_bytes() == data
    assert library.generation() == 1


def test_the_same_bytes_are_added_once(library: Library) -> None:
    add_paper(library, ["One."], "paper")
    before = everything(library)
    again = add_paper(library, ["One."], "other")
    assert (again.outcome, again.doc_id, again.units_written) == ("held", "paper", 0)
    assert everything(library) == before


@pytest.mark.parametrize("symbol", [SYMBOL, "ctoc/cop/wg.6/ 2026/9", "ＣＴＯＣ/COP/WG.6/2026/9"])
def test_a_second_language_pairs_by_symbol_and_anchors_align(library: Library, symbol: str) -> None:
    add_paper(library, ["一。", "二。", "三。"], None, "zh", symbol=SYMBOL, titles=Bilingual("会议文件第九号", ""))
    added = add_paper(library, ["One.", "Two.", "Three.", "Four."], None, "en", symbol=symbol,
                      titles=Bilingual("", "Paper of the conference"))  # fmt: skip
    assert (added.doc_id, added.outcome) == ("ctoc-cop-wg-6-2026-9", "paired")
    assert (added.only_here, added.only_there) == (("p4",), ())
    assert [library.unit(added.doc_id, "p2", language).text for language in ("zh", "en")] == ["二。", "Two."]
    assert library.document(added.doc_id).titles == Bilingual("会议文件第九号", "Paper of the conference")


def test_a_second_language_pairs_by_id_and_says_which_anchors_it_lacks(library: Library) -> None:
    add_paper(library, ["一。", "二。"], "paper", "zh")
    added = add_paper(library, ["One."], "paper", "en")
    assert (added.outcome, added.only_here, added.only_there) == ("paired", (), ("p2",))


def test_a_new_version_keeps_the_rows_of_what_is_the_same_and_says_when_it_came(library: Library) -> None:
    add_paper(library, ["One stays.", "Two goes.", "Three goes."], "paper")
    before, (first,) = ids_of(library), versions_of(library, "paper")
    assert first.replaced_at == ""
    added = add_paper(library, ["One stays.", "Two is new."], "paper")
    assert (added.outcome, added.units_written, added.units_deleted) == ("replaced", 1, 2)
    after, (second,) = ids_of(library), versions_of(library, "paper")
    assert after.keys() == {"paper#p1 en", "paper#p2 en"}
    assert after["paper#p1 en"] == before["paper#p1 en"]
    assert after["paper#p2 en"] not in before.values()
    assert second.replaced_at >= second.added_at == first.added_at
    assert replaced_since(library, "paper", "en", "2000-01-01T00:00:00Z") == second.replaced_at
    assert replaced_since(library, "paper", "en", second.replaced_at) == second.replaced_at
    assert replaced_since(library, "paper", "en", "2099-01-01T00:00:00Z") is None
    assert replaced_since(library, "paper", "zh", "") is None
    assert files_of(library) == {second.sha256}


def test_an_official_text_takes_the_place_of_an_unofficial_one_and_not_the_other_way(library: Library) -> None:
    add_paper(library, ["Working translation."], "paper")
    added = add_paper(library, ["Official text."], "paper", official=True)
    assert added.replaces_unofficial
    assert library.document("paper").versions[0].official
    before = everything(library)
    with pytest.raises(ShelfError, match="official text in this language") as caught:
        add_paper(library, ["Another translation."], "paper")
    assert "正式文本" in caught.value.message("zh")
    assert everything(library) == before


def test_an_official_text_of_a_bundled_document_stays_over_later_starts(
    library: Library, copy_of: Callable[..., Path]
) -> None:
    data = copy_of(REPORT, CHAIR)
    sync_folder(library, data)
    add_paper(library, ["Official one.", "Official two."], REPORT, official=True)
    assert not sync_folder(library, data).anything
    meta = data / REPORT / "meta.yaml"
    meta.write_text(meta.read_text("utf-8").replace("aliases: [", "aliases: [维也纳报告, "), "utf-8")
    assert sync_folder(library, data).changed == (REPORT,)
    assert [unit.text for unit in library.units(REPORT, "en")] == ["Official one.", "Official two."]
    assert len(library.units(REPORT, "zh")) == 91
    record = library.document(REPORT)
    assert "维也纳报告" in record.aliases
    assert record.symbol == "CTOC/COP/WG.6/2020/4"
    assert {v.language: v.origin for v in versions_of(library, REPORT)} == {"zh": "bundled", "en": "added"}


def test_the_official_text_of_a_bundled_document_is_replaced_only_by_word(
    library: Library, copy_of: Callable[..., Path]
) -> None:
    """Its symbol alone may be what a careless extraction of the same document has."""
    sync_folder(library, copy_of(REPORT))
    symbol, before = "CTOC/COP/WG.6/2020/4", everything(library)
    with pytest.raises(ShelfError, match=f"give the id {REPORT} to replace") as caught:
        add_paper(library, ["提取的文本。"], None, "zh", symbol=symbol, official=True)
    assert "请指明编号" in caught.value.message("zh")
    assert everything(library) == before
    assert add_paper(library, ["Official."], None, "en", symbol=symbol, official=True).replaces_unofficial
    assert add_paper(library, ["正式文本。"], REPORT, "zh", official=True).outcome == "replaced"


def test_bundled_documents_that_left_the_folder_go_and_added_ones_stay(
    library: Library, copy_of: Callable[..., Path], tmp_path: Path
) -> None:
    sync_folder(library, copy_of(REPORT, CHAIR))
    add_paper(library, ["Mine."], "paper")
    add_paper(library, ["Official."], REPORT, official=True)
    report = sync_folder(library, copy_of(CHAIR, into="less"))
    assert report.removed == (REPORT,)
    assert {document.doc_id for document in library.documents()} == {"paper", REPORT, CHAIR}
    assert [unit.text for unit in library.units(REPORT)] == ["Official."]
    assert not sync_folder(library, tmp_path / "less").anything


def test_what_adding_would_do_is_told_without_doing_it(library: Library) -> None:
    add_paper(library, ["一。"], "paper", "zh")
    before = everything(library)
    told = foresee(library, reading_of(["One.", "Two."]), description("paper"), b"One.\nTwo.")
    assert (told.outcome, told.doc_id, told.only_here) == ("paired", "paper", ("p2",))
    assert everything(library) == before


@pytest.mark.parametrize(
    ("said", "part"),
    [
        ({"titles": Bilingual("", " \u202e ")}, "titles"),
        ({"titles": Bilingual("x" * (LONGEST_TITLE + 1), "")}, "titles"),
        ({"year": 20260}, "year"),
        ({"date": "2026-02-30"}, "date"),
        ({"doc_id": "../../etc"}, "doc_id"),
        ({"doc_id": "Paper"}, "doc_id"),
        ({"doc_id": "x" * (LONGEST_ID + 1)}, "doc_id"),
        ({"kind": "novel"}, "kind"),
        ({"symbol": "A" * 100}, "symbol"),
    ],
)
def test_a_description_that_is_not_of_its_form_is_refused_by_name(
    library: Library, said: dict[str, object], part: str
) -> None:
    with pytest.raises(ShelfError, match=part) as caught:
        add_version(library, reading_of(["One."]), description(**said), b"One.", "paper.txt")  # type: ignore[arg-type]
    assert "请改正后重试" in caught.value.message("zh")
    assert library.documents() == ()
    assert files_of(library) == set()


def test_names_and_titles_lose_what_turns_or_hides_text(library: Library) -> None:
    name = "..\u202e/fdp.txt\n\x07"
    said = description("paper", titles=Bilingual("", "Pa\u202eper\n of\u200b X"))
    add_version(library, reading_of(["One."]), said, b"One.", name)
    assert versions_of(library, "paper")[0].name == ".. /fdp.txt"
    assert library.document("paper").titles.en == "Pa per of X"
    assert all(len(file) == 64 for file in files_of(library))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"symbol": "A/RES/75/1"}, "a-res-75-1"),
        ({"titles": Bilingual("", "The work of the Group")}, "the-work-of-the-group"),
        ({"titles": Bilingual("枪支议定书", "")}, "qiang-zhi-yi-ding-shu"),
        ({"titles": Bilingual("", "。？！")}, "document-2026"),
    ],
)
def test_an_id_is_made_of_symbol_or_title(said: dict[str, object], expected: str) -> None:
    made = description(**said)  # type: ignore[arg-type]
    assert new_id(made, set()) == expected
    assert new_id(made, {expected, f"{expected}-2"}) == f"{expected}-3"


def test_an_id_is_never_too_long() -> None:
    long = description(titles=Bilingual("", "word " * 50))
    first = new_id(long, set())
    for made in (first, new_id(long, {first})):
        assert checked(description(made)).doc_id == made


def test_a_symbol_without_a_status_counts_as_inferred() -> None:
    assert checked(description(symbol="A/1")).symbol_status == "inferred"
    assert checked(Description(titles=Bilingual("甲", ""), year=2026, symbol_status="confirmed")).symbol is None


def test_two_paragraphs_of_one_anchor_are_refused(library: Library) -> None:
    reading = reading_of(["One.", "Two."])
    doubled = reading_of(["One."]).units + reading.units
    with pytest.raises(ShelfError, match="anchor p1"):
        add_version(library, type(reading)(**{**vars(reading), "units": doubled}), description("paper"), b"1", "x")
    with pytest.raises(ShelfError, match="no paragraph"):
        add_version(library, type(reading)(**{**vars(reading), "units": ()}), description("paper"), b"1", "x")
