"""The ledger is that of the library as its reader sees it, and of the library as it stands."""

from __future__ import annotations

from pathlib import Path

from assistant import Assistant
from corpus.library import Library
from corpus.records import Bilingual
from embeddings.build import ensure_index
from tests.letters import Letters
from tests.shelf import add_paper

SAID = "The representative of France supported the proposal on marking."


def assistant_over(folder: Path) -> tuple[Assistant, Library]:
    library = Library.open(folder)
    add_paper(
        library, ["The meeting was opened in Vienna on 3 May 2021."], "shared", titles=Bilingual("报告", "Report")
    )
    encoder = Letters()
    return Assistant(library, encoder, ensure_index(library, encoder, progress=False)), library


def acts(assistant: Assistant) -> list[tuple[str, str]]:
    return [(entry.anchor, entry.act) for entry in assistant.ledger("France").entries]


def test_what_one_reader_owns_is_in_no_others_ledger(tmp_path: Path) -> None:
    assistant, library = assistant_over(tmp_path)
    add_paper(library, [SAID], "annas", owner="anna", titles=Bilingual("备忘录", "Memorandum"))
    assert [act for _, act in acts(assistant.seen_by("anna"))] == ["supported"]
    assert acts(assistant.seen_by("ben")) == []


def test_what_is_added_is_in_the_ledger_before_any_index_knows_it(tmp_path: Path) -> None:
    assistant, library = assistant_over(tmp_path)
    assert acts(assistant) == []
    add_paper(library, [SAID], "added", titles=Bilingual("新文件", "Another report"))
    assert [act for _, act in acts(assistant)] == ["supported"]
