"""Who is logged in, in memory alone: a restart ends every session."""

from __future__ import annotations

import hashlib
import secrets
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import Lock
from typing import Final

#: Seconds without a request, and since the login, after which a session ends.
IDLE_S, WHOLE_S = 8 * 3600.0, 24 * 3600.0
#: Sessions at a time; of more the one that was idle the longest ends.
MOST: Final = 10_000
_TOKEN: Final = 32


@dataclass(frozen=True)
class Session:
    """A login: whose, what was kept of their password then, since when and when last used, in seconds of the clock."""

    name: str
    password: str
    since: float
    used: float


class Sessions:
    """The sessions by their token, of which only a hash is kept. Safe to use from several threads."""

    def __init__(
        self, clock: Callable[[], float], idle: float = IDLE_S, whole: float = WHOLE_S, most: int = MOST
    ) -> None:
        self._clock, self._idle, self._whole, self._most = clock, idle, whole, most
        self._open: OrderedDict[bytes, Session] = OrderedDict()
        self._lock = Lock()

    def begin(self, name: str, password: str, token: str = "") -> str:
        """Opens a session and gives its token: 256 random bits, where none is given."""
        token = token or secrets.token_urlsafe(_TOKEN)
        now = self._clock()
        with self._lock:
            self._open[_kept(token)] = Session(name, password, now, now)
            while len(self._open) > self._most:
                self._open.popitem(last=False)
        return token

    def find(self, token: str) -> Session | None:
        """The session of a token, which this uses; None where there is none, or where its time has run out."""
        key, now = _kept(token), self._clock()
        with self._lock:
            session = self._open.get(key)
            if session is None:
                return None
            if now - session.used >= self._idle or now - session.since >= self._whole:
                del self._open[key]
                return None
            self._open[key] = replace(session, used=now)
            self._open.move_to_end(key)
            return session

    def end(self, token: str) -> None:
        """Ends the session of a token, if there is one."""
        with self._lock:
            self._open.pop(_kept(token), None)


def _kept(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()
