"""Two threads for one pass, each on cores of its own, while these have nothing else to do.

The two wait for each other in each of a model's layers. So a question takes seven tenths of the time of one thread, but
up to four times as long where something keeps one of them from its core (docs/benchmarks.md). Whether anything does is
asked of the system before every pass.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TypeVar

import torch

from embeddings.layers.sharing import cores, running

_T = TypeVar("_T")

# Seconds for which the second thread stays awake after a pass, more than enough: until then it counts as running.
_AWAKE = 0.001
# How often a thread falls asleep in a pass that is not shared well, and the seconds without sharing from then on. In a
# pass it waits for the other some 80 times, and as a rule falls asleep in none of them, in one of 400 passes 19 times.
_OFTEN, _REST = 40, 60.0
# Numbers of which torch shares a sum out among its threads.
_ENOUGH = 1 << 18


class Pair:
    """A thread whose work on tensors is shared by a second one of OpenMP's. See :func:`pair`."""

    def __init__(self) -> None:
        """Starts the thread, and has all others run by themselves from now on."""
        self._thread, self._ended, self._rested = ThreadPoolExecutor(1, thread_name_prefix="pair"), 0.0, 0.0
        self._cores = self._thread.submit(_share).result()
        torch.set_num_threads(1)

    @property
    def resting(self) -> bool:
        """Whether sharing has lately brought nothing, as the two kept falling asleep while they waited for each other.

        They do where other threads of the process share among themselves as well; see :func:`pair`.
        """
        return time.perf_counter() < self._rested

    def idle(self) -> bool:
        """Whether at this moment each of the two finds a core; always False on one core, and beyond Linux."""
        if self._cores < 2 or self.resting:
            return False
        own = 1 + (time.perf_counter() - self._ended < _AWAKE)
        return leave_two_cores(running() - own, self._cores)

    def share(self, work: Callable[[], _T]) -> _T:
        """What the work gives, done by the two."""
        try:
            given, slept = self._thread.submit(_watched, work).result()
        finally:
            self._ended = time.perf_counter()
        if slept > _OFTEN:
            self._rested = self._ended + _REST
        return given


@cache
def pair() -> Pair:
    """The one of this process.

    OpenMP counts the threads that share with another, and lets all of them fall asleep at once where they are more than
    the cores. To wake one takes longer than its part of a layer.
    """
    return Pair()


def leave_two_cores(others: int, among: int) -> bool:
    """Whether so many threads leave a core to each of two that run on one half of the cores each, wherever they run."""
    return others < among // 2


def _watched(work: Callable[[], _T]) -> tuple[_T, int]:
    """What the work gives, and how often its thread fell asleep over it."""
    # There is none on Windows, where nothing is shared.
    import resource

    before = resource.getrusage(resource.RUSAGE_THREAD).ru_nvcsw
    given = work()
    return given, resource.getrusage(resource.RUSAGE_THREAD).ru_nvcsw - before


def _share() -> int:
    """Has the calling thread share with another, which gets every other core; gives how many cores the two have.

    Else the system often wakes the second on the core of the first, where each waits for the other to be put aside.
    """
    if not hasattr(os, "sched_setaffinity") or cores() < 2:
        return 0
    given = sorted(os.sched_getaffinity(0))
    # Torch sets a thread to the number of all when it first needs it, which would be after this.
    torch.get_num_threads()
    torch.set_num_threads(2)
    try:
        # The second is started by this sum, and may run where the first may at that moment.
        os.sched_setaffinity(0, given[1::2])
        torch.ones(_ENOUGH).sum()
        os.sched_setaffinity(0, given[::2])
    except OSError:
        # A sandbox may forbid it.
        return 0
    return len(given)
