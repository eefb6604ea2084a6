"""A model that keeps failing is left alone for a while, so that nobody waits for it in vain."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable


class Breaker:
    """Counts calls that failed one after another. Safe to use from several threads."""

    def __init__(self, failures: int, rest_s: float, clock: Callable[[], float] = time.monotonic) -> None:
        """Closed until so many calls in a row have failed, then open for so many seconds."""
        self._most, self._rest_s, self._clock = failures, rest_s, clock
        self._failed, self._until = 0, 0.0
        self._lock = threading.Lock()

    @property
    def resting(self) -> bool:
        """Whether no call is to be made now."""
        with self._lock:
            return self._failed >= self._most and self._clock() < self._until

    def failed(self) -> None:
        """A call failed; after a rest a single one begins the next."""
        with self._lock:
            self._failed += 1
            self._until = self._clock() + self._rest_s

    def succeeded(self) -> None:
        """A call was answered."""
        with self._lock:
            self._failed = 0
