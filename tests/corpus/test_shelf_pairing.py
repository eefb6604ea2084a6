"""Two documents that are two languages of one are made one, and parted again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from corpus.__main__ import application
from corpus.errors import ShelfError, UnknownAnchorError, UnknownDocumentError
from corpus.library import Library
from corpus.records import Bilingual, Subitem, Unit
from corpus.shelf.backup import export_library, import_library
from corpus.shelf.pairing import pair, plainly_differ, unpair
from corpus.shelf.removing import remove
from corpus.sync import sync_folder
from embeddings.build import ensure_index
from embeddings.embed import embed_missing
from tests.commands import run_here
from tests.letters import Letters
from tests.shelf import add_paper, everything

ZH = ["会议于2020年举行。", "共销毁1,250支枪支。", "只有中文。"]
EN = ["The meeting was held in 2020.", "In all 980 firearms were destroyed."]


@pytest.fixture
def library(tmp_path: Path) -> Library:
    library = Library.open(tmp_path / "home")
    add_paper(library, ZH, "lunwen", "zh", titles=Bilingual("关于销毁的文件", ""), year=2020)
    add_paper(
        library, EN, "paper", titles=Bilingual("", "On the destruction of firearms"), symbol="A/1/2", date="2021-03-01",
        year=2021, official=True, kind="report", session=Bilingual("", "Eighth session"),
    )  # fmt: skip
    return library


def test_two_languages_become_one_document_with_their_vectors(library: Library) -> None:
    encoder = Letters()
    ensure_index(library, encoder, progress=False)
    ids = library.unit_ids("zh"), library.unit_ids("en")
    paired = pair(library, "lunwen", "paper")
    assert (paired.only_here, paired.only_there, paired.differing) == (("p3",), (), ("p2",))
    (record,) = library.documents()
    assert record == paired.document
    assert record.titles == Bilingual("关于销毁的文件", "On the destruction of firearms")
    assert (record.symbol, record.symbol_status, record.kind, record.year) == ("A/1/2", "inferred", "report", 2021)
    assert record.dates.zh == "2021年3月1日"
    assert record.session.en == "Eighth session"
    assert [(each.language, each.official) for each in record.versions] == [("en", True), ("zh", False)]
    assert [unit.text for unit in library.units("lunwen", "en")] == EN
    # Neither the title nor the number of a paragraph changed, so its vector did not; the date is new to the Chinese.
    assert library.unit_ids("en") == ids[1]
    assert embed_missing(library, encoder, progress=False) == len(ZH)
    assert library.units_with_word("destroy")


def test_what_cites_the_document_that_was_absorbed_leads_to_the_one_there_is(library: Library) -> None:
    pair(library, "lunwen", "paper")
    assert library.present_id("paper") == "lunwen"
    assert library.unit("paper", "p2", "en").anchor_id == "lunwen#p2"
    with pytest.raises(UnknownAnchorError, match="lunwen has no 'p9'"):
        library.unit("paper", "p9")
    with pytest.raises(UnknownDocumentError):
        remove(library, "paper")
    # A file for the old id is a version of the one document, and a new document does not get that id.
    added = add_paper(library, ["The meeting was held in July 2020."], "paper", official=True)
    assert (added.doc_id, added.outcome) == ("lunwen", "replaced")
    assert add_paper(library, ["Other words."], symbol="PAPER").doc_id == "paper-2"


def test_what_was_paired_is_parted_as_it_was(library: Library) -> None:
    encoder = Letters()
    records = {document.doc_id: document for document in library.documents()}
    ensure_index(library, encoder, progress=False)
    pair(library, "lunwen", "paper")
    assert unpair(library, "lunwen").doc_id == "paper"
    assert {document.doc_id: document for document in library.documents()} == records
    assert [unit.text for unit in library.units("paper")] == EN
    assert [unit.text for unit in library.units("lunwen")] == ZH
    assert library.present_id("paper") == "paper"
    assert library.connection.execute("SELECT count(*) FROM unit_words").fetchone() == (len(ZH) + len(EN),)
    with pytest.raises(ShelfError, match="no text that was a document of its own"):
        unpair(library, "lunwen")


def test_a_pair_is_carried_to_another_library(library: Library, tmp_path: Path) -> None:
    pair(library, "lunwen", "paper")
    export_library(library, tmp_path / "backup.zip")
    other = Library.open(tmp_path / "other")
    import_library(other, tmp_path / "backup.zip")
    assert other.unit("paper", "p1", "en").text == EN[0]
    assert unpair(other, "lunwen").doc_id == "paper"


def test_what_is_no_pair_is_refused_and_changes_nothing(library: Library) -> None:
    sync_folder(library, Path("corpus/data"))
    add_paper(library, ["Seals eat fish."], "zoo")
    add_paper(library, ["海豹吃鱼。"], "haibao", "zh", official=True, symbol="A/9/9")
    before = everything(library)
    for here, there, en, zh in (
        ("paper", "zoo", "are both in en", "有同一语文的文本"),
        ("paper", "paper", "paper twice", "两次所指"),
        ("paper", "haibao", "under the symbols A/1/2 and A/9/9", "文号应相同"),
        ("paper", "wg6-2020-report", "ships with the project", "随程序附带"),
        ("wg6-2020-report", "paper", "ships with the project", "随程序附带"),
    ):
        with pytest.raises(ShelfError, match=en) as caught:
            pair(library, here, there)
        assert zh in caught.value.message("zh")
    with pytest.raises(UnknownDocumentError):
        pair(library, "paper", "nowhere")
    assert everything(library) == before


def test_units_differ_plainly_by_kind_number_parts_and_figures() -> None:
    zh = Unit("d", "p1", "paragraph", "1", (), "zh", "2020年举行了3次会议，共销毁1,250支。", 1)
    same = Unit("d", "p1", "paragraph", "1", (), "en", "In 2020 three meetings were held; 1250 were destroyed.", 1)
    assert not plainly_differ(zh, same)
    assert not plainly_differ(zh, replace(same, text="Three meetings were held; many were destroyed."))
    assert not plainly_differ(zh, replace(same, text="In 2020, 1250 were destroyed at 1000 places."))
    assert plainly_differ(zh, replace(same, text="In 2021 three meetings were held; 1250 were destroyed."))
    # A number may be in figures in one language and in words in the other.
    assert not plainly_differ(zh, replace(same, text="In 2020 some 1,250 were destroyed."))
    assert plainly_differ(zh, replace(same, text="Some 1.2 million were destroyed."))
    assert plainly_differ(zh, replace(same, kind="operative"))
    assert plainly_differ(zh, replace(same, number="2"))
    assert plainly_differ(zh, replace(same, subitems=(Subitem("(a)", 0, 3),)))


def test_the_commands_pair_and_part(library: Library) -> None:
    def corpus(*arguments: str) -> tuple[int, str, str]:
        done = run_here(application, "corpus", library.folder, *arguments)
        return done.returncode, done.stdout, done.stderr

    status, said, noted = corpus("pair", "lunwen", "paper")
    assert (status, said) == (0, "paper is now a text of lunwen\n")
    assert "1 only in what was lunwen: p3" in noted
    assert "1 plainly different" in noted
    assert "formerly:           paper" in corpus("describe", "lunwen")[1]
    assert corpus("unpair", "lunwen")[:2] == (0, "paper is a document of its own again\n")
    status, _, complaint = corpus("pair", "lunwen", "lunwen")
    assert (status, "lunwen twice" in complaint) == (1, True)
