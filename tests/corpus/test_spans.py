"""Sentences and listed parts of units: of the documents, read by eye, and hand-made."""

from __future__ import annotations

import pytest

from corpus.parse.spans import sentence_spans, subitem_spans
from corpus.records import Unit

SENTENCE_COUNTS = {
    "wg6-2020-report#p6": 2, "wg6-2020-report#p8": 1, "wg6-2020-report#dp13": 2, "wg6-2020-report#p21": 1,
    "wg6-2014-background#p7": 3, "wg6-2014-background#p45": 2, "cop10-2020-draft-resolution#op8": 1,
    "cop10-2020-draft-resolution#pp16": 1, "wg6-2020-chair-summary#dp3": 2, "wg6-2021-agenda#item1b.4": 5,
    "wg6-2021-agenda#annex.r4": 1, "wg6-2021-agenda#head": 3,
}  # fmt: skip
# The labels of each list of the documents, and the words its parts begin with.
LISTS = {
    "wg6-2020-chair-summary#dp3": [("㈠", "㈠与讨论"), ("㈡", "㈡相关议题文件；"), ("㈢", "㈢关于制造")],
    "wg6-2014-background#p11": [
        ("(a)", "(a) 提高对于"), ("(b)", "(b) 开发专用工具；"), ("(c)", "(c) 制订法律"), ("(d)", "(d) 开展能力建设"),
        ("(e)", "(e) 开展培训"), ("(f)", "(f) 深化对于"),
    ],
    "wg6-2020-report#p2": [
        ("(a)", "(a)通过专家"), ("(b)", "(b)就各缔约国"), ("(c)", "(c)协助"), ("(d)", "(d)就该工作组"),
    ],
    "wg6-2020-report#dp5": [("(a)", "(a)与讨论"), ("(b)", "(b)相关议题文件，"), ("(c)", "(c)关于制造")],
    "wg6-2020-report#p38": [
        ("1", "1. 组织事项："), ("1(a)", "(a) 会议开幕；"), ("1(b)", "(b) 通过议程"), ("2", "2. 《枪支"),
        ("3", "3. 在法域"), ("4", "4. 其他事项。"), ("5", "5. 通过报告。"),
    ],
    "wg6-2020-report#p45": [("(a)", "(a) 临时"), ("(b)", "(b) 秘书处"), ("(c)", "(c) 秘书处")],
    "wg6-2021-agenda#item1b.1": [
        ("(a)", "(a)专家和从业人员"), ("(b)", "(b)就各"), ("(c)", "(c)协助"), ("(d)", "(d)就该"),
    ],
    "wg6-2021-agenda#item1b.3": [
        ("(a)", "(a)联合国"), ("(b)", "(b)与其他"), ("(c)", "(c)培训和"), ("(d)", "(d)防止和"),
    ],
}  # fmt: skip


def _cut(text: str) -> list[str]:
    return [text[span.start : span.end] for span in sentence_spans(text)]


def _parts(text: str) -> list[tuple[str, str]]:
    return [(item.label, text[item.start : item.end]) for item in subitem_spans(text)]


def test_sentences_hold_every_character_of_a_unit_but_white_space_once(units: dict[str, Unit]) -> None:
    for anchor_id, unit in units.items():
        position = 0
        for sentence in unit.sentences:
            assert position <= sentence.start < sentence.end <= len(unit.text), anchor_id
            assert not unit.text[position : sentence.start].strip(), anchor_id
            piece = unit.text[sentence.start : sentence.end]
            assert piece == piece.strip(), anchor_id
            position = sentence.end
        assert not unit.text[position:].strip(), anchor_id


@pytest.mark.parametrize("anchor_id", SENTENCE_COUNTS)
def test_a_unit_has_the_sentences_one_reads(units: dict[str, Unit], anchor_id: str) -> None:
    assert len(units[anchor_id].sentences) == SENTENCE_COUNTS[anchor_id]


@pytest.mark.parametrize("anchor_id", LISTS)
def test_a_list_has_its_labels_and_each_part_begins_with_its_own(units: dict[str, Unit], anchor_id: str) -> None:
    unit = units[anchor_id]
    assert [item.label for item in unit.subitems] == [label for label, _ in LISTS[anchor_id]]
    for item, (_, opening) in zip(unit.subitems, LISTS[anchor_id], strict=True):
        assert unit.text[item.start : item.end].startswith(opening)


def test_only_the_units_that_hold_lists_have_parts(units: dict[str, Unit]) -> None:
    assert {anchor_id for anchor_id, unit in units.items() if unit.subitems} == LISTS.keys()


def test_parts_end_where_the_next_begins_or_with_their_sentence(units: dict[str, Unit]) -> None:
    chair = units["wg6-2020-chair-summary#dp3"]
    assert chair.text[chair.subitems[1].start : chair.subitems[1].end] == "㈡相关议题文件；"
    assert chair.subitems[2].end == len(chair.text)
    functions = units["wg6-2021-agenda#item1b.3"]
    last = functions.subitems[3]
    assert functions.text[last.start : last.end] == "(d)防止和打击非法制造和贩运枪支及其零部件和弹药行为的宣传战略。"
    areas = units["wg6-2014-background#p11"]
    first = areas.subitems[0]
    assert areas.text[first.start : first.end] == "(a) 提高对于《枪支议定书》的认识，促进批准《议定书》；"


def test_references_with_letters_are_no_lists(units: dict[str, Unit]) -> None:
    assert "第 35(a)段" in units["wg6-2020-report#p28"].text
    assert "议程项目 2(d)" in units["cop10-2020-draft-resolution#head"].text
    assert units["wg6-2020-report#p28"].subitems == units["cop10-2020-draft-resolution#head"].subitems == ()
    assert _parts("见第 35(a)段和第 35(b)段。") == []
    assert _parts("第(a)项和第(b)项所述措施。") == []


def test_sentences_end_with_the_quotes_and_brackets_that_close_on_them() -> None:
    assert _cut("他说：“好。”然后走了。") == ["他说：“好。”", "然后走了。"]
    assert _cut("甲（见第2段。）乙") == ["甲（见第2段。）", "乙"]
    assert _cut("目标 16.4；又。真的？！是") == ["目标 16.4；又。", "真的？！", "是"]


def test_lines_of_a_unit_are_sentences_of_their_own() -> None:
    assert _cut("议程：\n1. 开幕；\n 2. 闭幕。\n") == ["议程：", "1. 开幕；", "2. 闭幕。"]
    assert _cut("") == _cut(" \n ") == []


def test_hand_made_lists() -> None:
    assert _parts("包括：(a)甲；(b)乙。后一句。") == [("(a)", "(a)甲；"), ("(b)", "(b)乙。")]
    assert _parts("㈠甲；㈡乙") == [("㈠", "㈠甲；"), ("㈡", "㈡乙")]
    assert _parts("议程：\n1. 组织事项：\n(a) 开幕；\n2. 报告。") == [
        ("1", "1. 组织事项："), ("1(a)", "(a) 开幕；"), ("2", "2. 报告。"),
    ]  # fmt: skip


def test_a_list_starts_at_its_first_label_and_has_more_than_one() -> None:
    assert _parts("(b)乙；(c)丙。") == []
    assert _parts("只有(a)一项。") == []
    assert _parts("㈡乙；㈢丙。") == []
