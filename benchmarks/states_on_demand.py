"""What it costs not to hold token states, and to make them on demand: ``python benchmarks/states_on_demand.py``.

The development questions over the bundled documents: with all states held, with none, and with none held and those of
the best so many units of a language made for each question. Right first and among five are of the answerable ones whose
anchors are known; *abstained* are the unanswerable ones that got no answer, *answered* the answerable ones that did.
"""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np

from assistant import Assistant
from assistant.question import read_question
from assistant.retrieve import Retriever
from assistant.weights import RETRIEVAL
from corpus.home import BUNDLED_DATA
from corpus.library import Library
from corpus.sync import sync_folder
from embeddings.build import ensure_index
from embeddings.model import Encoder
from embeddings.nearest import SIZES
from eval.questions import QUESTIONS, read_questions
from eval.texts import texts_of_folder

READ = (0, 8, 12, 16, 24)


def main() -> int:
    """Prints a table for docs/scale.md."""
    checked = read_questions(QUESTIONS, texts_of_folder(BUNDLED_DATA))
    questions = [each for each in checked.questions if each.split == "dev" and not each.history]
    encoder = Encoder.load()
    print("| token states | right first | among five | abstained | answered | p50 (ms) |\n" + "|---" * 6 + "|")
    for name, read in (("held", None), *((f"made of the best {n}" if n else "none", n) for n in READ)):
        with TemporaryDirectory() as home:
            library = Library.open(Path(home))
            sync_folder(library, BUNDLED_DATA)
            sizes = SIZES if read is None else replace(SIZES, states=0)
            snapshot = ensure_index(library, encoder, progress=False, sizes=sizes)
            bounds = replace(RETRIEVAL.bounds, read=read or 0)
            retriever = Retriever(
                library, snapshot, encoder, replace(RETRIEVAL, bounds=bounds), encoder if read else None
            )
            assistant = Assistant(library, encoder, snapshot, retriever=retriever)
            documents = library.documents()
            first, five, abstained, answered, took = [], [], [], [], []
            for question in questions:
                began = time.perf_counter()
                said = assistant.ask(question.question)
                took.append((time.perf_counter() - began) * 1000)
                (answered if question.answerable else abstained).append(said.abstained != question.answerable)
                if gold := {*question.gold.any, *question.gold.all}:
                    found = retriever.retrieve(read_question(question.question, documents), 5)
                    right = [p.unit.anchor_id in gold for p in found]
                    first.append(any(right[:1]))
                    five.append(any(right))
            counts = (f"{sum(each)} of {len(each)}" for each in (first, five, abstained, answered))
            print(f"| {name} | {' | '.join(counts)} | {np.median(took):.0f} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
