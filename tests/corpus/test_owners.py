"""What a reader added is theirs: nobody else sees it, changes it, or is told of it by what their own additions do."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from corpus.errors import FeedbackError, HomeError, ShelfError, UnknownAnchorError, UnknownDocumentError
from corpus.feedback import Feedback, all_feedback, record_feedback, withdraw_feedback
from corpus.library import Library
from corpus.shelf.adding import foresee
from corpus.shelf.backup import export_library, import_library
from corpus.shelf.owners import Seen, owned, owner_of, owners, owns_any, share
from corpus.shelf.removing import remove, removed_documents, restore
from tests.shelf import add_paper, description, reading_of

SHARED = ["The Working Group met in Vienna.", "It discussed marking."]
OF_ANNA = ["The delegation proposes a zeppelin registry.", "Nobody else knows."]


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """A shared document, and one of Anna's."""
    library = Library.open(tmp_path)
    add_paper(library, SHARED, "report", symbol="A/1")
    add_paper(library, OF_ANNA, "plan", owner="anna", symbol="A/2")
    return library


def plan_of(library: Library) -> str:
    (document,) = owned(library, "anna")
    return document.doc_id


def test_each_reader_sees_what_is_shared_and_their_own(library: Library) -> None:
    plan = plan_of(library)
    assert owners(library) == {"report": "", plan: "anna"}
    assert owner_of(library, plan) == "anna"
    assert {each.doc_id for each in Seen(library, "anna").documents()} == {"report", plan}
    for name in ("", "ben", "ann", "Anna", "' OR ''='", "%"):
        assert [each.doc_id for each in Seen(library, name).documents()] == ["report"]
    assert (owns_any(library, "anna"), owns_any(library, "ben"), owns_any(library, "")) == (True, False, False)


@pytest.mark.parametrize("name", ["", "ben", "' OR ''='", 'a"b', "安娜"])
def test_no_question_put_to_what_another_sees_tells_of_it(library: Library, name: str) -> None:
    plan, seen = plan_of(library), Seen(library, name)
    ids = library.unit_ids("en", [plan])
    assert [each.doc_id for each in seen.documents()] == ["report"]
    assert seen.unit_counts().keys() == {"report"}
    assert seen.unit_ids("en") == library.unit_ids("en", ["report"])
    assert seen.unit_ids("en", [plan]) == []
    assert seen.units_by_id(ids) == {}
    assert seen.held([f"{plan}#p1", "report#p1"]) == {"report#p1"}
    assert set(seen.versions_of(ids)["en"]) == set()
    assert seen.units_with_word("zeppelin") == []
    assert seen.units_with_word("mark") == library.units_with_word("mark") != []
    assert "zeppelin" not in seen.word_list()
    assert "mark" in seen.word_list()
    assert seen.holders_of("zeppelin") == ""
    assert set(seen.common_words(10**6)) == seen.word_list()
    assert seen.anchors_of(ids) == {"zh": {}, "en": {}}
    with pytest.raises(UnknownDocumentError) as caught:
        seen.units(plan)
    # The same as of a document that is nowhere, the list of those there are included.
    with pytest.raises(UnknownDocumentError) as nowhere:
        seen.document("nowhere")
    assert str(caught.value).replace(plan, "nowhere") == str(nowhere.value)
    with pytest.raises(UnknownDocumentError):
        seen.unit(plan, "p1")
    with pytest.raises(UnknownAnchorError):
        seen.unit("report", "p9")


def test_its_owner_sees_all_of_it(library: Library) -> None:
    plan, seen = plan_of(library), Seen(library, "anna")
    assert [unit.text for unit in seen.units(plan)] == OF_ANNA
    assert seen.units_with_word("zeppelin") == library.unit_ids("en", [plan])[:1]
    assert seen.word_list() == library.word_list()
    assert seen.common_words(20) == library.common_words(20)
    assert seen.documents() == library.documents()


def test_what_one_reader_sees_is_never_written_to(library: Library) -> None:
    seen = Seen(library, "anna")
    with pytest.raises(HomeError):
        remove(seen, plan_of(library))
    with pytest.raises(sqlite3.OperationalError):
        seen.connection.execute("DELETE FROM main.documents")
    assert len(library.documents()) == 2


def test_what_is_seen_is_of_the_present(library: Library) -> None:
    seen = Seen(library, "ben")
    assert len(seen.documents()) == 1
    share(library, plan_of(library))
    assert len(seen.documents()) == 2


def test_an_addition_is_told_nothing_of_what_others_own(library: Library) -> None:
    texts, data = reading_of(OF_ANNA), "\n".join(OF_ANNA).encode()
    # The same bytes and the same symbol as Anna's, and the id that hers was to have.
    for said in (description(symbol="A/2"), description("plan")):
        assert foresee(library, texts, said, data, "ben").outcome == "new"
        assert foresee(library, texts, said, data).outcome == "new"
    assert foresee(library, texts, description("plan"), data, "anna").outcome == "held"
    added = add_paper(library, OF_ANNA, "plan", owner="ben", symbol="A/2")
    assert added.outcome == "new"
    assert len(Seen(library, "ben").documents()) == 2
    # No id says by its number that there is another of the name.
    assert added.doc_id.startswith("plan-")
    assert not added.doc_id.endswith("-2")
    assert added.doc_id != plan_of(library)


def test_an_addition_goes_to_a_document_of_the_same_owner_alone(library: Library) -> None:
    plan = plan_of(library)
    # The symbol of a document that is shared does not make a version of it.
    own = add_paper(library, ["我们的译文。"], language="zh", owner="anna", symbol="A/1")
    assert own.outcome == "new"
    assert library.units("report", "zh") == ()
    other = add_paper(library, ["缔约国应设立登记处。", "无人知晓。"], language="zh", owner="anna", symbol="A/2")
    assert (other.outcome, other.doc_id) == ("paired", plan)
    assert owner_of(library, other.doc_id) == "anna"
    assert add_paper(library, SHARED, owner="ben").outcome == "held"


def test_a_reader_removes_and_brings_back_their_own_alone(library: Library) -> None:
    plan = plan_of(library)
    with pytest.raises(UnknownDocumentError):
        remove(library, plan, owners={"ben"})
    with pytest.raises(UnknownDocumentError):
        remove(library, plan, owners={"", "librarian"})
    with pytest.raises(ShelfError, match="shared by all") as caught:
        remove(library, "report", owners={"anna"})
    assert "文件管理员" in caught.value.message("zh")
    remove(library, plan, owners={"anna"})
    assert removed_documents(library, {"ben"}) == removed_documents(library, {""}) == ()
    assert [each.document.doc_id for each in removed_documents(library, {"anna"})] == [plan]
    with pytest.raises(ShelfError) as told:
        restore(library, plan, owners={"ben", ""})
    assert "one of: none" in str(told.value)
    # What Anna may bring back is not taken away by what another adds.
    add_paper(library, OF_ANNA, plan)
    assert restore(library, plan, owners={"anna"}).doc_id == plan
    assert owner_of(library, plan) == "anna"
    assert [unit.text for unit in Seen(library, "anna").units(plan)] == OF_ANNA


def test_the_last_shared_document_stays(library: Library) -> None:
    with pytest.raises(ShelfError, match="only document"):
        remove(library, "report", owners={"", "librarian"})
    remove(library, plan_of(library))


def test_sharing_shows_it_to_all_under_the_same_id(library: Library) -> None:
    plan, before = plan_of(library), library.generation()
    with pytest.raises(UnknownDocumentError):
        share(library, plan, allowed={"ben", ""})
    assert share(library, plan, allowed={"anna", ""}).doc_id == plan
    assert owner_of(library, plan) == ""
    assert library.generation() == before + 1
    assert [unit.text for unit in Seen(library, "ben").units(plan)] == OF_ANNA


def test_a_second_document_of_a_shared_symbol_is_not_shared(library: Library) -> None:
    own = add_paper(library, ["Our copy."], owner="anna", symbol="A/1")
    with pytest.raises(ShelfError, match="report, which is shared already"):
        share(library, own.doc_id)
    assert owner_of(library, own.doc_id) == "anna"


def test_feedback_is_of_who_gave_it(library: Library) -> None:
    said = Feedback(
        question="Who?", language="en", vote="up", mode="extractive", abstained=False, answer="X", by="anna"
    )
    record_feedback(library, said)
    with pytest.raises(FeedbackError):
        record_feedback(library, Feedback(**{**vars(said), "vote": "down", "by": "ben"}))
    assert withdraw_feedback(library, said.id, "ben") is False
    assert [(each.by, each.vote) for each in all_feedback(library)] == [("anna", "up")]
    assert all_feedback(Seen(library, "ben")) == ()
    assert [each.by for each in all_feedback(Seen(library, "anna"))] == ["anna"]
    assert withdraw_feedback(library, said.id, "anna") is True


def test_owners_and_names_are_carried_over(library: Library, tmp_path: Path) -> None:
    record_feedback(
        library,
        Feedback(question="Who?", language="en", vote="up", mode="extractive", abstained=False, answer="X", by="anna"),
    )
    export_library(library, tmp_path / "all.zip")
    other = Library.open(tmp_path / "other")
    import_library(other, tmp_path / "all.zip")
    assert owners(other) == owners(library)
    assert [each.by for each in all_feedback(other)] == ["anna"]
