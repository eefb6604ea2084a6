"""What did they say: answered from the ledger where it is sure; who is only listed is said to be."""

from __future__ import annotations

import pytest

from assistant import Assistant

REPORT = "wg6-2020-report"


@pytest.mark.parametrize(
    ("question", "reason", "lead"),
    [
        ("法国在2020年会议上对追查问题说了什么？",
         "法国：2020年会议报告将其列为出席会议者（第39段），未记录其发言内容。", "p39"),
        ("What did France say about tracing?",
         "France: the report of the 2020 meeting lists it as having attended (para. 39); it does not record what was "
         "said.", "p39"),
        ("What did Germany actually say?",
         "Germany: the report of the 2020 meeting lists it as having made a general statement (para. 30) and as having "
         "attended (para. 40); it does not record what was said.", "p30"),
        ("印度对零部件有什么立场？",
         "印度：2020年会议报告将其列为作一般性发言者（第29段）、出席会议者（第39段），未记录其发言内容。", "p29"),
        # The letter of the Group of 77 and China is not China's.
        ("中国说了什么？",
         "中国：2020年会议报告将其列为作一般性发言者（第30段）、出席会议者（第40段），未记录其发言内容。", "p30"),
    ],
)  # fmt: skip
def test_who_is_only_listed_is_said_to_be(assistant: Assistant, question: str, reason: str, lead: str) -> None:
    answer = assistant.ask(question)
    assert answer.abstained
    assert answer.reason == reason
    assert answer.leads[0].anchor == f"{REPORT}#{lead}"


@pytest.mark.parametrize("question", ["肯尼亚说了什么？", "What did Kenya say about tracing?"])
def test_who_is_nowhere_gets_no_answer(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.abstained
    assert "发言" not in (answer.reason or "")
    assert "lists it" not in (answer.reason or "")


@pytest.mark.parametrize(
    ("question", "anchors"),
    [
        ("欧盟说了什么？", {"p10"}),
        ("What did the European Union say about 3D printing?", {"p10"}),
        ("非洲国家组的代表对追查说了什么？", {"p17"}),
        ("关于零部件，拉丁美洲和加勒比国家组的代表提出了什么建议？", {"p11", "p20"}),
    ],
)
def test_what_somebody_said_is_answered_in_their_sentences(
    assistant: Assistant, question: str, anchors: set[str]
) -> None:
    answer = assistant.ask(question)
    assert not answer.abstained
    assert {citation.anchor for citation in answer.citations} <= {f"{REPORT}#{anchor}" for anchor in anchors}
    for citation in answer.citations:
        assert citation.text[citation.start : citation.end] == citation.quote


def test_what_others_said_of_who_is_only_listed_comes_with_a_note(assistant: Assistant) -> None:
    answer = assistant.ask("What did Mexico say about tracing?")
    assert answer.abstained or any("it does not record what was said" in note for note in answer.notes)


def test_an_unnamed_speaker_is_nobody(assistant: Assistant) -> None:
    for entry in assistant.ledger(documents=[REPORT], language="zh").entries:
        if "发言者" in entry.text[:12]:
            assert entry.actor.kind == "unnamed", entry.text
