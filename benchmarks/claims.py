"""How long the check of a sentence takes, warm, in milliseconds of the processor and of the clock.

    python benchmarks/claims.py [--runs N]

Checks sentences of both languages over paragraphs of the library of RAPPORTEUR_HOME: with the version in their own
language, and without it, where the vectors of sentences may decide. Paragraphs are read anew in each run, as they are
the first time that an answer cites them; then the second column is of sentences whose paragraphs were read before.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from assistant.claims import Evidence, check
from corpus.library import Library
from corpus.records import LANGUAGES, Language
from embeddings.model import Encoder

DOCUMENT = "wg6-2020-report"
SENTENCES: Final[Mapping[Language, Sequence[tuple[str, str]]]] = {
    "en": (
        ("p11", "Approximately 75 per cent of recorded homicides in the region had been committed using firearms."),
        ("p18", "Some good practices were presented, such as common standards for the classification of firearms."),
        ("dp10", "States should consider regulating the blueprints that are required for 3D-printed weapons."),
        ("p39", "Fifty-four parties to the Firearms Protocol were represented at the meeting."),
    ),
    "zh": (
        ("p11", "在他的国家，估计每年有20多万件武器流入，大部分经北部边境流入。"),
        ("p19", "每一项枪支调查都应侧重武器、所涉个人和金钱三个方面。"),
        ("dp34", "各国应建立和加强负责枪支行政管制的国家枪支联络点。"),
        ("p5", "会议决定不通过建议供缔约方会议审议。"),
    ),
}  # fmt: skip
Timed = tuple[float, float]


def milliseconds(work: Callable[[], object]) -> Timed:
    """Of the processor, of all threads together, and of the clock."""
    clock, processor = time.perf_counter(), time.process_time()
    work()
    return 1000 * (time.process_time() - processor), 1000 * (time.perf_counter() - clock)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=20, help="how often each sentence is checked")
    runs = parser.parse_args().runs
    library, encoder = Library.open(), Encoder.load()
    kinds: dict[str, list[tuple[str, Evidence, Language]]] = {"both versions": [], "the other version alone": []}
    for language in LANGUAGES:
        other: Language = "en" if language == "zh" else "zh"
        for anchor, sentence in SENTENCES[language]:
            own, theirs = library.unit(DOCUMENT, anchor, language), library.unit(DOCUMENT, anchor, other)
            kinds["both versions"].append((sentence, Evidence(own.text, language, anchor, theirs.text), language))
            kinds["the other version alone"].append((sentence, Evidence(theirs.text, other, anchor), language))
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores; milliseconds, p50 and p95\n")
    print("| | processor, paragraph new | processor, paragraph known | clock, paragraph new |\n|---|---|---|---|")
    for name, checked in kinds.items():
        print(f"| {name} | {' | '.join(row(checked, encoder, runs))} |")


def row(checked: Sequence[tuple[str, Evidence, Language]], encoder: Encoder, runs: int) -> list[str]:
    """The columns of sentences with what they cite."""
    new: list[Timed] = []
    known: list[Timed] = []
    for run in range(runs + 1):
        for sentence, evidence, language in checked:
            # What was read before is kept by its text: with another end a paragraph is another.
            cited = replace(
                evidence, text=f"{evidence.text} ({run})", aligned=evidence.aligned and f"{evidence.aligned} ({run})"
            )
            times = [
                milliseconds(partial(check, f"{sentence[:-1]} ({run}){end}", (cited,), encoder, language))
                for end in (sentence[-1], f" {sentence[-1]}")
            ]
            if run:
                new.append(times[0])
                known.append(times[1])
    processor, clock = zip(*new, strict=True)
    return [percentiles(processor), percentiles([each for each, _ in known]), percentiles(clock)]


def percentiles(values: Sequence[float]) -> str:
    """p50 and p95."""
    return f"{np.percentile(values, 50):.0f}, {np.percentile(values, 95):.0f}"


if __name__ == "__main__":
    main()
