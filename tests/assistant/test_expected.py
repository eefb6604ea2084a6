"""The kind of thing that a question asks for, and whether a text holds one."""

from __future__ import annotations

import pytest

from assistant.expected import Expected, expected_kinds, fit


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("第八次会议何时开幕？", {"date"}),
        ("会议几点开始？", {"time"}),
        ("第八次会议到底是哪天几点开幕？", {"date", "time"}),
        ("2012年5月销毁了多少支枪支？", {"number"}),
        ("有几个国家发言？", {"number"}),
        ("谁主持了2020年7月的会议？", {"person"}),
        ("哪位代表提到了资产？", {"person"}),
        ("When was the report adopted?", {"date"}),
        ("What time does the meeting open?", {"time"}),
        ("In which year was it adopted?", {"date"}),
        ("How many tracing requests did South Africa report?", {"number"}),
        ("Who chaired the meeting?", {"person"}),
        ("哪些国家作了发言？", set()),
        ("What does the draft say of record-keeping?", set()),
        ("The whole of it, whenever", set()),
    ],
)
def test_what_a_question_asks_for(question: str, kinds: set[str]) -> None:
    assert set(expected_kinds(question)) == kinds


@pytest.mark.parametrize(
    ("kind", "text", "holds"),
    [
        ("date", "会议于2021年5月10日举行", True),
        ("date", "The meeting was held in July", True),
        ("date", "会议在维也纳举行", False),
        ("time", "上午 10 时开幕", True),
        ("time", "opens at 10 a.m.", True),
        ("time", "第10段", False),
        ("number", "销毁了 1,045 支枪支", True),
        ("number", "三个国家", True),
        ("number", "提交了1 200 tracing requests", True),
        ("number", "《枪支议定书》第8条，2014年", False),
    ],
)
def test_whether_a_text_holds_it(kind: Expected, text: str, holds: bool) -> None:
    assert fit(kind, text, ()) == float(holds)


def test_a_person_beside_a_word_of_the_question_fits_better_than_one_further_down() -> None:
    beside = fit("person", "会议由 Víctor Medina Hernández 主持。", ("主持",))
    further = fit("person", "会议有人主持。出席的有各缔约国、签署国和观察员，以及 Karen Hall Smith。", ("主持",))
    none = fit("person", "会议在维也纳主持召开。", ("主持",))
    assert beside > further > none == 0.0
