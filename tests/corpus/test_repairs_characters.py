"""Inside the lines: glued footnote marks, numbers that stay, markdown, spaces, and the wrapped cells of the table.

Every expected text was read off the source files by eye.
"""

from __future__ import annotations

import re

import pytest

from corpus.records import Unit

# The unit, the mark, what stands just before it and what comes next once it is gone.
MARKS = [
    ("cop10-2020-draft-resolution#pp1", "1", "犯罪公约》", "通过二十周年"),
    ("cop10-2020-draft-resolution#pp4", "2", "可持续发展议程》", "及其具体目标"),
    ("cop10-2020-draft-resolution#pp12", "3", "补充议定书》", "属于打击非法"),
    ("cop10-2020-draft-resolution#pp13", "4", "《武器贸易条约》，", "该条约为"),
    ("cop10-2020-draft-resolution#pp13", "5", "行动纲领》", "和《使各国"),
    ("cop10-2020-draft-resolution#pp13", "6", "国际文书》，", "这些文书"),
    ("cop10-2020-draft-resolution#pp16", "7", "枪支问题研究》，", ""),
    ("wg6-2014-background#p14", "1", "实施立法指南》，", "推出了联合国"),
    ("wg6-2014-background#p18", "2", "《批准工具包》，", "用于解释"),
    ("wg6-2014-background#p47", "3", "的背景文件", "进一步介绍了"),
]
NUMBERS_THAT_STAY = [
    ("wg6-2020-chair-summary#dp10", "《枪支议定书》第 3条下的定义"),
    ("wg6-2021-agenda#item2.1", "在议程项目 2下，枪支问题"),
    ("wg6-2021-agenda#item2.2", "在议程项目 2下，工作组将"),
    ("wg6-2021-agenda#item3.1", "议程项目 3将提供机会"),
    ("wg6-2021-agenda#item3.2", "第 10/2号决议，特别是第6段，其中"),
    ("wg6-2021-agenda#item3.2", "以及第 16 段，其中"),
    ("wg6-2020-report#p1", "第5/4号决议"),
    ("wg6-2020-report#p28", "第 35(a)段"),
    ("wg6-2020-report#dp2", "具体目标 16.4。"),
    ("cop10-2020-draft-resolution#op8", "指标 16.4.2 的相关进展"),
    ("cop10-2020-draft-resolution#op19", "具体目标 16.4；"),
    ("cop10-2020-draft-resolution#pp4", "16.4，其中包括"),
    ("wg6-2014-background#p31", "有 4 个国家加入了《枪支议定书》，10"),
    ("wg6-2014-background#p59", "1,045 支枪支的销毁工作"),
]
SPACES_AS_THE_LINE_HAD_THEM = [
    ("wg6-2014-background#p28", "火器、弹药、爆炸物及其他有关材料公约》"),
    ("wg6-2021-agenda#item1a.1", "将于 2021 年 5 月 10 日星期一上午 10 时开幕"),
    ("wg6-2021-agenda#item1b.4", "定于 2021年 5月 10日至 12 日在维也纳"),
    ("wg6-2021-agenda#item4.1", "通过 20周年，2022年是枪支问题工作组成立 10周年。"),
    ("wg6-2020-report#p5", "2020年7月16日和17日在维也纳"),
    ("wg6-2020-report#p6", "在 7 月 17 日第 4 场会议上"),
    ("wg6-2020-report#dp10", "填补 3D 打印武器"),
    ("wg6-2020-report#p26", "首席顾问 Gonzalo Fabián Medina Hernández 主持"),
    ("cop10-2020-draft-resolution#pp12", "补充议定书》属于"),
]
_MORNING, _AFTERNOON = "上午 10 时至下午 1 时", "下午 3 时至 6 时"
_MONDAY, _TUESDAY, _WEDNESDAY = "5月 10日，星期一", "5月 11日，星期二", "5月 12日，星期三"
_FLOWS = "减少非法资金和武器流动以实现可持续发展目标的具体目标 16.4"
_DIVERSION = "从武器转让到枪支贩运：《枪支议定书》在转用情况下的适用"
TABLE = [
    [_MONDAY, _MORNING, "1(a)", "会议开幕"],
    [_MONDAY, _MORNING, "1(b)", "通过议程及工作安排"],
    [_MONDAY, _MORNING, "2", _FLOWS],
    [_MONDAY, _AFTERNOON, "2", f"{_FLOWS}（续）"],
    [_TUESDAY, _MORNING, "3", _DIVERSION],
    [_TUESDAY, _AFTERNOON, "3", f"{_DIVERSION}（续）"],
    [_TUESDAY, _AFTERNOON, "4", "落实枪支问题工作组前几次会议的成果"],
    [_WEDNESDAY, _MORNING, "5", "其他事项"],
    [_WEDNESDAY, _MORNING, "6", "通过报告"],
]


def _squeezed(text: str) -> str:
    """Without the space between a wrapped word and a digit, which the line end hides."""
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize(("anchor_id", "mark", "before", "after"), MARKS)
def test_a_glued_mark_is_taken_out_and_its_place_kept(
    units: dict[str, Unit], anchor_id: str, mark: str, before: str, after: str
) -> None:
    unit = units[anchor_id]
    (note,) = [note for note in unit.footnotes if note.mark == mark]
    assert note.at is not None
    assert unit.text[: note.at].endswith(before)
    assert unit.text[note.at :].startswith(after)
    assert f"{before}{after}" in unit.text


def test_the_last_footnote_of_the_draft_marks_the_end_of_its_paragraph(units: dict[str, Unit]) -> None:
    unit = units["cop10-2020-draft-resolution#pp16"]
    assert unit.text.endswith("《2020 年全球贩运枪支问题研究》，")
    assert unit.footnotes[0].at == len(unit.text)


def test_the_star_of_the_report_has_no_place_in_its_text(units: dict[str, Unit]) -> None:
    assert [note.at for note in units["wg6-2020-report#head"].footnotes] == [None]


@pytest.mark.parametrize(("anchor_id", "words"), NUMBERS_THAT_STAY)
def test_a_number_that_is_no_mark_stays(units: dict[str, Unit], anchor_id: str, words: str) -> None:
    assert words in units[anchor_id].text


def test_no_markdown_is_left(units: dict[str, Unit]) -> None:
    for anchor_id, unit in units.items():
        for piece in (unit.text, *unit.heading_path, *(note.text for note in unit.footnotes)):
            assert not re.search(r"[*∗\[\]#_]|^\s*- ", piece, re.MULTILINE), anchor_id


def test_bold_labels_links_and_dashes_leave_their_words(units: dict[str, Unit]) -> None:
    assert "以下职能：(a)通过专家和从业人员" in units["wg6-2020-report#p2"].text
    assert "提供指导；以及(d)就该工作组" in units["wg6-2020-report#p2"].text
    assert units["wg6-2020-report#p44"].text == "与会者名单载于 CTOC/COP/WG.6/2020/INF/1/Rev.1 号文件。"
    assert "\n(a) 临时议程说明（CTOC/COP/WG.6/2020/1）；\n(b) 秘书处" in units["wg6-2020-report#p45"].text
    assert units["wg6-2020-report#p45"].text.endswith("起诉办法（CTOC/COP/WG.6/2020/3）。")


def test_the_star_of_the_background_paper_leaves_the_agenda_items_it_stood_in(units: dict[str, Unit]) -> None:
    assert "\n临时议程项目 2、3 和 4\n" in units["wg6-2014-background#head"].text


@pytest.mark.parametrize(("anchor_id", "words"), SPACES_AS_THE_LINE_HAD_THEM)
def test_chinese_joins_to_chinese_and_keeps_its_space_beside_digits_and_latin(
    units: dict[str, Unit], anchor_id: str, words: str
) -> None:
    assert words in units[anchor_id].text


def test_no_space_stands_between_chinese_and_chinese(units: dict[str, Unit]) -> None:
    chinese = r"[\u4e00-\u9fff，。、；：！？《》（）“”]"
    for anchor_id, unit in units.items():
        for piece in (unit.text, *unit.heading_path, *(note.text for note in unit.footnotes)):
            assert not re.search(rf"{chinese}[ \t]+{chinese}", piece), anchor_id


def test_a_soft_wrap_between_chinese_and_digits_loses_neither(units: dict[str, Unit]) -> None:
    assert "及其具体目标16.4，其中" in _squeezed(units["cop10-2020-draft-resolution#pp4"].text)
    assert "重申其2014年10月10日第7/1号决议" in _squeezed(units["cop10-2020-draft-resolution#pp2"].text)
    assert "《枪支议定书》，10个国家审查" in _squeezed(units["wg6-2014-background#p31"].text)
    assert "参加了2012年10月在加纳" in _squeezed(units["wg6-2014-background#p77"].text)


def test_each_row_of_the_table_carries_its_day_time_item_and_unwrapped_title(units: dict[str, Unit]) -> None:
    rows = [units[f"wg6-2021-agenda#annex.r{number}"].text.split(" | ") for number in range(1, 10)]
    assert rows == TABLE


def test_items_as_listed_lose_their_numbers_and_keep_their_words(units: dict[str, Unit]) -> None:
    listed = [units[f"wg6-2021-agenda#{a}"].text for a in ("item1", "item1a", "item1b", "item2", "item3", "item6")]
    assert listed == [
        "组织事项：", "会议开幕；", "通过议程及工作安排。", f"{_FLOWS}。",
        "从武器转让到枪支贩运：《议定书》在转用情况下的适用。", "通过报告。",
    ]  # fmt: skip
