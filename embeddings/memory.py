"""What an allocator keeps of memory that is free again, given back to the system."""

from __future__ import annotations

import ctypes
from contextlib import suppress
from threading import Lock, Timer

# The giving back takes ten milliseconds, in which nobody else gets memory, and what was given back is slow to come by
# again: with one a second, a question of a million units took 3 ms longer than with none.
_SECONDS = 10.0
_waiting: list[Timer] = []
_lock = Lock()


def give_back() -> None:
    """Has the C library give back what it keeps; of texts of all lengths it would keep some 150 MB for good.

    Only GNU's has the function; elsewhere it does nothing.
    """
    with suppress(OSError, AttributeError):
        ctypes.CDLL("libc.so.6").malloc_trim(0)


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
