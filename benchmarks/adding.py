"""How long a 500-page PDF takes to be added end to end, and how much memory: ``python benchmarks/adding.py``.

The pages are those of ``benchmarks/reading.py``. Each step runs as the application runs it, over a library of its own
that holds the bundled documents: the file is read in a child process, its units are stored, their vectors made, and the
index is built; from then on it is found and answered from. Its sentences follow, and the index is built anew with them.
Memory is that of this process and its children together, at its peak.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import get_args

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.reading import PATIENT, Setting, long_pdf
from corpus.home import BUNDLED_DATA
from corpus.library import Library
from corpus.readers.process import parse_apart
from corpus.records import LANGUAGES, Bilingual, Language
from corpus.shelf.adding import add_version
from corpus.shelf.description import Description
from corpus.sync import sync_folder
from embeddings.build import ensure_index
from embeddings.embed import embed_missing, refine
from embeddings.model import Encoder

#: What there is before it is found, and what follows.
STEPS, AFTER = ("read", "store", "embed", "index"), ("sentences", "index again")
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
    """Prints two tables for docs/benchmarks.md, or measures one case and says it for the other to print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=500)
    parser.add_argument("--setting", choices=get_args(Setting), action="append", help="which pages; by default all")
    parser.add_argument("--measure", choices=LANGUAGES, help=argparse.SUPPRESS)
    given = parser.parse_args()
    settings: list[Setting] = given.setting or list(get_args(Setting))
    if given.measure:
        sys.stdout.write(json.dumps(asdict(_measured(given.measure, given.pages, settings[0]))))
        return 0
    measured = {(setting, name): _apart(name, given.pages, setting) for setting in settings for name in LANGUAGES}
    print(f"{given.pages} pages. Load average at the end: {os.getloadavg()[0]:.1f}.\n")
    for title, name in (("seconds", "wall"), ("seconds of processor time", "processor")):
        print(
            f"| pages as | language | units | {' | '.join(STEPS)} | {title} until it is found | {' | '.join(AFTER)}",
            end="",
        )
        print(f" | {title} in all | vectors | peak memory (MB) |")
        print("|---" * (len(STEPS) + len(AFTER) + 7) + "|")
        for (setting, language), of in measured.items():
            seconds: dict[str, float] = getattr(of, name)
            first, after = ([seconds[step] for step in steps] for steps in (STEPS, AFTER))
            cells = [*map(_one, first), f"**{sum(first):.1f}**", *map(_one, after), _one(sum(first) + sum(after))]
            print(f"| {setting} | {language} | {of.units} | {' | '.join(cells)} | {of.texts} | {of.peak:.0f} |")
        print()
    return 0


def _apart(language: Language, pages: int, setting: Setting) -> Measured:
    """One case in a process of its own, whose memory holds nothing of the others."""
    command = [sys.executable, __file__, "--pages", str(pages), "--setting", setting, "--measure", language]
    return Measured(**json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))


def _measured(language: Language, pages: int, setting: Setting) -> Measured:
    encoder = Encoder.load()
    with tempfile.TemporaryDirectory() as home:
        library = Library.open(Path(home))
        sync_folder(library, BUNDLED_DATA)
        ensure_index(library, encoder, progress=False)
        return _added(library, encoder, language, pages, setting)


def _one(seconds: float) -> str:
    return f"{seconds:.1f}"


def _added(library: Library, encoder: Encoder, language: Language, pages: int, setting: Setting) -> Measured:
    measured, data = Measured(), long_pdf(language, pages, setting)
    title = f"{pages} {setting} pages"
    titles = Bilingual(title, "") if language == "zh" else Bilingual("", title)
    description = Description(titles=titles, year=2026, doc_id=f"long-{setting}-{language}")
    with _looking(measured):
        with measured.step("read"):
            reading = parse_apart(data, "pdf", "long.pdf", language, PATIENT)
        with measured.step("store"):
            added = add_version(library, reading, description, data, "long.pdf")
        with measured.step("embed"):
            embed_missing(library, encoder, progress=False, refined=False)
        with measured.step("index"):
            ensure_index(library, encoder, progress=False, refined=False)
        with measured.step("sentences"):
            refine(library, encoder, progress=False)
        with measured.step("index again"):
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
