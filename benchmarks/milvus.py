"""Vectors on Milvus beside FAISS: how fast they are sent, what a question takes: ``python benchmarks/milvus.py HOME``.

HOME holds a library with its vectors (``python -m embeddings build``), which is only read. By default the server is
Milvus Lite in a file of its own; ``--server`` names another. The questions are those of the dev half of the evaluation.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from statistics import median, quantiles

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from assistant.question import Question, read_question
from assistant.retrieve import Retriever
from corpus.library import LIBRARY_FILE, Library
from corpus.records import LANGUAGES
from embeddings.build import ensure_index
from embeddings.milvus.sending import ensure_sent
from embeddings.milvus.server import Server
from embeddings.milvus.settings import MilvusSettings
from embeddings.model import Encoder
from embeddings.snapshot import Query
from embeddings.vectors import Vectors
from eval.questions import read_questions

QUESTIONS = Path(__file__).resolve().parents[1] / "eval" / "questions.jsonl"
#: Units that an answer looks for in each language.
CANDIDATES = 200


def main() -> None:
    """Prints seconds and rates."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("home", type=Path)
    asked.add_argument("--server", default="")
    asked.add_argument("--questions", type=int, default=60)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as aside:
        home = Path(aside) / "home"
        home.mkdir()
        shutil.copy(given.home / LIBRARY_FILE, home)
        library, encoder = Library.open(home), Encoder.load()
        questions = _questions(library, given.questions)
        started = time.perf_counter()
        snapshot = ensure_index(library, encoder, progress=False)
        print(f"FAISS: built in {time.perf_counter() - started:.2f} s")
        server = Server.connect(MilvusSettings(given.server or str(Path(aside) / "vectors.db")))
        started = time.perf_counter()
        sent = ensure_sent(library, encoder, server, progress=False)
        spent = time.perf_counter() - started
        (rows,) = library.connection.execute("SELECT count(*) FROM vectors").fetchone()
        print(f"Milvus: {rows} vectors of {snapshot.unit_count} units sent in {spent:.2f} s, {rows / spent:.0f}/s")
        started = time.perf_counter()
        ensure_sent(library, encoder, server, progress=False)
        print(f"Milvus: nothing new found in {time.perf_counter() - started:.2f} s")
        if sent is not None:
            for name, vectors in (("FAISS", snapshot), ("Milvus", sent)):
                _ask(name, library, encoder, vectors, questions)
            _compare(library, encoder, snapshot, sent, questions)
        server.close()


def _questions(library: Library, count: int) -> list[Question]:
    documents = library.documents()
    dev = [each for each in read_questions(QUESTIONS, None).questions if each.split == "dev"]
    return [read_question(each.question, documents) for each in dev[:count]]


def _ask(name: str, library: Library, encoder: Encoder, vectors: Vectors, questions: Sequence[Question]) -> None:
    queries = [_query(encoder, question) for question in questions]
    retriever = Retriever(library, vectors, encoder)
    for question in questions:
        retriever.retrieve(question, 1)
    _print(name, "nearest 200, one language", [
        _timed(partial(vectors.nearest, query, language, CANDIDATES)) for query in queries for language in LANGUAGES
    ])  # fmt: skip
    _print(name, "ranking, the question encoded", [
        _timed(partial(retriever.retrieve, question, 10)) for question in questions
    ])  # fmt: skip


def _compare(library: Library, encoder: Encoder, one: Vectors, other: Vectors, questions: Sequence[Question]) -> None:
    retrievers = [Retriever(library, vectors, encoder) for vectors in (one, other)]
    rankings = [[[p.unit.anchor_id for p in by.retrieve(q, 10)] for q in questions] for by in retrievers]
    same = sum(a == b for a, b in zip(*rankings, strict=True))
    first = sum(a[:1] == b[:1] for a, b in zip(*rankings, strict=True))
    print(f"of {len(questions)} questions {first} have the same passage first, {same} the same ten in the same order")


def _query(encoder: Encoder, question: Question) -> Query:
    encoded = encoder.encode_question(question.plain)
    return Query(encoded.vector, encoded.states, question.language)


def _timed(what: Callable[[], object]) -> float:
    started = time.perf_counter()
    what()
    return (time.perf_counter() - started) * 1000


def _print(name: str, what: str, milliseconds: Sequence[float]) -> None:
    print(f"{name}: {what}: p50 {median(milliseconds):.1f} ms, p95 {quantiles(milliseconds, n=20)[-1]:.1f} ms")


if __name__ == "__main__":
    main()
