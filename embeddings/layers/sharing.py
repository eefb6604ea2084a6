"""Texts shared out among the cores.

A pass through the layers runs on one thread, and as many passes at a time as there are cores: threads that share one
pass wait for each other in each of its layers. A question's alone is shared by two, where nothing else runs
(docs/benchmarks.md).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

# Its fourth word is how many threads of the machine run or could, of how many that there are: "0.20 0.18 0.12 1/80 11".
_LOAD = Path("/proc/loadavg")


def multiply_alone() -> None:
    """Has numpy's multiplications run on the thread that asks for them, until the process ends.

    Those of a question are small, and after each its other threads stay awake for a hundredth of a second, waiting for
    the next, on cores that the rest of the question needs: of a million units it took a quarter longer.
    """
    threadpool_limits(limits=1, user_api="blas")


def cores() -> int:
    """How many cores this process may use: those it is given, or fewer where OMP_NUM_THREADS says so."""
    given = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    asked = os.environ.get("OMP_NUM_THREADS", "")
    return max(1, min(given, int(asked))) if asked.isdecimal() else given


def running() -> int:
    """How many threads of the whole machine run or wait for a core at this moment; many where it does not say."""
    try:
        return int(_LOAD.read_text("ascii").split()[3].partition("/")[0])
    except (OSError, ValueError, IndexError):
        return sys.maxsize


def shared_evenly(lengths: Sequence[int], shares: int) -> list[list[int]]:
    """The positions of texts of these lengths in at most so many shares, of like lengths and about as many tokens."""
    order = sorted(range(len(lengths)), key=lambda at: -lengths[at])
    done = np.cumsum([lengths[at] for at in order])
    ends = np.searchsorted(done, done[-1] * np.arange(1, shares) / shares) + 1
    return [order[start:end] for start, end in pairwise([0, *ends.tolist(), len(order)]) if start < end]
