"""How long comparing two documents takes, from the command line and in an application that is open, beside a question.

    python benchmarks/comparing.py [--runs N]

Compares the Chair's summary with the report over the library of RAPPORTEUR_HOME, whose index must be built: each
command in a process of its own, then both in one process, warm. Gives the median of each and its ratio to a question
asked in the same way.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from assistant import Assistant

ROOT = Path(__file__).resolve().parent.parent
A, B = "wg6-2020-chair-summary", "wg6-2020-report"
QUESTION = "讨论要点10要求各国做什么？"


def seconds(work: Callable[[], object], runs: int) -> float:
    """The median time of some work."""
    taken = []
    for _ in range(runs):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return median(taken)


def command(*arguments: str) -> None:
    """``python -m assistant`` in a process of its own."""
    subprocess.run([sys.executable, "-m", "assistant", *arguments], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=5, help="how often each is done")
    runs = parser.parse_args().runs
    cold = [
        seconds(lambda: command("ask", QUESTION, "--json"), runs),
        seconds(lambda: command("compare", A, B, "--json"), runs),
    ]
    assistant = Assistant.open(progress=False)
    warm = [seconds(lambda: assistant.ask(QUESTION), runs)]
    for language in ("zh", "en"):
        assistant.compare(A, B, language)
    warm.append(seconds(lambda: assistant.compare(A, B, "zh"), runs))
    print("| | question, s | comparison, s | ratio |\n|---|---|---|---|")
    for name, (asked, compared) in (("command line", cold), ("open application", warm)):
        print(f"| {name} | {asked:.2f} | {compared:.2f} | {compared / asked:.2f} |")


if __name__ == "__main__":
    main()
