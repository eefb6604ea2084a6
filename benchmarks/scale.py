"""What a library of ten thousand, a hundred thousand and a million units takes on one machine.

    python benchmarks/scale.py FOLDER [--units N]... [--keep] [--kinds]

The units are made, not collected. Each is one to four sentences of the bundled documents, put together anew in Chinese
and in English alike, with other numbers and other States in them; its vector and its sentences' are the real ones of
those sentences, moved by half of what real ones differ by (numpy's numbers, with the covariance of the real vectors),
and no encoder has read it. So the words are those of such documents, but fewer different ones than a real library of
that size holds, and common words are in more of its units; near twins are more than in life.

All goes through the library file, the build of the index and the search that the assistant uses; only the rows are
written in bulk. Searching is measured in a process of its own, with the development questions, the first of which are
not counted: that process also holds the encoder. Recall is that of the nearest units by vector against all of them, one
after the other. ``--kinds`` compares kinds of index over the vectors of each size instead. FOLDER is for this alone: a
size takes some 8 KB a unit there, 90 where token states are held, and is removed when it is measured, unless it is to
be kept.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np

from assistant.question import read_question
from assistant.retrieve import Retriever
from benchmarks.made_units import make_library
from benchmarks.nearest_kinds import compare_kinds
from benchmarks.timing import Timing
from corpus.library import LIBRARY_FILE, Library
from corpus.records import LANGUAGES
from embeddings.build import INDEX_FOLDER, ensure_index
from embeddings.index import current_snapshot
from embeddings.model import Encoder
from embeddings.nearest import Floats
from embeddings.snapshot import Query, Snapshot

QUESTIONS = Path(__file__).resolve().parents[1] / "tests" / "assistant" / "data" / "development.jsonl"
SIZES = (10_000, 100_000, 1_000_000)
# Questions that only warm up, questions in all, and how many passages the assistant asks for.
WARM, ASKED, PASSAGES = 20, 120, 50


@dataclass
class Row:
    """What one size took: seconds, megabytes, shares, and milliseconds a question."""

    units: int
    rows_s: float = 0.0
    index_s: float = 0.0
    index_cpu_s: float = 0.0
    build_peak_mb: float = 0.0
    library_mb: float = 0.0
    index_mb: float = 0.0
    open_index_s: float = 0.0
    open_words_s: float = 0.0
    memory_mb: float = 0.0
    own_memory_mb: float = 0.0
    encoder_mb: float = 0.0
    recall10: float = 0.0
    recall200: float = 0.0
    p50: float = 0.0
    p95: float = 0.0
    p50_cpu: float = 0.0
    p95_cpu: float = 0.0
    p50_encoded: float = 0.0
    p95_encoded: float = 0.0
    p50_within: float = 0.0
    p95_within: float = 0.0
    read_p50: float = 0.0
    load: float = 0.0


def questions() -> list[str]:
    """The development questions, languages in turn."""
    rows = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    by_language = [[row["question"] for row in rows if row["language"] == language] for language in LANGUAGES]
    return [question for pair in zip(*by_language, strict=False) for question in pair][:ASKED]


def write(home: Path, base: Path, row: Row) -> Row:
    """Makes the rows of a library."""
    encoder = Encoder.load()
    started = time.perf_counter()
    make_library(home, base, row.units, encoder)
    row.rows_s = time.perf_counter() - started
    return row


def build(home: Path, row: Row) -> Row:
    """Makes the index of a library."""
    library, encoder = Library.open(home), Encoder.load()
    started, spent = time.perf_counter(), time.process_time()
    ensure_index(library, encoder, progress=False)
    row.index_s, row.index_cpu_s = time.perf_counter() - started, time.process_time() - spent
    row.build_peak_mb = _memory("VmHWM")
    library.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    row.library_mb = (home / LIBRARY_FILE).stat().st_size / 1e6
    row.index_mb = sum(path.stat().st_size for path in (home / INDEX_FOLDER).rglob("*") if path.is_file()) / 1e6
    return row


def search(home: Path, row: Row) -> Row:
    """Opens and searches; for a process of its own."""
    encoder = Timing(Encoder.load())
    encoder.encode_question("热身")
    row.encoder_mb = _memory("VmRSS")
    library = Library.open(home)
    started = time.perf_counter()
    snapshot = ensure_index(library, encoder, progress=False)
    row.open_index_s = time.perf_counter() - started
    started = time.perf_counter()
    retriever = Retriever(library, snapshot, encoder, reader=encoder)
    row.open_words_s = time.perf_counter() - started
    documents = library.documents()
    own = [document.doc_id for document in documents[:5]]
    took: dict[str, list[float]] = {"read": [], "alone": [], "cpu": [], "encoded": [], "within": []}
    vectors = []
    for n, text in enumerate(questions()):
        started = time.perf_counter()
        question = read_question(text, documents)
        read, spent = time.perf_counter(), time.process_time()
        retriever.retrieve(question, PASSAGES)
        found, spent = time.perf_counter(), time.process_time() - spent - encoder.processor_seconds
        alone = found - read - encoder.seconds
        retriever.retrieve(question, PASSAGES, own)
        within = time.perf_counter() - found
        vectors.append(encoder.encode_question(question.plain).vector)
        if n >= WARM:
            for name, seconds in (
                ("read", read - started),
                ("encoded", found - read),
                ("within", within),
                ("alone", alone),
                ("cpu", spent),
            ):
                took[name].append(seconds * 1000)
    row.read_p50 = float(np.median(took["read"]))
    row.p50, row.p95 = _percentiles(took["alone"])
    row.p50_cpu, row.p95_cpu = _percentiles(took["cpu"])
    row.p50_encoded, row.p95_encoded = _percentiles(took["encoded"])
    row.p50_within, row.p95_within = _percentiles(took["within"])
    row.memory_mb, row.own_memory_mb = _memory("VmRSS"), _memory("RssAnon")
    row.recall10, row.recall200 = recalls(library, snapshot, np.stack(vectors))
    row.load = os.getloadavg()[0]
    return row


def recalls(library: Library, snapshot: Snapshot, vectors: Floats) -> tuple[float, float]:
    """The share of the 10 and of the 200 nearest units of each language that the index gives, over questions (q, d)."""
    near = [exact(library, snapshot, vectors, limit) for limit in (10, 200)]
    shares: list[list[float]] = [[], []]
    for at, vector in enumerate(vectors):
        query = Query(vector, np.zeros((0, len(vector)), np.float32), "zh")
        for language in LANGUAGES:
            found = snapshot.nearest(query, language, 200)
            for which, limit in enumerate((10, 200)):
                true = near[which][language][at]
                shares[which].append(len(true & set(found[:limit])) / max(len(true), 1))
    return float(np.mean(shares[0])), float(np.mean(shares[1]))


def exact(library: Library, snapshot: Snapshot, vectors: Floats, limit: int) -> dict[str, list[set[int]]]:
    """The nearest units of each language to each vector, of all the vectors that the library holds."""
    best: dict[str, list[set[int]]] = {}
    for language in LANGUAGES:
        ids: list[int] = []
        scores: list[Floats] = []
        cursor = library.connection.execute(
            "SELECT unit_id, vector FROM vectors JOIN units ON units.id = unit_id"
            " WHERE fingerprint = ? AND sentence = -1 AND language = ?", (snapshot.fingerprint, language),
        )  # fmt: skip
        while rows := cursor.fetchmany(20_000):
            ids += [row[0] for row in rows]
            block = np.frombuffer(b"".join(row[1] for row in rows), np.float16).reshape(len(rows), -1)
            scores.append(vectors @ block.astype(np.float32).T)
        every, owners = np.concatenate(scores, axis=1), np.array(ids)
        best[language] = []
        for each in every:
            top = np.argpartition(-each, min(4 * limit, len(each) - 1))[: 4 * limit]
            top = top[np.argsort(-each[top], kind="stable")]
            best[language].append(set(list(dict.fromkeys(owners[top].tolist()))[:limit]))
    return best


def _percentiles(milliseconds: Sequence[float]) -> tuple[float, float]:
    return float(np.percentile(milliseconds, 50)), float(np.percentile(milliseconds, 95))


def _memory(name: str) -> float:
    """Megabytes of this process, as the system counts them under a name."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name)) / 1024


def table(rows: Sequence[Row]) -> str:
    """A line a measure, a column a size; how much it grew since the size before in brackets."""
    named = {
        "rows written (s)": "rows_s", "index built (s)": "index_s",
        "processor time of it (s)": "index_cpu_s",
        "most memory of building, mapped files included (MB)": "build_peak_mb",

        "library (MB)": "library_mb", "index (MB)": "index_mb",
        "index opened and checked (s)": "open_index_s", "words opened (s)": "open_words_s",
        "resident memory, encoder and mapped files included (MB)": "memory_mb",
        "of it not pages of files (MB)": "own_memory_mb", "of it the encoder alone (MB)": "encoder_mb",
        "recall@10": "recall10", "recall@200": "recall200",
        "retrieval p50 (ms)": "p50", "p95 (ms)": "p95",
        "processor time of it p50 (ms)": "p50_cpu", "p95 of it (ms)": "p95_cpu",
        "with the encoder's time p50 (ms)": "p50_encoded", "p95 with it (ms)": "p95_encoded",
        "within five documents p50 (ms)": "p50_within", "p95 within them (ms)": "p95_within",
        "reading the question p50 (ms)": "read_p50", "load average at the end": "load",
    }  # fmt: skip
    lines = ["| | " + " | ".join(f"{row.units:,}" for row in rows) + " |", "|---" * (len(rows) + 1) + "|"]
    for name, field in named.items():
        cells = []
        for at, row in enumerate(rows):
            value = float(getattr(row, field))
            before = float(getattr(rows[at - 1], field)) if at else 0.0
            said = f"{value:.3f}" if field.startswith("recall") else f"{value:,.0f}" if value >= 100 else f"{value:.1f}"
            grown = before and field != "load" and not field.startswith("recall")
            cells.append(said + (f" (×{value / before:.1f})" if grown else ""))
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _apart(step: str, folder: Path, row: Row) -> Row:
    """One step in a process of its own, whose memory holds nothing of the others."""
    command = [sys.executable, __file__, str(folder), "--step", step, "--row", json.dumps(asdict(row))]
    return Row(**json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="a scratch folder with room")
    parser.add_argument("--units", type=int, action="append", help="how many units; by default three sizes")
    parser.add_argument(
        "--keep", action="store_true", help="leave the libraries in the folder, and take those there are"
    )
    parser.add_argument("--kinds", action="store_true", help="compare kinds of index over the vectors of each size")
    parser.add_argument("--step", choices=["write", "build", "search"], help=argparse.SUPPRESS)
    parser.add_argument("--row", type=json.loads, help=argparse.SUPPRESS)
    given = parser.parse_args()
    base = given.folder / "base"
    if given.step:
        row = Row(**given.row)
        home = given.folder / str(row.units)
        steps = {"write": partial(write, home, base), "build": partial(build, home), "search": partial(search, home)}
        row = steps[given.step](row)
        print(json.dumps(asdict(row)))
        return
    rows = []
    for units in given.units or SIZES:
        home, said = given.folder / str(units), given.folder / f"{units}.json"
        row = Row(**json.loads(said.read_text("utf-8"))) if said.exists() else Row(units)
        for step in ("write", "build"):
            if not (row.rows_s if step == "write" else row.index_s):
                row = _apart(step, given.folder, row)
                said.write_text(json.dumps(asdict(row)), "utf-8")
        if given.kinds:
            root = home / INDEX_FOLDER
            print(compare_kinds(root / current_snapshot(root), questions(), Encoder.load()), flush=True)
        else:
            rows.append(_apart("search", given.folder, row))
            print(table(rows[-1:]), file=sys.stderr, flush=True)
        if not given.keep:
            shutil.rmtree(home)
            said.unlink()
    if rows:
        print(table(rows))


if __name__ == "__main__":
    main()
