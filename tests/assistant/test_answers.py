"""What is answered, with which paragraph first, and what is not answered and why."""

from __future__ import annotations

import pytest

from assistant import Assistant
from assistant.answer import Answer
from corpus.errors import UnknownAnchorError, UnknownDocumentError

SOUTH_AFRICA = "How many tracing requests did South Africa report?"


def anchors(answer: Answer) -> list[str]:
    return [citation.anchor for citation in answer.citations]


@pytest.mark.parametrize(
    ("question", "anchor", "holds"),
    [
        ("第八次会议何时开幕？", "wg6-2021-agenda#item1a.1", "5 月 10 日"),
        ("谁主持了2020年7月的会议？", "wg6-2020-report#p26", "主持"),
        ("2012年5月销毁了多少支枪支？", "wg6-2014-background#p59", "支"),
        ("决议草案哪一段提到加密货币？", "cop10-2020-draft-resolution#op14", "加密货币"),
        (SOUTH_AFRICA, "wg6-2020-report#p17", "500 tracing requests"),
    ],
)
def test_the_right_paragraph_is_cited_first(assistant: Assistant, question: str, anchor: str, holds: str) -> None:
    answer = assistant.ask(question)
    assert not answer.abstained
    assert answer.reason is None
    assert answer.leads == ()
    assert anchors(answer)[0] == anchor
    assert answer.mode == "extractive"
    assert "".join(holds.split()) in "".join("".join(s.text for s in answer.sentences).split())


@pytest.mark.parametrize(
    ("question", "language", "found_nothing"),
    [
        ("法国的首都是哪里？", "zh", "没有一段提到“首都”"),
        ("What is the capital of France?", "en", "No paragraph mentions “capital”"),
    ],
)
def test_what_the_documents_do_not_say(assistant: Assistant, question: str, language: str, found_nothing: str) -> None:
    answer = assistant.ask(question)
    assert answer.abstained
    assert answer.language == language
    assert answer.reason is not None
    assert found_nothing in answer.reason
    assert (answer.sentences, answer.citations) == ((), ())
    assert 1 <= len(answer.leads) <= 3
    assert [lead.n for lead in answer.leads] == list(range(1, len(answer.leads) + 1))


def test_a_point_that_two_documents_have_is_answered_from_both(assistant: Assistant) -> None:
    answer = assistant.ask("讨论要点10")
    assert sorted(anchors(answer)) == ["wg6-2020-chair-summary#dp10", "wg6-2020-report#dp10"]
    assert len({citation.document.title for citation in answer.citations}) == 2


@pytest.mark.parametrize(
    ("question", "anchor"),
    [("报告讨论要点10", "wg6-2020-report#dp10"), ("主席的总结讨论要点10", "wg6-2020-chair-summary#dp10")],
)
def test_a_named_document_is_the_only_one_looked_in(assistant: Assistant, question: str, anchor: str) -> None:
    assert anchors(assistant.ask(question)) == [anchor]


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("讨论要点52", "讨论要点52"),
        ("报告讨论要点52说了什么？", "2020年会议报告"),
        ("What does discussion point 52 of the 2020 report say?", "discussion point 52"),
        ("OP 28", "operative para. 28"),
    ],
)
def test_a_point_that_no_document_has(assistant: Assistant, question: str, words: str) -> None:
    answer = assistant.ask(question)
    assert answer.abstained
    assert answer.reason is not None
    assert words in answer.reason
    assert answer.citations == ()


def test_an_agenda_item_comes_with_the_paragraphs_under_it(assistant: Assistant) -> None:
    expected = ["wg6-2021-agenda#item2", *(f"wg6-2021-agenda#item2.{n}" for n in range(1, 5))]
    assert anchors(assistant.ask("议程项目2")) == expected


def test_the_answer_does_not_depend_on_what_was_asked_before(assistant: Assistant) -> None:
    first = assistant.ask(SOUTH_AFRICA)
    assistant.ask("第八次会议何时开幕？")
    again = assistant.ask(SOUTH_AFRICA)
    assert (again.sentences, again.citations) == (first.sentences, first.citations)


def test_documents_narrow_search_and_answer(assistant: Assistant) -> None:
    only = ["wg6-2014-background"]
    assert {hit.unit.doc_id for hit in assistant.search("标记枪支", 20, only)} == set(only)
    answer = assistant.ask("标记枪支的规定", documents=only)
    assert {c.document.id for c in (*answer.citations, *answer.leads)} == set(only)
    both = assistant.search("标记枪支", 50, ["wg6-2014-background", "wg6-2020-chair-summary"])
    assert {hit.unit.doc_id for hit in both} == {"wg6-2014-background", "wg6-2020-chair-summary"}
    assert anchors(assistant.ask("讨论要点10", documents=["wg6-2020-report"])) == ["wg6-2020-report#dp10"]


def test_an_unknown_document_is_refused(assistant: Assistant) -> None:
    for ask in (assistant.ask, assistant.search):
        with pytest.raises(UnknownDocumentError, match=r"wg6-1999.*wg6-2020-report"):
            ask("标记枪支", documents=["wg6-2020-report", "wg6-1999"])
    with pytest.raises(UnknownDocumentError):
        assistant.evidence("wg6-1999#p1")
    for anchor_id in ("wg6-2020-report#p47", "wg6-2020-report#", "wg6-2020-report"):
        with pytest.raises(UnknownAnchorError):
            assistant.evidence(anchor_id)


def test_a_search_gives_as_many_anchors_as_asked_for_each_once_best_first(assistant: Assistant) -> None:
    for k in (1, 3, 10, 50):
        hits = assistant.search("枪支的标记和追查", k)
        assert len(hits) == k
        assert len({hit.anchor for hit in hits}) == k
        assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_a_search_puts_what_a_reference_names_first(assistant: Assistant) -> None:
    hits = assistant.search("报告讨论要点41讲了什么？", 5)
    assert hits[0].anchor == "wg6-2020-report#dp41"
    assert len({hit.anchor for hit in hits}) == 5
