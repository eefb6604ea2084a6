"""Anna and Ben, who read, and Lin, who keeps the library: their passwords, their file, and how they log in."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from pathlib import Path

import httpx

from web.accounts.accounts import Accounts
from web.accounts.users import Role, User, write_users

PASSWORDS = {"anna": "nine green bottles", "ben": "a stapler of horses", "lin": "文件管理员的密码很长很长"}
ROLES: dict[str, Role] = {"anna": "reader", "ben": "reader", "lin": "librarian"}


def cheap(password: str) -> str:
    """What is kept of a password, with settings that cost nothing."""
    key = hashlib.scrypt(password.encode(), salt=bytes(16), n=2, r=1, p=1, dklen=32)
    return f"scrypt$2$1$1${base64.b64encode(bytes(16)).decode()}${base64.b64encode(key).decode()}"


def users_of(*names: str) -> list[User]:
    return [User(name, ROLES[name], cheap(PASSWORDS[name])) for name in names or PASSWORDS]


def file_of(folder: Path, *names: str) -> Path:
    """A file of users; of all three where none is named."""
    path = folder / "users.yaml"
    write_users(path, users_of(*names))
    return path


@dataclass
class Clock:
    """Seconds that pass when a test says so."""

    now: float = 1000.0

    def __call__(self) -> float:
        return self.now

    def passes(self, seconds: float) -> None:
        self.now += seconds


def accounts_in(folder: Path, clock: Clock | None = None) -> Accounts:
    return Accounts(file_of(folder), clock or Clock())


def log_in(client: httpx.Client, name: str, password: str = "", wanted: str = "/", **headers: str) -> httpx.Response:
    """Sends the form of the page to log in, as a browser does."""
    form = {"name": name, "password": password or PASSWORDS[name.lower()]}
    return client.post(
        "/login", params={"next": wanted}, data=form, headers={"origin": str(client.base_url).rstrip("/"), **headers}
    )
