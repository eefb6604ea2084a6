"""Which questions set texts side by side, and what they compare."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.comparing import Side, asks_for_two, compares, counterparts, pairs_texts, sides, without_comparing
from assistant.retrieve import Passage
from assistant.words import WordIndex
from corpus.library import Library
from corpus.records import Document, Unit


@pytest.mark.parametrize(
    "question",
    [
        "报告要点9与主席的总结要点8有何不同?",
        "草案与第10/2号决议的措辞是否一致?",
        "两份文件对3D打印的说法一样吗?",
        "与主席的总结相比,报告改了什么? 有改动吗?",
        "How do the report and the Chair's summary differ on tracing?",
        "Compare point 8 of the Chair's summary with point 9 of the report.",
        "Is the wording the same in both?",
        "report versus summary",
    ],
)
def test_questions_that_compare(question: str) -> None:
    assert compares(question)


@pytest.mark.parametrize(
    "question",
    [
        "2012年5月销毁了多少支枪支?",
        "哪些国家作了发言?",
        "What does the draft say of marking?",
        "Who chaired the meeting?",
        "Which States made statements?",
    ],
)
def test_questions_that_do_not(question: str) -> None:
    assert not compares(question)
    assert without_comparing(question) == question


def test_what_is_left_is_what_is_compared() -> None:
    assert without_comparing("How do the two texts differ on tracing?") == "How do the two texts on tracing?"
    assert "3D打印" in without_comparing("报告与总结对3D打印的说法有何不同?")
    assert not compares(without_comparing("报告与总结对3D打印的说法有何不同?"))


@pytest.mark.parametrize(
    "question",
    [
        "关于销毁枪支，会议报告与决议草案各自怎么写？",
        "会议报告和主席的总结里，哪些要点谈到弹药？",
        "主席的总结要求几年内完成？报告呢？",
        "What is said of ammunition in the report and in the draft resolution?",
        "Which deadline do the report's points set, and which does the Chair's summary set?",
        "Marking, according to the report and according to the Chair?",
    ],
)
def test_two_texts_that_are_named_as_a_pair(question: str, documents: tuple[Document, ...]) -> None:
    assert pairs_texts(question, documents)


@pytest.mark.parametrize(
    "question",
    [
        "决议草案请谁为工作组编写会议报告？",
        "会议报告怎么说销毁枪支？",
        "Does the draft resolution ask the Secretariat to publish the meeting's report?",
        "What do the report's discussion points say of marking and tracing?",
    ],
)
def test_one_text_beside_another_is_no_pair(question: str, documents: tuple[Document, ...]) -> None:
    assert not pairs_texts(question, documents)


def test_the_part_that_is_named_beside_a_text_is_its_side(documents: tuple[Document, ...]) -> None:
    draft, report = ("cop10-2020-draft-resolution",), ("wg6-2020-report",)
    points, preamble = frozenset({"discussion_point"}), frozenset({"preambular"})
    assert sides("决议草案序言与会议报告的讨论要点有何不同？", documents) == (
        Side(draft, preamble),
        Side(report, points),
    )
    assert sides("Compare the preamble of the draft resolution with the meeting's report.", documents) == (
        Side(draft, preamble),
        Side(report),
    )


@pytest.mark.parametrize(
    ("question", "two"),
    [
        ("Compare what Brazil and Italy said of tracing.", True),
        ("How many signatories versus how many observers?", True),
        ("两国代表的说法有何不同？", True),
        ("How did each State amend its laws?", False),
        ("How short could a changed programme be?", False),
        ("哪些国家修改了法律？", False),
    ],
)
def test_questions_that_need_two_passages(question: str, two: bool) -> None:
    assert asks_for_two(question) == two


def test_a_side_is_found_by_what_the_other_says(tmp_path: Path) -> None:
    def passage(doc: str, anchor: str, text: str, score: float) -> Passage:
        return Passage(Unit(doc, anchor, "paragraph", "1", (), "en", text, 1), score, 0.0, 0.0, 0.0, {})

    here = passage("one", "p1", "Penguins eat krill near the coast.", 1.0)
    near = passage("two", "p1", "The committee met twice.", 0.6)
    same = passage("two", "p2", "Penguins eat krill and squid.", 0.5)
    index = WordIndex(Library.open(tmp_path))
    assert counterparts([[here], [near, same]], index, likeness=1.0) == [here, same]
    assert counterparts([[here], [near, same]], index, likeness=0.0) == [here, near]
