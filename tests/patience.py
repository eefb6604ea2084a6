"""How long a test waits: many times what a busy machine needs, and far less than what is broken would take."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

#: Seconds that anything is waited for.
PATIENCE = 60.0
#: Seconds that what never comes by itself is held back: who waits for it has not kept to a bound of ``PATIENCE``.
LONG = 3 * PATIENCE
#: Seconds that a process has which loads what the product loads, to the end of what it is to do.
PROCESS = 300.0


def until(holds: Callable[[], object], seconds: float = PATIENCE) -> None:
    """Waits until something holds that another thread or process brings about."""
    last = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < last, f"it did not come within {seconds:g} seconds"
        time.sleep(0.01)


@contextmanager
def in_time(seconds: float = PATIENCE) -> Iterator[None]:
    """Holds that what is within does not wait for what does not come.

    This says nothing of speed: what is waited for in vain must be held back for much longer, such as ``LONG``.
    """
    began = time.monotonic()
    yield
    assert time.monotonic() - began < seconds


@contextmanager
def little_work(seconds: float) -> Iterator[None]:
    """Holds that what is within does not take this thread so much of a processor, whoever else wants it.

    The bound is to be many times what is needed, and a small part of what work that grows with the square would take.
    """
    began = time.thread_time()
    yield
    assert time.thread_time() - began < seconds
