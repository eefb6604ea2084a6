"""Lines become paragraphs: soft wraps, page breaks, blank lines, footnotes and number sequences, on the real lines.

Every expected text was read off the source files by eye.
"""

from __future__ import annotations

import re

import pytest

from corpus.parse.blocks import ends_mark_paragraphs, join_blocks, read_lines
from corpus.parse.builder import Parsed
from corpus.records import Unit

HEADS = {
    "wg6-2021-agenda": ["枪支问题工作组", "2021 年 5 月 10 日至 12 日，维也纳", "临时议程说明"],
    "wg6-2020-report": [
        "联合国打击跨国有组织犯罪公约缔约方会议", "Distr.: Limited", "4 August 2020", "Chinese", "Original: English",
        "2020年7月16日和17日在维也纳举行的枪支问题工作组会议报告",
    ],
    "wg6-2014-background": [
        "枪支问题工作组",
        "第二次会议",
        "2014 年 5 月 26 日至 28 日，维也纳",
        "临时议程项目 2、3 和 4",
        "非法枪支贩运刑事定罪、调查和起诉方面的挑战和良好做法，以及采取措施加强刑事事项国际合作，"
        "包括在进行当中的调查中有效追查枪支",
        "在国家、区域和全球各级监测枪支的非法贩运流动情况",
        "防止非法制造枪支方面的挑战和良好做法",
        "联合国毒品和犯罪问题办公室为促进和支持批准及执行《联合国打击跨国有组织犯罪公约"
        "关于打击非法制造和贩运枪支及其零部件和弹药的补充议定书》而开展的活动",
        "秘书处编写的背景文件",
    ],
    "cop10-2020-draft-resolution": [
        "第十届会议",
        "2020 年 10 月 12 日至 16 日，维也纳",
        "议程项目 2(d)",
        "审议《联合国打击跨国有组织犯罪公约》及其各项议定书的实施情况："
        "《打击非法制造和贩运枪支及其零部件和弹药议定书》",
        "萨尔瓦多、危地马拉和墨西哥：决议修订草案",
        "加强国际合作打击非法制造和贩运枪支及其零部件和弹药",
    ],
    "wg6-2020-chair-summary": ["增编", "附件一", "主席的总结"],
}  # fmt: skip
# Units whole, where lines wrap and paragraphs end.
WHOLE = {
    "cop10-2020-draft-resolution#op3": "敦促《枪支议定书》缔约国加大努力执行该《议定书》；",
    "cop10-2020-draft-resolution#pp6": "认识到需要更好地应对这一挑战涉及的人的方面，并认识到有必要考虑非法"
    "制造和贩运枪支及其零部件和弹药相关犯罪受害者的需求，",
    "wg6-2020-chair-summary#dp20": "敦促各国在应对非法贩运枪支问题时，在刑事司法系统中采取以受害人为中心的综合办法。",
    "wg6-2021-agenda#item2.4": "秘书处编写的关于减少非法资金和武器流动以实现可持续发展目标的具体目标"
    "16.4 的背景文件（CTOC/COP/WG.6/2021/2）",
    "wg6-2021-agenda#item6.1": "工作组将通过本次会议的报告，报告草稿将由秘书处编写。",
    "wg6-2014-background#p5": "本背景文件介绍了毒品和犯罪问题办公室在 2012-2014 年间开展的活动，"
    "目的是让工作组能够履行其法定职能。",
    "wg6-2014-background#p87": "缔约方会议不妨敦促缔约国加强本国的能力，调查和起诉涉枪犯罪及其与有组织犯罪之间的关联。",
}
# What stands on both sides of a page break, of a blank line that cuts a paragraph, or of a block of footnotes.
ACROSS_PAGE_BREAKS = [
    ("wg6-2021-agenda#item1b.1", "贩运枪支及其零部件和弹药的补充议定书》"),
    ("wg6-2021-agenda#item2.2", "可以结合起来。但对这些犯罪"),
    ("wg6-2021-agenda#item4.1", "政府间工作的欠缺以及联合国毒品"),
    ("cop10-2020-draft-resolution#op18", "符合国内法律的情况下，确保"),
    ("wg6-2014-background#p25", "诉讼法以及专项法律和条约"),
    ("wg6-2014-background#p38", "并且借鉴巴西的“里约万岁”"),
    ("wg6-2014-background#p57", "代表举行会晤。毒品"),
]
CUT_BY_BLANK_LINES = [
    ("wg6-2020-report#p5", "就各工作组的工作安排达成共识。"),
    ("wg6-2020-report#p12", "迅速查明新的和正在出现的威胁是"),
    ("wg6-2020-report#p18", "收集、登记和分析相关信息开展"),
    ("wg6-2020-report#p23", "发言者们就追查机制的可持续性"),
    ("wg6-2020-report#p39", "斯洛文尼亚、南非、西班牙、苏丹"),
]
CUT_BY_FOOTNOTES = [
    ("cop10-2020-draft-resolution#pp4", "以促进可持续发展，以及让所有人都能诉诸司法，"),
    ("cop10-2020-draft-resolution#pp15", "请秘书长就积累过剩的常规弹药储存引起的问题召集一个政府专家组，"),
    ("cop10-2020-draft-resolution#op9", "非法制造和贩运枪支及其零部件和弹药有关的武装暴力侵害妇女行为"),
    ("wg6-2014-background#p2", "促进加深认识和增强意识的活动"),
    ("wg6-2014-background#p19", "标准化和量身定制的协助"),
    ("wg6-2014-background#p50", "召开区域会议，十一个会员国的代表出席了会议。"),
]
NUMBERED_HEADINGS = {
    "wg6-2014-background": [
        "1. 立法工具", "2. 起草法律方面的支持", "1. 能力建设支持", "2. 合作与交流信息",
        "3. 加深对于跨国贩运枪支模式的认识，加强民间社会的参与", "1. 开展枪支收缴和销毁运动",
        "2. 加强枪支安保和切实保留记录，特别是关于扣押的枪支", "3. 支持枪支标识", "1. 机构间倡议",
        "2. 与其他联合国实体合作", "1. 欧洲联盟", "2. 国际刑事警察组织（刑警组织）", "3. 区域组织和网络",
    ],
    "wg6-2020-report": [
        "1. 关于立法措施的讨论要点", "2. 关于预防、安全和监管措施的讨论要点", "3. 关于执法和刑事司法的讨论要点",
        "4. 关于国际合作和信息交流的讨论要点", "5. 关于收集数据和监测非法武器流动的讨论要点",
        "1. 关于立法措施的讨论要点", "2. 关于预防、安全和监管措施的讨论要点", "3. 关于执法和刑事司法的讨论要点",
        "4. 关于国际合作和信息交流的讨论要点", "5. 关于监测非法武器流动的讨论要点",
    ],
    "wg6-2020-chair-summary": [
        "1. 关于立法措施的讨论要点", "2. 关于预防、安全和监管措施的讨论要点", "3. 关于执法和刑事司法的讨论要点",
        "4. 关于国际合作和信息交流的讨论要点", "5. 关于收集数据和监测非法武器流动的讨论要点",
        "1. 关于立法措施的讨论要点", "2. 关于执法和刑事司法的讨论要点", "3. 关于国际合作和信息交流的讨论要点",
    ],
    "wg6-2021-agenda": [
        "1. 组织事项", "2. 减少非法资金和武器流动以实现可持续发展目标的具体目标 16.4",
        "3. 从武器转让到枪支贩运：《枪支议定书》在转用情况下的适用", "4. 落实枪支问题工作组前几次会议的成果",
        "5. 其他事项", "6. 通过报告",
    ],
    "cop10-2020-draft-resolution": [],
}  # fmt: skip


@pytest.mark.parametrize("doc_id", HEADS)
def test_wrapped_titles_and_mastheads_land_in_the_head_line_by_line(units: dict[str, Unit], doc_id: str) -> None:
    assert units[f"{doc_id}#head"].text.split("\n") == HEADS[doc_id]


@pytest.mark.parametrize("anchor_id", WHOLE)
def test_a_trailing_space_ends_a_paragraph_and_nothing_else_does(units: dict[str, Unit], anchor_id: str) -> None:
    assert units[anchor_id].text == WHOLE[anchor_id]


@pytest.mark.parametrize(("anchor_id", "words"), ACROSS_PAGE_BREAKS)
def test_a_page_break_leaves_no_space(units: dict[str, Unit], anchor_id: str, words: str) -> None:
    assert words in units[anchor_id].text


@pytest.mark.parametrize("anchor_id", ["p10", "p65", "p71", "p87"])
def test_a_page_break_before_a_number_hides_no_paragraph(units: dict[str, Unit], anchor_id: str) -> None:
    openings = {"p10": "加入《枪支议定书》的国家", "p65": "在非洲，", "p71": "在“小武器", "p87": "缔约方会议不妨"}
    assert units[f"wg6-2014-background#{anchor_id}"].text.startswith(openings[anchor_id])


@pytest.mark.parametrize(("anchor_id", "words"), CUT_BY_BLANK_LINES)
def test_a_blank_line_inside_a_paragraph_of_the_report_does_not_cut_it(
    units: dict[str, Unit], anchor_id: str, words: str
) -> None:
    assert words in units[anchor_id].text


def test_the_star_note_inside_paragraph_5_is_no_part_of_it(units: dict[str, Unit]) -> None:
    p5 = units["wg6-2020-report#p5"].text
    assert p5.endswith("扩大主席团经由默许程序批准了这些安排。")
    assert "重发" not in p5
    assert "*" not in p5


@pytest.mark.parametrize(("anchor_id", "words"), CUT_BY_FOOTNOTES)
def test_a_block_of_footnotes_does_not_cut_its_paragraph(units: dict[str, Unit], anchor_id: str, words: str) -> None:
    assert words in units[anchor_id].text
    assert "_" not in units[anchor_id].text


@pytest.mark.parametrize("doc_id", NUMBERED_HEADINGS)
def test_a_number_out_of_sequence_is_a_heading(parsed: dict[str, Parsed], doc_id: str) -> None:
    seen: list[tuple[str, ...]] = []
    for unit in parsed[doc_id].units:
        for depth, heading in enumerate(unit.heading_path, 1):
            if re.match(r"\d+\. ", heading) and unit.heading_path[:depth] not in seen:
                seen.append(unit.heading_path[:depth])
    assert [path[-1] for path in seen] == NUMBERED_HEADINGS[doc_id]


def test_the_agenda_that_the_meeting_adopted_stays_inside_paragraph_38(units: dict[str, Unit]) -> None:
    assert units["wg6-2020-report#p38"].text.split("\n") == [
        "工作组在 2020 年 7 月 16 日的第 1 场会议上以协商一致方式通过了以下议程：",
        "1. 组织事项：",
        "(a) 会议开幕；",
        "(b) 通过议程和工作安排。",
        "2. 《枪支议定书》和国家立法对非法制造和贩运枪支及其零部件和弹药所涉新的和正在出现的威胁的应对能力。",
        "3. 在法域内和跨法域打击非法贩运枪支和相关形式犯罪的调查办法和起诉办法。",
        "4. 其他事项。",
        "5. 通过报告。",
    ]
    assert units["wg6-2020-report#p39"].text.startswith("《枪支议定书》的下列 54 个缔约方派代表")


def test_the_two_conventions_of_line_ends_are_told_apart(parsed: dict[str, Parsed]) -> None:
    by_trailing_space = {doc_id: ends_mark_paragraphs(read_lines(p.source)) for doc_id, p in parsed.items()}
    assert by_trailing_space.pop("wg6-2020-report") is False
    assert all(by_trailing_space.values())


def test_hand_made_lines_join_as_their_ends_say() -> None:
    lines = read_lines("甲乙\n丙丁 \n\n 戊。 \nword\n  next \n")
    assert [block.string for block in join_blocks(lines, by_trailing_space=True)] == ["甲乙丙丁", "戊。", "word next"]
    assert [block.line for block in join_blocks(lines, by_trailing_space=True)] == [1, 4, 5]
    assert len(join_blocks(lines, by_trailing_space=False)) == 5
