"""What it costs and gains to read a question with two threads: ``python benchmarks/pairing.py``.

The bundled model's layers in bfloat16 over the development questions of the evaluation, each by one thread, by two, and
by as many as there is room for, by turns: on a machine with nothing else to do, and beside one, two and four processes
that count without end. Between two questions 20 ms go by, as between the questions that people ask; more would change
nothing.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np

from embeddings.model import Encoder

# Loading sets what torch's library of threads reads when it is loaded itself, with the layers below.
ENCODER = Encoder.load(precision="bfloat16")

from tokenizers import Tokenizer  # noqa: E402

from corpus.home import BUNDLED_DATA  # noqa: E402
from embeddings.bundled import bundled_model_folder  # noqa: E402
from embeddings.layers.pair import pair  # noqa: E402
from embeddings.layers.torch_layers import TorchLayers  # noqa: E402
from eval.questions import QUESTIONS, read_questions  # noqa: E402
from eval.texts import texts_of_folder  # noqa: E402

WARM, PAUSE = 20, 0.02
BESIDE = (0, 1, 2, 4)


def main() -> int:
    """Prints a table for docs/benchmarks.md."""
    folder = bundled_model_folder()
    layers, tokenizer = TorchLayers(folder, "bfloat16"), Tokenizer.from_file(str(folder / "tokenizer.json"))
    checked = read_questions(QUESTIONS, texts_of_folder(BUNDLED_DATA))
    questions = [tokenizer.encode(f"query: {each.question}").ids for each in checked.questions if each.split == "dev"]
    ways = {
        "one": lambda ids: layers.run([ids]),
        "two": lambda ids: pair().share(lambda: layers.run([ids])),
        "where there is room": lambda ids: layers.states([ids]),
    }
    print("| busy processes | threads | p50 (ms) | p95 (ms) | p50, times that of one |\n|---|---|---|---|---|")
    for count in BESIDE:
        taken: dict[str, list[float]] = {way: [] for way in ways}
        with _busy(count):
            for ids in questions:
                for way, read in ways.items():
                    time.sleep(PAUSE)
                    began = time.perf_counter()
                    read(ids)
                    taken[way].append((time.perf_counter() - began) * 1000)
        base = float(np.median(taken["one"][WARM:]))
        for way, of in taken.items():
            p50, p95 = np.percentile(of[WARM:], [50, 95])
            print(f"| {count} | {way} | {p50:.1f} | {p95:.1f} | {p50 / base:.2f} |", flush=True)
    print(f"\n{len(questions) - WARM} questions; {os.cpu_count()} cores.")
    return 0


@contextmanager
def _busy(count: int) -> Iterator[None]:
    processes = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(count)]
    try:
        # Python itself takes a moment to start.
        time.sleep(1 if count else 0)
        yield
    finally:
        for process in processes:
            process.kill()
            process.wait()


if __name__ == "__main__":
    sys.exit(main())
