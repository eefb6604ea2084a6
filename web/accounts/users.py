"""The file of users: read, checked, watched for changes, and written."""

from __future__ import annotations

import contextlib
import logging
import os
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Annotated, Final, Literal, get_args

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from corpus.errors import RapporteurError
from web.accounts.passwords import is_hash

logger = logging.getLogger(__name__)

#: The environment variable that names the file.
VARIABLE: Final = "RAPPORTEUR_USERS"

Role = Literal["reader", "librarian"]
ROLES: Final = get_args(Role)

#: What a name may be: letters of any script, digits, and marks between them.
NAME: Final = re.compile(r"[^\W_](?:[\w.@-]{0,62}[^\W_])?")

_LARGEST: Final = 1_000_000


class UsersError(RapporteurError):
    """The users cannot be read, or not be changed so."""


@dataclass(frozen=True)
class User:
    """Who may log in: their name, what they may do, and what is kept of their password."""

    name: str
    role: Role
    password: str


def plain_name(name: str) -> str:
    """A name as it is kept and compared: in small letters of plain width."""
    return unicodedata.normalize("NFKC", name).strip().casefold()


def _a_name(value: str) -> str:
    if not NAME.fullmatch(value) or plain_name(value) != value:
        raise ValueError("a name has 1 to 64 letters in small writing, digits, and . _ @ - between them")
    return value


def _a_hash(value: str) -> str:
    if not is_hash(value):
        raise ValueError("no password that python -m web users wrote")
    return value


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Annotated[str, AfterValidator(_a_name)]
    role: Role
    password: Annotated[str, Field(max_length=400), AfterValidator(_a_hash)]


_ENTRIES: Final = TypeAdapter(Annotated[list[_Entry], Field(max_length=10_000)])
_REMEDY: Final = "write it with python -m web users"


def read_users(path: Path) -> tuple[User, ...]:
    """The users of a file, at least one.

    Raises:
        UsersError: it is not there, cannot be read, can be read by everybody, or is not of the form; one line says so.
    """
    try:
        with path.open("rb") as file:
            if os.name == "posix" and (mode := os.fstat(file.fileno()).st_mode & 0o777) & 0o007:
                raise UsersError(
                    f"{path.name}, the file of {VARIABLE}, is open to all users of this computer (mode {mode:o})",
                    "a file that its owner alone reads (mode 600)", f"chmod 600 {path.name}",
                )  # fmt: skip
            data = file.read(_LARGEST + 1)
    except FileNotFoundError as error:
        raise UsersError(
            f"{path.name}, the file of {VARIABLE}, is not there", "the file of users",
            "add one: python -m web users add NAME --role librarian",
        ) from error  # fmt: skip
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise UsersError(
            f"{path.name}, the file of {VARIABLE}, cannot be read ({reason})", "a file that can be read",
            "check its name, its owner and its mode",
        ) from error  # fmt: skip
    return _parsed(path.name, data)


def _parsed(name: str, data: bytes) -> tuple[User, ...]:
    try:
        if len(data) > _LARGEST:
            raise ValueError("more than 1 MB")
        raw = yaml.safe_load(data.decode("utf-8"))
        entries = _ENTRIES.validate_python([] if raw is None else raw)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(each + 1 if isinstance(each, int) else each) for each in first["loc"]) or "the whole"
        said = first["msg"].removeprefix("Value error, ")
        raise UsersError(f"{name}: entry {place}: {said}", "a list of name, role and password", _REMEDY) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        said = " ".join(str(getattr(error, "problem", None) or error).split()) or type(error).__name__
        raise UsersError(
            f"{name} is no list of users ({said:.100})", "a list of name, role, password", _REMEDY
        ) from error
    if not entries:
        raise UsersError(
            f"{name}, the file of {VARIABLE}, has no users", "one at least",
            "add one: python -m web users add NAME --role librarian",
        )  # fmt: skip
    twice = next((each for each, count in Counter(entry.name for entry in entries).items() if count > 1), None)
    if twice is not None:
        raise UsersError(f"{name} has {twice!r} twice", "each name once", "take one of the two entries out")
    return tuple(User(entry.name, entry.role, entry.password) for entry in entries)


def write_users(path: Path, users: Sequence[User]) -> None:
    """Writes the file aside, open to its owner alone, syncs it and renames it.

    Raises:
        UsersError: it cannot be written; a file that was there is as it was.
    """
    lines = "".join(f"- {{name: {user.name!r}, role: {user.role}, password: {user.password!r}}}\n" for user in users)
    aside = path.with_name(f".{path.name}-{os.getpid()}")
    try:
        with contextlib.suppress(FileNotFoundError):
            aside.unlink()
        opened = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(opened, "w", encoding="utf-8", newline="\n") as file:
            file.write(lines)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            aside.unlink(missing_ok=True)
        reason = (error.strerror or type(error).__name__).lower()
        raise UsersError(
            f"{path.name} could not be written ({reason})", "a folder that can be written",
            f"set {VARIABLE} to a file in one",
        ) from error  # fmt: skip


class Users:
    """The users of a file as it stands: it is read again when it changes. Safe to use from several threads.

    Where it can no longer be read, the users that it had stay, and the log says so once.
    """

    def __init__(self, path: Path) -> None:
        """Reads the file.

        Raises:
            UsersError: it cannot be used.
        """
        self._path, self._lock = path, Lock()
        self._seen = self._mark()
        self._users = {user.name: user for user in read_users(path)}

    @property
    def known(self) -> Mapping[str, User]:
        """The users by name."""
        mark = self._mark()
        with self._lock:
            if mark != self._seen:
                self._seen = mark
                try:
                    self._users = {user.name: user for user in read_users(self._path)}
                except UsersError as error:
                    logger.warning("%s; the users of before stay", error)
            return self._users

    def _mark(self) -> tuple[int, ...]:
        try:
            found = self._path.stat()
        except OSError:
            return ()
        return found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns
