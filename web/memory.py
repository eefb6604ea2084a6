"""How the server keeps its memory small while many threads answer."""

from __future__ import annotations

import ctypes
import sys
from typing import Final

# Of malloc.h.
_M_ARENA_MAX: Final = -8

#: Pools that threads take memory from.
ARENAS: Final = 2


def share_memory() -> None:
    """Lets all threads take memory from few pools, where the C library has one a thread; call it before they start.

    With the usual eight pools a core, fifty questions at once left 100 MB more behind each time, 700 MB in the end;
    with two, 130 MB (2 cores; ``tests/web/test_own_process.py`` measures it).
    """
    if sys.platform == "linux":
        # Other C libraries than glibc have no such pools, and no such function.
        set_option = getattr(ctypes.CDLL(None), "mallopt", None)
        if set_option is not None:
            set_option(_M_ARENA_MAX, ARENAS)
