"""Where in a question its years, sessions, days, items, points, documents, States and terms stand."""

from __future__ import annotations

import re
from functools import cache

from assistant.numerals import ENGLISH_ORDINAL
from corpus.glossary import glossary
from corpus.records import Document, Language

_UNTIL = r"(?:至|到|和|-|–|—|~| to | and )"
_MONTHS = "January February March April May June July August September October November December"
_MONTH = f"(?:{_MONTHS.replace(' ', '|')})"
_YEAR = r"(?<![\d/])(?:19|20)\d\d(?![\d/])"
DATE: dict[Language, str] = {
    "zh": rf"{_YEAR}(?:年(?:\d{{1,2}}月份?)?(?:\d{{1,2}}[日号])?(?:{_UNTIL}(?:(?:19|20)\d\d年|\d{{1,2}}[日号]))?)?",
    "en": rf"(?:(?:\d{{1,2}}(?:{_UNTIL}\d{{1,2}})? )?{_MONTH},? )?{_YEAR}(?:{_UNTIL}(?:19|20)\d\d)?",
}
SESSION: dict[Language, str] = {
    "zh": r"第(?:[一二三四五六七八九十]{1,3}|\d{1,2})[次届](?:会议)?",
    "en": rf"\b{ENGLISH_ORDINAL} (?:session|meeting|conference)\b",
}
DAY: dict[Language, str] = {
    "zh": r"(?<![\d/])(?:\d{1,2}月)?\d{1,2}[日号](?:星期[一二三四五六日天])?|第[一二三四五\d]天"
    r"|(?:星期|周)[一二三四五六日天]|最后一天|首日",
    "en": rf"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?:,? \d{{1,2}} {_MONTH})?"
    rf"|\d{{1,2}} {_MONTH}|{_MONTH} \d{{1,2}}\b|(?:{ENGLISH_ORDINAL}|last) day|day (?:one|two|three|\d)\b)",
}
HALF: dict[Language, str] = {"zh": r"上午|下午", "en": r"\b(?:morning|afternoon)\b"}
_N = r"(?:\d{1,3}|[一二三四五六七八九十]{1,4})"
ITEM: dict[Language, str] = {
    "zh": rf"(?:议程)?项目{_N}(?:\([a-z]\))?",
    "en": r"\b(?:agenda )?items? \d{1,2}(?: ?\([a-z]\))?",
}
POINT: dict[Language, str] = {
    "zh": rf"(?:讨论)?要点第?{_N}|第{_N}(?:个|条|项)?(?:讨论)?要点|(?:执行|序言)(?:部分|段)?的?第{_N}段|第{_N}[段条]"
    r"|\b(?:OP|PP|DP)\s?\d+",
    "en": r"\b(?:(?:discussion )?points?|(?:operative |preambular )?para(?:graph)?s?\.?|OP|PP|DP)\s?\d{1,3}"
    r"(?:\s?(?:-|–|to|and|,)\s?\d{1,3}\b)*",
}
#: Numbered parts and instruments besides points: chapters, annexes, articles, resolutions.
NUMBERED: tuple[dict[Language, str], ...] = (
    {"zh": rf"第{_N}[章节]", "en": r"\b(?:chapter|section|part) (?:[IVX]+|\d{1,2})\b"},
    {"zh": rf"附件(?:{_N}|[IVX]+)", "en": r"\bannex (?:[IVX]+|\d{1,2})\b"},
    {"zh": r"(?!)", "en": r"\barticles? \d{1,2}(?: ?\(\d\))?"},
    dict.fromkeys(("zh", "en"), r"(?<![A-Za-z\d/.])\d{1,2}/\d{1,3}(?![A-Za-z\d/])"),
)
#: Which of several, counted: 第三个, 前两项, the first two.
ORDINAL: dict[Language, str] = {
    "zh": rf"(?:第{_N}|[前头后][一二两三四五\d])[个项位名类种步轮](?!月)",
    "en": rf"\b(?:(?:first|last|other) (?:two|three|four|five|\d)|{ENGLISH_ORDINAL}|last)\b"
    r"(?! (?:session|meeting|conference|day))",
}
# Terms that can stand in one another's place, by the form that the glossary prefers in Chinese.
_GROUPS = (
    "缔约国 缔约方 签署国 会员国 观察员 政府间组织 民间社会 秘书处 77国集团",
    "枪支 零部件 弹药 可改造武器 改装枪支 模块化武器 聚合物材质枪支 增材制造 蓝图 两用物品 警报枪 小武器和轻武器"
    " 人工智能 区块链 暗网 加密货币 邮政",
    "标识 追查 记录保存 转用 停用 重新启用 缴获 收缴 没收 销毁 中介 过境 进口 出口 非法制造 贩运 控制下交付"
    " 联合调查小组 平行调查 自发传送信息 特殊侦查手段 登记簿",
    "国际刑警组织 毒品和犯罪问题办公室 欧洲联盟 欧洲安全与合作组织 西非国家经济共同体 南方共同市场"
    " 美洲国家组织 裁军事务厅 开发计划署",
    "非洲国家组 西欧和其他国家组 拉丁美洲和加勒比国家组",
    "武器贸易条约 行动纲领 国际追查文书 枪支议定书 打击跨国有组织犯罪公约",
)  # fmt: skip
# Parties to a meeting that the glossary has no row for.
BODIES: dict[Language, str] = {
    "zh": r"联合国实体|非政府组织|观察员国|(?:其他|别的|另外的?)(?:国家|组织)",
    "en": r"\bUnited Nations entities\b|\bUN entities\b|\bother (?:States|organizations)\b",
}
# States at large give way to a kind of party, where none is named.
ANY_STATES: dict[Language, str] = {
    "zh": r"(?<!会员)(?<!签署)国家(?![组机联一级])|各国",
    "en": r"\b(?:Member )?(?:States|countries)\b",
}
_AND = re.compile(r"^(?:[、,和与及或]|以及|及其|,? ?(?:and|or) (?:the )?|, )+$")


def runs(text: str, spans: list[tuple[int, int, int]]) -> list[tuple[int, int]]:
    """Spans with those that only a comma or "and" parts made one: 枪支、零部件和弹药."""
    joined: list[tuple[int, int]] = []
    for start, end, _ in spans:
        if joined and _AND.match(text[joined[-1][1] : start]):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def state_spans(text: str, language: Language) -> list[tuple[int, int]]:
    return [(start, end) for start, end, kind, _ in _found(text, language) if kind == "state"]


def term_spans(text: str, language: Language) -> list[tuple[int, int, int]]:
    """Where the terms of the groups stand in a text, each with the number of its group."""
    bodies = [(*match.span(), 0) for match in re.finditer(BODIES[language], text, re.I)]
    terms = [
        (start, end, group_of()[first])
        for start, end, _, first in _found(text, language)
        if first in group_of() and not any(start < e and s < end for s, e, _ in bodies)
    ]
    return sorted([*bodies, *terms])


def _found(text: str, language: Language) -> list[tuple[int, int, str, str]]:
    spans: list[tuple[int, int, str, str]] = []
    at, lower = 0, text.lower()
    for found in glossary().find(text, language):
        start = lower.find(found.surface.lower(), at)
        if start >= 0:
            at = start + len(found.surface)
            spans.append((start, at, found.term.kind, found.term.zh[0]))
    return spans


@cache
def group_of() -> dict[str, int]:
    return {name: number for number, group in enumerate(_GROUPS) for name in group.split()}


def outside_documents(
    pattern: str, text: str, documents: tuple[Document, ...], language: Language
) -> tuple[int, int] | None:
    """Where a pattern stands outside the names of documents."""
    taken = [match.span() for match in re.finditer(document_names(documents, language), text, re.I)]
    spans = (match.span() for match in re.finditer(pattern, text, re.I))
    return next((span for span in spans if not any(s < span[1] and span[0] < e for s, e in taken)), None)


def document_names(documents: tuple[Document, ...], language: Language) -> str:
    """A pattern for the names of the documents with a year before them, longest first."""
    names: set[str] = set()
    for document in documents:
        names |= {
            document.short_titles.get(language),
            *(a for a in document.aliases if a.isascii() == (language == "en")),
        }
    longest = sorted((name.replace("’", "'") for name in names if name), key=len, reverse=True)
    if not longest:
        return r"(?!)"
    if language == "zh":
        return rf"《?(?:(?:19|20)\d\d年)?(?<!号)(?:{'|'.join(map(re.escape, longest))})(?!项目)》?"
    bare = "|".join(re.escape(re.sub(r"^the ", "", name)) for name in longest)
    return rf"\b(?:the )?(?:(?:19|20)\d\d )?(?:{bare}|report)(?![a-z0-9])"


def month_name(number: int) -> str:
    """July for 7."""
    return _MONTHS.split()[number - 1]
