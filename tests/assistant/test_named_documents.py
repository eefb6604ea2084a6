"""The documents that a question names, by title, alias, symbol, kind of text or meeting."""

from __future__ import annotations

import pytest

from assistant.naming import (
    mentions,
    named_documents,
    named_groups,
    names_unknown_meeting,
    straight,
    without_mentions,
)
from corpus.records import Document

AGENDA = "wg6-2021-agenda"
REPORT = "wg6-2020-report"
DRAFT = "cop10-2020-draft-resolution"
CHAIR = "wg6-2020-chair-summary"
BACKGROUND = "wg6-2014-background"


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("会议报告里谁发言了？", [REPORT]),
        ("报告讨论要点41", [REPORT]),
        ("What does the 2020 report say about tracing?", [REPORT]),
        ("CTOC/COP/WG.6/2020/4 第21段", [REPORT]),
        ("ctoc/cop/wg.6/2020/4, para. 21", [REPORT]),
        ("决议草案哪一段提到加密货币？", [DRAFT]),
        ("Which paragraph of the draft resolution mentions cryptocurrency?", [DRAFT]),
        ("主席的总结要点9", [CHAIR]),
        ("point 9 of the Chair's summary", [CHAIR]),
        ("point 9 of the CHAIR'S SUMMARY", [CHAIR]),
        ("point 9 of the Chair’s summary", [CHAIR]),
        ("秘书处背景文件提到哪些国家？", [BACKGROUND]),
        ("the 2014 background paper", [BACKGROUND]),
        ("临时议程说明中的第三项", [AGENDA]),
        ("provisional agenda of the eighth session", [AGENDA]),
        ("wg6-2021-agenda", [AGENDA]),
        ("会议报告与主席的总结有何不同？", [REPORT, CHAIR]),
        ("第八次会议何时开幕？", [AGENDA]),
    ],
)
def test_documents_are_known_by_their_names(documents: tuple[Document, ...], question: str, named: list[str]) -> None:
    assert sorted(named_documents(question, documents)) == sorted(named)


@pytest.mark.parametrize(
    "question",
    [
        "2012年5月销毁了多少支枪支？",
        "What happened in 2020?",
        "第10/2号决议说了什么？",
        "What does resolution 10/2 say?",
        "法国的首都是哪里？",
        "Did panellists from Mexico speak?",
        "Reporters and agendas",
        # A verb.
        "Which States report on tracing?",
        "How should States report that firearms were seized?",
        "Did the Secretariat report to the Conference?",
        "They decided to draft a law.",
        # The draft laws of States, and meetings of which there is no document.
        "Which States have draft legislation?",
        "1999年的会议",
        "COP 8",
        "缔约方会议第八届会议",
        "the eighth session of the Conference of the Parties",
    ],
)
def test_what_names_no_document(documents: tuple[Document, ...], question: str) -> None:
    assert named_documents(question, documents) == ()


def test_the_longest_name_wins(documents: tuple[Document, ...]) -> None:
    assert named_documents("枪支问题工作组会议报告", documents) == (REPORT,)
    assert named_documents("决议修订草案", documents) == (DRAFT,)
    assert named_documents("annotated provisional agenda", documents) == (AGENDA,)


def test_every_title_alias_and_symbol_names_its_document(documents: tuple[Document, ...]) -> None:
    lost = []
    for document in documents:
        names = [*document.aliases, document.short_titles.zh, document.short_titles.en, document.doc_id]
        for name in [*names, *([document.symbol] if document.symbol else [])]:
            for asked in (name, f"请看{name}。" if not name.isascii() else f"See {name}."):
                if document.doc_id not in named_documents(asked, documents):
                    lost.append(asked)
    assert lost == []


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("the Vienna report", [REPORT]),
        ("the group's report of the meeting", [REPORT]),
        ("report, para. 21", [REPORT]),
        ("What does this draft say?", [DRAFT]),
        ("the agenda of the May meeting", [AGENDA]),
        ("the secretariat's background document", [BACKGROUND]),
        ("the Chair's own summary", [CHAIR]),
        ("the chairperson's text", [CHAIR]),
        ("主席的文本", [CHAIR]),
        # A meeting, by year, month, session or number.
        ("2014年5月的会议讨论了什么？", [BACKGROUND]),
        ("2021年会议有哪些议题？", [AGENDA]),
        ("第二次会议讨论了什么？", [BACKGROUND]),
        ("the second session of the Working Group", [BACKGROUND]),
        ("10-12 May 2021", [AGENDA]),
        ("the 2014 meeting", [BACKGROUND]),
        ("COP10", [DRAFT]),
        ("缔约方会议第十届会议", [DRAFT]),
        ("第七次会议向缔约方会议提了建议吗？", [REPORT, CHAIR]),
        ("2020年7月的会议", [REPORT, CHAIR]),
        ("the meeting of July 2020", [REPORT, CHAIR]),
        # A year beside the name of a kind of text tells which, a year alone tells nothing.
        ("the 2021 agenda", [AGENDA]),
        ("2020年的报告", [REPORT]),
        ("What was destroyed in 2012?", []),
        # A meeting whose text is named is that text.
        ("2020年7月会议的报告", [REPORT]),
        ("第七次会议主席的总结", [CHAIR]),
    ],
)
def test_documents_are_known_by_their_kind_and_meeting(
    documents: tuple[Document, ...], question: str, named: list[str]
) -> None:
    assert sorted(named_documents(question, documents)) == sorted(named)


def test_each_name_has_its_documents_in_order(documents: tuple[Document, ...]) -> None:
    assert named_groups("How do the Chair's summary and the report differ?", documents) == ((CHAIR,), (REPORT,))
    assert named_groups("2020年7月的会议与第八次会议", documents) == ((REPORT, CHAIR), (AGENDA,))
    assert named_groups("报告,就是2020年会议报告", documents) == ((REPORT,),)
    assert named_groups("谁主持了会议？", documents) == ()


def test_a_resolution_that_is_cited_is_not_the_draft(documents: tuple[Document, ...]) -> None:
    assert named_documents("决议说了什么？", documents) == (DRAFT,)
    assert named_documents("第10/2号决议说了什么？", documents) == ()
    assert named_documents("草案与第10/2号决议有何不同？", documents) == (DRAFT,)
    assert named_documents("How does the draft differ from resolution 10/2?", documents) == (DRAFT,)


def test_a_mention_is_a_span_of_the_question(documents: tuple[Document, ...]) -> None:
    text = straight("第七次会议主席的总结 and the Chair’s summary")
    found = [(text[m.start : m.end], m.documents, m.by) for m in mentions(text, documents)]
    assert found == [
        ("第七次会议", (REPORT, CHAIR), "meeting"),
        ("主席的总结", (CHAIR,), "name"),
        ("Chair's summary", (CHAIR,), "name"),
    ]


@pytest.mark.parametrize(
    ("question", "unknown"),
    [
        ("第五次会议讨论了什么？", True),
        ("2016年的会议讨论了什么？", True),
        ("What did the fifth session discuss?", True),
        ("the 2016 meeting", True),
        ("COP 8", True),
        ("第八次会议何时开幕？", False),
        ("the eighth session", False),
        # No meeting, or none whose documents these would be.
        ("2016年销毁了多少支枪支？", False),
        ("What happened in May 2016?", False),
        ("2013年的区域会议在哪里举行？", False),
        ("the 2013 regional meeting", False),
        ("2013年的专家会议", False),
        ("第10/2号决议", False),
    ],
)
def test_meetings_of_which_there_is_no_document(documents: tuple[Document, ...], question: str, unknown: bool) -> None:
    assert names_unknown_meeting(question, documents) is unknown


def test_what_a_question_is_about_besides_its_documents(documents: tuple[Document, ...]) -> None:
    assert without_mentions("What does the 2014 background paper say of tracing?", documents) == (
        "What does the say of tracing?"
    )
    assert "加密货币" in without_mentions("决议草案提到加密货币吗？", documents)
    assert "草案" not in without_mentions("决议草案提到加密货币吗？", documents)
    assert without_mentions("第七次会议讨论了追查吗?", documents) == "讨论了追查吗?"
    assert without_mentions("谁主持了会议?", documents) == "谁主持了会议?"


def test_a_library_without_documents_names_none() -> None:
    assert named_documents("报告", ()) == ()
    assert without_mentions("the report", ()) == "the report"
    assert not names_unknown_meeting("谁主持了会议？", ())
