"""Files on their way into the library: who brought each, how far it is, and for how long it is kept.

Files are read one at a time, by a thread that lives as long as any waits. What is kept is bounded in number, in bytes
and in time, and lost when the program ends.
"""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Final, Literal, Protocol

from corpus.errors import RapporteurError
from corpus.readers.file import read_file
from corpus.readers.reading import Reading
from corpus.records import Language
from corpus.shelf.adding import Added
from corpus.shelf.batch import MOST_FILES
from corpus.shelf.fetching import Fetched, fetch
from web.adding import refusals
from web.adding.form import Filled

logger = logging.getLogger(__name__)

#: ``read`` is to be confirmed by its reader; ``added`` is in the library, and found once the index has followed.
State = Literal["waiting", "fetching", "reading", "read", "adding", "added", "refused"]
#: Those that go on by themselves, and those that count as open: neither added nor refused.
RUNNING: Final[frozenset[State]] = frozenset({"waiting", "fetching", "reading", "adding"})
OPEN: Final = RUNNING | {"read"}


class Reads(Protocol):
    """What reads a file, as :func:`corpus.readers.file.read_file` does."""

    def __call__(self, data: bytes, name: str, language: Language | None = None) -> Reading: ...


@dataclass(frozen=True)
class Limits:
    """How many files of one reader may be open, how many and how many bytes of all, and for how many seconds."""

    open: int = MOST_FILES
    all: int = 200
    size: int = 200 * 1024 * 1024
    seconds: float = 3600.0


@dataclass(frozen=True)
class Staged:
    """A file as it stands. ``symbol`` is what is to be fetched, and in which language, where it is no upload.

    ``version`` rises with each change. ``filled`` is what its reader made of the form, None where nothing yet;
    ``wrong`` names the fields of it that cannot be, each with what is wrong. ``generation`` is that of the library once
    it is added.
    """

    id: str
    owner: str
    name: str
    state: State
    touched: float
    data: bytes = b""
    symbol: tuple[str, Language] | None = None
    version: int = 1
    reading: Reading | None = None
    filled: Filled | None = None
    wrong: Mapping[str, str] = field(default_factory=dict)
    error: RapporteurError | None = None
    added: Added | None = None
    generation: int = 0


class Staging:
    """The files that readers are adding. Safe to use from several threads."""

    def __init__(
        self,
        limits: Limits | None = None,
        read: Reads = read_file,
        fetch: Callable[[str, Language], Fetched] = fetch,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.limits = limits or Limits()
        self._read, self._fetch, self._clock = read, fetch, clock
        self._lock = threading.Lock()
        self._files: dict[str, Staged] = {}
        self._arriving = 0
        self._works = False

    @contextmanager
    def room(self, owner: str, size: int) -> Iterator[None]:
        """Holds room for a file of so many bytes while it arrives.

        Raises:
            ShelfError: there is none; the message says why.
        """
        with self._lock:
            self._sweep()
            if sum(each.owner == owner and each.state in OPEN for each in self._files.values()) >= self.limits.open:
                raise refusals.too_many(self.limits.open)
            held = sum(len(each.data) for each in self._files.values()) + self._arriving
            if len(self._files) >= self.limits.all or held + size > self.limits.size:
                raise refusals.no_room()
            self._arriving += size
        try:
            yield
        finally:
            with self._lock:
                self._arriving -= size

    def put(self, owner: str, name: str, data: bytes) -> Staged:
        """Keeps a file, to be read as soon as those before it are."""
        return self._put(Staged(_new_id(), owner, name, "waiting", self._clock(), data))

    def put_symbol(self, owner: str, symbol: str, language: Language) -> Staged:
        """Keeps a symbol, whose document is to be fetched and read."""
        return self._put(Staged(_new_id(), owner, symbol, "waiting", self._clock(), symbol=(symbol, language)))

    def refuse(self, owner: str, name: str, error: RapporteurError) -> Staged:
        """Keeps why a file was not taken, for its reader to see beside the others."""
        return self._put(Staged(_new_id(), owner, name, "refused", self._clock(), error=error))

    def of(self, owner: str) -> tuple[Staged, ...]:
        """The files of a reader, in the order they came."""
        with self._lock:
            self._sweep()
            return tuple(each for each in self._files.values() if each.owner == owner)

    def get(self, owner: str, staged_id: str) -> Staged | None:
        """A file of a reader; None where there is none, or it is another's."""
        return next((each for each in self.of(owner) if each.id == staged_id), None)

    def change(self, staged: Staged, **changes: object) -> Staged | None:
        """Changes a file that is still as it was given; None where it changed meanwhile, or is gone."""
        with self._lock:
            now = self._files.get(staged.id)
            if now is None or now.version != staged.version:
                return None
            changed = replace(now, version=now.version + 1, touched=self._clock(), **changes)  # type: ignore[arg-type]
            self._files[staged.id] = changed
            return changed

    def fill(self, staged: Staged, filled: Filled) -> None:
        """Keeps what its reader makes of the form, which is no change that other pages need to be told of."""
        with self._lock:
            now = self._files.get(staged.id)
            if now is not None and now.state == "read":
                self._files[staged.id] = replace(now, filled=filled, touched=self._clock())

    def drop(self, owner: str, staged_id: str) -> bool:
        """Lets go of a file of a reader; whether there was one."""
        with self._lock:
            held = self._files.get(staged_id)
            if held is None or held.owner != owner or held.state == "adding":
                return False
            del self._files[staged_id]
            return True

    def _put(self, staged: Staged) -> Staged:
        with self._lock:
            self._sweep()
            self._files[staged.id] = staged
            if staged.state == "waiting" and not self._works:
                self._works = True
                threading.Thread(target=self._work, name="staging", daemon=True).start()
        return staged

    def _sweep(self) -> None:
        """Lets go of what was kept long enough: what is to be confirmed lapses, what is over goes."""
        past = self._clock() - self.limits.seconds
        for each in list(self._files.values()):
            if each.touched > past or each.state in RUNNING:
                continue
            if each.state == "read":
                error = refusals.lapsed(each.name, round(self.limits.seconds / 60))
                self._files[each.id] = Staged(
                    each.id, each.owner, each.name, "refused", self._clock(), version=each.version + 1, error=error
                )
            else:
                del self._files[each.id]

    def _work(self) -> None:
        while True:
            with self._lock:
                waiting = next((each for each in self._files.values() if each.state == "waiting"), None)
                if waiting is None:
                    self._works = False
                    return
            self._read_one(waiting)

    def _read_one(self, staged: Staged) -> None:
        now: Staged | None = staged
        try:
            data, name, language = staged.data, staged.name, None
            if staged.symbol:
                now = self.change(staged, state="fetching")
                fetched = self._fetch(*staged.symbol)
                data, name, language = fetched.data, fetched.name, staged.symbol[1]
            # Whoever let go of it meanwhile does not want it read.
            if now is None or (now := self.change(now, state="reading", data=data)) is None:
                return
            reading = self._read(data, name, language)
            self.change(now, state="read", reading=reading)
        except RapporteurError as error:
            self._refused(now, error)
        except Exception:
            logger.exception("a file could not be read")
            self._refused(now, refusals.failed(staged.name))

    def _refused(self, staged: Staged | None, error: RapporteurError) -> None:
        if staged is not None:
            self.change(staged, state="refused", error=error, data=b"")


def _new_id() -> str:
    """A name that nobody can guess."""
    return secrets.token_urlsafe(16)
