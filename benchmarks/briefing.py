"""How long a briefing note takes: from the command line, first in an application just opened, and then.

    python benchmarks/briefing.py [--runs N]

Writes notes on some topics and on an item, in both languages, over the library of RAPPORTEUR_HOME, whose index must be
built. Gives seconds, and what else the processor had to do: the ratio to a question asked in the same way. Of a command
in a process of its own it gives the seconds of the processor too, which say more where others work beside it.
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
#: Notes from the command line: a topic in either language, and what there is nothing on.
COMMANDS = (("追查",), ("3D打印枪支",), ("marking of firearms", "--language", "en"), ("ghost guns", "--language", "en"))


def seconds(work: Callable[[], object]) -> float:
    """The time of some work."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def command(*arguments: str) -> tuple[float, float]:
    """``python -m assistant`` in a process of its own: its seconds by the clock and of the processor."""
    before = os.times()
    called = [sys.executable, "-m", "assistant", *arguments]
    passed = seconds(lambda: subprocess.run(called, cwd=ROOT, check=True, stdout=subprocess.DEVNULL))
    after = os.times()
    own = after.children_user + after.children_system - before.children_user - before.children_system
    return passed, own


def commands(runs: int) -> list[tuple[str, float, float]]:
    """A question and each note from the command line: its name, and the medians of both times."""
    called = (("ask", QUESTION), *(("brief", *each) for each in COMMANDS))
    timed = [[command(*each, "--json") for _ in range(runs)] for each in called]
    return [
        (" ".join(each), median(passed for passed, _ in times), median(own for _, own in times))
        for each, times in zip(called, timed, strict=True)
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=3, help="how often each is done")
    runs = parser.parse_args().runs
    called = commands(runs)
    rows = [("command line, opening included", called[0][1], called[1][1])]
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
    print("\n| from the command line, opening included | s by the clock | s of the processor |\n|---|---|---|")
    for name, passed, own in called:
        print(f"| `python -m assistant {name}` | {passed:.2f} | {own:.2f} |")


if __name__ == "__main__":
    main()
