"""How long the application takes from its start to an answered question, and how much memory it takes at its peak.

    python benchmarks/start.py [--runs N]

Starts ``app.py`` with an empty home and an empty cache (model unpacked, documents embedded), then again with what the
first start left, asks a question in a real browser each time, and gives the second as a ratio of the first. Linux only.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
QUESTION = "2012年5月销毁了多少支枪支？"
ANSWER = "1,045"


@dataclass(frozen=True)
class Start:
    """Seconds from the start of the process until the page answers and until the question is, and the peak in MB."""

    page: float
    answer: float
    first_question: float
    peak_mb: float


def measure(folder: Path, page: Page) -> Start:
    """One start of the application with its home and cache in ``folder``."""
    environment = os.environ | {"RAPPORTEUR_HOME": str(folder / "home"), "XDG_CACHE_HOME": str(folder / "cache")}
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "app.py", "--port", "0"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        page.goto(address)
        page.wait_for_selector("textarea")
        up = time.perf_counter() - began
        page.fill("textarea", QUESTION)
        asked = time.perf_counter() - began
        page.keyboard.press("Enter")
        page.wait_for_selector(f"text={ANSWER}")
        answered = time.perf_counter() - began
        status = Path(f"/proc/{process.pid}/status").read_text(encoding="utf-8")
        peak = next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM"))
        return Start(up, answered, answered - asked, peak)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=3, help="pairs of starts")
    options = parser.parse_args()
    print(
        "| start | page up (s) | first answer (s) | question to answer (s) | peak memory (MB) |\n|---|---|---|---|---|"
    )
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-background-networking"]
        )
        for run in range(1, options.runs + 1):
            with tempfile.TemporaryDirectory() as folder:
                starts = []
                for name in ("first", "second"):
                    page = browser.new_page()
                    start = measure(Path(folder), page)
                    page.close()
                    starts.append(start)
                    print(
                        f"| {name}, run {run} | {start.page:.1f} | {start.answer:.1f} | {start.first_question:.2f} |"
                        f" {start.peak_mb:.0f} |",
                        flush=True,
                    )
                print(
                    f"| second / first, run {run} | {starts[1].page / starts[0].page:.2f} |"
                    f" {starts[1].answer / starts[0].answer:.2f} | | {starts[1].peak_mb / starts[0].peak_mb:.2f} |"
                )
        browser.close()


if __name__ == "__main__":
    main()
