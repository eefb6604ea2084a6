"""Eight threads that ask at once are answered as one that asks alone."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from assistant import Answer, Assistant
from tests.patience import PATIENCE

QUESTIONS = [
    "第八次会议何时开幕？",
    "How many tracing requests did South Africa report?",
    "报告讨论要点41",
    "法国的首都是哪里？",
    "决议草案哪一段提到加密货币？",
]
THREADS = 8


def said(answer: Answer) -> tuple[object, ...]:
    """All of an answer but its time; scores to four digits."""
    sources = [(c.n, c.anchor, c.start, c.end, c.label, round(c.score, 4)) for c in (*answer.citations, *answer.leads)]
    return answer.question, answer.abstained, answer.reason, answer.sentences, sources


def test_eight_threads_get_the_answers_of_one(assistant: Assistant) -> None:
    alone = [said(assistant.ask(question)) for question in QUESTIONS]
    start = Barrier(THREADS)

    def ask_all(first: int) -> list[tuple[object, ...]]:
        start.wait(PATIENCE)
        turns = [(first + turn) % len(QUESTIONS) for turn in range(len(QUESTIONS))]
        answers = {at: said(assistant.ask(QUESTIONS[at])) for at in turns}
        return [answers[at] for at in range(len(QUESTIONS))]

    with ThreadPoolExecutor(THREADS) as pool:
        together = list(pool.map(ask_all, range(THREADS)))
    assert together == [alone] * THREADS
