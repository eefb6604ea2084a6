"""How long a 500-page PDF takes to read, and with how much memory: ``python benchmarks/reading.py [PAGES]``.

The pages are the paragraphs of the bundled documents, numbered on, set as a printing office sets them. The child
process that parses is run as the application runs it; its peak memory is what the system says of it when it ends.

Pages are full of text, or hold as much as the United Nations prints on one: 531 words, by the limit of 16 pages or
8,500 words on its reports (General Assembly resolution 52/214, section B), and as many Chinese characters as say the
same in the bundled documents.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import count, cycle
from pathlib import Path
from typing import Literal, get_args

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from corpus.home import BUNDLED_DATA  # noqa: E402
from corpus.meta import read_meta  # noqa: E402
from corpus.parse.document import parse_version  # noqa: E402
from corpus.readers.limits import Allowance  # noqa: E402
from corpus.readers.process import parse_apart  # noqa: E402
from corpus.records import LANGUAGES, Language  # noqa: E402

# A page as it is set here: points, and the lines of a page.
LEFT, TOP, LEADING, WIDTH = 90, 770, 12.5, 415
FONTS: dict[Language, str] = {"zh": "STSong-Light", "en": "Times-Roman"}
# On a busy machine the wall clock says little; what is measured may take its time.
PATIENT = Allowance(seconds=600)
Setting = Literal["dense", "printed"]
# Of the bundled documents: an English word takes 6.87 characters, a Chinese character says what 3.89 English ones do.
LINES: dict[tuple[Setting, Language], int] = {
    ("dense", "zh"): 52, ("dense", "en"): 52, ("printed", "zh"): 23, ("printed", "en"): 44,
}  # fmt: skip
# Paragraphs of the bundled documents that make one: seven of them are the longest that a model reads at once, and more.
IN_ONE: dict[Setting, int] = {"dense": 7, "printed": 1}


def main() -> int:
    """Prints a table for docs/benchmarks.md."""
    pages = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    print(
        "| pages as | language | pages | characters | PDF (MB) | read (s) | child's CPU (s) | child's peak memory (MB)"
        " | units |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    for setting in get_args(Setting):
        for language in LANGUAGES:
            data = long_pdf(language, pages, setting)
            start = time.perf_counter()
            reading = parse_apart(data, "pdf", "long.pdf", language, PATIENT)
            whole = time.perf_counter() - start
            seconds, peak = _child(data)
            print(
                f"| {setting} | {language} | {reading.pages} | {reading.characters:,} | {len(data) / 2**20:.1f}"
                f" | {whole:.1f} | {seconds:.1f} | {peak / 1024:.0f} | {len(reading.units)} |"
            )
    return 0


def long_pdf(language: Language, pages: int, setting: Setting = "dense") -> bytes:
    """Numbered paragraphs on pages with their symbol on top and their number below."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=True)
    font = FONTS[language]
    if language == "zh":
        pdfmetrics.registerFont(UnicodeCIDFont(font))
    lines = _lines(language, IN_ONE[setting])
    for page in range(1, pages + 1):
        canvas.setFont(font, 10)
        canvas.drawString(LEFT, 805, "CTOC/COP/WG.6/2020/4")
        for at in range(LINES[setting, language]):
            canvas.drawString(LEFT, TOP - at * LEADING, next(lines))
        canvas.drawString(LEFT, 40, f"{page}/{pages}")
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _lines(language: Language, in_one: int) -> Iterator[str]:
    texts = []
    for name in ("wg6-2020-report", "wg6-2014-background"):
        folder = BUNDLED_DATA / name
        units = parse_version(
            read_meta(folder / "meta.yaml"), language, (folder / f"{language}.txt").read_bytes()
        ).units
        texts += [unit.text.split("\n")[0] for unit in units if unit.kind == "paragraph"]
    paragraphs = cycle(texts)
    for number in count(1):
        text = f"{number}. " + " ".join(next(paragraphs) for _ in range(in_one))
        words, space = (list(text), "") if language == "zh" else (text.split(), " ")
        line = ""
        for word in words:
            longer = f"{line}{space}{word}" if line else word
            if pdfmetrics.stringWidth(longer, FONTS[language], 10) > WIDTH:
                yield line
                longer = word
            line = longer
        yield line


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
