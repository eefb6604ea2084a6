"""The numbers that a text says, in Chinese and in English, as the same words: ``20`` of 二十, twentieth and 20.

Months, weekdays and hours are words of their own (``July``, ``Monday``, ``3 p.m.``), so that 7月 is no 7.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable

_DIGITS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_HALVES = {"上午": "a.m.", "下午": "p.m.", "中午": "noon"}
_WEEK = "一二三四五六日"
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_MONTHS = "January February March April May June July August September October November December".split()
_NAMED = rf"(?<![A-Za-z])(?:{'|'.join(_DAYS + _MONTHS)})(?![A-Za-z])"
_TEENS = "thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_ONES = ["one", *"two three four five six seven eight nine ten eleven twelve".split(), *_TEENS]
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_WORDS = {word: at for words in (_ONES, _ORDINALS) for at, word in enumerate(words, 1)}
_WORDS |= {form: 10 * at for at, word in enumerate(_TENS, 2) for form in (word, word.replace("y", "ieth"))}
_WORDS |= {"both": 2}
_SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
_ROMAN = {numeral: at for at, numeral in enumerate("I II III IV V VI VII VIII IX X".split(), 1)}
# Numerals that count nothing: 十分 is very, 区域和国际两级 and its like name their two levels, 里约万岁 is Viva Rio.
_NO_COUNT = re.compile("十分|两级|两用|万岁")
# 一 alone is mostly no number (一个, 进一步); it is in 第一, 附件一 and as the number of a chapter or a part.
_NUMERAL = re.compile(
    r"[一二两三四五六七八九十百千万亿]{2,}|[二两三四五六七八九十]|(?<=第)一|(?<=附件)一|^一(?=\.)|(?<=\()一(?=\))"
)
# 5/4 and 16.4 are one number each; 1,045 is 1045; "2, 3 and 4" are three.
_FIGURE = re.compile(r"\d+(?:,\d{3}(?!\d)|[./]\d+)*")


def chinese_numbers(text: str) -> Counter[str]:
    """The numbers of a Chinese text and how often each is said."""
    rest = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    found: Counter[str] = Counter()
    rest = _count(found, rest, _NAMED, lambda m: m[0])
    rest = _count(found, rest, r"星期([一二三四五六日])", lambda m: _DAYS[_WEEK.index(m[1])])
    rest = _count(found, rest, r"(\d{1,2})月", lambda m: _MONTHS[int(m[1]) - 1])
    half = ""

    def hour(match: re.Match[str]) -> str:
        nonlocal half
        half = _HALVES.get(match[1] or "", half)
        return f"{match[2]} {half}"

    rest = _count(found, rest, r"(上午|下午|中午)?(\d{1,2})时", hour)
    rest = _count(found, rest, r"(\d[\d,.]*)[多余]?([万亿])", lambda m: _scaled(m[1], _UNITS[m[2]]))
    rest = _count(found, rest, _FIGURE.pattern, lambda m: m[0].replace(",", ""))
    rest = _NO_COUNT.sub(" ", rest)
    _count(found, rest, _NUMERAL.pattern, _numeral)
    return found


def english_numbers(text: str) -> Counter[str]:
    """The numbers of an English text, in figures, words, ordinals or Roman, and how often each is said."""
    rest = unicodedata.normalize("NFKC", text)
    found: Counter[str] = Counter()
    rest = _count(found, rest, _NAMED, lambda m: m[0])
    rest = re.sub(r"(\d{1,2})[–-](\d{1,2}) ([ap]\.m\.)", r"\1 \3 \2 \3", rest)
    rest = _count(found, rest, r"\d{1,2} (?:[ap]\.m\.|noon)", lambda m: m[0])
    scale = "|".join(_SCALES)
    rest = _count(found, rest, rf"(\d[\d,.]*) ({scale})\b", lambda m: _scaled(m[1], _SCALES[m[2]]))
    rest = _count(found, rest, _FIGURE.pattern, lambda m: m[0].replace(",", ""))
    compound = rf"\b({'|'.join(_TENS)})-({'|'.join(_ONES[:9] + _ORDINALS[:9])})\b"
    rest = _count(found, rest.lower(), compound, lambda m: str(_WORDS[m[1]] + _WORDS[m[2]]))
    rest = _count(found, rest, rf"\b(?:{'|'.join(_WORDS)})\b", lambda m: str(_WORDS[m[0]]))
    _count(found, rest, r"(?:(?<=chap\. )|(?<=chapter )|(?<=annex )|^)[ivx]+\b|(?<=\()[ivx]+(?=\))", _roman)
    return found


def _count(found: Counter[str], text: str, pattern: str, reading: Callable[[re.Match[str]], str]) -> str:
    """Counts each match as it is read and gives the text without the matches."""

    def take(match: re.Match[str]) -> str:
        found[reading(match)] += 1
        return " "

    return re.sub(pattern, take, text)


def _scaled(figure: str, scale: int) -> str:
    return f"{float(figure.replace(',', '')) * scale:.0f}"


def _numeral(match: re.Match[str]) -> str:
    total = section = digit = 0
    for character in match[0]:
        unit = _UNITS.get(character)
        if unit is None:
            digit = _DIGITS[character]
        elif unit < 10**4:
            section, digit = section + (digit or 1) * unit, 0
        else:
            total, section, digit = total + (section + digit) * unit, 0, 0
    return str(total + section + digit)


def _roman(match: re.Match[str]) -> str:
    return str(_ROMAN.get(match[0].upper(), match[0]))
