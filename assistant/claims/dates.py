"""Dates of a text, by what they mean: 7月中旬 is the middle of July, "the following year" the one behind the last."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from assistant.numerals import chinese_number, month_number
from corpus.records import Language

_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_YEAR = r"(?:19|20)\d\d"
_PATTERN: Final[dict[Language, re.Pattern[str]]] = {
    "en": re.compile(
        r"(?i:\b(?P<part>early|mid|late|(?:the )?(?:beginning|start|first half|middle|end) of))[- ](?:in )?"
        rf"(?P<m1>{_MONTH})\b(?!\s*\d{{1,2}}\b)(?:,?\s+(?:of\s+)?(?P<y1>{_YEAR}))?"
        rf"|(?P<d>\d{{1,2}})(?:st|nd|rd|th)?"
        rf"(?:\s*(?:and|to|through|until|–|-|,|or)\s*(?:the )?(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?)?"
        rf"\s+(?:of\s+)?(?P<m>{_MONTH})"
        rf"(?:,?\s+(?P<y>{_YEAR}))?"
        rf"|(?P<m3>{_MONTH})\s+(?P<d3>\d{{1,2}})(?!\d)(?:st|nd|rd|th)?(?:\s*(?:and|to|through|–|-)\s*(?P<d4>\d{{1,2}})(?!\d)(?:st|nd|rd|th)?)?(?:,?\s+(?P<y3>{_YEAR}))?"
        rf"|(?P<m5>{_MONTH})(?:\s+(?:of\s+)?(?P<y5>{_YEAR}))?"
        rf"|(?<![\d./])(?P<y6>{_YEAR})(?:\s*(?:–|-|to)\s*(?P<y7>{_YEAR}))?(?![\d/]|[.,]\d)"
        r"|(?i:\b(?:the (?P<next>following|next|subsequent)|(?P<later>one|a)) year(?(later) later)\b)"
        r"|(?i:\b(?:the (?P<last>previous|preceding|prior) year|(?P<before>the|a|one) year (?:before|earlier))\b)"
        r"|(?i:\b(?P<same>the same|that same|that) year\b)"
    ),
    "zh": re.compile(
        rf"(?:(?P<y>{_YEAR})\s*年)?\s*(?P<m>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])\s*月(?:份)?"
        r"(?:(?P<part>[上中下]旬|初|中(?=[,，、。；旬])|底|末)"
        r"|\s*(?P<d>\d{1,2}|[一二三]?十?[一二三四五六七八九]|[二三]?十)\s*[日号]?"
        r"(?:\s*(?:至|和|、|-|–|到)\s*(?:(?:1[0-2]|[1-9])\s*月\s*)?(?P<d2>\d{1,2})\s*[日号])?)?"
        rf"|(?<![\d./])(?P<y6>{_YEAR})(?:\s*年?\s*(?:至|-|–|到)\s*(?P<y7>{_YEAR}))?\s*(?:年|(?![\d/]|[.,]\d))"
        r"|(?P<next>次年|翌年|第二年|转年|下一年(?!度))|(?P<last>上一年|前一年|头一年)|(?P<same>同年)"
    ),
}
#: The days of a part of a month; what is early or late in it is not told to the day.
_PARTS: Final = {"early": range(1, 12), "mid": range(9, 22), "late": range(19, 32)}
_PART_WORDS: Final = {
    "early": ("early", "beginning", "start", "first half", "上旬", "初"),
    "mid": ("mid", "middle", "中旬", "中"),
    "late": ("late", "end", "下旬", "底", "末"),
}


def dates(text: str, language: Language) -> Iterator[tuple[re.Match[str], tuple[str, ...]]]:
    """Where a text names dates, and which, in order.

    Each is ``2020-07-16``, with ``????`` or ``??`` for what it leaves open and ``early``, ``mid`` or ``late`` for a
    part of a month. A year that is told by another stands for itself where the text has named the other before.
    """
    year = ""
    for match in _PATTERN[language].finditer(text):
        found = _values(match, language, year)
        if found:
            year = found[-1][:4] if found[-1][:4].isdigit() else year
            yield match, found


def same_date(ours: str, theirs: str) -> bool:
    """Whether two dates may be one: what either leaves open it does not deny."""
    (*months, day), (*months_there, day_there) = ours.split("-"), theirs.split("-")
    return _days(day, day_there) and all(
        "?" in one or "?" in other or one == other for one, other in zip(months, months_there, strict=True)
    )


def _days(day: str, other: str) -> bool:
    if day in _PARTS and other.isdigit():
        return int(other) in _PARTS[day]
    if other in _PARTS and day.isdigit():
        return int(day) in _PARTS[other]
    return "?" in day or "?" in other or day == other


def _values(match: re.Match[str], language: Language, last_year: str) -> tuple[str, ...]:
    of = {key: value for key, value in match.groupdict().items() if value}
    for keys, step in ((("next", "later"), 1), (("last", "before"), -1), (("same",), 0)):
        if any(key in of for key in keys):
            return (f"{int(last_year) + step}-??-??",) if last_year else ()
    if "y6" in of:
        return tuple(f"{of[key]}-??-??" for key in ("y6", "y7") if key in of)
    name = next(of[key] for key in ("m", "m1", "m3", "m5") if key in of)
    month = month_number(name) if language == "en" else chinese_number(name)
    year = next((of[key] for key in ("y", "y1", "y3", "y5") if key in of), "????")
    if part := of.get("part", "").casefold():
        part = next(part_of for part_of, words in _PART_WORDS.items() if any(word in part for word in words))
        return (f"{year}-{month:02}-{part}",)
    days = [of[key] for key in ("d", "d2", "d3", "d4") if key in of]
    values = [chinese_number(day) if language == "zh" else int(day) for day in days]
    return tuple(f"{year}-{month:02}-{day:02}" for day in values) or (f"{year}-{month:02}-??",)
