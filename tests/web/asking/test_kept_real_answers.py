"""Answers of the real assistant, kept by a browser and made anew: drawn as they were, letter for letter."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from assistant import Answer, Assistant
from assistant.answer import Citation
from corpus.records import LANGUAGES, Language
from web.asking.drawing import draw_turn
from web.asking.kept import KeptTurn, keep, made_anew
from web.asking.turns import Turn
from web.site import Site as Pages

QUESTIONS = Path(__file__).parents[2] / "assistant" / "data" / "development.jsonl"
ID = "0123456789abcdef" * 2


def questions(language: Language) -> list[str]:
    """Eight questions that the documents answer and two that they do not."""
    rows = [json.loads(line) for line in QUESTIONS.read_text("utf-8").splitlines()]
    asked = [row for row in rows if row["language"] == language and not row.get("history")]
    answerable, others = ([row["question"] for row in asked if row["answerable"] is is_so] for is_so in (True, False))
    return [*answerable[:8], *others[:2]]


COMPARISONS: dict[Language, str] = {
    "zh": "报告讨论要点1和主席的总结讨论要点1有什么不同？",
    "en": "How does discussion point 1 of the report differ from discussion point 1 of the Chair's summary?",
}


def as_kept(answer: Answer) -> Answer:
    """An answer without what nobody draws: how long it took, how sure it was, and all but six digits of a score."""

    def rounded(citations: Sequence[Citation]) -> tuple[Citation, ...]:
        return tuple(replace(citation, score=round(citation.score, 6)) for citation in citations)

    return replace(
        answer, timings_ms={}, confidence=1.0, citations=rounded(answer.citations), leads=rounded(answer.leads)
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_answer_is_drawn_as_it_was(assistant: Assistant, language: Language) -> None:
    pages = Pages(assistant, assistant.library)
    kinds = set()
    for question in (*questions(language), COMPARISONS[language]):
        *_, answer = assistant.stream(question)
        kinds.add("abstained" if answer.abstained else "compared" if answer.compared else "answered")
        turn = Turn(ID, question, answer)
        sent = json.loads(json.dumps(keep(turn)))
        assert len(json.dumps(sent, ensure_ascii=False)) < 40_000
        (anew,) = made_anew((KeptTurn.model_validate(sent),), assistant)
        assert not anew.changed, question
        assert anew == replace(turn, outcome=as_kept(answer)), question
        for reader in LANGUAGES:
            assert draw_turn(pages, anew, reader) == draw_turn(pages, turn, reader)
    assert kinds == {"answered", "abstained", "compared"}
