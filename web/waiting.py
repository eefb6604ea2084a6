"""Who may make what takes seconds, and who waits: so many at a time, so many in a row, nobody without being told.

A reader who has to wait gets at once a page that says how many are before them and asks again by itself, with or
without scripts; a place in the row is kept as long as its reader asks. Nothing waits in the server, so that those who
wait take nothing from those who read.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from secrets import token_urlsafe
from threading import Lock
from typing import Final
from urllib.parse import parse_qsl, urlencode

from fastapi import Request
from fastapi.responses import JSONResponse, Response

from web.site import Site, language_of
from web.strings import strings

#: Made at a time, and how many more may wait; one more is told to come again.
AT_ONCE: Final = 2
WAITING: Final = 12
#: Seconds after which a page asks again; a place is kept for so many more than it takes to ask several times.
AGAIN_S: Final = 2
PATIENCE_S: Final = 20.0
#: Seconds after which to come again, where all places are taken.
LATER_S: Final = 60
#: Where a script says its place, and where an address does.
PLACE_HEADER, PLACE = "x-place", "place"


class NotYetError(Exception):
    """It is not yet a reader's turn: their ``place``, none where all are taken, and how many are ``before`` them."""

    def __init__(self, place: str = "", before: int = 0) -> None:
        super().__init__(f"{before} before" if place else "full")
        self.place, self.before = place, before


class Room:
    """Lets so many in at a time, in the order they came. Safe to use from several threads."""

    def __init__(
        self, at_once: int = AT_ONCE, waiting: int = WAITING, patience_s: float = PATIENCE_S,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:  # fmt: skip
        """``patience_s`` is how long a place is kept for who does not ask; ``clock`` gives seconds."""
        self._at_once, self._waiting, self._patience, self._clock = at_once, waiting, patience_s, clock
        self._lock = Lock()
        self._inside = 0
        # Places in the order they were taken, each with when its reader last asked.
        self._row: dict[str, float] = {}

    @contextmanager
    def turn(self, place: str = "") -> Iterator[None]:
        """A reader's turn, of whom ``place`` is what :class:`NotYetError` gave.

        Raises:
            NotYetError: others come first, or all places are taken.
        """
        self._enter(place)
        try:
            yield
        finally:
            with self._lock:
                self._inside -= 1

    def _enter(self, place: str) -> None:
        with self._lock:
            now = self._clock()
            self._row = {each: asked for each, asked in self._row.items() if now - asked <= self._patience}
            before = list(self._row).index(place) if place in self._row else len(self._row)
            if before < self._at_once - self._inside:
                self._row.pop(place, None)
                self._inside += 1
                return
            if place not in self._row:
                if len(self._row) >= self._waiting:
                    raise NotYetError
                place = token_urlsafe(12)
            self._row[place] = now
            raise NotYetError(place, before + self._inside)


def place_of(request: Request) -> str:
    """The place in the row that a request says it has."""
    return request.headers.get(PLACE_HEADER) or request.query_params.get(PLACE, "")


def not_yet(site: Site, request: Request, told: NotYetError) -> Response:
    """What tells a reader that it is not yet their turn: to a script JSON, otherwise a page that asks again."""
    words = strings(language_of(request)).waiting
    full = not told.place
    message = words.full if full else words.before.format(n=told.before)
    after, status = (LATER_S, 503) if full else (AGAIN_S, 202)
    headers = {"retry-after": str(after), "cache-control": "no-store"}
    if "application/json" in request.headers.get("accept", ""):
        return JSONResponse({"message": message, "place": told.place, "after": after}, status, headers)
    again = [pair for pair in parse_qsl(request.url.query, keep_blank_values=True) if pair[0] != PLACE]
    address = f"{request.url.path}?{urlencode([*again, *([] if full else [(PLACE, told.place)])])}"
    page = site.page(
        request, "waiting.html", status=status, title=words.full_title if full else words.title, message=message,
        again=address, after=0 if full else after,
    )  # fmt: skip
    page.headers.update(headers)
    return page
