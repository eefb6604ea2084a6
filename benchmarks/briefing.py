"""How long a briefing note takes: from the command line, first in an application just opened, and then.

    python benchmarks/briefing.py [--runs N]

Writes notes on some topics and on an item, in both languages, over the library of RAPPORTEUR_HOME, whose index must be
built. Gives seconds, and what else the processor had to do: the ratio to a question asked in the same way.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from assistant import Assistant

ROOT = Path(__file__).resolve().parent.parent
QUESTION = "讨论要点10要求各国做什么？"
TOPICS, ITEM = ("追查", "marking of firearms", "3D打印枪支", "football"), "3"


def seconds(work: Callable[[], object]) -> float:
    """The time of some work."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def command(*arguments: str) -> None:
    """``python -m assistant`` in a process of its own."""
    subprocess.run([sys.executable, "-m", "assistant", *arguments], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=3, help="how often each is done")
    runs = parser.parse_args().runs
    asked = median(seconds(lambda: command("ask", QUESTION, "--json")) for _ in range(runs))
    noted = median(seconds(lambda: command("brief", "追查", "--json")) for _ in range(runs))
    rows = [("command line, opening included", asked, noted)]
    assistant = Assistant.open(progress=False)
    first = seconds(lambda: assistant.brief("追查"))
    warm = median(seconds(lambda: assistant.ask(QUESTION)) for _ in range(5))
    rows.append(("the first note of an open application", warm, first))
    for topic, item in (*((topic, "") for topic in TOPICS), ("", ITEM)):
        assistant.brief(topic, item)
        note = partial(assistant.brief, topic, item)
        rows.append((f"then: {topic or f'item {item}'}", warm, median(seconds(note) for _ in range(runs))))
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores\n")
    print("| | question, s | note, s | ratio |\n|---|---|---|---|")
    for name, question, written in rows:
        print(f"| {name} | {question:.2f} | {written:.2f} | {written / question:.1f} |")


if __name__ == "__main__":
    main()
