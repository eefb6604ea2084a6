"""How real questions are answered: comparisons, premises, points by number, and numbers that are not there."""

from __future__ import annotations

import pytest

from assistant import Assistant
from assistant.answer import Answer

PAPER = "wg6-2014-background"
DRAFT, CHAIR, REPORT = "cop10-2020-draft-resolution", "wg6-2020-chair-summary", "wg6-2020-report"


def cited(answer: Answer) -> list[str]:
    return [citation.anchor for citation in answer.citations]


def check_quotes(answer: Answer) -> None:
    for citation in answer.citations:
        assert citation.text[citation.start : citation.end] == citation.quote
    assert {n for sentence in answer.sentences for n in sentence.citations} == {c.n for c in answer.citations}


@pytest.mark.parametrize(
    ("question", "anchor", "says"),
    [
        ("2020年的讨论要点是谈判通过的吗？", f"{REPORT}#p6", "未经逐行谈判和最后通过"),
        (
            "Were the discussion points of the 2020 report adopted?",
            f"{REPORT}#p6",
            "had not been negotiated line by line",
        ),
        ("工作组2020年7月的会议通过了哪些建议？", f"{REPORT}#p5", "决定不通过建议"),
        (
            "What recommendations did the Working Group adopt in July 2020?",
            f"{REPORT}#p5",
            "decided not to adopt recommendations",
        ),
        ("决议草案是何时通过的？", f"{DRAFT}#head", "决议修订草案"),
        ("When was the draft resolution adopted?", f"{DRAFT}#head", "revised draft resolution"),
        ("Is the Chair's summary legally binding?", f"{CHAIR}#head", "Chair’s summary"),
        ("主席的总结是谈判达成的吗？", f"{CHAIR}#head", "主席的总结"),
        ("2020年7月会议达成的关于暗网的协议怎么写？", f"{REPORT}#p6", "未经逐行谈判和最后通过"),
        ("Delegates signed off chapter III of the report, so what is binding?", f"{REPORT}#p7", "not negotiated"),
    ],
)
def test_a_false_premise_is_denied_first(assistant: Assistant, question: str, anchor: str, says: str) -> None:
    answer = assistant.ask(question)
    assert not answer.abstained
    assert answer.citations[0].anchor == anchor
    assert says in answer.sentences[0].text
    check_quotes(answer)


@pytest.mark.parametrize(
    ("question", "anchor"),
    [
        # The report that lists the points was adopted, and its paragraph says so.
        ("工作组何时通过了会议报告？", f"{REPORT}#p46"),
        # "Through" and "record-keeping" presume nothing.
        ("决议草案哪一段提到加密货币？", f"{DRAFT}#op14"),
        ("谁主持了2020年7月的会议？", f"{REPORT}#p26"),
        # What a text tells of others was adopted, and what a point itself recommends is asked for.
        ("What treaty did the General Assembly adopt, according to the 2014 background paper?", f"{PAPER}#p6"),
        ("2020年报告的讨论要点39建议使用哪些数据库？", f"{REPORT}#dp39"),
    ],
)
def test_no_premise_is_denied_where_there_is_none(assistant: Assistant, question: str, anchor: str) -> None:
    assert assistant.ask(question).citations[0].anchor == anchor


@pytest.mark.parametrize(
    ("question", "anchors"),
    [
        ("会议报告讨论要点10与主席的总结要点9有何不同？", [f"{REPORT}#dp10", f"{CHAIR}#dp9"]),
        (
            "How does point 8 of the Chair's summary differ from discussion point 9 of the report?",
            [f"{CHAIR}#dp8", f"{REPORT}#dp9"],
        ),
        ("Compare points 8 and 9 of the Chair's summary.", [f"{CHAIR}#dp8", f"{CHAIR}#dp9"]),
    ],
)
def test_points_that_are_compared_stand_whole_side_by_side(
    assistant: Assistant, question: str, anchors: list[str]
) -> None:
    answer = assistant.ask(question)
    assert sorted(cited(answer)) == sorted(anchors)
    assert all(citation.quote == citation.text for citation in answer.citations)
    check_quotes(answer)


@pytest.mark.parametrize(
    ("question", "documents"),
    [
        ("报告和主席的总结对3D打印的表述有什么不同？", {REPORT, CHAIR}),
        ("How do the report and the Chair's summary differ on 3D printing?", {REPORT, CHAIR}),
        ("3D打印枪支，报告讨论要点和主席的总结各怎么写？", {REPORT, CHAIR}),
        ("3D printing of guns: report versus Chair's summary", {REPORT, CHAIR}),
    ],
)
def test_a_comparison_by_topic_has_a_passage_of_each_side(
    assistant: Assistant, question: str, documents: set[str]
) -> None:
    answer = assistant.ask(question)
    assert {citation.document.id for citation in answer.citations} == documents
    assert all("3D" in citation.text for citation in answer.citations)


@pytest.mark.parametrize(
    ("question", "anchors", "note"),
    [
        ("报告讨论要点44和99说了什么？", [f"{REPORT}#dp44"], "2020年会议报告中没有讨论要点99。"),
        (
            "What do discussion points 44 and 99 of the report say?",
            [f"{REPORT}#dp44"],
            "There is no discussion point 99 in the report of the 2020 meeting.",
        ),
    ],
)
def test_references_that_are_partly_missing(assistant: Assistant, question: str, anchors: list[str], note: str) -> None:
    answer = assistant.ask(question)
    assert cited(answer) == anchors
    assert answer.citations[0].quote == answer.citations[0].text
    assert answer.notes == (note,)
    assert not answer.abstained


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("讨论要点99说了什么？", "没有讨论要点99"),
        ("What does discussion point 99 of the report say?", "There is no discussion point 99 in the report"),
    ],
)
def test_a_number_that_is_not_there_is_not_answered_by_another(
    assistant: Assistant, question: str, reason: str
) -> None:
    answer = assistant.ask(question)
    assert answer.abstained
    assert answer.confidence == 0.0
    assert reason in (answer.reason or "")
    assert answer.leads


@pytest.mark.parametrize(
    ("question", "anchor"),
    [
        ("决议草案第6段说了什么？", f"{DRAFT}#op6"),
        ("What does the draft's paragraph 6 say?", f"{DRAFT}#op6"),
        ("para. 21 of the 2020 report", f"{REPORT}#p21"),
    ],
)
def test_what_is_asked_for_by_number_is_quoted_whole(assistant: Assistant, question: str, anchor: str) -> None:
    answer = assistant.ask(question)
    assert cited(answer) == [anchor]
    assert answer.citations[0].quote == answer.citations[0].text
    assert answer.notes == ()


def test_a_paragraph_of_a_resolution_that_is_only_cited_is_where_it_is_cited(assistant: Assistant) -> None:
    for question in ("第10/2号决议第16段说了什么？", "What does paragraph 16 of resolution 10/2 ask for?"):
        assert assistant.ask(question).citations[0].anchor == "wg6-2021-agenda#item3.2", question


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("《枪支议定书》第八条有什么要求？", "“第八条”"),
        ("What did the fifth session discuss?", "“fifth session”"),
        ("2020年的会议花费了多少钱？", "金额"),
        ("我国应支持决议草案吗？", "不提供意见"),
        ("Should we support the draft resolution?", "not views"),
    ],
)
def test_what_the_documents_do_not_say_is_said_with_its_reason(
    assistant: Assistant, question: str, reason: str
) -> None:
    answer = assistant.ask(question)
    assert answer.abstained
    assert reason in (answer.reason or "")
    assert 1 <= len(answer.leads) <= 3


def test_every_number_that_is_not_there_is_said(assistant: Assistant) -> None:
    answer = assistant.ask("讨论要点99写了什么？第888段写了什么？")
    assert answer.abstained
    assert {answer.reason, *answer.notes} == {"各份文件中没有讨论要点99。", "各份文件中没有第888段。"}


def test_a_reason_is_in_the_language_of_the_reader(assistant: Assistant) -> None:
    answer = assistant.ask("讨论要点99说了什么？", language="en")
    assert answer.reason == "There is no discussion point 99 in any document of the library."


def test_an_answer_keeps_to_the_documents_it_may_use(assistant: Assistant) -> None:
    answer = assistant.ask("讨论要点10说了什么？", documents=[CHAIR])
    assert cited(answer) == [f"{CHAIR}#dp10"]


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("2021年5月11日下午安排了哪些议题？", [6, 7]),
        ("Which items are scheduled for the afternoon of 11 May 2021?", [6, 7]),
        ("What is planned for the last day of the May 2021 meeting? All items, please.", [8, 9]),
    ],
)
def test_all_rows_of_the_day_that_is_asked_about_are_one_answer(
    assistant: Assistant, question: str, rows: list[int]
) -> None:
    answer = assistant.ask(question)
    assert cited(answer) == [f"wg6-2021-agenda#annex.r{row}" for row in rows]
    check_quotes(answer)


@pytest.mark.parametrize(
    "question",
    ["2020年7月的会议通过了哪些建议?", "Which recommendations did the July 2020 meeting adopt?"],
)
def test_a_denied_premise_about_a_meeting_alone_is_answered_by_the_denial_alone(
    assistant: Assistant, question: str
) -> None:
    assert [citation.anchor for citation in assistant.ask(question).citations] == ["wg6-2020-report#p5"]
