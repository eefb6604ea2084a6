"""The figures of the ledger: of what was found and what a reader found, by half, by paragraph and by sentence."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant.ledger import Ledger
from assistant.ledger.book import Book
from corpus.home import BUNDLED_DATA
from corpus.library import Library
from corpus.records import Language
from corpus.sync import sync_folder
from eval.errors import DatasetError
from eval.gate import hold_part, read_gate
from eval.ledger import FIGURES, GOLD, Gold, GoldLine, MadeParagraph, ledger_figures, read_gold, split_of
from eval.parts import PartFigure
from eval.resample import Estimate

REPORT = "wg6-2020-report"


class Keeping:
    """A ledger of a library, without a model."""

    def __init__(self, library: Library) -> None:
        self.library, self._book = library, Book(library)

    def ledger(
        self, actor: str = "", topic: str = "", documents: Sequence[str] = (), *, language: Language | None = None
    ) -> Ledger:
        return self._book.ledger(actor, topic, documents, language)


@pytest.fixture(scope="module")
def keeping(tmp_path_factory: pytest.TempPathFactory) -> Keeping:
    library = Library.open(tmp_path_factory.mktemp("ledger"))
    sync_folder(library, BUNDLED_DATA)
    return Keeping(library)


def line(anchor: str, actors: str, opening: str, act: str = "made_statement") -> GoldLine:
    return GoldLine(REPORT, anchor, act, tuple(actors.split()), opening, opening)  # type: ignore[arg-type]


def figures(keeping: Keeping, gold: Gold) -> dict[tuple[str, str], float]:
    return {(each.split, each.figure): each.value.value for each in ledger_figures(keeping, gold)}


def test_paragraph_21_names_two_of_whom_the_gold_has_one_and_another(keeping: Keeping) -> None:
    gold = Gold((f"{REPORT}#p21",), (line("p21", "state/ES state/FR", "国际刑警组织和西班牙"),))
    found = figures(keeping, gold)
    assert found["dev", "entry_precision"] == 0.5
    assert found["dev", "entry_recall"] == 0.5


def test_another_act_of_the_same_actor_counts_for_the_actor_alone(keeping: Keeping) -> None:
    gold = Gold((f"{REPORT}#p21",), (line("p21", "state/ES organisation/INTERPOL", "国际刑警组织", "stated"),))
    found = figures(keeping, gold)
    assert found["dev", "entry_precision"] == found["dev", "sentence_recall"] == 0.0
    assert found["dev", "actor_precision"] == found["dev", "actor_recall"] == 1.0


def test_what_is_found_in_a_paragraph_without_entries_counts_against_precision(keeping: Keeping) -> None:
    gold = Gold((f"{REPORT}#p21", f"{REPORT}#p35"), (line("p35", "state/ES organisation/OAS", "在议程项目 2 下"),))
    assert figures(keeping, gold)["dev", "entry_precision"] == 0.5


def test_paragraphs_that_were_made_are_read_in_their_own_language(keeping: Keeping) -> None:
    made = MadeParagraph("en", "France supported it. Cuba opposed it.", ((0, "state/FR", "supported"),))
    found = figures(keeping, Gold((), (), (made,)))
    assert found == {("dev", "made_precision"): 0.5, ("dev", "made_recall"): 1.0}


def test_halves_go_by_the_number_of_the_paragraph() -> None:
    assert [split_of(f"d#{anchor}") for anchor in ("p9", "p10", "head")] == ["dev", "test", "test"]


def test_a_sentence_that_is_not_there_is_refused(keeping: Keeping) -> None:
    with pytest.raises(DatasetError, match="p21"):
        ledger_figures(keeping, Gold((f"{REPORT}#p21",), (line("p21", "state/ES", "没有这句"),)))


def test_a_line_of_another_form_is_refused_with_its_number(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text('{"rule": "", "read": {}}\n' + json.dumps({"document": "x"}) + "\n", "utf-8")
    with pytest.raises(DatasetError, match="line 2"):
        read_gold(path, None)


def test_the_projects_gold_has_figures_of_both_halves(keeping: Keeping) -> None:
    gold = read_gold()
    assert {f"{entry.document}#{entry.anchor}" for entry in gold.lines} <= set(gold.read)
    assert {made.language for made in gold.made} == {"zh", "en"}
    found = figures(keeping, gold)
    assert set(found) == {(split, figure) for split in ("dev", "test") for figure in FIGURES}
    assert GOLD.exists()


def test_the_gate_holds_the_ledger_to_its_floors(keeping: Keeping) -> None:
    floors = read_gate().ledger
    assert set(floors) == set(FIGURES)
    held = hold_part(ledger_figures(keeping, read_gold()), floors)
    assert [row.figure for row in held if row.verdict] == []
    low = Estimate(0.5, 0.4, 0.6, 10)
    worse = [PartFigure("test", name, low) for name in FIGURES if name != "made_recall"]
    verdicts = {row.figure: row.verdict for row in hold_part(worse, floors)}
    assert verdicts["entry_precision"] == "is below its floor of 0.950"
    assert verdicts["made_recall"] == "has no value"
