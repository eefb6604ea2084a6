"""Search across languages on the documents: questions over text of the other language alone, of their own, and of both.

    python benchmarks/languages.py [--set crossing|development|heldout] [--show]

Each library is synchronised from the project's documents with the versions of one language left out. Nothing was set on
the ``crossing`` questions; weights are set on ``development``.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from assistant import Assistant
from corpus.home import BUNDLED_DATA
from corpus.library import LIBRARY_FILE
from corpus.records import LANGUAGES, Language

QUESTIONS = Path(__file__).resolve().parent.parent / "tests" / "assistant" / "data"


def load_questions(name: str) -> list[dict[str, Any]]:
    """The questions of a set: ``crossing``, ``development`` or ``heldout``."""
    return [json.loads(line) for line in (QUESTIONS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


@dataclass(frozen=True)
class Row:
    """Questions of one language over a library: shares with a gold anchor first and among the first five."""

    language: Language
    library: str
    questions: int
    hit1: float
    hit5: float
    mrr10: float
    median_ms: float
    wrong: tuple[str, ...]


def documents_in(folder: Path, languages: Sequence[Language]) -> Path:
    """A copy of the project's documents that holds the versions in some languages alone."""
    shutil.copytree(BUNDLED_DATA, folder)
    for path in folder.glob("*/meta.yaml"):
        meta: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
        meta["versions"] = {language: meta["versions"][language] for language in languages}
        path.write_text(yaml.safe_dump(meta, allow_unicode=True), encoding="utf-8")
    return folder


def measure(assistant: Assistant, library: str, language: Language, questions: Sequence[dict[str, Any]]) -> Row:
    """The answerable questions of one language, searched."""
    asked = [q for q in questions if q["language"] == language and q["answerable"]]
    ranks, wrong, times = [], [], []
    for question in asked:
        started = time.perf_counter()
        found = [hit.anchor for hit in assistant.search(question["question"])]
        times.append(time.perf_counter() - started)
        rank = next((at for at, anchor in enumerate(found, 1) if anchor in question["gold"]), None)
        ranks.append(rank)
        if rank != 1:
            wrong.append(f"{question['id']} rank {rank or '> 10'}: {question['question']} {question['gold'][0]}")
    count = len(asked)
    return Row(
        language,
        library,
        count,
        sum(rank == 1 for rank in ranks) / count,
        sum(rank is not None and rank <= 5 for rank in ranks) / count,
        sum(1 / rank for rank in ranks if rank) / count,
        statistics.median(times) * 1000,
        tuple(wrong),
    )


def rows(questions: Sequence[dict[str, Any]], home: Path) -> list[Row]:
    """Every language of questions over every library; the libraries are made in ``home``."""
    found = []
    for name, languages in (("zh+en", LANGUAGES), ("zh", ("zh",)), ("en", ("en",))):
        data = documents_in(home / name / "data", languages)
        if languages != LANGUAGES:
            copy_library(home / "zh+en" / "home", home / name / "home")
        assistant = Assistant.open(home / name / "home", data=data)
        found += [measure(assistant, name, language, questions) for language in LANGUAGES]
    return sorted(found, key=lambda row: (LANGUAGES.index(row.language), len(row.library), row.library != row.language))


def copy_library(home: Path, target: Path) -> None:
    """Copies a library that is open, so that what is left in it when versions go need not be embedded again."""
    target.mkdir(parents=True)
    with closing(sqlite3.connect(home / LIBRARY_FILE)) as source, closing(sqlite3.connect(target / LIBRARY_FILE)) as to:
        source.backup(to)


def table(found: Sequence[Row]) -> str:
    """The rows as Markdown."""
    lines = ["| questions | library | n | hit@1 | hit@5 | MRR@10 | median ms |", "|" + "---|" * 7]
    for row in found:
        figures = f"{row.hit1:.3f} | {row.hit5:.3f} | {row.mrr10:.3f} | {row.median_ms:.0f}"
        lines.append(f"| {row.language} | {row.library} | {row.questions} | {figures} |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", default="crossing", choices=["crossing", "development", "heldout"], help="questions")
    parser.add_argument("--show", action="store_true", help="print the questions that went wrong")
    parser.add_argument("--json", action="store_true", help="print the rows as JSON")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = rows(load_questions(options.set), Path(folder))
    print(json.dumps([row.__dict__ for row in found], ensure_ascii=False) if options.json else table(found))
    if options.show:
        for row in found:
            print("\n".join(f"{row.language} over {row.library}: {wrong}" for wrong in row.wrong))


if __name__ == "__main__":
    main()
