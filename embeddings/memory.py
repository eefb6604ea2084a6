"""What is kept of memory for nothing is given back: what the allocator has free, what was read of mapped files."""

from __future__ import annotations

import ctypes
import mmap
from contextlib import suppress
from pathlib import Path
from threading import Lock, Timer
from typing import Any
from weakref import WeakSet

import numpy as np
from numpy.typing import NDArray

# The giving back takes ten milliseconds, in which nobody else gets memory, and what was given back is slow to come by
# again: with one a second, a question of a million units took 3 ms longer than with none.
_SECONDS = 10.0
_waiting: list[Timer] = []
_lock = Lock()
_maps: WeakSet[mmap.mmap] = WeakSet()


def mapped(path: Path) -> NDArray[Any]:
    """The array of a file, of which only what is read takes memory, and that until the next :func:`give_back`.

    Raises what numpy raises for a file that is none of its own.
    """
    array: NDArray[Any] = np.load(path, mmap_mode="r")
    if isinstance(array.base, mmap.mmap):
        with _lock:
            _maps.add(array.base)
    return array


def give_back() -> None:
    """Has the C library give back what it keeps, of texts of all lengths some 150 MB, and the system what was mapped.

    With a row that is read the system maps sixteen pages, so that after eighty questions it had mapped all of the 2.4
    GB that a million units' vectors take. Its own copy of the file stays as long as there is room for it. Where there
    is no such function, it does nothing.
    """
    with suppress(OSError, AttributeError):
        ctypes.CDLL("libc.so.6").malloc_trim(0)
    with _lock:
        maps = list(_maps)
    for each in maps:
        with suppress(OSError, ValueError, AttributeError):
            each.madvise(mmap.MADV_DONTNEED)


def give_back_soon(seconds: float = _SECONDS) -> None:
    """:func:`give_back` in some seconds, once for all that ask until then."""
    with _lock:
        if not _waiting:
            timer = Timer(seconds, _give_back_now)
            timer.daemon = True
            _waiting.append(timer)
            timer.start()


def _give_back_now() -> None:
    with _lock:
        _waiting.clear()
    give_back()
