"""What a masthead states is told from what was inferred, each with the line it rests on."""

from __future__ import annotations

import pytest

from corpus.readers.assemble import read_form
from corpus.readers.dates import whole_date, year_in
from corpus.readers.furniture import SYMBOL, is_furniture, is_page_number, is_symbol
from corpus.readers.reading import Field, Masthead

ENGLISH = """United Nations
A/RES/75/1
General Assembly
Distr.: General
28 September 2020
Original: English
Seventy-fifth session
Agenda item 128
Declaration on the commemoration of the seventy-fifth anniversary of the United Nations

1. We, the Heads of State and Government, have assembled on 21 September 2020.
2. The United Nations was born out of the horrors of the Second World War.
3. In times of peace we have worked together to avoid conflict.
"""
CHINESE = """联合国
E/CN.15/2021/L.3/Rev.1
经济及社会理事会
Distr.: Limited
2021年5月19日
中文
原文：英文
预防犯罪和刑事司法委员会
第三十届会议
加强刑事司法系统

1. 秘书处依照要求编写了本报告。
2. 各国就本报告发表了意见。
3. 委员会注意到本报告。
"""


def _masthead(text: str, name: str = "a.txt") -> Masthead:
    return read_form(text.encode(), "text", name, None).masthead


def test_an_english_masthead_is_stated() -> None:
    assert _masthead(ENGLISH) == Masthead(
        symbol=Field("A/RES/75/1", "stated", "A/RES/75/1"),
        date=Field("2020-09-28", "stated", "28 September 2020"),
        session=Field("Seventy-fifth session", "stated", "Seventy-fifth session"),
        body=Field("General Assembly", "stated", "General Assembly"),
        title=Field(
            "Declaration on the commemoration of the seventy-fifth anniversary of the United Nations",
            "stated",
            "Declaration on the commemoration of the seventy-fifth anniversary of the United Nations",
        ),
        language=Field("en", "inferred", "We, the Heads of State and Government, have assembled on 21 September 2020."),
        distribution=Field("General", "stated", "Distr.: General"),
        original_language=Field("en", "stated", "Original: English"),
        kind=Field("other", "inferred", "General Assembly"),
    )


def test_a_chinese_masthead_is_stated() -> None:
    masthead = _masthead(CHINESE)
    assert masthead.symbol == Field("E/CN.15/2021/L.3/Rev.1", "stated", "E/CN.15/2021/L.3/Rev.1")
    assert masthead.date == Field("2021-05-19", "stated", "2021年5月19日")
    assert masthead.language == Field("zh", "stated", "中文")
    assert masthead.original_language == Field("en", "stated", "原文：英文")
    assert masthead.session == Field("第三十届会议", "stated", "第三十届会议")
    assert masthead.body == Field("经济及社会理事会", "stated", "经济及社会理事会")
    assert masthead.title == Field("加强刑事司法系统", "stated", "加强刑事司法系统")


def test_what_only_the_name_tells_is_inferred() -> None:
    masthead = _masthead("The meeting was opened on Monday. It was closed on Friday.", "CTOC_COP_WG.6_2020_4_E.txt")
    assert masthead.symbol == Field("CTOC/COP/WG.6/2020/4", "inferred", "CTOC_COP_WG.6_2020_4_E.txt")
    assert masthead.date == Field("2020", "inferred", "CTOC_COP_WG.6_2020_4_E.txt")
    assert masthead.title is not None
    assert masthead.title.status == "inferred"


def test_a_document_that_says_nothing_of_itself_is_said_to_say_nothing() -> None:
    masthead = _masthead("我们同意第A/RES/75/1号决议的内容，并请秘书处予以落实。", "notes.txt")
    assert (masthead.symbol, masthead.date, masthead.session, masthead.body, masthead.distribution) == (None,) * 5


@pytest.mark.parametrize(
    "symbol",
    ["CTOC/COP/WG.6/2020/4", "A/RES/75/1", "E/CN.15/2021/L.3/Rev.1", "S/2020/123", "A/CONF.192/15", "ST/AI/2013/4",
     "CEDAW/C/SR.1234", "A/RES/3201(S-VI)", "A/C.3/75/L.50/Add.1", "A/75/6 (Sect. 1)", "TD/B/EX(68)/2"],
)  # fmt: skip
def test_symbols_are_known_whole(symbol: str) -> None:
    if " " in symbol or "(S" in symbol or "EX(" in symbol:
        assert SYMBOL.search(symbol)
    else:
        assert is_symbol(symbol)


@pytest.mark.parametrize("line", ["and/or", "UNODC", "24/7", "10/2", "A/B", "http://un.org/a/1", "km/h"])
def test_other_words_with_strokes_are_no_symbols(line: str) -> None:
    assert not is_symbol(line)


@pytest.mark.parametrize(
    ("line", "date"),
    [("4 August 2020", "2020-08-04"), ("4 Aug 2020", "2020-08-04"), ("August 4, 2020", "2020-08-04"),
     ("2020 年 8 月 4 日", "2020-08-04"), ("二〇二〇年八月四日", "2020-08-04"),
     ("二○二○年十二月二十一日", "2020-12-21"),
     ("2020-08-04", "2020-08-04"), ("31 February 2020", None), ("16 and 17 July 2020", None),
     ("Vienna, 4 August 2020", None)],
)  # fmt: skip
def test_a_line_is_a_date_only_where_it_is_nothing_else(line: str, date: str | None) -> None:
    assert whole_date(line) == date


def test_a_year_is_told_only_where_there_is_one() -> None:
    assert year_in("Vienna, 26–28 May 2014") == "2014"
    assert year_in("2012-2014") is None


@pytest.mark.parametrize(
    "line",
    ["V.18-00932 (E)    020318    050318", "*1800932*", "请回收", "Please recycle", "Please recycle ♲", "V.20-04105",
     "V.20-04105   2/14", "____________"],
)  # fmt: skip
def test_job_numbers_bar_codes_and_their_like_are_furniture(line: str) -> None:
    assert is_furniture(line)


def test_page_numbers_are_told_from_numbered_text() -> None:
    assert all(is_page_number(line) for line in ("2/14", "- 2 -", "Page 2", "第2页"))
    assert not any(is_page_number(line) for line in ("2. The report", "2020", "第2段"))
