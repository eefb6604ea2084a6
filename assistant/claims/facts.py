"""Numbers, dates, document symbols and references of a text, by what they mean: 七月十六日 is 16 July."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from assistant.numerals import chinese_number, month_number
from corpus.numbers import chinese_numbers, english_numbers
from corpus.records import Language

_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_YEAR = r"(?:19|20)\d\d"
_TENS = r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
_ONES = r"(?:one|two|three|four|five|six|seven|eight|nine)"
_TEENS = r"(?:ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)"
_ORDINAL = (
    r"(?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth"
    r"|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth|fortieth|fiftieth)"
)
_WORD = rf"(?:{_TENS}(?:-{_ONES})?|{_TEENS}|{_ONES})"
_SCALE = r"(?:hundred|thousand|million|billion)"
_DATES: Final[dict[Language, re.Pattern[str]]] = {
    "en": re.compile(
        rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:\s*(?:and|to|–|-|,|or)\s*(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?)?\s+(?:of\s+)?(?P<m>{_MONTH})"
        rf"(?:,?\s+(?P<y>{_YEAR}))?"
        rf"|(?P<m3>{_MONTH})\s+(?P<d3>\d{{1,2}})(?!\d)(?:st|nd|rd|th)?(?:\s*(?:and|to|–|-)\s*(?P<d4>\d{{1,2}})(?!\d))?(?:,?\s+(?P<y3>{_YEAR}))?"
        rf"|(?P<m5>{_MONTH})(?:\s+(?:of\s+)?(?P<y5>{_YEAR}))?"
        rf"|(?<![\d./])(?P<y6>{_YEAR})(?:\s*(?:–|-|to)\s*(?P<y7>{_YEAR}))?(?![\d/]|[.,]\d)"
    ),
    "zh": re.compile(
        rf"(?:(?P<y>{_YEAR})\s*年)?\s*(?P<m>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])\s*月(?:份)?"
        r"(?:\s*(?P<d>\d{1,2}|[一二三]?十?[一二三四五六七八九]|[二三]?十)\s*[日号]?"
        r"(?:\s*(?:至|和|、|-|–|到)\s*(?:(?:1[0-2]|[1-9])\s*月\s*)?(?P<d2>\d{1,2})\s*[日号])?)?"
        rf"|(?<![\d./])(?P<y6>{_YEAR})(?:\s*年?\s*(?:至|-|–|到)\s*(?P<y7>{_YEAR}))?\s*(?:年|(?![\d/]|[.,]\d))"
    ),
}
_NUMBERS: Final[dict[Language, re.Pattern[str]]] = {
    "en": re.compile(
        r"(?-i:(?P<symbol>\b[A-Z][A-Z0-9.]*(?:/[A-Za-z0-9.]*[A-Za-z0-9])+|\b\d+/\d+/[A-Z]{2,}))"
        r"|(?<![\w.-])(?P<lettered>\d{1,3}\s?\([a-z]\)(?:\([ivx]+\))?)"
        r"|(?P<fraction>\b(?:three[- ]quarters?|one[- ]quarter|a quarter|(?:one )?half)\b)"
        r"|(?P<time>\b\d{1,2}(?:\.\d\d)?(?:\s?(?:[ap]\.m\.|noon))?(?:\s?(?:–|-|to)\s?\d{1,2}(?:\.\d\d)?)?\s?(?:[ap]\.m\.|noon))"
        rf"|(?<![\w.-])(?P<figure>\d+(?:,\d{{3}}(?!\d)|[./]\d+)*)(?P<scale> {_SCALE})?(?:st|nd|rd|th)?(?!\w)"
        r"|(?P<day>\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b)"
        rf"|(?P<scaled>\b(?:{_WORD}|a|several)\s{_SCALE}\b)"
        rf"|(?P<word>\b(?:{_TENS}-)?(?:{_ORDINAL}|{_WORD})\b)"
        r"|(?:(?<=chapter )|(?<=annex )|(?<=chapters ))(?-i:(?P<roman>[IVX]+))\b",
        re.IGNORECASE,
    ),
    "zh": re.compile(
        r"(?P<symbol>[A-Z][A-Z0-9.]*(?:/[A-Za-z0-9.]*[A-Za-z0-9])+|\d+/\d+/[A-Z]{2,})"
        r"|(?<![\d.-])(?P<lettered>\d{1,3}\([a-z]\))"
        r"|(?P<day>(?:星期|周)[一二三四五六日天])"
        r"|(?P<fraction>[一二两三四五六七八九十]分之[一二三四五六七八九十]|百分之[一二三四五六七八九十百\d.]+)"
        r"|(?P<time>(?:上午|下午|中午)\d{1,2}时(?:\s?(?:至|到|-|–)\s?(?:上午|下午|中午)?\d{1,2}时)?)"
        r"|(?<![A-Za-z\d.-])(?P<figure>\d+(?:,\d{3}(?!\d)|[./]\d+)*[多余几]?[万亿]?)(?!\d|D\b|D[^A-Za-z])"
        r"|(?P<word>(?<=第)[一二三四五六七八九十百]+|[一二两三四五六七八九十百千万亿]{2,}"
        r"|[二两三四五六七八九十](?=[个名位项次件国场届年月日天周条章节份类种者轮期款支]))"
    ),
}
# Numerals that count nothing: 十分 is very, 万一 if; 一一 one by one; 二十 within a longer word does not arise.
_NO_COUNT: Final = re.compile(r"十分|万一|一一|千万|两级|两用|一二")
_FRACTIONS: Final = {"three quarter": "75", "one quarter": "25", "a quarter": "25", "half": "50", "one half": "50"}

_DAYS: Final = "monday tuesday wednesday thursday friday saturday sunday".split()
FactKind = Literal["number", "date"]


@dataclass(frozen=True)
class Fact:
    """A number or date: what it means, as it stands in the text, and where."""

    kind: FactKind
    value: str
    surface: str
    start: int
    end: int


def facts(text: str, language: Language) -> tuple[Fact, ...]:
    """The numbers and dates of a text that was made ready, in order; a date's year, month and day are one.

    A date is ``2020-07-16``, with ``????`` or ``??`` for what it leaves open; a document symbol is as it stands; a
    number is in figures.
    """
    found: list[Fact] = []
    rest = list(text)
    for match in _DATES[language].finditer(text):
        for value in _dates(match, language):
            found.append(Fact("date", value, match[0].strip(), match.start(), match.end()))
        rest[match.start() : match.end()] = " " * (match.end() - match.start())
    left = "".join(rest)
    for gone in _NO_COUNT.finditer(left):
        rest[gone.start() : gone.end()] = " " * (gone.end() - gone.start())
    for match in _NUMBERS[language].finditer("".join(rest)):
        values = _times(match["time"], language) if match["time"] else [_number(match, language)]
        found += [Fact("number", value, match[0].strip(), match.start(), match.end()) for value in values if value]
    return tuple(sorted(found, key=lambda fact: fact.start))


def agrees(fact: Fact, other: Fact) -> bool:
    """Whether one fact stands in another: a date that leaves something open in one that does not."""
    if fact.kind != other.kind:
        # The year of an agenda or a directive is a number in one writing and a year in another.
        return fact.value.strip("-?") == other.value.strip("-?")
    if fact.kind == "number":
        return fact.value == other.value
    # What the other leaves open it does not deny: "on 16 July" in a paragraph whose year stands elsewhere.
    return all("?" in ours or "?" in theirs or ours == theirs for ours, theirs in _parts(fact, other))


def _parts(fact: Fact, other: Fact) -> list[tuple[str, str]]:
    return list(zip(fact.value.split("-"), other.value.split("-"), strict=True))


def _dates(match: re.Match[str], language: Language) -> list[str]:
    of = {key: value for key, value in match.groupdict().items() if value}
    if "y6" in of:
        return [f"{of[key]}-??-??" for key in ("y6", "y7") if key in of]
    name = of.get("m") or of.get("m3") or of.get("m5") or ""
    month = month_number(name) if language == "en" else chinese_number(name)
    year = of.get("y") or of.get("y3") or of.get("y5") or "????"
    days = [of[key] for key in ("d", "d2", "d3", "d4") if key in of]
    values = [chinese_number(day) if language == "zh" else int(day) for day in days]
    return [f"{year}-{month:02}-{day:02}" for day in values] or [f"{year}-{month:02}-??"]


def _times(text: str, language: Language) -> list[str]:
    """The hours of a span of time, the first of which may leave open which half of the day it is in."""
    if language == "zh":
        halves = {"上午": "a.m.", "下午": "p.m.", "中午": "noon"}
        half, found = "", []
        for match in re.finditer(r"(上午|下午|中午)?(\d{1,2})时", text):
            half = halves.get(match[1] or "", half)
            found.append(f"{match[2]} {half}")
        return found
    parts = re.findall(r"(\d{1,2}(?:\.\d\d)?)\s?([ap]\.m\.|noon)?", text, re.I)
    return [f"{hour} {(half or parts[-1][1]).lower()}" for hour, half in parts]


def _number(match: re.Match[str], language: Language) -> str:
    kind, surface = match.lastgroup or "", match[0].strip()
    if match.groupdict().get("figure"):
        kind = "figure"
    if kind == "day":
        return (
            _DAYS["一二三四五六日".index(surface[-1].replace("天", "日"))] if language == "zh" else surface.casefold()
        )
    if kind == "symbol":
        return surface.casefold()
    if kind == "lettered":
        return surface.replace(" ", "").casefold()
    if kind == "fraction":
        return _fraction(surface, language)
    if kind == "word" and surface.casefold() in {"one"}:
        # "One function of" counts nothing, and Chinese has no word for it.
        return ""
    if kind == "scaled":
        head, _, scale = surface.casefold().rpartition(" ")
        if head in {"a", "several"}:
            return ""
        return next(iter(english_numbers(f"{next(iter(english_numbers(head)), '')} {scale}")), "")
    if kind == "roman":
        return next(iter(english_numbers(f"chapter {surface}")), "")
    if kind == "word" and language == "zh" and match.string[match.start() - 1 : match.start()] == "第":
        return next(iter(chinese_numbers("第" + surface)), "")
    return next(iter((chinese_numbers if language == "zh" else english_numbers)(surface)), "")


def _fraction(surface: str, language: Language) -> str:
    """A share as a percentage, as the other way to write it has it."""
    if language == "en":
        return _FRACTIONS.get(surface.casefold().replace("-", " ").removesuffix("s"), "")
    whole, _, part = surface.partition("分之")
    if whole == "百":
        return part if part[:1].isdigit() else next(iter(chinese_numbers(part)), "")
    below, above = chinese_number(whole), chinese_number(part)
    return f"{100 * above / below:g}" if below else ""
