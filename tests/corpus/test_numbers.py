"""The reading of numbers that the comparison of translations rests on."""

from __future__ import annotations

import pytest

from corpus.numbers import chinese_numbers, english_numbers

# The same numbers in both languages, and what they are.
SAME = [
    ("五次全体会议", "five plenary meetings", "5"),
    ("第十一届会议", "the eleventh session", "11"),
    ("二十周年", "the twentieth anniversary", "20"),
    ("第二十二届会议", "the twenty-second session", "22"),
    ("20多万件武器", "more than 200,000 weapons", "200000"),
    ("10 亿件", "1 billion", "1000000000"),
    ("235,000 多件", "more than 235,000", "235000"),
    ("1，045 支", "1,045 firearms", "1045"),
    ("两项文书", "both instruments", "2"),
    ("两个单元", "two modules", "2"),
    ("第 5/4 号决议", "resolution 5/4", "5/4"),
    ("具体目标 16.4", "target 16.4", "16.4"),
    ("第四章", "chap. IV", "4"),
    ("四. 会议安排", "IV. Organization of the meeting", "4"),
    ("附件一", "Annex I", "1"),
    ("㈡相关议题文件", "(ii) relevant issue papers", "2"),
    ("7 月", "July", "July"),
    ("星期三", "Wednesday", "Wednesday"),
    ("上午10时", "10 a.m.", "10 a.m."),
    ("第4场会议", "its 4th meeting", "4"),
    ("75%", "75 per cent", "75"),
]


@pytest.mark.parametrize(("chinese", "english", "number"), SAME)
def test_both_languages_say_the_same_number(chinese: str, english: str, number: str) -> None:
    assert dict(chinese_numbers(chinese)) == {number: 1}
    assert dict(english_numbers(english)) == {number: 1}


def test_ranges_and_lists_are_each_of_their_numbers() -> None:
    assert chinese_numbers("下午 3 时至 6 时") == english_numbers("3–6 p.m.") == {"3 p.m.": 1, "6 p.m.": 1}
    assert chinese_numbers("上午10时至下午1时") == english_numbers("10 a.m.–1 p.m.") == {"10 a.m.": 1, "1 p.m.": 1}
    assert chinese_numbers("项目 2、3 和 4") == english_numbers("items 2, 3 and 4") == {"2": 1, "3": 1, "4": 1}
    assert chinese_numbers("2020年7月16日和17日") == english_numbers("16 and 17 July 2020")
    assert chinese_numbers("2020–2025 年") == english_numbers("2020–2025") == {"2020": 1, "2025": 1}


@pytest.mark.parametrize("text", ["进一步统一", "十分重视", "国际两级", "里约万岁", "零部件", "一个国家", "两用物品"])
def test_numerals_in_words_count_nothing(text: str) -> None:
    assert not chinese_numbers(text)


@pytest.mark.parametrize("text", ["maximum weight", "often done", "mayor", "stone", "marching", "a mixed civil case"])
def test_letters_in_words_count_nothing(text: str) -> None:
    assert not english_numbers(text)
