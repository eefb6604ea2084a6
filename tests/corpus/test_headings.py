"""The headings above chosen units, read off the source texts by eye."""

from __future__ import annotations

import pytest

from corpus.records import Unit

_NEW_THREATS = "《枪支议定书》和国家立法对非法制造和贩运枪支及其零部件和弹药所涉新的和正在出现的威胁的应对能力"
_ACROSS = "在法域内和跨法域打击非法贩运枪支和相关形式犯罪的调查办法和起诉办法"
_ACTIVITIES = "三. 毒品和犯罪问题办公室为促进和支持各国批准及执行《枪支议定书》开展的活动"
_CAPACITY = "C. 开展能力建设和培训，以加强针对非法贩运枪支的刑事司法应对措施，促进有效的国际合作与信息交流"
_WIDER = "3. 加深对于跨国贩运枪支模式的认识，加强民间社会的参与"
_SPEAKER = "联合国打击跨国有组织犯罪公约缔约方会议，"
_ILLICIT_FLOWS = "2. 减少非法资金和武器流动以实现可持续发展目标的具体目标 16.4"
_COVID = "鉴于 2019冠状病毒病（COVID-19）大流行的影响可能作的变动"

PATHS: dict[str, tuple[str, ...]] = {
    "wg6-2020-report#head": (),
    "wg6-2020-report#p1": ("一. 导言",),
    "wg6-2020-report#p4": ("一. 导言",),
    "wg6-2020-report#p5": ("二. 今后的审议工作",),
    "wg6-2020-report#dp2": ("二. 今后的审议工作", "A. 一般性讨论要点"),
    "wg6-2020-report#dp5": ("二. 今后的审议工作", f"B. {_NEW_THREATS}"),
    "wg6-2020-report#dp10": ("二. 今后的审议工作", f"B. {_NEW_THREATS}", "1. 关于立法措施的讨论要点"),
    "wg6-2020-report#dp21": ("二. 今后的审议工作", f"B. {_NEW_THREATS}", "3. 关于执法和刑事司法的讨论要点"),
    "wg6-2020-report#dp25": ("二. 今后的审议工作", f"C. {_ACROSS}", "1. 关于立法措施的讨论要点"),
    "wg6-2020-report#dp44": ("二. 今后的审议工作", f"C. {_ACROSS}", "5. 关于监测非法武器流动的讨论要点"),
    "wg6-2020-report#p7": ("三. 主席对审议情况的总结",),
    "wg6-2020-report#p14": ("三. 主席对审议情况的总结", f"A. {_NEW_THREATS}"),
    "wg6-2020-report#p21": ("三. 主席对审议情况的总结", f"B. {_ACROSS}"),
    "wg6-2020-report#p24": ("四. 会议安排", "A. 会议开幕"),
    "wg6-2020-report#p37": ("四. 会议安排", "B. 发言情况"),
    "wg6-2020-report#p38": ("四. 会议安排", "C. 通过议程和工作安排"),
    "wg6-2020-report#p39": ("四. 会议安排", "D. 出席情况"),
    "wg6-2020-report#p45": ("四. 会议安排", "E. 文件"),
    "wg6-2020-report#p46": ("五. 通过报告",),
    "wg6-2014-background#head": (),
    "wg6-2014-background#p1": ("一. 导言",),
    "wg6-2014-background#p10": ("二. 背景",),
    "wg6-2014-background#p11": (_ACTIVITIES, "A. 全球枪支方案"),
    "wg6-2014-background#p13": (_ACTIVITIES, "B. 法律支持"),
    "wg6-2014-background#p14": (
        _ACTIVITIES, "B. 法律支持", "1. 立法工具", "《打击非法制造和贩运枪支及其零部件和弹药示范法》",
    ),
    "wg6-2014-background#p18": (_ACTIVITIES, "B. 法律支持", "1. 立法工具", "《枪支议定书》批准工具包"),
    "wg6-2014-background#p21": (_ACTIVITIES, "B. 法律支持", "1. 立法工具", "综合培训课程"),
    "wg6-2014-background#p22": (_ACTIVITIES, "B. 法律支持", "2. 起草法律方面的支持"),
    "wg6-2014-background#p32": (_ACTIVITIES, _CAPACITY, "1. 能力建设支持"),
    "wg6-2014-background#p43": (_ACTIVITIES, _CAPACITY, "2. 合作与交流信息"),
    "wg6-2014-background#p44": (_ACTIVITIES, _CAPACITY, _WIDER, "贩运枪支研究"),
    "wg6-2014-background#p52": (_ACTIVITIES, _CAPACITY, _WIDER, "支持研究的活动"),
    "wg6-2014-background#p58": (_ACTIVITIES, _CAPACITY, _WIDER, "与民间社会合作"),
    "wg6-2014-background#p59": (
        _ACTIVITIES, "D. 提供技术援助，促进执行《枪支议定书》", "1. 开展枪支收缴和销毁运动",
    ),
    "wg6-2014-background#p69": ("四. 与国际及区域伙伴的协调与合作", "A. 与联合国合作"),
    "wg6-2014-background#p76": (
        "四. 与国际及区域伙伴的协调与合作", "B. 与其他国际及区域组织合作", "2. 国际刑事警察组织（刑警组织）",
    ),
    "wg6-2014-background#p78": (
        "四. 与国际及区域伙伴的协调与合作", "B. 与其他国际及区域组织合作", "3. 区域组织和网络",
        "南方共同市场和西非经共体",
    ),
    "wg6-2014-background#p82": (
        "四. 与国际及区域伙伴的协调与合作", "B. 与其他国际及区域组织合作", "3. 区域组织和网络",
        "欧洲安全与合作组织（欧安组织）",
    ),
    "wg6-2014-background#p84": ("五. 促进和支持各国批准及执行《枪支议定书》的建议和拟议活动",),
    "wg6-2014-background#p94": (
        "五. 促进和支持各国批准及执行《枪支议定书》的建议和拟议活动", "B. 建议联合国毒品和犯罪问题办公室采取的活动",
    ),
    "cop10-2020-draft-resolution#head": (),
    "cop10-2020-draft-resolution#pp1": (_SPEAKER,),
    "cop10-2020-draft-resolution#pp17": (_SPEAKER,),
    "cop10-2020-draft-resolution#op27": (_SPEAKER,),
    "wg6-2020-chair-summary#head": (),
    "wg6-2020-chair-summary#dp1": ("A. 一般性讨论要点",),
    "wg6-2020-chair-summary#dp3": (f"B. {_NEW_THREATS}",),
    "wg6-2020-chair-summary#dp4": (f"B. {_NEW_THREATS}", "1. 关于立法措施的讨论要点"),
    "wg6-2020-chair-summary#dp15": (f"B. {_NEW_THREATS}", "3. 关于执法和刑事司法的讨论要点"),
    "wg6-2020-chair-summary#dp18": (f"B. {_NEW_THREATS}", "5. 关于收集数据和监测非法武器流动的讨论要点"),
    "wg6-2020-chair-summary#dp19": (f"C. {_ACROSS}", "1. 关于立法措施的讨论要点"),
    "wg6-2020-chair-summary#dp28": (f"C. {_ACROSS}", "3. 关于国际合作和信息交流的讨论要点"),
    "wg6-2021-agenda#head": (),
    "wg6-2021-agenda#item1b": ("临时议程",),
    "wg6-2021-agenda#item6": ("临时议程",),
    "wg6-2021-agenda#item1a.1": ("说明", "1. 组织事项", "(a) 会议开幕"),
    "wg6-2021-agenda#item1b.5": ("说明", "1. 组织事项", "(b) 通过议程及工作安排"),
    "wg6-2021-agenda#item1b.6": ("说明", "1. 组织事项", "(b) 通过议程及工作安排", _COVID),
    "wg6-2021-agenda#item2.1": ("说明", _ILLICIT_FLOWS),
    "wg6-2021-agenda#item2.4": ("说明", _ILLICIT_FLOWS, "文件"),
    "wg6-2021-agenda#item4.2": ("说明", "4. 落实枪支问题工作组前几次会议的成果"),
    "wg6-2021-agenda#item6.1": ("说明", "6. 通过报告"),
    "wg6-2021-agenda#annex.r1": ("附件", "拟议工作安排"),
    "wg6-2021-agenda#annex.r9": ("附件", "拟议工作安排"),
}  # fmt: skip


@pytest.mark.parametrize("anchor_id", PATHS)
def test_a_unit_stands_under_its_headings(units: dict[str, Unit], anchor_id: str) -> None:
    assert units[anchor_id].heading_path == PATHS[anchor_id]
