"""The assistant as one reader has it: over what all share and what is theirs, kept up as documents come and go."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant import Assistant
from corpus.errors import UnknownDocumentError
from corpus.library import Library
from corpus.shelf.owners import owned, share
from corpus.shelf.removing import remove
from embeddings.build import ensure_index
from tests.letters import Letters
from tests.shelf import add_paper

SHARED = ["States mark every firearm at the time of manufacture.", "The meeting was opened in Vienna."]
OWN = ["The zeppelin registry holds hydrogen permits.", "States mark every zeppelin."]


@pytest.fixture
def whole(tmp_path: Path) -> Assistant:
    library, encoder = Library.open(tmp_path), Letters()
    add_paper(library, SHARED, "report")
    return Assistant(library, encoder, ensure_index(library, encoder, progress=False))


def found(assistant: Assistant, question: str = "Who marks a zeppelin?") -> set[str]:
    return {hit.unit.doc_id for hit in assistant.search(question, 20)}


def test_who_owns_nothing_has_the_same_as_all_others(whole: Assistant) -> None:
    anna, ben = whole.seen_by("anna"), whole.seen_by("ben")
    assert anna.library is ben.library
    assert found(anna) == found(whole) == {"report"}


def test_what_is_added_removed_and_shared_shows_to_whom_it_should(whole: Assistant) -> None:
    ben = whole.seen_by("ben")
    add_paper(whole.library, OWN, "plan", owner="anna")
    (plan,) = (document.doc_id for document in owned(whole.library, "anna"))
    assert whole.behind
    whole.refresh()
    assert found(whole.seen_by("anna")) == {"report", plan}
    assert found(ben) == found(whole.seen_by("ben")) == {"report"}
    with pytest.raises(UnknownDocumentError):
        ben.search("zeppelin", documents=[plan])
    remove(whole.library, plan, owners={"anna"})
    assert found(whole.seen_by("anna")) == {"report"}
    add_paper(whole.library, OWN, "plan", owner="anna")
    whole.refresh()
    share(whole.library, plan)
    assert found(ben) == {"report", plan}


def test_a_reader_who_asks_brings_the_index_up_for_all(whole: Assistant) -> None:
    add_paper(whole.library, OWN, "plan", owner="anna")
    anna = whole.seen_by("anna")
    assert anna.behind
    anna.refresh()
    assert not anna.behind
    assert not whole.behind
    assert len(found(anna)) == 2


def test_as_many_as_wish_have_documents_of_their_own(whole: Assistant) -> None:
    names = [f"reader{n}" for n in range(34)]
    for name in names:
        add_paper(whole.library, [f"The paper of {name} on zeppelins."], "paper", owner=name)
    whole.refresh()
    for name in names:
        (own,) = owned(whole.library, name)
        assert found(whole.seen_by(name)) == {"report", own.doc_id}
