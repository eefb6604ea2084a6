"""A real, very small model behind a real server: most of what it writes is removed, and the answer is still right."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from importlib.util import find_spec
from select import select

import pytest

from assistant import Assistant
from assistant.generate.settings import Limits, Settings
from assistant.generate.writing import Writer
from tests.assistant.generate import llama_child
from tests.assistant.generate.polished import check_whole, lines, note_of, sentence_of
from tests.patience import PATIENCE, PROCESS

# Reading the prompt takes this model's server most of the time on a slow machine, so it is kept short.
LIMITS = Limits(total_s=PROCESS, context_tokens=70, answer_tokens=32)


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """Where the model is asked."""
    if not find_spec(llama_child.ENGINE) or not llama_child.weights():
        pytest.skip("the packages of requirements-model.txt and their engine are not installed")
    process = subprocess.Popen(
        [sys.executable, llama_child.__file__],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env={**os.environ},
    )  # fmt: skip
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        assert select([process.stdout], [], [], PROCESS)[0], "the server did not start"
        yield process.stdout.readline().strip()
        process.stdin.close()
        process.wait(PATIENCE)
    finally:
        process.kill()
        process.wait(PATIENCE)
        process.stdin.close()
        process.stdout.close()


def test_the_answer_is_right_whatever_a_real_model_writes(assistant: Assistant, url: str) -> None:
    question = "How many firearms were destroyed in May 2012?"
    plain = assistant.ask(question)
    *growing, answer = assistant.worded_by(Writer(Settings("openai:smollm2", url, limits=LIMITS))).stream(question)
    # It did answer: what it wrote stands, was removed, or was nothing that could be read.
    assert answer.shortfall in {None, "unsupported", "cut"}
    assert "1,045" in " ".join(sentence.text for sentence in answer.sentences)
    for each in (*growing, answer):
        quotes = {citation.n: citation for citation in each.citations}
        assert all(c.text[c.start : c.end] == c.quote for c in each.citations)
        for sentence in each.sentences:
            assert {quotes[n].anchor for n in sentence.citations} == {plain.citations[0].anchor}
    if answer.mode == "extractive":
        assert answer.sentences == plain.sentences


def test_a_note_loses_nothing_whatever_a_real_model_writes(assistant: Assistant, url: str) -> None:
    library = assistant.library
    draft = {"background": [sentence_of(library, "wg6-2014-background#p10", "109", "en")]}
    plain = note_of(library, draft=draft, language="en")
    limits = replace(LIMITS, answer_tokens=96)
    note = note_of(library, Settings("openai:smollm2", url, limits=limits), draft=draft, language="en")
    assert note.check.polish is not None
    # It did answer.
    assert note.check.polish.shortfall in {None, "unsupported", "cut"}
    check_whole(note, plain, *(line.text for line in lines(note, "polished")))
