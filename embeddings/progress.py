"""How far an embedding is, told to who waits for it: a bar on standard error, or a page."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tqdm import tqdm

#: Told how many units are done of how many, and in how many seconds the rest will be; None while that is unknown.
#: What it raises stops the embedding, of which what was done is kept.
Progress = Callable[[int, int, float | None], None]


@contextmanager
def reporting(
    progress: bool | Progress, total: int, what: str = "Embedding paragraphs"
) -> Iterator[Callable[[int], None]]:
    """A function that is told how many of ``total`` units are done, and passes it on; nothing where there are none.

    ``what`` is what the bar says is being done.
    """
    if isinstance(progress, bool):
        with tqdm(total=total, desc=what, unit="", disable=not (progress and total)) as bar:
            yield lambda done: _advance(bar, done)
        return
    started = time.monotonic()

    def report(done: int) -> None:
        spent = time.monotonic() - started
        progress(done, total, spent / done * (total - done) if done else None)

    if total:
        report(0)
    yield report


def _advance(bar: tqdm[None], done: int) -> None:
    bar.update(done - bar.n)
