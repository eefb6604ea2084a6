"""The anchor grammar in both languages, what is no anchor, and which anchors a pattern takes in."""

from __future__ import annotations

import pytest

from corpus.anchors import anchor_kind, covers, label, split_anchor_id
from corpus.records import Unit

# Anchor, kind, and how delegates write it.
FORMS = [
    ("p21", "paragraph", "第21段", "para. 21"),
    ("dp10", "discussion_point", "讨论要点10", "discussion point 10"),
    ("pp4", "preambular", "序言部分第4段", "preambular para. 4"),
    ("op14", "operative", "执行部分第14段", "operative para. 14"),
    ("item1b.2", "item_paragraph", "议程项目1(b)，第2段", "item 1 (b), para. 2"),
    ("item2.4", "item_paragraph", "议程项目2，第4段", "item 2, para. 4"),
    ("item2", "item", "议程项目2", "item 2"),
    ("item1b", "item", "议程项目1(b)", "item 1 (b)"),
    ("annex.r3", "table_row", "附件，第3行", "annex, row 3"),
    ("head", "head", "文首", "heading"),
    ("u12", "unnumbered", "第12段（未编号）", "unnumbered para. 12"),
]
BAD = ["", "p", "21", "dp", "P21", " p21", "p21 ", "p21\n", "p-1", "item", "item1bc", "item1.", "annex.3", "annex"]


@pytest.mark.parametrize(("anchor", "kind", "zh", "en"), FORMS)
def test_each_form_has_its_kind_and_its_label_in_both_languages(anchor: str, kind: str, zh: str, en: str) -> None:
    assert anchor_kind(anchor) == kind
    assert label(anchor, "zh") == zh
    assert label(anchor, "en") == en


@pytest.mark.parametrize("anchor", BAD)
def test_what_follows_no_form_is_no_anchor(anchor: str) -> None:
    assert anchor_kind(anchor) is None
    with pytest.raises(ValueError, match="is not an anchor"):
        label(anchor, "zh")


@pytest.mark.parametrize("anchor", ["p２１", "dp１0", "p٣"])
def test_an_anchor_is_written_in_plain_digits(anchor: str) -> None:
    assert anchor_kind(anchor) is None


def test_the_anchors_of_the_documents_say_the_kind_of_their_units(units: dict[str, Unit]) -> None:
    for unit in units.values():
        assert anchor_kind(unit.anchor) == unit.kind


def test_a_pattern_covers_what_it_spells_and_no_more() -> None:
    assert covers(("dp*",), "dp10")
    assert not covers(("dp*",), "p6")
    assert not covers(("dp*",), "op14")
    assert covers(("p6",), "p6")
    assert not covers(("p6",), "p60")
    assert not covers(("p6",), "pp6")
    assert covers(("item1b.*",), "item1b.2")
    assert not covers(("item1b.*",), "item1b")
    assert all(covers(("*",), anchor) for anchor, *_ in FORMS)


def test_any_of_several_patterns_is_enough_and_none_covers_nothing() -> None:
    assert covers(("dp*", "p6"), "p6")
    assert covers(("p7", "dp*"), "dp1")
    assert not covers((), "p6")


def test_an_anchor_id_parts_at_its_mark() -> None:
    assert split_anchor_id("wg6-2020-report#dp10") == ("wg6-2020-report", "dp10")
    assert split_anchor_id("wg6-2020-report") == ("wg6-2020-report", "")


def test_an_anchor_id_joins_document_and_anchor(units: dict[str, Unit]) -> None:
    unit = units["wg6-2021-agenda#item1b.2"]
    assert (unit.doc_id, unit.anchor) == split_anchor_id(unit.anchor_id)
