"""How many citable units each document holds, counted in the source texts by eye."""

from __future__ import annotations

from collections import Counter

from corpus.parse.builder import Parsed
from corpus.records import Unit

COUNTS = {
    "wg6-2020-report": {"head": 1, "paragraph": 46, "discussion_point": 44},
    "wg6-2014-background": {"head": 1, "paragraph": 94},
    "cop10-2020-draft-resolution": {"head": 1, "preambular": 17, "operative": 27},
    "wg6-2020-chair-summary": {"head": 1, "discussion_point": 28},
    "wg6-2021-agenda": {"head": 1, "item": 8, "item_paragraph": 19, "table_row": 9},
}
ANCHORS = {
    "wg6-2020-report": [
        "head", *(f"p{n}" for n in range(1, 7)), *(f"dp{n}" for n in range(1, 45)), *(f"p{n}" for n in range(7, 47)),
    ],
    "wg6-2014-background": ["head", *(f"p{n}" for n in range(1, 95))],
    "cop10-2020-draft-resolution": ["head", *(f"pp{n}" for n in range(1, 18)), *(f"op{n}" for n in range(1, 28))],
    "wg6-2020-chair-summary": ["head", *(f"dp{n}" for n in range(1, 29))],
    "wg6-2021-agenda": [
        "head", "item1", "item1a", "item1b", "item2", "item3", "item4", "item5", "item6",
        "item1a.1", *(f"item1b.{n}" for n in range(1, 7)), *(f"item2.{n}" for n in range(1, 5)),
        *(f"item3.{n}" for n in range(1, 4)), *(f"item4.{n}" for n in range(1, 4)), "item5.1", "item6.1",
        *(f"annex.r{n}" for n in range(1, 10)),
    ],
}  # fmt: skip
# The document, the unit, the mark and the whole text of each footnote.
FOOTNOTES = [
    ("wg6-2020-report", "head", "*", "因技术原因于2020年10月16日重发。"),
    ("wg6-2014-background", "p14", "1", "联合国出版物，出售品编号：E.05.V.2。"),
    ("wg6-2014-background", "p18", "2", "联合国出版物，出售品编号：V.12-56168-October 2012-400。"),
    ("wg6-2014-background", "p47", "3", "CTOC/COP/WG.6/2014/2。"),
    ("cop10-2020-draft-resolution", "pp1", "1", "联合国，《条约汇编》，第 2225 卷，第 39574 号。"),
    ("cop10-2020-draft-resolution", "pp4", "2", "大会第 70/1 号决议。"),
    ("cop10-2020-draft-resolution", "pp12", "3", "联合国，《条约汇编》，第 2326 卷，第 39574 号。"),
    ("cop10-2020-draft-resolution", "pp13", "4", "见大会第 67/234 B 号决议。"),
    (
        "cop10-2020-draft-resolution", "pp13", "5",
        "《联合国小武器和轻武器非法贸易各方面问题大会的报告，2001 年 7 月 9 日至 20 日，纽约》"
        "（A/CONF.192/15），第四章，第 24 段。",
    ),
    ("cop10-2020-draft-resolution", "pp13", "6", "A/60/88 和 Corr.2，附件；另见大会第 60/519 号决定。"),
    ("cop10-2020-draft-resolution", "pp16", "7", "联合国出版物，2020 年。"),
]  # fmt: skip


def test_each_version_has_exactly_its_units_of_each_kind(version: Parsed) -> None:
    assert Counter(unit.kind for unit in version.units) == COUNTS[version.units[0].doc_id]


def test_anchors_follow_each_other_as_the_document_reads(version: Parsed) -> None:
    anchors = ANCHORS[version.units[0].doc_id]
    assert [unit.anchor for unit in version.units] == anchors
    assert [unit.order for unit in version.units] == list(range(len(anchors)))


def test_footnotes_are_those_of_the_page_ends_at_the_units_that_mark_them(units: dict[str, Unit]) -> None:
    found = [(u.doc_id, u.anchor, note.mark, note.text) for u in units.values() for note in u.footnotes]
    assert sorted(found) == sorted(FOOTNOTES)


def test_numbers_are_those_printed(units: dict[str, Unit]) -> None:
    assert units["wg6-2020-report#p21"].number == "21"
    assert units["wg6-2020-report#dp44"].number == "44"
    assert units["cop10-2020-draft-resolution#op27"].number == "27"
    assert units["wg6-2021-agenda#item1b"].number == "1(b)"


def test_no_unit_is_empty_or_begins_with_its_own_number(version: Parsed) -> None:
    for unit in version.units:
        assert unit.text == unit.text.strip() != "", unit.anchor
        assert not unit.text.startswith((f"{unit.number}.", "讨论要点", "Discussion point")), unit.anchor
