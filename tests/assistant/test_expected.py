"""The kind of thing that a question asks for, and whether a text holds one."""

from __future__ import annotations

import pytest

from assistant.expected import Expected, asks_for_every, asks_for_list, expected_kinds, fit, holds_person


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


@pytest.mark.parametrize(
    ("question", "several"),
    [
        ("哪些国家作了发言?", True),
        ("列出所有建议。", True),
        ("有多少项建议?", False),
        ("有什么建议?", True),
        ("Which countries made statements?", True),
        ("List the recommendations.", True),
        ("What are the recommendations?", True),
        ("谁主持了会议?", False),
        ("Which country sponsors it?", False),
        ("When does it open?", False),
    ],
)
def test_questions_for_several_things(question: str, several: bool) -> None:
    assert asks_for_list(question) is several


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("由 Gonzalo Fabián Medina Hernández 主持", True),
        ("The meeting was chaired by Karen Hall Smith.", True),
        ("墨西哥代表作了发言", False),
        ("The representative of South Africa spoke.", False),
        ("The Working Group on Firearms met.", False),
    ],
)
def test_whether_a_text_names_a_person(text: str, named: bool) -> None:
    assert holds_person(text) is named


@pytest.mark.parametrize(
    ("question", "every"),
    [
        ("列出报告中谈到弹药的所有要点。", True),
        ("草案里哪几段提到经费？", True),
        ("Everything the draft asks of States", True),
        ("Which paragraphs of the report mention ammunition?", True),
        ("List the requests to the Secretariat.", True),
        ("哪些国家作了发言？", False),
        ("How many weapons are seized every year?", False),
        ("Who all should be trained?", False),
    ],
)
def test_questions_for_every_paragraph(question: str, every: bool) -> None:
    assert asks_for_every(question) is every
