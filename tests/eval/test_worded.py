"""Answers that a model words, evaluated: whatever it writes, what is shown rests on what it cites."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest

from assistant import AnswerSentence, Assistant
from assistant.generate.settings import Settings
from assistant.generate.writing import Writer
from corpus.records import Language
from eval.__main__ import application
from eval.asking import ask_one
from eval.questions import GoldQuestion
from eval.run import judged
from eval.texts import texts_of_library
from tests.commands import run_here
from tests.llm_server import Asked, ModelServer, Reply, model_server

QUESTIONS: Final[tuple[tuple[Language, str], ...]] = (
    ("en", "How many tracing requests did South Africa report?"),
    ("zh", "2012年5月销毁了多少支枪支？"),
    ("zh", "工作组建议缔约国如何加强枪支的标识？"),
    ("en", "What did the Working Group recommend on training?"),
)


def bending(asked: Asked) -> Reply:
    """What a careless model writes: of each paragraph a sentence as it stands, and bent in every way."""
    said = []
    for n, text in asked.paragraphs.items():
        first = re.split(r"(?<=。)|(?<=[a-z]\.)\s", text.partition("\n")[2])[0].strip()
        other = n % len(asked.paragraphs) + 1
        said += [
            f"{first}[{n}]",
            f"{first}[{other}]" if other != n else f"{first}[77]",
            f"{re.sub('[0-9]+', '31', first)} 31[{n}]",
            f"{first.replace('应', '无须').replace('should', 'shall never').replace('建议', '拒绝')} No.[{n}]",
            f"All States have done so, and adopted it unanimously.[{n}]",
        ]
    return Reply("\n".join(said), piece=200)


@pytest.fixture(scope="module")
def server() -> Iterator[ModelServer]:
    with model_server() as running:
        yield running


def test_what_a_careless_model_words_is_grounded(assistant: Assistant, server: ModelServer) -> None:
    server.play(bending)
    worded = assistant.worded_by(Writer(Settings("openai:scripted", server.url)))
    text_of = texts_of_library(assistant.library)
    asked = [GoldQuestion(f"w{n}", language, "fact", text, True) for n, (language, text) in enumerate(QUESTIONS)]
    done = judged([ask_one(worded, question) for question in asked], text_of)
    assert len(server.asked) == len(done)
    for each, request in zip(done, server.asked, strict=True):
        grounded, quotes = each.scores["groundedness"], each.scores["quote_validity"]
        # Of five sentences a paragraph one stands as it is; where two paragraphs say the same, so does one that cites
        # the other.
        assert 0 < grounded.gained == grounded.possible <= 2 * len(request.paragraphs)
        assert 0 < quotes.gained == quotes.possible
        assert each.outcome.answer.removed


def test_a_sentence_that_had_been_removed_would_be_seen(assistant: Assistant, server: ModelServer) -> None:
    server.play(bending)
    worded = assistant.worded_by(Writer(Settings("openai:scripted", server.url)))
    language, question = QUESTIONS[1]
    outcome = ask_one(worded, GoldQuestion("w", language, "fact", question, True))
    put_back = tuple(AnswerSentence(text, (1,)) for text in outcome.answer.removed)
    answer = replace(outcome.answer, mode="llm", sentences=(*outcome.answer.sentences, *put_back))
    (found,) = judged([replace(outcome, answer=answer)], texts_of_library(assistant.library))
    assert found.scores["groundedness"].gained <= found.scores["groundedness"].possible - len(put_back)


def test_the_option_has_the_model_word_the_answers(built_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAPPORTEUR_LLM", "ollama:qwen3:8b")
    done = run_here(application, "eval", built_home, "run", "--mode", "llm")
    assert done.returncode == 1
    assert "langchain-ollama" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(("--mode", "llm"), "without RAPPORTEUR_LLM"), (("--mode", "llm", "--gate"), "--gate with --mode llm")],
)
def test_without_a_model_or_with_the_gate_there_is_no_such_run(
    built_home: Path, arguments: tuple[str, ...], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("RAPPORTEUR_LLM", raising=False)
    done = run_here(application, "eval", built_home, "run", *arguments)
    assert done.returncode == 2
    assert said in " ".join(done.stderr.replace("│", " ").split())
