"""When Python looks for garbage among what a program has loaded and keeps until it ends."""

from __future__ import annotations

import gc
from typing import Final

#: Objects that are made before garbage is looked for among them, 700 where nothing else is said.
COLLECTED_AFTER: Final = 100_000
_USUAL: Final = gc.get_threshold()


def collect_seldom() -> None:
    """To be called before a program loads: looking through that again and again takes a tenth of the time."""
    gc.set_threshold(COLLECTED_AFTER)


def keep_what_is_there() -> None:
    """To be called when it is loaded: garbage is looked for as Python usually does, but in what comes later alone.

    To look through all that a running application has loaded would take a moment, in which nobody is answered.
    """
    gc.freeze()
    gc.set_threshold(*_USUAL)
