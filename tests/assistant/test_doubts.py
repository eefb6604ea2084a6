"""An answer that is hardly likelier than not is given with a note that says so, in the reader's language."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from assistant import Assistant
from assistant.abstain import Verdict, doubts
from assistant.weights import WEIGHTS
from corpus.records import LANGUAGES, Language
from tests.assistant.development import development_questions

CHINESE = re.compile(r"[一-鿿]")


@pytest.mark.parametrize("reader", LANGUAGES)
def test_below_the_bound_and_not_at_it(reader: Language) -> None:
    weights = replace(WEIGHTS, sure=0.6)
    assert doubts(Verdict(None, 0.6), reader, weights) == ()
    (note,) = doubts(Verdict(None, 0.599), reader, weights)
    assert bool(CHINESE.search(note)) == (reader == "zh")


def test_what_a_paragraph_only_touches_is_quoted_with_the_note(assistant: Assistant) -> None:
    """No paragraph speaks of anonymity, and one on tracing is about difficulties of another kind."""
    for question in (
        "Why does the anonymity of online sellers matter for illicit firearms?",
        "零部件的贩运给各国带来什么困难？",
    ):
        answer = assistant.ask(question)
        assert answer.abstained or answer.notes[0] == doubts(Verdict(None, 0.0), answer.language)[0]


def test_the_note_is_there_exactly_where_an_answer_is_unsure(assistant: Assistant) -> None:
    with_note = without = 0
    for row in development_questions(30):
        answer = assistant.ask(row["question"])
        noted = set(doubts(Verdict(None, 0.0), answer.language)) <= set(answer.notes)
        assert noted == (not answer.abstained and answer.confidence < WEIGHTS.sure), row["question"]
        with_note, without = with_note + noted, without + (not noted)
    assert with_note > 0
    assert without > with_note


def test_it_comes_with_the_whole_answer_and_is_kept_in_what_is_told(assistant: Assistant) -> None:
    *partial, whole = assistant.stream("零部件的贩运给各国带来什么困难？")
    if not whole.abstained:
        assert all(answer.notes == () for answer in partial)
        assert whole.to_dict()["notes"] == list(whole.notes)
