"""The login: a name and a password become a session, a session a reader."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from anyio import CapacityLimiter, to_thread

from web.access import Reader
from web.accounts.passwords import hashed, matches
from web.accounts.sessions import Sessions
from web.accounts.throttle import Throttle
from web.accounts.users import Users, plain_name

#: Passwords checked at a time, each of which takes 16 MiB and a fraction of a second; and those that may wait.
CHECKED_AT_ONCE, WAITING = 2, 32
#: Seconds for which a program that sends its password with each request is not asked anew.
PROGRAM_S: Final = 300.0


@dataclass(frozen=True)
class Entered:
    """The token of a new session."""

    token: str


@dataclass(frozen=True)
class Refused:
    """Why there is no session: a wrong name or password, or, where ``seconds`` are given, too much at once."""

    seconds: int = 0


class Accounts:
    """The users of a file, and who of them is logged in. Safe to use from several threads.

    ``clock`` gives seconds that never go back.
    """

    def __init__(self, users: Path, clock: Callable[[], float] = time.monotonic) -> None:
        """Reads the file of users.

        Raises:
            UsersError: it cannot be used.
        """
        self._users = Users(users)
        self._throttle = Throttle(clock)
        self._sessions = Sessions(clock)
        self._programs = Sessions(clock, idle=PROGRAM_S, whole=PROGRAM_S)
        self._checking = CapacityLimiter(CHECKED_AT_ONCE)
        # What is compared where there is no such user, so that it takes as long.
        self._nobody = hashed("nobody has this password")

    def reader(self, token: str) -> Reader | None:
        """The reader of a session; None where it has ended, or its user is gone or has another password."""
        return self._of(self._sessions, token)

    async def enter(self, name: str, password: str, address: str) -> Entered | Refused:
        """Opens a session for who knows the password of a name; says only that one of the two is wrong.

        An attempt counts as failed until it succeeds, against its name and its address.
        """
        return await self._enter(self._sessions, name, password, address)

    async def program(self, name: str, password: str, address: str) -> Reader | Refused:
        """The reader that a program stands for which sends name and password with each request."""
        token = f"{plain_name(name)}\n{password}"
        known = self._of(self._programs, token)
        if known is not None:
            return known
        entered = await self._enter(self._programs, name, password, address, token)
        if isinstance(entered, Refused):
            return entered
        return self._of(self._programs, token) or Refused()

    def leave(self, token: str) -> None:
        """Ends a session, if there is one."""
        self._sessions.end(token)

    async def _enter(
        self, sessions: Sessions, name: str, password: str, address: str, token: str = ""
    ) -> Entered | Refused:
        if self._checking.statistics().tasks_waiting >= WAITING:
            return Refused(1)
        name = plain_name(name[:200])
        wait = self._throttle.begin(name, address)
        if wait:
            return Refused(wait)
        user = self._users.known.get(name)
        kept = user.password if user else self._nobody
        check = partial(matches, password, kept)
        if not await to_thread.run_sync(check, limiter=self._checking) or user is None:
            return Refused()
        self._throttle.succeeded(name, address)
        return Entered(sessions.begin(name, kept, token))

    def _of(self, sessions: Sessions, token: str) -> Reader | None:
        session = sessions.find(token)
        if session is None:
            return None
        user = self._users.known.get(session.name)
        if user is None or user.password != session.password:
            sessions.end(token)
            return None
        return Reader(user.name, user.role == "librarian")
