"""The table of a meeting's work: its rows for a day that a question names, and a row as a reader reads it out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.numerals import chinese_number, month_number
from corpus.records import Language, Unit

Half = Literal["morning", "afternoon"]

_PARTING = " | "
_FLAGS = re.IGNORECASE | re.ASCII
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DATES = tuple(
    re.compile(pattern, _FLAGS)
    for pattern in (
        r"(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*[日号]",
        rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m>{_MONTH})(?![a-z])",
        rf"\b(?P<m>{_MONTH})\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\s*[-–]\s*\d)",
    )
)
_WEEKDAYS = (
    r"(?:星期|周|礼拜)一|\bmonday\b", r"(?:星期|周|礼拜)二|\btuesday\b", r"(?:星期|周|礼拜)三|\bwednesday\b",
    r"(?:星期|周|礼拜)四|\bthursday\b", r"(?:星期|周|礼拜)五|\bfriday\b",
)  # fmt: skip
_NTH_DAY = re.compile(r"第([一二三四五六七八九十])天|\b(first|second|third|fourth|fifth) day\b", _FLAGS)
_NTH = ("first", "second", "third", "fourth", "fifth")
_FIRST_DAY = re.compile(r"头一天|首日|开幕当天|\bopening (?:day|morning|afternoon)\b", _FLAGS)
_LAST_DAY = re.compile(r"最后一[天日]|末日|闭幕当天|\b(?:last|final|closing) (?:day|morning|afternoon)\b", _FLAGS)
_HALVES: dict[Half, re.Pattern[str]] = {
    "morning": re.compile(r"上午|早上|早晨|\bmorning\b|\ba\.?m\b", _FLAGS),
    "afternoon": re.compile(r"下午|\bafternoon\b|\bp\.?m\b", _FLAGS),
}
# What is on, rather than when: of a row that is asked for by its item the time is wanted.
_WHAT_IS_ON = re.compile(
    r"(?:安排|排|审议|讨论|处理|进行|开展|议程|日程|议题|项目).*(?:什么|哪|几[项个])"
    r"|(?:什么|哪|几[项个]).*(?:安排|排|审议|讨论|处理|进行|议程|日程|议题|项目)|有(?:什么|哪些)"
    r"|(?:列出|列举).*(?:议题|项目|日程|安排)|(?:议题|项目|日程|安排)[^,。?]{0,6}(?:列出|列一下)"
    r"|\b(?:what|which)\b.*\b(?:schedul\w*|planned|items?|agenda|programme|on for|on the)\b"
    r"|\b(?:what|which)\b.*\b(?:taken up|discuss\w*|consider\w*)"
    r"|\b(?:schedule|programme|items|timetable) (?:for|of|on)\b|\bwhat(?:'s| is| happens)\b",
    _FLAGS,
)


@dataclass(frozen=True)
class Row:
    """A row of the table: the day and the half of it in which an item is taken up."""

    unit: Unit
    month: int
    day: int
    weekday: int | None
    half: Half | None


def rows_of_day(question: str, units: Sequence[Unit]) -> list[Unit]:
    """The rows for the day, and the half of it, that a question names and asks the items of; none where it does not.

    Args:
        question: what is asked, plain; in any language.
        units: of one language version of one document.
    """
    if not _WHAT_IS_ON.search(question):
        return []
    rows = [row for unit in units if unit.kind == "table_row" and (row := _row(unit))]
    wanted = _days(question, rows)
    halves = {half for half, words in _HALVES.items() if words.search(question)}
    return [
        row.unit
        for row in rows
        if (row.month, row.day) in wanted and (not halves or row.half is None or row.half in halves)
    ]


def read_out(sentence: str, language: Language) -> str:
    """A sentence of an answer as it is shown: of a row the day, the time and the item, without the bars between them.

    Only the marks between the cells are other than in the text that is quoted.
    """
    cells = sentence.split(_PARTING)
    if len(cells) != len(("day", "time", "number", "item")):
        return sentence
    day, time, number, item = cells
    return f"{day}，{time}：{number} {item}" if language == "zh" else f"{day}, {time}: {number} {item}"


def _row(unit: Unit) -> Row | None:
    cells = unit.text.split(_PARTING)
    dates = _dates(cells[0])
    if len(cells) < len(("day", "time")) or not dates:
        return None
    (month, day), *_ = dates
    weekday = next((at for at, name in enumerate(_WEEKDAYS) if re.search(name, cells[0], _FLAGS)), None)
    # The time at which it begins says which half it is: "10 a.m.–1 p.m." is the morning.
    begins = [(found.start(), half) for half, words in _HALVES.items() if (found := words.search(cells[1]))]
    return Row(unit, month, day, weekday, min(begins)[1] if begins else None)


def _days(question: str, rows: Sequence[Row]) -> set[tuple[int, int]]:
    """The days, as month and day, that a question names; weekdays and "the first day" are those of the table."""
    if said := _dates(question):
        return set(said)
    days = list(dict.fromkeys((row.month, row.day) for row in rows))
    named = [at for at, name in enumerate(_WEEKDAYS) if re.search(name, question, _FLAGS)]
    if named:
        return {(row.month, row.day) for row in rows if row.weekday in named}
    if nth := _NTH_DAY.search(question):
        at = chinese_number(nth[1]) - 1 if nth[1] else _NTH.index(nth[2].lower())
        return set(days[at : at + 1])
    if _FIRST_DAY.search(question):
        return set(days[:1])
    return set(days[-1:]) if _LAST_DAY.search(question) else set()


def _dates(text: str) -> list[tuple[int, int]]:
    found = [match for pattern in _DATES for match in pattern.finditer(text)]
    return [
        (int(match["m"]) if match["m"].isdigit() else month_number(match["m"]), int(match["d"]))
        for match in sorted(found, key=lambda match: match.start())
    ]
