"""Dates as mastheads write them, in ISO form."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = "January February March April May June July August September October November December".split()
_MONTH = {name[:length].lower(): at for at, name in enumerate(_MONTHS, 1) for length in (3, len(name))}
_ENGLISH = re.compile(r"(\d{1,2})\s+([A-Z][a-z]{2,8})\.?\s+((?:19|20)\d\d)")
_AMERICAN = re.compile(r"([A-Z][a-z]{2,8})\.?\s+(\d{1,2}),\s+((?:19|20)\d\d)")
_CHINESE = re.compile(r"((?:19|20)\d\d)\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_CHINESE_NUMERALS = re.compile(
    r"([一二][〇○零一二三四五六七八九]{3})\s*年\s*([一二三四五六七八九十]{1,2})\s*月\s*([一二三四五六七八九十]{1,3})\s*日"
)
_ISO = re.compile(r"((?:19|20)\d\d)-(\d\d)-(\d\d)")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_DIGITS = {c: str(at) for at, c in enumerate("〇一二三四五六七八九")} | {"○": "0", "零": "0"}


def whole_date(line: str) -> str | None:
    """The date that a line is, and nothing else, as ``2020-08-04``; None where it is more or less than one date."""
    line = re.sub(r"\s+", " ", line).strip()
    if match := _CHINESE.fullmatch(line) or _ISO.fullmatch(line):
        return _iso(int(match[1]), int(match[2]), int(match[3]))
    if match := _CHINESE_NUMERALS.fullmatch(line):
        year = int("".join(_DIGITS[c] for c in match[1]))
        return _iso(year, _tens(match[2]), _tens(match[3]))
    if match := _ENGLISH.fullmatch(line):
        return _iso(int(match[3]), _MONTH.get(match[2].lower(), 0), int(match[1]))
    if match := _AMERICAN.fullmatch(line):
        return _iso(int(match[3]), _MONTH.get(match[1].lower(), 0), int(match[2]))
    return None


def year_in(line: str) -> str | None:
    """The only year that a line names, None where it names none or several."""
    years = set(_YEAR.findall(line))
    return years.pop() if len(years) == 1 else None


def _tens(numerals: str) -> int:
    before, ten, after = numerals.rpartition("十")
    if not ten:
        return int(_DIGITS.get(after, "0"))
    return (int(_DIGITS[before]) if before else 1) * 10 + (int(_DIGITS[after]) if after else 0)


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
