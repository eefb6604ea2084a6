"""Runs one system over one folder of text files, in that system's own environment; standard library alone.

    python -P harness.py ADAPTER.py JOB.json

The adapter gives ``open_index(folder, model, home)``: a function from a question to pairs of file name and text, best
first. The job says which ``folder`` of files, ``model`` and empty ``home`` it is given, the ``questions`` to ask (JSON
lines with ``id`` and ``text``), the other processes that work for it (``beside``), and where the lines of ``results``
go: one of what was measured, then one a question.
"""

from __future__ import annotations

import importlib.util
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

#: Results that are kept of a question.
KEPT = 5


def run(adapter: Path, job: dict[str, Any]) -> list[dict[str, Any]]:
    """The lines of results."""
    processes = [os.getpid(), *job["beside"]]
    began = time.perf_counter()
    open_index = load(adapter)
    imported, spent = time.perf_counter(), processor_seconds(processes)
    search = open_index(Path(job["folder"]), job["model"], Path(job["home"]))
    indexed, spent = time.perf_counter(), processor_seconds(processes) - spent
    questions = [json.loads(line) for line in Path(job["questions"]).read_text(encoding="utf-8").splitlines()]
    # What loads with the first questions is nothing that a reader waits for again.
    for question in (questions[0], questions[-1]):
        search(question["text"])
    lines = []
    for question in questions:
        asked = time.perf_counter()
        found = search(question["text"])
        lines.append({
            "id": question["id"], "ms": (time.perf_counter() - asked) * 1000,
            "found": [{"file": file, "text": text} for file, text in found[:KEPT]],
        })  # fmt: skip
    measured = {"import_s": imported - began, "index_s": indexed - imported, "index_cpu_s": spent}
    return [{**measured, "peak_mb": sum(map(peak_megabytes, processes))}, *lines]


def load(adapter: Path) -> Any:
    """``open_index`` of a file."""
    spec = importlib.util.spec_from_file_location("adapter", adapter)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.open_index


def processor_seconds(processes: list[int]) -> float:
    """What the processes have spent, all their threads together."""
    ticks = 0
    for process in processes:
        # The name, in brackets, may hold spaces.
        fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def peak_megabytes(process: int) -> float:
    """The most memory that a process has had resident."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii", errors="replace")
    return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM"))


if __name__ == "__main__":
    job = json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))
    with Path(job["results"]).open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in run(Path(sys.argv[1]), job))
