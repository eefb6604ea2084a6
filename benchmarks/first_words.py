"""How long after the end of retrieval the first words of an answer come.

    python benchmarks/first_words.py [--rounds N]

Asks the development questions of ``eval/questions.jsonl``, each with its earlier turns, of the library in
``$RAPPORTEUR_HOME`` and takes the answers as they grow. Retrieval ends with the last search for the question: a
comparison searches for each side, a question with a false premise for what is denied and for the rest.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np

from assistant import Answer, Assistant
from assistant.engine import FIRST_QUESTIONS
from assistant.question import Question
from assistant.retrieve import Passage, Retriever
from assistant.weights import WEIGHTS
from corpus.home import BUNDLED_DATA
from corpus.library import Library
from corpus.records import LANGUAGES, Language
from corpus.sync import sync_folder
from embeddings.build import ensure_index
from embeddings.model import Encoder
from eval.questions import QUESTIONS, GoldQuestion, read_questions
from eval.texts import texts_of_folder

#: The promise: first words within so many milliseconds of the end of retrieval.
PROMISED_MS = 300


class Timed(Retriever):
    """The usual retriever, which notes when its last search ended."""

    ended = 0.0

    def retrieve(
        self,
        question: Question,
        limit: int,
        documents: Sequence[str] = (),
        languages: Sequence[Language] = LANGUAGES,
        shown: Sequence[Language] = LANGUAGES,
    ) -> list[Passage]:
        found = super().retrieve(question, limit, documents, languages, shown)
        self.ended = time.perf_counter()
        return found


@dataclass(frozen=True)
class Timing:
    """Milliseconds of one question: to its first words, from the end of retrieval to them, and to the whole answer."""

    language: Language
    first: float
    after_retrieval: float
    whole: float


def measure(assistant: Assistant, retriever: Timed, question: GoldQuestion) -> Timing:
    """The timing of one question whose earlier turns were asked before."""
    history: list[tuple[str, Answer]] = []
    for earlier in question.history:
        history.append((earlier, assistant.ask(earlier, history)))
    began = time.perf_counter()
    answers = assistant.stream(question.question, history)
    next(answers)
    first = time.perf_counter()
    for _ in answers:
        pass
    whole = time.perf_counter()
    ms = [(end - start) * 1000 for start, end in ((began, first), (retriever.ended, first), (began, whole))]
    return Timing(question.language, *ms)


def table(timings: Sequence[Timing]) -> str:
    """The timings by language as Markdown: median, 95% and most from the end of retrieval, then from the question."""
    lines = [
        "| questions | n | retrieval's end to first words, median ms | 95% ms | most ms"
        " | question to first words, median ms | 95% ms | to the whole answer, median ms |",
        "|" + "---|" * 8,
    ]
    for name, languages in (*((language, (language,)) for language in LANGUAGES), ("all", LANGUAGES)):
        of = [timing for timing in timings if timing.language in languages]
        after, first, whole = zip(*((t.after_retrieval, t.first, t.whole) for t in of), strict=True)
        figures = (*np.percentile(after, (50, 95, 100)), *np.percentile(first, (50, 95)), np.median(whole))
        lines.append(f"| {name} | {len(of)} | " + " | ".join(f"{ms:.0f}" for ms in figures) + " |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=1, help="times that every question is asked")
    options = parser.parse_args()
    library, encoder = Library.open(), Encoder.load()
    sync_folder(library, BUNDLED_DATA)
    snapshot = ensure_index(library, encoder)
    retriever = Timed(library, snapshot, encoder, WEIGHTS.retrieval)
    assistant = Assistant(library, encoder, snapshot, retriever=retriever)
    for first in FIRST_QUESTIONS:
        assistant.ask(first)
    asked = [q for q in read_questions(QUESTIONS, texts_of_folder(BUNDLED_DATA)).questions if q.split == "dev"]
    timings = [measure(assistant, retriever, question) for _ in range(options.rounds) for question in asked]
    print(table(timings))
    late = sum(timing.after_retrieval > PROMISED_MS for timing in timings)
    print(f"\n{late} of {len(timings)} later than {PROMISED_MS} ms after the end of retrieval")


if __name__ == "__main__":
    main()
