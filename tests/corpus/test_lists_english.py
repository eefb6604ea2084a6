"""Listed parts of English texts: (a), (i) and both, told from references and plurals by what stands before them."""

from __future__ import annotations

import pytest

from corpus.parse.spans import subitem_spans
from corpus.records import Unit

# A text and the parts one reads in it, each from its label.
LISTS = [
    ("It covers: (a) arms; and (b) parts. It met.", ["(a) arms; and", "(b) parts."]),
    ("It covers: (i) arms; (ii) parts; and (iii) rounds.", ["(i) arms;", "(ii) parts; and", "(iii) rounds."]),
    ("It noted:(a)arms;(b)parts.", ["(a)arms;", "(b)parts."]),
    ("In 2020: (a) arms, and (b) parts, e.g. grips.", ["(a) arms, and", "(b) parts, e.g. grips."]),
    ("See item 2 (d). It covers (a) arms and (b) parts.", ["(a) arms and", "(b) parts."]),
]
NO_LISTS = [
    "See paragraph 35 (a) and paragraph 35 (b).",
    "Subparagraphs (a) and (b) of article 3 apply.",
    "See paras. (a) to (d).",
    "Item 1 (a), item 1 (b) and item 2 (c).",
    "The State(s) and the part(s) concerned.",
    "Only (a) one part.",
    "(b) parts; (c) rounds.",
    "(ii) parts; (iii) rounds.",
    "Options (i) and (ii) were rejected.",
    "Annex (I) and annex (A).",
]


def _parts(text: str) -> list[str]:
    return [text[item.start : item.end] for item in subitem_spans(text)]


def _labels(text: str) -> list[str]:
    return [item.label for item in subitem_spans(text)]


@pytest.mark.parametrize(("text", "parts"), LISTS)
def test_a_list_is_parted_at_its_labels(text: str, parts: list[str]) -> None:
    assert _parts(text) == parts


@pytest.mark.parametrize("text", NO_LISTS)
def test_references_and_plurals_are_no_lists(text: str) -> None:
    assert _parts(text) == []


def test_i_is_the_ninth_letter_after_h_and_roman_one_elsewhere() -> None:
    letters = [f"({letter})" for letter in "abcdefghijk"]
    assert _labels("It covers: " + "; ".join(f"{letter} a thing" for letter in letters)) == letters
    roman = "(i) (ii) (iii) (iv) (v) (vi) (vii) (viii) (ix) (x) (xi)".split()
    assert _labels("It covers: " + "; ".join(f"{numeral} a thing" for numeral in roman)) == roman


def test_a_list_within_each_lettered_part_has_the_letter_before_its_labels() -> None:
    text = "It covers: (a) arms: (i) long; (ii) short; (b) parts: (i) frames; (ii) barrels; (c) rounds."
    assert _labels(text) == ["(a)", "(a)(i)", "(a)(ii)", "(b)", "(b)(i)", "(b)(ii)", "(c)"]
    assert _parts(text)[:2] == ["(a) arms:", "(i) long;"]


def test_i_after_h_is_roman_where_two_follows() -> None:
    letters = "; ".join(f"({letter}) a thing" for letter in "abcdefgh")
    assert _labels(f"It covers: {letters}: (i) one; (ii) two.")[-3:] == ["(h)", "(h)(i)", "(h)(ii)"]


@pytest.mark.parametrize(
    ("anchor_id", "openings"),
    [
        (
            "wg6-2020-chair-summary#dp3",
            ["(i) a glossary", "(ii) relevant issue papers; and", "(iii) general technical"],
        ),
        ("wg6-2020-report#p2", ["(a) facilitate", "(b) make", "(c) assist", "(d) make"]),
        ("wg6-2014-background#p11", ["(a) Raising", "(b) Dev", "(c) Leg", "(d) Cap", "(e) Training", "(f) Increasing"]),
        ("wg6-2020-report#p38", ["1. Org", "(a) Op", "(b) Adopt", "2. Resp", "3. Inv", "4. Other", "5. Adopt"]),
    ],
)
def test_lists_of_the_documents_begin_as_they_read(
    english_units: dict[str, Unit], anchor_id: str, openings: list[str]
) -> None:
    parts = _parts(english_units[anchor_id].text)
    assert len(parts) == len(openings)
    for part, opening in zip(parts, openings, strict=True):
        assert part.startswith(opening)
