"""The vectors that the environment names, as the assistant opens them, keeps them up and swaps them."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("milvus_lite")

from assistant import Assistant
from corpus.library import Library
from corpus.shelf.removing import remove
from embeddings.build import INDEX_FOLDER
from embeddings.guarded import GuardedVectors
from embeddings.milvus.settings import ADDRESS_VARIABLE, LOCAL_VARIABLE
from embeddings.opening import current_vectors, ensure_vectors, open_vectors
from embeddings.snapshot import Snapshot
from tests.letters import Letters
from tests.shelf import add_paper

SEALS = ["Seals eat fish in the cold sea.", "Whales sing to other whales.", "Penguins stand on the ice."]
QUESTION = "What do whales sing?"


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """The library as another process has it open."""
    library = Library.open(tmp_path / "home")
    add_paper(library, ["Firearms are marked at import.", "Records are kept for ten years."], "arms")
    return library


def found(assistant: Assistant) -> set[str]:
    return {hit.anchor.split("#")[0] for hit in assistant.search(QUESTION)}


@pytest.mark.parametrize("local", ["1", "0"])
def test_an_assistant_over_a_server_follows_the_library(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, local: str
) -> None:
    monkeypatch.setenv(ADDRESS_VARIABLE, str(tmp_path / "vectors.db"))
    monkeypatch.setenv(LOCAL_VARIABLE, local)
    own = Library.open(library.folder)
    vectors = ensure_vectors(own, Letters(), progress=False)
    assert isinstance(vectors, GuardedVectors)
    assert vectors.served
    running = Assistant(own, Letters(), vectors)
    assert found(running) == {"arms"}
    before = current_vectors(own)
    add_paper(library, SEALS, "zoo")
    assert running.behind
    running.refresh()
    assert not running.behind
    assert found(running) == {"arms", "zoo"}
    assert current_vectors(own) != before
    # Another process takes up what this one sent.
    other = open_vectors(Library.open(library.folder), own.generation(), "letters")
    assert isinstance(other, GuardedVectors)
    assert other.served
    assert other.unit_count == 5
    # What was removed is out of sight at once, before anything is sent.
    remove(library, "zoo")
    assert found(running) == {"arms"}
    assert (library.folder / INDEX_FOLDER).exists() == (local == "1")


def test_without_a_server_it_is_the_index_of_this_machine(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(ADDRESS_VARIABLE, raising=False)
    assert isinstance(ensure_vectors(library, Letters(), progress=False), Snapshot)
    assert isinstance(open_vectors(library, library.generation(), "letters"), Snapshot)


def test_an_address_of_no_known_form_is_said_and_this_machine_answers(
    library: Library, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv(ADDRESS_VARIABLE, "milvus:19530")
    assert isinstance(ensure_vectors(library, Letters(), progress=False), Snapshot)
    (line,) = [record.getMessage() for record in caplog.records if record.name == "embeddings.opening"]
    assert "http://host:19530" in line
