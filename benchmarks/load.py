"""How long answers take when many ask at once, beside one who asks alone.

    python benchmarks/load.py [--clients N] [--rounds N]

Starts ``app.py`` over the library in ``$RAPPORTEUR_HOME`` and asks it as the page does, over HTTP: a question is posted
and its answer comes as a stream of events. One client asks all questions one after the other; then each is asked by a
client of its own, all at the same time. Clients and server share this computer.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import httpx
import numpy as np

ROOT = Path(__file__).resolve().parent.parent
QUESTIONS = ROOT / "tests" / "assistant" / "data" / "development.jsonl"
ASK = "/gradio_api/call/answer"


@dataclass(frozen=True)
class Timing:
    """Milliseconds from the question to its first sentence and to its whole answer; none where it was turned away."""

    first: float | None
    whole: float | None


@dataclass(frozen=True)
class Row:
    """One line of the table: who asked, and the percentiles of all that were answered, in milliseconds."""

    asked: str
    answered: int
    turned_away: int
    first_p50: float
    first_p95: float
    whole_p50: float
    whole_p95: float


def questions(count: int) -> list[str]:
    """As many different questions, of both languages in turn, answerable and not."""
    rows = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    by_language = [[row["question"] for row in rows if row["language"] == language] for language in ("zh", "en")]
    mixed = [question for pair in zip(*by_language, strict=False) for question in pair]
    return [mixed[at % len(mixed)] for at in range(count)]


async def ask(client: httpx.AsyncClient, question: str) -> Timing:
    """Asks as the page does, and reads the answer to its end."""
    language = "zh" if any("\u4e00" <= character <= "\u9fff" for character in question) else "en"
    asked = {"id": uuid4().hex, "question": question, "language": language}
    began = time.perf_counter()
    joined = await client.post(ASK, json={"data": [asked]})
    if joined.status_code == httpx.codes.SERVICE_UNAVAILABLE:
        return Timing(None, None)
    joined.raise_for_status()
    first: float | None = None
    async with client.stream("GET", f"{ASK}/{joined.json()['event_id']}") as events:
        async for line in events.aiter_lines():
            if first is None and line.startswith("data: [{"):
                first = time.perf_counter() - began
    if first is None:
        raise RuntimeError(f"no answer came to {question!r}; expected one, or an abstention")
    return Timing(first * 1000, (time.perf_counter() - began) * 1000)


async def alone(client: httpx.AsyncClient, asked: Sequence[str]) -> list[Timing]:
    """One client that asks one question after the other."""
    return [await ask(client, question) for question in asked]


async def at_once(client: httpx.AsyncClient, asked: Sequence[str]) -> list[Timing]:
    """As many clients as questions, at the same time."""
    return list(await asyncio.gather(*(ask(client, question) for question in asked)))


def row(name: str, timings: Sequence[Timing]) -> Row:
    """The percentiles of some timings."""
    first = [timing.first for timing in timings if timing.first is not None]
    whole = [timing.whole for timing in timings if timing.whole is not None]
    return Row(
        name,
        len(whole),
        len(timings) - len(whole),
        *(float(np.percentile(values, at)) for values in (first, whole) for at in (50, 95)),
    )


async def measure(address: str, clients: int, rounds: int) -> list[Row]:
    """The table: one alone, and many at once."""
    async with httpx.AsyncClient(base_url=address, timeout=120, limits=httpx.Limits(max_connections=None)) as client:
        asked = questions(clients)
        await alone(client, asked[:4])
        singly = [timing for _ in range(rounds) for timing in await alone(client, asked)]
        together = [timing for _ in range(rounds) for timing in await at_once(client, asked)]
    return [row("one after the other", singly), row(f"{clients} at once", together)]


def table(rows: Sequence[Row]) -> str:
    """The rows as Markdown."""
    lines = ["| asked | answered | turned away | first sentence p50 | p95 | whole answer p50 | p95 |", "|" + "---|" * 7]
    for each in rows:
        figures = (each.first_p50, each.first_p95, each.whole_p50, each.whole_p95)
        lines.append(
            f"| {each.asked} | {each.answered} | {each.turned_away} | {' | '.join(f'{ms:,.0f} ms' for ms in figures)} |"
        )
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clients", type=int, default=20, help="how many ask at the same time")
    parser.add_argument("--rounds", type=int, default=5, help="how often each question is asked, both ways")
    options = parser.parse_args()
    server = subprocess.Popen([sys.executable, "app.py", "--port", "0"], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        address = server.stdout.readline().strip()
        if not address:
            sys.exit("load: app.py did not start; expected its address; see what it says above")
        print(table(asyncio.run(measure(address, options.clients, options.rounds))))
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(30)


if __name__ == "__main__":
    main()
