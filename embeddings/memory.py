"""What an allocator keeps of memory that is free again, given back to the system."""

from __future__ import annotations

import ctypes
from contextlib import suppress
from threading import Lock, Timer

# A question is answered by then; the giving back takes ten milliseconds, in which nobody else gets memory.
_SECONDS = 1.0
_waiting: list[Timer] = []
_lock = Lock()


def give_back() -> None:
    """Has the C library give back what it keeps; of texts of all lengths it would keep some 150 MB for good.

    Only GNU's has the function; elsewhere it does nothing.
    """
    with suppress(OSError, AttributeError):
        ctypes.CDLL("libc.so.6").malloc_trim(0)


def give_back_soon() -> None:
    """:func:`give_back` in a second, once for all that ask until then."""
    with _lock:
        if not _waiting:
            timer = Timer(_SECONDS, _give_back_now)
            timer.daemon = True
            _waiting.append(timer)
            timer.start()


def _give_back_now() -> None:
    with _lock:
        _waiting.clear()
    give_back()
