"""How often a wrong password may be given: five times in five minutes, by name and by address."""

from __future__ import annotations

import ipaddress
import math
from collections import OrderedDict, deque
from collections.abc import Callable
from threading import Lock
from typing import Final

FAILURES, WITHIN_S = 5, 300.0
#: Names and addresses that are remembered at most; who is not heard of for the longest is forgotten first.
REMEMBERED: Final = 10_000


class Throttle:
    """Counts what failed. Safe to use from several threads. ``clock`` gives seconds that never go back."""

    def __init__(self, clock: Callable[[], float], remembered: int = REMEMBERED) -> None:
        self._clock, self._remembered = clock, remembered
        self._failed: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = Lock()

    def begin(self, name: str, address: str) -> int:
        """Counts an attempt as failed until it succeeds, and gives 0; or in how many seconds one may be made again.

        It counts before it is known how it ends, so that many at once get no further than one after the other.
        """
        keys, now = self._keys(name, address), self._clock()
        with self._lock:
            waits = [self._wait(key, now) for key in keys]
            if any(waits):
                return max(1, math.ceil(max(waits)))
            for key in keys:
                self._failed.setdefault(key, deque(maxlen=FAILURES)).append(now)
                self._failed.move_to_end(key)
            while len(self._failed) > self._remembered:
                self._failed.popitem(last=False)
            return 0

    def succeeded(self, name: str, address: str) -> None:
        """Forgets the failures of the name, and of the address the attempt that was none."""
        by_name, by_address = self._keys(name, address)
        with self._lock:
            self._failed.pop(by_name, None)
            times = self._failed.get(by_address)
            if times:
                times.pop()

    def _wait(self, key: str, now: float) -> float:
        times = self._failed.get(key)
        if times is None:
            return 0.0
        while times and now - times[0] >= WITHIN_S:
            times.popleft()
        return times[0] + WITHIN_S - now if len(times) >= FAILURES else 0.0

    @staticmethod
    def _keys(name: str, address: str) -> tuple[str, str]:
        return f"name {name[:100]}", f"address {network_of(address)}"


def network_of(address: str) -> str:
    """Whom an address stands for: itself, or in IPv6 the network of 64 bits that one subscriber has."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address[:100]
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)
