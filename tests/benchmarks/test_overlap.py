"""Pieces of text are counted for the anchors they hold, however a system cut them."""

from __future__ import annotations

from benchmarks.overlap import anchors_of

UNITS = {
    "head": "Report on the meeting of the group",
    "p1": "1. The group met in Vienna on 16 and 17 July and heard the reports of nine States.",
    "p2": "2. Eleven speakers asked that markings be kept for ten years; three were against it.",
    "p3": "3. 工作组建议各国在十年之内保存枪支标识记录。",
}


def test_a_paragraph_stands_for_itself() -> None:
    for anchor, text in UNITS.items():
        assert anchors_of(text, UNITS) == [anchor]


def test_line_breaks_spaces_and_case_change_nothing() -> None:
    assert anchors_of("3. 工作组建议\n各国在十年 之内\n保存枪支标识记录。", UNITS) == ["p3"]
    assert anchors_of(UNITS["p1"].replace(" ", "\n").upper(), UNITS) == ["p1"]


def test_a_piece_of_several_paragraphs_stands_for_each_the_longest_first() -> None:
    assert anchors_of("\n\n".join(UNITS.values()), UNITS) == ["p2", "p1", "head", "p3"]


def test_a_sentence_stands_for_its_paragraph() -> None:
    assert anchors_of("three were against it.", UNITS) == ["p2"]


def test_less_than_half_of_a_neighbour_does_not_count() -> None:
    # All of the second paragraph, and the last four words of the first.
    assert anchors_of("reports of nine States. " + UNITS["p2"], UNITS) == ["p2"]


def test_what_is_cut_within_two_paragraphs_still_stands_for_that_it_shares_most_with() -> None:
    piece = "of nine States. Annex I, with a list of all who took part in it. 2. Eleven speakers asked"
    assert anchors_of(piece, UNITS) == ["p2"]


def test_strange_and_empty_text_stands_for_nothing() -> None:
    assert anchors_of("Nothing here was ever said before.", UNITS) == []
    assert anchors_of("", UNITS) == []
    assert anchors_of("anything", {}) == []


def test_text_shorter_than_a_run_is_compared_whole() -> None:
    assert anchors_of("Item 2", {"item2": "item 2", "item3": "item 3"}) == ["item2"]
