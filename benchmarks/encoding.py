"""How fast texts are encoded, beside sentence-transformers as it comes: ``python benchmarks/encoding.py [--rounds N]``.

The bundled model five ways in one run, by turns: sentence-transformers with torch, its own batches and as many threads
a pass as torch takes by default; and the project's encoder with torch, with torch multiplying in bfloat16, with weights
of a byte on ONNX Runtime, and on numpy, which serves questions alone. The texts
are the paragraphs of the bundled documents in both languages with their context, as they are indexed; the questions are
those of the evaluation's development half.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np
import torch
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer

from corpus.home import BUNDLED_DATA
from corpus.library import Library
from corpus.sync import sync_folder
from embeddings.bundled import bundled_model_folder
from embeddings.model import Encoder
from eval.questions import QUESTIONS, read_questions
from eval.texts import texts_of_folder

PLAIN = "sentence-transformers, torch, float32"
OWN = ("torch, float32", "torch, bfloat16", "ONNX Runtime, int8")
WAYS = (PLAIN, *(f"Rapporteur, {how}" for how in OWN))
QUICK = "Rapporteur, numpy, float32"


def main() -> int:
    """Prints a table for docs/benchmarks.md."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    folder, threads = str(bundled_model_folder()), torch.get_num_threads()
    plain = SentenceTransformer(folder, local_files_only=True)
    own = [Encoder.load(precision=precision) for precision in ("float32", "bfloat16", "int8")]
    encode: dict[str, Callable[[Sequence[str]], NDArray[np.float32]]] = {
        PLAIN: lambda texts: np.asarray(plain.encode_document(list(texts), show_progress_bar=False)),
        **{way: encoder.encode_passages for way, encoder in zip(WAYS[1:], own, strict=True)},
    }
    ask: dict[str, Callable[[str], object]] = {
        PLAIN: lambda text: plain.encode_query(text, show_progress_bar=False),
        **{way: encoder.encode_question for way, encoder in zip(WAYS[1:], own, strict=True)},
    }
    ask[QUICK] = Encoder.load(precision="float32", once=True).encode_question
    texts, questions = _texts(), _questions()
    taken: dict[str, list[float]] = {way: [] for way in ask}
    asked: dict[str, list[float]] = {way: [] for way in ask}
    vectors: dict[str, NDArray[np.float32]] = {}
    for turn in range(rounds + 1):
        for way in ask:
            # The project's encoder sets it to one for the whole process.
            torch.set_num_threads(threads if way == PLAIN else 1)
            with ThreadPoolExecutor(1) as own_thread:
                # Threads that share a pass end with the one that shares; while there are others, none share well.
                spent, single, found = own_thread.submit(_turn, encode.get(way), ask[way], texts, questions).result()
            vectors[way] = found
            # The first turn warms up.
            if turn:
                taken[way].append(spent)
                asked[way] += single
    print(f"{len(texts)} paragraphs, {len(questions)} questions, {rounds} rounds; load {os.getloadavg()[0]:.1f}.\n")
    print("| way | paragraphs a second | times the first | question p50 (ms) | p95 (ms) | mean cosine | least |")
    print("|---|---|---|---|---|---|---|")
    for way in ask:
        p50, p95 = np.percentile(asked[way], [50, 95]) * 1000
        if way not in encode:
            print(f"| {way} | | | {p50:.1f} | {p95:.1f} | | |")
            continue
        ratio = statistics.median(first / here for first, here in zip(taken[PLAIN], taken[way], strict=True))
        cosine = (vectors[way] * vectors[PLAIN]).sum(axis=1)
        print(
            f"| {way} | {len(texts) / statistics.median(taken[way]):.1f} | {ratio:.2f} | {p50:.1f} | {p95:.1f}"
            f" | {cosine.mean():.4f} | {cosine.min():.4f} |"
        )
    return 0


def _turn(
    encode: Callable[[Sequence[str]], NDArray[np.float32]] | None,
    ask: Callable[[str], object],
    texts: Sequence[str],
    questions: Sequence[str],
) -> tuple[float, list[float], NDArray[np.float32]]:
    """The seconds for the texts, and for each question; and the vectors of the texts, none where it encodes none."""
    began = time.perf_counter()
    found = encode(texts) if encode else np.zeros((0, 0), np.float32)
    return time.perf_counter() - began, [_seconds(ask, question) for question in questions], found


def _texts() -> list[str]:
    with TemporaryDirectory() as home:
        library = Library.open(Path(home))
        sync_folder(library, BUNDLED_DATA)
        return [
            row[0] for row in library.connection.execute("SELECT context || text FROM units ORDER BY id").fetchall()
        ]


def _questions() -> list[str]:
    checked = read_questions(QUESTIONS, texts_of_folder(BUNDLED_DATA))
    return [each.question for each in checked.questions if each.split == "dev"]


def _seconds(ask: Callable[[str], object], question: str) -> float:
    began = time.perf_counter()
    ask(question)
    return time.perf_counter() - began


if __name__ == "__main__":
    sys.exit(main())
