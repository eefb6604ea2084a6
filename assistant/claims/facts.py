"""Numbers, dates, document symbols and references of a text, by what they mean: 七月十六日 is 16 July."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from assistant.claims.dates import dates, same_date
from assistant.numerals import chinese_number
from corpus.numbers import chinese_numbers, english_numbers
from corpus.records import Language

_TENS = r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
_ONES = r"(?:one|two|three|four|five|six|seven|eight|nine)"
_TEENS = r"(?:ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)"
_ORDINAL = (
    r"(?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth"
    r"|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth|fortieth|fiftieth)"
)
_WORD = rf"(?:{_TENS}(?:-{_ONES})?|{_TEENS}|{_ONES})"
_SCALE = r"(?:hundred|thousand|million|billion)"
_SHARE = r"(?:third|quarter|fifth|sixth|seventh|eighth|ninth|tenth)"
_HALF_DAY = r"in the (?:morning|afternoon|evening)"
_HOUR = rf"(?:\d{{1,2}}(?:[.:]\d\d)?|{_TEENS}|{_ONES})"
_ZH_HALF, _ZH_HOUR = "(?:上午|早上|下午|中午|晚上?)", r"(?:\d{1,2}|十[一二]?|[一二两三四五六七八九])"
_NUMBERS: Final[dict[Language, re.Pattern[str]]] = {
    "en": re.compile(
        r"(?-i:(?P<symbol>\b[A-Z][A-Z0-9.]*(?:/[A-Za-z0-9.]*[A-Za-z0-9])+|\b\d+/\d+/[A-Z]{2,}))"
        r"|(?<![\w.-])(?P<lettered>\d{1,3}\s?\([a-z]\)(?:\([ivx]+\))?)"
        rf"|(?P<fraction>\b(?:{_ONES}[- ]{_SHARE}s|three[- ]quarter|(?:a|one)[- ]quarter|(?:a|one)[- ]{_SHARE}(?= of)"
        r"|(?:one )?half(?! a dozen))\b)"
        r"|(?P<dozen>\b(?:(?:half a|a|one|two|three|\d) )?dozen\b|\b(?:a )?pair of\b|\btwice\b(?! as))"
        rf"|(?P<spoken>\b{_HOUR}(?: o['’]clock)? {_HALF_DAY}|(?<!\d )\b(?:noon|midday)\b)"
        r"|(?P<time>\b\d{1,2}(?:\.\d\d)?(?:\s?(?:[ap]\.m\.|noon))?(?:\s?(?:–|-|to|until|till)\s?\d{1,2}(?:\.\d\d)?)?\s?(?:[ap]\.m\b\.?|noon\b))"
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
        r"|(?P<fraction>一半|半数|[一二两三四五六七八九十]分之[一二三四五六七八九十]|百分之[一二三四五六七八九十百\d.]+)"
        rf"|(?P<time>{_ZH_HALF}{_ZH_HOUR}[时点](?:\s?(?:至|到|-|–)\s?{_ZH_HALF}?{_ZH_HOUR}[时点])?)"
        r"|(?<![A-Za-z\d.-])(?P<figure>\d+(?:,\d{3}(?!\d)|[./]\d+)*[多余几]?[万亿]?)(?!\d|D\b|D[^A-Za-z])"
        r"|(?P<word>(?<=第)[一二三四五六七八九十百]+|[一二两三四五六七八九十百千万亿]{2,}"
        r"|[二两三四五六七八九十](?=[个名位项次件国场届年月日天周条章节份类种者轮期款支]|小时))"
    ),
}
# Numerals that count nothing: 十分 is very, 万一 if; 一一 one by one; 二十 within a longer word does not arise.
_NO_COUNT: Final = re.compile(r"十分|万一|一一|千万|两级|两用|一二")
_SHARES: Final = {"quarter": 4, "third": 3}
_DOZENS: Final = {"half a": 6, "a": 12, "one": 12, "": 12, "two": 24, "three": 36}

_DAYS: Final = "monday tuesday wednesday thursday friday saturday sunday".split()
_ZH_HALVES: Final = {"上午": "a.m.", "早上": "a.m.", "下午": "p.m.", "晚": "p.m.", "晚上": "p.m.", "中午": "noon"}
FactKind = Literal["number", "date"]


@dataclass(frozen=True)
class Fact:
    """A number or date: what it means, as it stands in the text, and where."""

    kind: FactKind
    value: str
    surface: str
    start: int
    end: int
    #: Whether it says the how manieth something is, and not how many there are.
    ordinal: bool = False


def facts(text: str, language: Language) -> tuple[Fact, ...]:
    """The numbers and dates of a text that was made ready, in order; a date's year, month and day are one.

    A date is ``2020-07-16``, with ``????`` or ``??`` for what it leaves open; a document symbol is as it stands; a
    number is in figures.
    """
    found: list[Fact] = []
    rest = list(text)
    for match, values in dates(text, language):
        for value in values:
            found.append(Fact("date", value, match[0].strip(), match.start(), match.end()))
        rest[match.start() : match.end()] = " " * (match.end() - match.start())
    left = "".join(rest)
    for gone in _NO_COUNT.finditer(left):
        rest[gone.start() : gone.end()] = " " * (gone.end() - gone.start())
    for match in _NUMBERS[language].finditer("".join(rest)):
        read = _times(match["time"], language) if match["time"] else [_number(match, language)]
        found += [
            Fact("number", value, match[0].strip(), match.start(), match.end(), _is_ordinal(match))
            for value in read
            if value
        ]
    return tuple(sorted(found, key=lambda fact: fact.start))


def _is_ordinal(match: re.Match[str]) -> bool:
    ahead = match.string[match.start() - 1 : match.start()]
    return ahead == "第" or re.search(r"(?:second|third|\dst|\dnd|\drd|th)$", match[0], re.I) is not None


def agrees(fact: Fact, other: Fact) -> bool:
    """Whether one fact stands in another: a date that leaves something open in one that does not."""
    if fact.kind != other.kind:
        # The year of an agenda or a directive is a number in one writing and a year in another.
        return fact.value.strip("-?") == other.value.strip("-?")
    if fact.kind == "number":
        return fact.value == other.value
    return same_date(fact.value, other.value)


def _times(text: str, language: Language) -> list[str]:
    """The hours of a span of time, the first of which may leave open which half of the day it is in."""
    if language == "zh":
        half, found = "", []
        for match in re.finditer(rf"({_ZH_HALF})?({_ZH_HOUR})[时点]", text):
            half = _ZH_HALVES.get(match[1] or "", half)
            found.append(f"{chinese_number(match[2].replace('两', '二'))} {half}")
        return found
    parts = re.findall(r"(\d{1,2}(?:\.\d\d)?)\s?([ap]\.m|noon)?", text, re.I)
    halves = {"a.m": "a.m.", "p.m": "p.m."}
    ends = [(hour, (half or parts[-1][1]).lower()) for hour, half in parts]
    return [f"{hour} {halves.get(half, half)}" for hour, half in ends]


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
    if kind == "dozen":
        many = surface.casefold().removesuffix("dozen").strip()
        if not surface.casefold().endswith("dozen"):
            return "2"
        return str(12 * int(many) if many.isdigit() else _DOZENS[many])
    if kind == "spoken":
        hour, _, half = surface.casefold().partition(" ")
        if not half:
            return "12 noon"
        hour = hour.replace(":", ".") if hour[0].isdigit() else next(iter(english_numbers(hour)))
        return f"{hour} {'a.m.' if half.endswith('morning') else 'p.m.'}"
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
        words = surface.casefold().replace("-", " ").split()
        if words[-1] == "half":
            return "50"
        above = 1 if words[0] in {"a", "one"} else int(next(iter(english_numbers(words[0]))))
        share = words[-1].removesuffix("s")
        below = _SHARES.get(share) or int(next(iter(english_numbers(share))))
        return f"{100 * above / below:g}"
    if surface in {"一半", "半数"}:
        return "50"
    whole, _, part = surface.partition("分之")
    if whole == "百":
        return part if part[:1].isdigit() else next(iter(chinese_numbers(part)), "")
    below, above = chinese_number(whole), chinese_number(part)
    return f"{100 * above / below:g}" if below else ""
