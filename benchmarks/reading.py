"""How long a 500-page PDF takes to read, and with how much memory: ``python benchmarks/reading.py [PAGES]``.

The pages are the paragraphs of the bundled documents, numbered on, set as a printing office sets them. The child
process that parses is run as the application runs it; its peak memory is what the system says of it when it ends.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from itertools import cycle
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from corpus.home import BUNDLED_DATA  # noqa: E402
from corpus.meta import read_meta  # noqa: E402
from corpus.parse.document import parse_version  # noqa: E402
from corpus.readers.limits import Allowance  # noqa: E402
from corpus.readers.reading import read_file  # noqa: E402
from corpus.records import LANGUAGES, Language  # noqa: E402
from tests.corpus.readers.seeds import Piece  # noqa: E402
from tests.corpus.readers.write_pdf import write_pdf  # noqa: E402

# Paragraphs of the seeds that fill a page as it is set here, and how many make one: numbers go to 999.
_A_PAGE: dict[Language, float] = {"zh": 12.0, "en": 7.9}
_IN_ONE = 7


def main() -> int:
    """Prints a table for docs/benchmarks.md."""
    pages = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    print("| language | pages | characters | PDF (MB) | read (s) | child's CPU (s) | child's peak memory (MB) | units |")
    print("|---|---|---|---|---|---|---|---|")
    for language in LANGUAGES:
        data = write_pdf(_pieces(language, int(pages * _A_PAGE[language])), "CTOC/COP/WG.6/2020/4", language)
        start = time.perf_counter()
        reading = read_file(data, "long.pdf")
        whole = time.perf_counter() - start
        seconds, peak = _child(data)
        print(
            f"| {language} | {reading.pages} | {reading.characters:,} | {len(data) / 2**20:.1f} | {whole:.1f}"
            f" | {seconds:.1f} | {peak / 1024:.0f} | {len(reading.units)} |"
        )
    return 0


def _pieces(language: Language, count: int) -> list[Piece]:
    texts = []
    for name in ("wg6-2020-report", "wg6-2014-background"):
        folder = BUNDLED_DATA / name
        document = read_meta(folder / "meta.yaml")
        units = parse_version(document, language, (folder / f"{language}.txt").read_bytes()).units
        texts += [unit.text.split("\n")[0] for unit in units if unit.kind == "paragraph"]
    paragraphs = cycle(texts)
    space = "" if language == "zh" else " "
    return [
        Piece("numbered", f"{number}.", space.join(next(paragraphs) for _ in range(_IN_ONE)))
        for number in range(1, count // _IN_ONE + 1)
    ]


def _child(data: bytes) -> tuple[float, int]:
    """Seconds of processor time, and kilobytes at the peak, of the child process alone."""
    with tempfile.TemporaryFile() as source:
        source.write(data)
        source.seek(0)
        command = [sys.executable, "-m", "corpus.readers.child", "pdf", "x", "-", str(Allowance().address_space)]
        child = subprocess.Popen(command, stdin=source, stdout=subprocess.DEVNULL, cwd=ROOT)
        _, _, usage = os.wait4(child.pid, 0)
        child.returncode = 0
        return usage.ru_utime + usage.ru_stime, usage.ru_maxrss


if __name__ == "__main__":
    sys.exit(main())
