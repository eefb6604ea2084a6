"""How long one question takes: ``python benchmarks/asking.py``.

The development questions of the evaluation, each once and one after the other, over the bundled documents in a home of
their own: its encoding alone, retrieval (which encodes), and the whole answer, each in milliseconds and as a ratio to
the encoding; and encoding and answer once more while another thread embeds texts without end, as after a long document
was added. Each is gone through with an encoder or an assistant of its own, so that no question was met before; the
first twenty warm up.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np

from assistant import Assistant
from assistant.question import read_question
from assistant.retrieve import Retriever
from corpus.home import BUNDLED_DATA
from embeddings.build import ensure_index
from embeddings.embed import PassageEncoder
from embeddings.model import Encoder
from eval.questions import QUESTIONS, read_questions
from eval.texts import texts_of_folder

WARM = 20
# As many passages as an answer is made of at first.
PASSAGES = 50


def main() -> int:
    """Prints a table for docs/benchmarks.md."""
    checked = read_questions(QUESTIONS, texts_of_folder(BUNDLED_DATA))
    questions = [each.question for each in checked.questions if each.split == "dev"]
    with TemporaryDirectory() as home:
        assistant = Assistant.open(Path(home), progress=False)
        asked = _milliseconds(assistant.ask, questions)
        library, encoder = assistant.library, Encoder.load()
        encoded = _milliseconds(encoder.encode_question, questions)
        retriever = Retriever(library, ensure_index(library, encoder, progress=False), encoder)
        documents = library.documents()
        read = {question: read_question(question, documents) for question in questions}
        found = _milliseconds(lambda question: retriever.retrieve(read[question], PASSAGES), questions)
        texts = [unit.text for unit in library.units(documents[0].doc_id)]
        with _embedding(encoder, texts):
            beside = _milliseconds(encoder.encode_question, questions)
        busy = Assistant(library, encoder, ensure_index(library, encoder, progress=False))
        with _embedding(encoder, texts):
            answered = _milliseconds(busy.ask, questions)
    print(f"{len(asked)} questions; load {os.getloadavg()[0]:.1f}.\n")
    print("| | p50 (ms) | p95 (ms) | p50, times the encoding |\n|---|---|---|---|")
    base = float(np.median(encoded))
    for name, of in (
        ("encoding", encoded),
        ("retrieval, with it", found),
        ("answer", asked),
        ("encoding, while texts are embedded", beside),
        ("answer, while texts are embedded", answered),
    ):
        p50, p95 = np.percentile(of, [50, 95])
        print(f"| {name} | {p50:.1f} | {p95:.1f} | {p50 / base:.1f} |")
    return 0


@contextmanager
def _embedding(encoder: PassageEncoder, texts: Sequence[str]) -> Iterator[None]:
    """Embeds texts on a thread for as long as the context lasts."""
    ended = Event()

    def embed() -> None:
        while not ended.is_set():
            encoder.encode_passages(texts)

    thread = Thread(target=embed)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _milliseconds(work: Callable[[str], object], questions: Sequence[str]) -> list[float]:
    taken = []
    for question in questions:
        began = time.perf_counter()
        work(question)
        taken.append((time.perf_counter() - began) * 1000)
    return taken[WARM:]


if __name__ == "__main__":
    sys.exit(main())
