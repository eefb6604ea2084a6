"""Words for search: forms that readers take for the same are the same words."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from corpus.normal import normalise
from corpus.words import segmenter


def _words(text: str) -> list[str]:
    return segmenter().words(text)


SAME = [
    ("ＵＮＯＤＣ　２０２０年", "UNODC 2020年"),
    ("１，０４５ 支枪支", "1,045 支枪支"),
    ("1,045 支枪支", "1045支枪支"),
    ("235,000 多件", "235000多件"),
    ("福\u200b洛\u2060拜", "福洛拜"),
    ("\ufeff加密货币", "加密货币"),
    ("fire\u00adarms", "firearms"),
    ("2020 年 7 月 16 日", "2020年7月16日"),
    ("2021年 5月 10日", "2021 年 5 月 10 日"),
    ("弹药、 爆炸物", "弹药、爆炸物"),
    ("枪支 问题", "枪支问题"),
    ("加 密货 币", "加密货币"),
    ("第 35(a)段", "第35（a）段"),
    ("具体目标16.4", "具体目标 16.4"),
    ("Tracing firearms", "traced firearm"),
    ("RECORDS", "record"),
    ("the Chair's summaries", "the Chair’s summary"),
    ("《枪支议定书》", "枪支议定书"),
]
DIFFERENT = [("16.4", "164"), ("第5/4号", "第54号"), ("p21", "p22"), ("marking", "market"), ("2020年", "2021年")]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_forms_of_one_thing_are_the_same_words(one: str, other: str) -> None:
    assert _words(one) == _words(other) != []


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different_things_stay_different(one: str, other: str) -> None:
    assert _words(one) != _words(other)


def test_numbers_stay_whole() -> None:
    assert _words("1,045") == ["1045"]
    assert "16.4" in _words("具体目标 16.4，其中")
    assert "5/4" in _words("第 5/4 号决议")
    assert "1234567.5" in _words("1,234,567.5")


def test_a_long_chinese_word_gives_its_shorter_words_too() -> None:
    words = _words("有组织犯罪")
    assert "犯罪" in words
    assert "组织" in words


def test_punctuation_is_no_word() -> None:
    assert _words("，。《》“”（）;:!?—…  \n") == []
    assert _words("") == []


def test_english_words_are_lower_case_stems_in_order() -> None:
    assert _words("States continue marking") == ["state", "continu", "mark"]


def test_normalising_keeps_the_words_of_a_text() -> None:
    assert normalise("ＡＢＣ１２３，\u200b甲乙") == "ABC123,甲乙"
    assert normalise("枪支") == "枪支"


def test_eight_threads_get_the_words_of_one() -> None:
    texts = [
        f"nationalization of marking, tracing and {word}" for word in ("conflicting", "records", "reporting")
    ] * 300
    alone = [_words(text) for text in texts]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(_words, texts)) == alone
