"""What is said of an added document, put right without a new file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from corpus.__main__ import application
from corpus.errors import ShelfError
from corpus.library import Library
from corpus.records import KINDS, Bilingual
from corpus.shelf.amending import amend, description_of_document
from corpus.shelf.versions import versions_of
from corpus.sync import sync_folder
from embeddings.build import ensure_index
from embeddings.embed import embed_missing
from tests.commands import run_here
from tests.letters import Letters
from tests.shelf import add_paper, everything


@pytest.fixture
def library(tmp_path: Path) -> Library:
    library = Library.open(tmp_path / "home")
    add_paper(library, ["Mark every firearm.", "Keep the records."], "paper", symbol="A/1/2", date="2026-03-01")
    add_paper(library, ["Seals eat fish."], "zoo", symbol="A/9/9", titles=Bilingual("", "On seals"))
    return library


def contexts(library: Library) -> list[str]:
    return [row[0] for row in library.connection.execute("SELECT context FROM units WHERE doc_id = 'paper'")]


def test_a_document_described_as_it_is_stays_as_it_is(library: Library) -> None:
    before, generation = everything(library), library.generation()
    for document in library.documents():
        described = description_of_document(document)
        assert amend(library, document.doc_id, described).units_written == 0
    assert everything(library) == before
    assert library.generation() == generation
    assert description_of_document(library.document("zoo")).titles == Bilingual("", "On seals")


def test_every_part_is_put_right(library: Library) -> None:
    said = replace(
        description_of_document(library.document("paper")),
        titles=Bilingual("关于打标的文件", "On the marking of firearms"), symbol="C/1", symbol_status="confirmed",
        date="2021-05-10", year=2021, session=Bilingual("第八届会议", "Eighth session"),
        body=Bilingual("枪支问题工作组", "Working Group on Firearms"), kind="report", original_language="fr",
        distribution="Limited",
    )  # fmt: skip
    amended = amend(library, "paper", said, {"en": True})
    record = library.document("paper")
    assert amended.document == record
    assert description_of_document(record) == replace(said, official=True)
    assert (record.dates.zh, record.dates.en) == ("2021年5月10日", "10 May 2021")
    assert (record.kind, record.distribution, record.symbol_status) == ("report", "Limited", "confirmed")
    assert record.short_titles == Bilingual("关于打标的文件", "On the marking of firearms")
    assert record.versions[0].official
    assert versions_of(library, "paper")[0].official
    assert versions_of(library, "paper")[0].replaced_at == ""
    # What was of 2026 stood before what is of 2021.
    assert [document.doc_id for document in library.documents()] == ["zoo", "paper"]


def test_the_index_follows_where_the_context_changes_and_only_there(library: Library) -> None:
    encoder = Letters()
    ensure_index(library, encoder, progress=False)
    said = description_of_document(library.document("paper"))
    amend(library, "paper", replace(said, kind="report", distribution="General"))
    assert embed_missing(library, encoder, progress=False) == 0
    titles = Bilingual("", "On the marking of firearms")
    assert amend(library, "paper", replace(said, titles=titles)).units_written == 2
    assert all(context.startswith("On the marking of firearms, para. ") for context in contexts(library))
    assert embed_missing(library, encoder, progress=False) == 2
    snapshot = ensure_index(library, encoder, progress=False)
    assert snapshot.generation == library.generation()
    # The words of the date stand before the text for lexical search.
    assert amend(library, "paper", replace(said, titles=titles, date="2020-07-16", year=2020)).units_written == 2
    assert library.units_with_word("2020")


def test_what_ran_over_several_days_stays(library: Library) -> None:
    with library.writing("a record", "") as connection:
        connection.execute(
            "UPDATE documents SET record = json_set(record, '$.dates', json(?)) WHERE doc_id = 'paper'",
            ('{"zh": "2020年7月16日和17日", "en": "16 and 17 July 2020"}',),
        )
    said = description_of_document(library.document("paper"))
    assert said.date == ""
    amend(library, "paper", replace(said, kind="report"))
    assert library.document("paper").dates.en == "16 and 17 July 2020"


def test_what_cannot_be_said_is_refused_and_changes_nothing(library: Library) -> None:
    sync_folder(library, Path("corpus/data"))
    before = everything(library)
    said = description_of_document(library.document("paper"))
    report = description_of_document(library.document("wg6-2020-report"))
    for doc_id, wrong, en, zh in (
        ("wg6-2020-report", replace(report, kind="other"), "ships with the project", "随程序附带"),
        ("paper", replace(said, doc_id="other"), "the id other for paper", "编号不能改为 other"),
        ("paper", replace(said, symbol="a/9/ 9"), "zoo has the symbol", "zoo 已使用文号"),
        ("paper", replace(said, titles=Bilingual("", "")), "titles of the document", "“标题”"),
        ("paper", replace(said, distribution="x" * 41), "distribution of the document", "“分发范围”"),
        ("paper", replace(said, date="1 May"), "date of the document", "“日期”"),
    ):
        with pytest.raises(ShelfError, match=en) as caught:
            amend(library, doc_id, wrong)
        assert zh in caught.value.message("zh")
    assert everything(library) == before


def test_the_command_shows_and_puts_right(library: Library) -> None:
    home = library.folder

    def corpus(*arguments: str) -> tuple[int, list[str], str]:
        done = run_here(application, "corpus", home, *arguments)
        return done.returncode, done.stdout.splitlines(), done.stderr

    status, lines, _ = corpus("describe", "paper")
    assert status == 0
    assert "symbol:             A/1/2  (inferred)" in lines
    assert not any(line.startswith("distribution") for line in lines)
    status, lines, _ = corpus(
        "describe", "paper", "--title", "On marking firearms", "--symbol", "A/1/3", "--kind", "resolution",
        "--date", "2022-02-01", "--official", "--distribution", "General",
    )  # fmt: skip
    assert status == 0
    for line in (
        "symbol:             A/1/3  (confirmed)", "title (en):         On marking firearms",
        "date (en):          1 February 2022", "year:               2022", "kind:               resolution",
        "official text:      en yes", "distribution:       General",
    ):  # fmt: skip
        assert line in lines
    assert corpus("describe", "paper", "--symbol", "")[0] == 0
    assert library.document("paper").symbol is None
    status, _, complaint = corpus("describe", "wg6-2020-report", "--kind", "other")
    assert (status, "ships with the project" in complaint) == (1, True)
    assert corpus("describe", "paper", "--kind", "poem")[0] == 2


def test_a_document_of_any_kind_can_be_added_and_is_listed_after_those_of_meetings(library: Library) -> None:
    for kind in KINDS:
        add_paper(library, [f"A text that is a {kind}."], f"a-{kind.replace('_', '-')}", kind=kind, year=2031)
    listed = [document.kind for document in library.documents() if document.year == 2031]
    assert listed == list(KINDS)
