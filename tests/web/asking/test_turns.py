"""A turn and its state, and what is said of each error."""

from __future__ import annotations

from corpus.errors import UnknownAnchorError
from tests.web.fake import EMPTY, FakeAssistant
from web.asking.turns import Failure, Turn, failure_of
from web.strings import strings


def test_the_state_of_a_turn_is_what_came_of_it(fake: FakeAssistant) -> None:
    assert Turn("t", "q").state == "pending"
    assert Turn("t", "q", Failure("因", "because")).state == "failed"
    assert Turn("t", "q", fake.ask("销毁")).state == "answered"
    assert Turn("t", "q", fake.ask("who?")).state == "abstained"


def test_a_refusal_says_its_own_line_in_each_language() -> None:
    failure = failure_of(EMPTY)
    assert failure.message("zh") == "没有问题；请写下要了解的内容。"
    assert failure.message("en") == "an empty question; expected some words; write what you want to know"


def test_a_refusal_without_a_chinese_line_says_the_english_one_in_both() -> None:
    failure = failure_of(UnknownAnchorError("no p9", "p1 to p8", "see the document"))
    assert failure.zh == failure.en == "no p9; expected p1 to p8; see the document"


def test_nothing_is_told_of_a_fault_of_the_program_but_that_there_was_one() -> None:
    failure = failure_of(ZeroDivisionError("at /secret/path"))
    assert (failure.zh, failure.en) == (strings("zh").errors.internal, strings("en").errors.internal)
