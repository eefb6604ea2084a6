"""The figures of the comparison of documents: what counts for each, where its rights and wrongs can be seen."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.alignment import Comparison, Pair, Shift
from assistant.alignment.opening import Comparing
from corpus.errors import RapporteurError
from corpus.home import BUNDLED_DATA
from corpus.library import Library
from corpus.records import LANGUAGES, Language
from eval.alignment import (
    DRAFTS,
    FIGURES,
    GOLD,
    GoldAlignment,
    GoldPair,
    alignment_figures,
    half,
    judged,
    read_gold,
)
from eval.errors import DatasetError
from eval.gate import Gate, hold_part, read_gate
from eval.parts import PartFigure
from eval.resample import Estimate
from tests.letters import document_of, paragraphs

GOOD = GoldAlignment(
    "made", "a", "b", (GoldPair(("p1",), ("p1",), "reworded"), GoldPair(("p2",), ("p2", "p4"), "split")),
    (("p3", "p3"),), (("p1", "softened"),),
)  # fmt: skip


def comparison(*pairs: tuple[str, str, str], shift: str = "") -> Comparison:
    made = []
    for a, b, change in pairs:
        ours, theirs = (tuple(f"{d}#{each}" for each in ids.split()) for d, ids in (("a", a), ("b", b)))
        shifts = (Shift(shift, "should", "should consider"),) if shift and change == "reworded" else ()  # type: ignore[arg-type]
        made.append(Pair(ours, theirs, change, 0.5 if a and b else 0.0, False, shifts))  # type: ignore[arg-type]
    units = {u.anchor_id: u for d in "ab" for u in paragraphs(d, "en", ["text"] * 5)}
    return Comparison(document_of("a"), document_of("b"), "en", tuple(made), units)


def shares(made: Comparison, gold: GoldAlignment = GOOD) -> dict[str, tuple[int, int]]:
    """Of each figure how many are right of how many, over both halves."""
    found: dict[str, list[bool]] = {}
    for _, figure, right in judged(gold, made):
        found.setdefault(figure, []).append(right)
    return {figure: (sum(rights), len(rights)) for figure, rights in found.items()}


def test_a_comparison_without_a_fault_has_everything() -> None:
    made = comparison(
        ("p1", "p1", "reworded"), ("p2", "p2 p4", "split"), ("p3", "", "dropped"), ("", "p3", "new"),
        ("p5", "", "dropped"), shift="softened",
    )  # fmt: skip
    assert shares(made) == {
        "link_precision": (3, 3), "link_recall": (3, 3), "pair_precision": (2, 2), "pair_recall": (2, 2),
        "alone_precision": (1, 1), "alone_recall": (1, 1), "shift_precision": (1, 1), "shift_recall": (1, 1),
    }  # fmt: skip


def test_what_counts_against_it() -> None:
    made = comparison(("p1", "p2", "reworded"), ("p2", "p4", "reworded"), ("p5", "p5", "same"), shift="actor")
    found = shares(made)
    assert found["link_precision"] == (1, 3)
    assert found["link_recall"] == (1, 3)
    assert (found["pair_precision"], found["pair_recall"]) == ((0, 3), (0, 2))
    assert found["shift_precision"] == (0, 2)


def test_what_one_reader_links_and_another_does_not_counts_neither_way() -> None:
    base = (("p1", "p1", "reworded"), ("p2", "p2 p4", "split"), ("p5", "", "dropped"))
    linked = comparison(*base, ("p3", "p3", "reworded"), shift="softened")
    apart = comparison(*base, ("p3", "", "dropped"), ("", "p3", "new"), shift="softened")
    assert shares(linked) == shares(apart)
    # Beside a pair that is right it changes nothing of that either.
    gold = GoldAlignment("made", "a", "b", (GoldPair(("p1",), ("p1",), "reworded"),), (("p2", "p1"),))
    assert shares(comparison(("p1 p2", "p1", "merged")), gold)["pair_precision"] == (1, 1)


def test_a_half_goes_by_the_number_of_the_point() -> None:
    assert [half(anchor) for anchor in ("dp1", "p10", "item1b.3", "item2.2")] == ["dev", "test", "dev", "test"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_gold_names_points_that_there_are(tmp_path: Path, language: Language) -> None:
    documents = Comparing.open(tmp_path / "documents", BUNDLED_DATA).library
    drafts = Comparing.open(tmp_path / "drafts", DRAFTS).library

    def anchors(gold: GoldAlignment, doc_id: str) -> set[str]:
        library: Library = drafts if gold.id == "warning" else documents
        return {unit.anchor for unit in library.units(doc_id, language)}

    for gold in read_gold():
        ours, theirs = anchors(gold, gold.a), anchors(gold, gold.b)
        for a, b in (*gold.links, *gold.optional):
            assert {a} <= ours, gold.id
            assert {b} <= theirs, gold.id
        assert not gold.links & set(gold.optional)
        for side in (lambda pair: pair.a, lambda pair: pair.b):
            once = [each for pair in gold.pairs for each in side(pair)]
            assert len(once) == len(set(once)), gold.id


def test_the_figures_of_the_project_pass_its_gate(tmp_path: Path) -> None:
    # By words alone, as there is no index; the figures that are reported are with it.
    figures = alignment_figures(Comparing.open(tmp_path, BUNDLED_DATA), read_gold())
    assert {each.figure for each in figures} == set(FIGURES)
    assert {each.split for each in figures} == {"dev", "test"}
    links = {(f.split, f.figure): f.value.value for f in figures}
    assert min(links["dev", "link_precision"], links["dev", "link_recall"]) > 0.85


def test_the_gate_holds_the_floor_of_the_test_half() -> None:
    def figure(split: str, value: float) -> PartFigure:
        return PartFigure(split, "link_recall", Estimate(value, value, value, 10))  # type: ignore[arg-type]

    gate = Gate({}, {}, {"link_recall": 0.9})
    assert [row.verdict for row in hold_part([figure("test", 0.9), figure("dev", 0.1)], gate.alignment)] == [None]
    assert [row.verdict for row in hold_part([figure("test", 0.89)], gate.alignment)] == ["is below its floor of 0.900"]
    assert [row.verdict for row in hold_part([figure("dev", 1.0)], gate.alignment)] == ["has no value"]
    assert set(read_gate().alignment) == set(FIGURES)


def test_a_line_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    line = json.loads(GOLD.read_text(encoding="utf-8").splitlines()[0])
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps({**line, "colour": "red"}), encoding="utf-8")
    with pytest.raises(DatasetError, match="line 1: colour"):
        read_gold(path)
    with pytest.raises(RapporteurError, match="missing"):
        read_gold(tmp_path / "none.jsonl")
