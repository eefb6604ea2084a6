"""Numbers as words: 二十一, eighth, July."""

from __future__ import annotations

import re

from corpus.numbers import english_numbers

_DIGITS = "一二三四五六七八九"
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
_ONES = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen".split()
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_WORD = rf"(?:(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_ONES[:9])}))?|{'|'.join(reversed(_ONES))}|eighteen|nineteen)"
_NTH = (
    rf"(?:(?:(?:{'|'.join(_TENS)})-)?(?:{'|'.join(_ORDINALS)})|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth"
    r"|eighteenth|nineteenth|twentieth|thirtieth|fortieth|\d{1,2}(?:st|nd|rd|th))"
)
_ORDINAL_PARAGRAPH_OF_ITEM = re.compile(
    rf"\b({_NTH})\s+(?:\w+\s+)?para(?:graph)?\s+(?:of|under|in)\s+(?:agenda\s+)?(item\s*\d{{1,2}}\s*(?:\([a-z]\))?)",
    re.I,
)
_ITEM_ORDINAL_PARAGRAPH = re.compile(
    rf"\b(item\s*\d{{1,2}}\s*(?:\([a-z]\))?)(?:\s+of\s+the\s+(?:\w+\s+){{0,3}}agenda)?,?\s+(?:the\s+)?({_NTH})\s+para(?:graph)?\b",
    re.I,
)
_ORDINAL_BEFORE = re.compile(
    rf"\b({_NTH})\s+(discussion\s+point|preambular\s+para(?:graph)?|operative\s+para(?:graph)?|point)\b", re.I
)
_WORD_BEHIND = re.compile(rf"\b(points?|para(?:graph)?s?\.?|items?|row|OP|PP|DP)\s+({_WORD})\b", re.I)
_ROMAN = "I II III IV V VI VII VIII IX X".split()
_MONTHS = "january february march april may june july august september october november december".split()

#: An English ordinal from first to twelfth, or 1st, 22nd and the like.
ENGLISH_ORDINAL = rf"(?:{'|'.join(_ORDINALS)}|\d{{1,2}}(?:st|nd|rd|th))"
_ORDINAL = re.compile(rf"\b{ENGLISH_ORDINAL}\b", re.I)
_MONTH = re.compile(r"\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b\.?(?=\s*\d|\s+of\b|[\s,?.]|$)", re.I)
_CHINESE_MONTH = re.compile(r"(?<!\d)(1[0-2]|[1-9])\s*月")
_CHINESE_ORDINAL = re.compile(r"第\s*([一二三四五六七八九十]{1,3}|\d{1,2})(?![一二三四五六七八九十百\d]|/|\s*[段条号])")


def chinese_number(text: str) -> int:
    """21 from "二十一" or "21"; 0 where it is no number below a hundred."""
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.partition("十")
    if not ten:
        return _DIGITS.find(text) + 1 if len(text) == 1 else 0
    return (_DIGITS.find(tens) + 1 if tens else 1) * 10 + (_DIGITS.find(ones) + 1 if ones else 0)


def chinese_ordinal(number: int) -> str:
    """八 for 8, 十一 for 11, 二十 for 20; for 1 to 99."""
    tens, ones = divmod(number, 10)
    ten = "" if not tens else ("十" if tens == 1 else f"{_DIGITS[tens - 1]}十")
    return ten + (_DIGITS[ones - 1] if ones else "")


def english_ordinal(number: int) -> str:
    """eighth for 8, 22nd for 22; for 1 to 99."""
    if number <= len(_ORDINALS):
        return _ORDINALS[number - 1]
    return f"{number}{'th' if number < 20 else ['th', 'st', 'nd', 'rd', *['th'] * 6][number % 10]}"


def ordinal_value(word: str) -> int:
    """8 for "eighth" or "8th"."""
    lower = word.lower()
    return _ORDINALS.index(lower) + 1 if lower.isalpha() else int(lower[:-2])


def roman_number(text: str) -> int:
    """2 from "II" or "2"; 0 where it is neither or above ten."""
    if text.isdigit():
        return int(text)
    return _ROMAN.index(text.upper()) + 1 if text.upper() in _ROMAN else 0


def to_roman(number: int) -> str:
    """II for 2; the figure itself above ten."""
    return _ROMAN[number - 1] if 1 <= number <= len(_ROMAN) else str(number)


def in_figures(text: str) -> str:
    """A question with the numbers of its references in figures: "point nine", "the fourth paragraph", 第廿四点."""
    text = text.replace("廿", "二十").replace("卅", "三十")
    text = _ORDINAL_PARAGRAPH_OF_ITEM.sub(lambda m: f"{m[2]}, para. {_value(m[1])}", text)
    text = _ITEM_ORDINAL_PARAGRAPH.sub(lambda m: f"{m[1]}, para. {_value(m[2])}", text)
    text = _ORDINAL_BEFORE.sub(lambda m: f"{m[2]} {_value(m[1])}", text)
    return _WORD_BEHIND.sub(lambda m: f"{m[1]} {_value(m[2])}", text)


def _value(words: str) -> str:
    return next(iter(english_numbers(words)), words)


def month_number(name: str) -> int:
    """7 for "July" or "jul"."""
    return [month[:3] for month in _MONTHS].index(name[:3].lower()) + 1


def dates_in_chinese(text: str) -> list[str]:
    """The months and ordinals of an English text as Chinese has them: July is 7月, eighth is 第八."""
    names = [month[:3] for month in _MONTHS]
    months = [
        f"{names.index(m[1].lower()) + 1}月" for m in _MONTH.finditer(text) if _is_month(m[0].rstrip(".").lower())
    ]
    return months + [f"第{chinese_ordinal(ordinal_value(m[0]))}" for m in _ORDINAL.finditer(text)]


def dates_in_english(text: str) -> list[str]:
    """The months and ordinals of a Chinese text as English has them: 7月 is July, 第八 is eighth."""
    months = [_MONTHS[int(m[1]) - 1] for m in _CHINESE_MONTH.finditer(text)]
    numbers = [chinese_number(m[1]) for m in _CHINESE_ORDINAL.finditer(text)]
    return months + [english_ordinal(number) for number in numbers if number]


def _is_month(word: str) -> bool:
    return len(word) == 3 or word == "sept" or word in _MONTHS
