"""The figures of briefing notes, of notes one can check by eye, and the gold lists held against the documents."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant.answer import Citation, DocumentRef
from assistant.briefing.records import Check, Line, Note, Section, SectionKey
from corpus.home import BUNDLED_DATA
from corpus.library import Library
from corpus.records import Language
from corpus.sync import sync_folder
from eval.briefs import FIGURES, PRACTICE, GoldBrief, GoldBriefs, Half, judged, quoted, read_gold
from eval.briefs_apart import apart, total
from eval.errors import DatasetError
from eval.gate import hold_part, read_gate
from eval.judge import Score

GOLD = GoldBriefs({"R": "report"}, ())
BRIEF = GoldBrief("b02", "zh", "追查", must="R p1 p2", may="R p3", apart="R p9")


def citation(n: int, anchor: str) -> Citation:
    document = DocumentRef("report", "报告", "报告", None, "unknown")
    return Citation(n, f"report#{anchor}", "zh", anchor, "字", 0, 1, "字", document, (), True, 1.0)


def note(*quotes: tuple[SectionKey, str], check: Check | None = None, nothing: bool = False) -> Note:
    """A note with a quote of an anchor in each of some sections."""
    sections = tuple(
        Section(key, "", (Line(str(n), "quote", "字", "zh", (n,)),)) for n, (key, _) in enumerate(quotes, 1)
    )
    citations = tuple(citation(n, anchor) for n, (_, anchor) in enumerate(quotes, 1))
    count = len(quotes)
    return Note(
        "追查", "", "zh", "", (), sections, citations, check or Check(count, count, count, count), nothing=nothing
    )


def test_what_must_be_quoted_and_is_counts() -> None:
    found = judged(BRIEF, GOLD, note(("outcomes", "p1"), ("background", "p3")))
    assert found["brief_coverage"] == Score(1, 2)
    assert quoted(note(("outcomes", "p1"))) == {"report#p1"}


def test_what_is_neither_needed_nor_allowed_is_off_topic() -> None:
    found = judged(BRIEF, GOLD, note(("outcomes", "p1"), ("background", "p9"), ("positions", "p8")))
    assert found["brief_on_topic"] == Score(1, 3)


def test_facts_of_the_meeting_and_headings_are_of_no_topic() -> None:
    found = judged(BRIEF, GOLD, note(("meeting", "p9"), ("positions", "head"), ("outcomes", "p2")))
    assert found["brief_on_topic"] == Score(1, 1)
    assert found["brief_coverage"] == Score(1, 2)


@pytest.mark.parametrize("check", [Check(4, 3, 4, 4), Check(4, 4, 3, 4), Check(4, 4, 4, 3)])
def test_a_sentence_that_fails_any_part_of_the_check_is_lost(check: Check) -> None:
    assert judged(BRIEF, GOLD, note(("outcomes", "p1"), check=check))["brief_cited"] == Score(3, 4)


def test_nothing_is_to_be_said_where_there_is_nothing_and_only_there() -> None:
    empty = GoldBrief("b14", "en", "football", nothing=True)
    none = Check(0, 0, 0, 0)
    assert judged(empty, GOLD, note(check=none, nothing=True)) == {"brief_nothing": Score(1, 1)}
    assert judged(empty, GOLD, note(("outcomes", "p1")))["brief_nothing"] == Score(0, 1)
    assert judged(BRIEF, GOLD, note(check=none, nothing=True))["brief_nothing"] == Score(0, 1)


def test_the_gold_lists_name_units_that_there_are(tmp_path: Path) -> None:
    library = Library.open(tmp_path / "home")
    sync_folder(library, BUNDLED_DATA)
    gold, practice = read_gold(), read_gold(PRACTICE)
    assert len([each for each in gold.briefs if not each.nothing]) == 12
    halves = [each.split for each in gold.briefs]
    assert halves.count("dev") == halves.count("test") == 7
    assert {each.split for each in practice.briefs} == {"practice"}
    for briefs in (gold, practice):
        assert {each.language for each in briefs.briefs} == {"zh", "en"}
        for each in briefs.briefs:
            must, may, apart = (briefs.anchors(part) for part in (each.must, each.may, each.apart))
            named = must | may | apart
            assert library.held(named) == named, each.id
            assert len(named) == len(must) + len(may) + len(apart), each.id


class Nothing:
    """Writes notes on which there is nothing, and keeps what they were to be on."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def brief(
        self,
        topic: str = "",
        item: str = "",
        documents: Sequence[str] = (),  # noqa: ARG002
        language: Language | None = None,  # noqa: ARG002
    ) -> Note:
        self.asked.append(topic or item)
        return note(check=Check(0, 0, 0, 0), nothing=True)


def test_topic_by_topic_only_what_thresholds_are_set_on_is_looked_at() -> None:
    writer = Nothing()
    halves: tuple[Half, ...] = ("practice", "dev", "test")
    found = {half: list(apart(writer, half)) for half in halves}
    assert not found["test"]
    assert found["practice"]
    of_test = {each.topic or each.item for each in read_gold().briefs if each.split == "test"}
    assert len(writer.asked) == len(found["practice"]) + len(found["dev"])
    assert not of_test & {each.topic for each in found["dev"]}


def test_of_a_topic_is_said_what_its_note_lacks() -> None:
    found = next(each for each in apart(Nothing(), "practice") if each.id == "p08")
    assert found.missed == (
        "wg6-2020-chair-summary#dp13", "wg6-2020-report#dp17", "wg6-2020-report#p11",
    )  # fmt: skip
    assert found.line.startswith("p08 artificial intelligence and blockchain: nothing 0/1, coverage 0/3; lacks wg6")
    assert total([found, found]) == "brief_nothing 0.000 (0 of 2), brief_coverage 0.000 (0 of 6)"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("documents: {R: report}\nbriefs: [{id: b01}]", "language"),
        ("documents: {}\nbriefs: [{id: b01, language: zh, off: R p1}]", "briefs"),
        ("[", "cannot be read"),
    ],
)
def test_a_file_that_is_none_is_refused(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "briefs.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DatasetError, match=said):
        read_gold(path)


def test_an_unknown_short_name_is_refused() -> None:
    with pytest.raises(DatasetError, match="'Q'"):
        GOLD.anchors("Q p1")


def test_the_gate_holds_every_figure_and_what_is_exact_exactly() -> None:
    floors = read_gate().briefs
    assert floors.keys() == set(FIGURES)
    assert floors["brief_cited"] == floors["brief_nothing"] == 1.0
    assert [row.verdict for row in hold_part((), floors)] == ["has no value"] * len(FIGURES)
