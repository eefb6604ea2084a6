"""Which questions set texts side by side, and what they compare."""

from __future__ import annotations

import pytest

from assistant.comparing import compares, without_comparing


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
