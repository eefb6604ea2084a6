"""The rows of a table of work for the day that is asked about, and how a row reads."""

from __future__ import annotations

import pytest

from assistant.schedule import read_out, rows_of_day
from corpus.records import Language, Unit

ENGLISH = (
    "Tuesday, 4 June | 10 a.m.–1 p.m. | 1 | Penguins",
    "Tuesday, 4 June | 3–6 p.m. | 2 | Seals",
    "Thursday, 6 June | 10 a.m.–1 p.m. | 3 | Whales",
)
CHINESE = (
    "6月 4日，星期二 | 上午 10 时至下午 1 时 | 1 | 企鹅",
    "6月 4日，星期二 | 下午 3 时至 6 时 | 2 | 海豹",
    "6月 6日，星期四 | 上午 10 时至下午 1 时 | 3 | 鲸",
)


def table(texts: tuple[str, ...], language: Language) -> list[Unit]:
    rows = [
        Unit("doc", f"annex.r{n}", "table_row", str(n), ("Annex",), language, text, n) for n, text in enumerate(texts)
    ]
    return [Unit("doc", "p1", "paragraph", "1", (), language, "6月 4日 4 June", 9), *rows]


@pytest.mark.parametrize(
    ("question", "items"),
    [
        ("What is scheduled for 4 June?", ["Penguins", "Seals"]),
        ("Which items are taken up on the afternoon of June 4th?", ["Seals"]),
        ("What is planned for Thursday morning?", ["Whales"]),
        ("What is on the agenda on the last day?", ["Whales"]),
        ("Which items are discussed on the first day?", ["Penguins", "Seals"]),
        ("6月4日上午安排了哪些议题？", ["Penguins"]),
        ("What is scheduled for 5 June?", []),
        ("When are seals discussed?", []),
        ("What is scheduled for 4 July?", []),
    ],
)
def test_rows_of_the_day_that_is_asked_about(question: str, items: list[str]) -> None:
    assert [unit.text.split(" | ")[3] for unit in rows_of_day(question, table(ENGLISH, "en"))] == items


@pytest.mark.parametrize(
    ("question", "items"),
    [
        ("6月4日安排了哪些议程项目？", ["企鹅", "海豹"]),
        ("6月4号下午讨论什么？", ["海豹"]),
        ("星期四上午排了哪几项？", ["鲸"]),
        ("第二天审议什么？", ["鲸"]),
        ("What is scheduled for the morning of 4 June?", ["企鹅"]),
        ("海豹排在6月4日？", []),
    ],
)
def test_rows_in_chinese(question: str, items: list[str]) -> None:
    assert [unit.text.split(" | ")[3] for unit in rows_of_day(question, table(CHINESE, "zh"))] == items


def test_a_row_is_read_without_its_bars() -> None:
    assert read_out(ENGLISH[1], "en") == "Tuesday, 4 June, 3–6 p.m.: 2 Seals"
    assert read_out(CHINESE[1], "zh") == "6月 4日，星期二，下午 3 时至 6 时：2 海豹"
    assert read_out("Penguins | seals", "en") == "Penguins | seals"
    assert read_out("Penguins eat krill.", "en") == "Penguins eat krill."
