"""How long a 500-page PDF takes to be added end to end, and how much memory: ``python benchmarks/adding.py [PAGES]``.

The pages are those of ``benchmarks/reading.py``. Each step runs as the application runs it, over a library of its own
that holds the bundled documents: the file is read in a child process, its units are stored, their vectors made, and the
index is built anew and swapped. Memory is that of this process and its children together, at its peak.
"""

from __future__ import annotations

import os
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.reading import PATIENT, long_pdf
from corpus.home import BUNDLED_DATA
from corpus.library import Library
from corpus.readers.process import parse_apart
from corpus.records import LANGUAGES, Bilingual, Language
from corpus.shelf.adding import add_version
from corpus.shelf.description import Description
from corpus.sync import sync_folder
from embeddings.build import embed_missing, ensure_index
from embeddings.model import Encoder

STEPS = ("read", "store", "embed", "index")
# The peak of a step that lasts seconds is seen by looking this often.
LOOK_SECONDS = 0.1


@dataclass
class Measured:
    """Seconds by the clock and of processor time by step, and the memory of the process tree at its peak, in MB."""

    wall: dict[str, float] = field(default_factory=dict)
    processor: dict[str, float] = field(default_factory=dict)
    peak: float = 0.0
    units: int = 0
    texts: int = 0

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Measures what runs within."""
        wall, spent = time.perf_counter(), _processor_seconds()
        yield
        self.wall[name] = time.perf_counter() - wall
        self.processor[name] = _processor_seconds() - spent


def main() -> int:
    """Prints two tables for docs/benchmarks.md."""
    pages = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    encoder = Encoder.load()
    with tempfile.TemporaryDirectory() as home:
        library = Library.open(Path(home))
        sync_folder(library, BUNDLED_DATA)
        ensure_index(library, encoder, progress=False)
        before = _tree_megabytes()
        measured = {language: _added(library, encoder, language, pages) for language in LANGUAGES}
    print(f"Load average at the end: {os.getloadavg()[0]:.1f}; memory before the first: {before:.0f} MB.\n")
    for title, name in (("seconds", "wall"), ("seconds of processor time", "processor")):
        print(f"| language | pages | units | vectors | {' | '.join(STEPS)} | {title} in all | peak memory (MB) |")
        print("|---" * (len(STEPS) + 6) + "|")
        for language, of in measured.items():
            seconds: dict[str, float] = getattr(of, name)
            steps = " | ".join(f"{seconds[step]:.1f}" for step in STEPS)
            whole = sum(seconds.values())
            print(f"| {language} | {pages} | {of.units} | {of.texts} | {steps} | {whole:.1f} | {of.peak:.0f} |")
        print()
    return 0


def _added(library: Library, encoder: Encoder, language: Language, pages: int) -> Measured:
    measured, data = Measured(), long_pdf(language, pages)
    title = f"{pages} pages"
    description = Description(
        titles=Bilingual(title, "") if language == "zh" else Bilingual("", title), year=2026, doc_id=f"long-{language}"
    )
    with _looking(measured):
        with measured.step("read"):
            reading = parse_apart(data, "pdf", "long.pdf", language, PATIENT)
        with measured.step("store"):
            added = add_version(library, reading, description, data, "long.pdf")
        with measured.step("embed"):
            embed_missing(library, encoder, progress=False)
        with measured.step("index"):
            ensure_index(library, encoder, progress=False)
    measured.units = added.units
    (measured.texts,) = library.connection.execute(
        "SELECT count(*) FROM vectors JOIN units ON units.id = unit_id WHERE doc_id = ?", (added.doc_id,)
    ).fetchone()
    return measured


@contextmanager
def _looking(measured: Measured) -> Iterator[None]:
    done = threading.Event()

    def look() -> None:
        while not done.wait(LOOK_SECONDS):
            measured.peak = max(measured.peak, _tree_megabytes())

    looker = threading.Thread(target=look)
    looker.start()
    try:
        yield
    finally:
        done.set()
        looker.join()


def _processor_seconds() -> float:
    """Of this process and of the children that ended."""
    return sum(os.times()[:4])


def _tree_megabytes() -> float:
    """The resident memory of this process and of all that came of it."""
    waiting, kilobytes = [os.getpid()], 0
    while waiting:
        process = waiting.pop()
        try:
            status = Path(f"/proc/{process}/status").read_text(encoding="ascii", errors="replace")
            threads = list(Path(f"/proc/{process}/task").iterdir())
            waiting += [int(child) for thread in threads for child in (thread / "children").read_text().split()]
        except OSError:
            continue  # It ended meanwhile.
        kilobytes += next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")), 0)
    return kilobytes / 1024


if __name__ == "__main__":
    sys.exit(main())
