"""What a note is about: a topic in its aspects, an item of the agenda with all that stands under it."""

from __future__ import annotations

import pytest

from assistant.briefing.subject import of_item, of_topic
from assistant.question import Question
from corpus.errors import QuestionError, UnknownItemError
from corpus.library import Library
from tests.assistant.briefing.notes import AGENDA, REPORT


def common(question: Question) -> float:  # noqa: ARG001
    """Words that stand in nearly every paragraph."""
    return 0.1


def rare(question: Question) -> float:  # noqa: ARG001
    return 9.0


def aspects(topic: str) -> list[str]:
    return [question.text for question in of_topic(topic, (), rare).questions]


def test_a_topic_comes_in_the_parts_that_and_joins() -> None:
    assert aspects("marking, record-keeping and tracing of firearms") == [
        "marking, record-keeping and tracing of firearms", "marking", "record-keeping", "tracing of firearms",
    ]  # fmt: skip
    assert aspects("标识和追查") == ["标识和追查", "标识", "追查"]


@pytest.mark.parametrize("whole", ["非洲和平", "小武器和轻武器", "small arms and light weapons", "record-keeping"])
def test_a_topic_is_not_parted_within_a_word_or_a_term(whole: str) -> None:
    assert aspects(whole) == [whole]


def test_a_part_of_words_that_stand_everywhere_is_no_aspect() -> None:
    topic = "firearms tracing and analysis"
    assert [question.text for question in of_topic(topic, (), common).questions] == [topic, "firearms tracing"]


@pytest.mark.parametrize(
    "whole",
    [
        "training on investigating and prosecuting trafficking", "harm done to women and girls", "标识和追查的困难",
        "利用邮政和快递服务贩运枪支",
    ],
)  # fmt: skip
def test_what_stands_around_two_words_belongs_to_both(whole: str) -> None:
    assert all(part in (whole, "利用邮政") for part in aspects(whole))


def test_a_mark_parts_a_topic_whatever_stands_around_it() -> None:
    assert aspects("the use of firearms, marking") == ["the use of firearms, marking", "the use of firearms", "marking"]


def test_what_came_of_meetings_is_looked_for_as_what_they_recommended() -> None:
    said = [question.text for question in of_topic("前几次会议的成果", (), rare).outcomes]
    assert said == ["工作组的建议", "工作组的讨论要点"]
    assert of_topic("追查", (), rare).outcomes == ()


def test_an_instrument_named_in_a_topic_is_known_by_itself() -> None:
    assert [each.text for each in of_topic("《武器贸易条约》的执行", (), rare).named] == ["武器贸易条约"]


@pytest.mark.parametrize("empty", ["", "   ", "？？。。", "x" * 2001])
def test_a_topic_that_cannot_be_looked_for_is_refused(empty: str) -> None:
    with pytest.raises(QuestionError):
        of_topic(empty, (), rare)


@pytest.mark.parametrize("written", ["2", " 2 ", "item 2", "item2", "议程项目2", "项目 2"])
def test_an_item_is_known_by_its_number_however_it_is_written(texts: Library, written: str) -> None:
    subject = of_item(written, texts, (), "zh", rare)
    assert subject.item == f"{AGENDA}#item2"
    assert subject.text == "减少非法资金和武器流动以实现可持续发展目标的具体目标 16.4"
    assert [unit.anchor for unit in subject.under] == [
        "item2", "item2.1", "item2.2", "item2.3", "item2.4", "annex.r3", "annex.r4",
    ]  # fmt: skip


@pytest.mark.parametrize("written", ["1(b)", "1b", "1 (B)", "1（b）"])
def test_a_lettered_item_has_its_own_paragraphs_and_rows(texts: Library, written: str) -> None:
    under = [unit.anchor for unit in of_item(written, texts, (), "en", rare).under]
    assert under == ["item1b", *(f"item1b.{n}" for n in range(1, 7)), "annex.r2"]


@pytest.mark.parametrize("strange", ["9", "two", "2.1", "-1", "2(z)"])
def test_an_item_that_no_agenda_has_is_refused_with_those_there_are(texts: Library, strange: str) -> None:
    with pytest.raises(UnknownItemError, match="one of: 1, 1a, 1b, 2, 3, 4, 5, 6") as caught:
        of_item(strange, texts, (), "zh", rare)
    assert "现有：1, 1a, 1b, 2, 3, 4, 5, 6" in caught.value.message("zh")


def test_an_item_where_no_agenda_is_searched_is_refused(texts: Library) -> None:
    with pytest.raises(UnknownItemError, match="there is no agenda"):
        of_item("2", texts, (REPORT,), "zh", rare)
