"""The anchor grammar in both languages, what is no anchor, and which anchors a pattern takes in."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.anchors import anchor_kind, covers, label, labels, split_anchor_id, standing_at
from corpus.records import Bilingual, StandingNote, Unit
from tests.letters import document_of

# Anchor, kind, and how delegates write it.
FORMS = [
    ("p21", "paragraph", "第21段", "para. 21"),
    ("annex.p3", "paragraph", "附件，第3段", "annex, para. 3"),
    ("annex2.p3", "paragraph", "附件二，第3段", "annex II, para. 3"),
    ("annex20.p1", "paragraph", "附件二十，第1段", "annex XX, para. 1"),
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
# Several anchors, and how delegates write them together.
TOGETHER = [
    ("p5 p6", "第5至6段", "paras. 5–6"),
    ("p6 p5 p6", "第5至6段", "paras. 5–6"),
    ("p5 p9", "第5和9段", "paras. 5 and 9"),
    ("p9 p10 p11 p2 p5", "第2、5和9至11段", "paras. 2, 5 and 9–11"),
    ("dp10 dp11 dp12", "讨论要点10至12", "discussion points 10–12"),
    ("pp3 pp4", "序言部分第3至4段", "preambular paras. 3–4"),
    ("op14 op16", "执行部分第14和16段", "operative paras. 14 and 16"),
    ("item1b.2 item1b.3", "议程项目1(b)，第2至3段", "item 1 (b), paras. 2–3"),
    ("item1b.2 item2.2", "议程项目1(b)，第2段；议程项目2，第2段", "item 1 (b), para. 2; item 2, para. 2"),
    ("item1a.1 item1b.2", "议程项目1(a)，第1段；议程项目1(b)，第2段", "item 1 (a), para. 1; item 1 (b), para. 2"),
    ("item2 item3", "议程项目2至3", "items 2–3"),
    ("item1b item1a item1 item2", "议程项目1、1(a)、1(b)和2", "items 1, 1 (a), 1 (b) and 2"),
    ("annex.r3 annex.r4", "附件，第3至4行", "annex, rows 3–4"),
    ("p3 annex2.p3 annex2.p4", "第3段；附件二，第3至4段", "para. 3; annex II, paras. 3–4"),
    ("annex1.p3 annex2.p3", "附件一，第3段；附件二，第3段", "annex I, para. 3; annex II, para. 3"),
    ("head p1", "文首；第1段", "heading; para. 1"),
    ("u3 u4", "第3至4段（未编号）", "unnumbered paras. 3–4"),
    ("dp2 p5 dp1", "讨论要点1至2；第5段", "discussion points 1–2; para. 5"),
]
BAD = [
    "",
    "p",
    "21",
    "dp",
    "P21",
    " p21",
    "p21 ",
    "p21\n",
    "p-1",
    "item",
    "item1bc",
    "item1.",
    "annex.3",
    "annex",
    "annex0.p1",
    "annex21.p1",
    "annex2.r1",
    "annex.p",
]


@pytest.mark.parametrize(("anchor", "kind", "zh", "en"), FORMS)
def test_each_form_has_its_kind_and_its_label_in_both_languages(anchor: str, kind: str, zh: str, en: str) -> None:
    assert anchor_kind(anchor) == kind
    assert label(anchor, "zh") == zh
    assert label(anchor, "en") == en


@pytest.mark.parametrize(("anchors", "zh", "en"), TOGETHER)
def test_several_are_written_together(anchors: str, zh: str, en: str) -> None:
    assert labels(anchors.split(), "zh") == zh
    assert labels(anchors.split(), "en") == en


def test_one_of_several_that_is_no_anchor_is_refused_and_none_is_nothing() -> None:
    with pytest.raises(ValueError, match="'21' is not an anchor"):
        labels(("p5", "21"), "en")
    assert labels((), "en") == ""


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


def test_the_notes_on_an_anchor_are_those_that_cover_it_in_their_order() -> None:
    points, all_of_it = Bilingual("要点", "points"), Bilingual("全文", "all of it")
    notes = StandingNote(points, "p6", ("dp*", "p6")), StandingNote(all_of_it, "head", ("*",))
    document = replace(document_of("report"), standing=notes)
    assert standing_at(document, "dp3") == (points, all_of_it)
    assert standing_at(document, "p5") == (all_of_it,)


def test_an_anchor_id_parts_at_its_mark() -> None:
    assert split_anchor_id("wg6-2020-report#dp10") == ("wg6-2020-report", "dp10")
    assert split_anchor_id("wg6-2020-report") == ("wg6-2020-report", "")


def test_an_anchor_id_joins_document_and_anchor(units: dict[str, Unit]) -> None:
    unit = units["wg6-2021-agenda#item1b.2"]
    assert (unit.doc_id, unit.anchor) == split_anchor_id(unit.anchor_id)
