"""``python -m web users``: who may log in, added, listed and removed at the command line."""

from __future__ import annotations

import getpass
import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from web.accounts.passwords import LONGEST, SHORTEST, hashed
from web.accounts.users import NAME, VARIABLE, User, UsersError, plain_name, read_users, write_users

_Name = Annotated[str, typer.Argument(metavar="NAME", help="Name to log in with; capitals count for nothing.")]


class _Role(StrEnum):
    reader = "reader"
    librarian = "librarian"


def users_application() -> typer.Typer:
    """The commands."""
    application = typer.Typer(
        help=f"Who may log in to an application that others reach: the users in the file that {VARIABLE} names.",
        no_args_is_help=True,
    )

    @application.command()
    def add(
        name: _Name,
        role: Annotated[
            _Role, typer.Option(help="What the user may change: their own documents, or also what all readers share.")
        ] = _Role.reader,
    ) -> None:
        """Add a user; the password is asked for, or read from standard input."""
        path = users_file()
        users, name = _there(path), plain_name(name)
        if not NAME.fullmatch(name):
            raise UsersError(
                f"the name {name!r:.80}", "1 to 64 letters and digits, with . _ @ - between them", "choose another"
            )
        if any(user.name == name for user in users):
            raise UsersError(
                f"there is a user {name}", "a new name", f"remove that one first: python -m web users remove {name}"
            )
        write_users(path, [*users, User(name, role.value, hashed(_new_password(name)))])
        typer.echo(f"added {name} ({role.value})")

    @application.command("list")
    def list_users() -> None:
        """List the users with their roles."""
        for user in read_users(users_file()):
            typer.echo(f"{user.name:<32}{user.role}")

    @application.command()
    def password(name: _Name) -> None:
        """Give a user another password, which ends their sessions."""
        path = users_file()
        users, user = _with(path, name)
        kept = hashed(_new_password(user.name))
        write_users(path, [User(u.name, u.role, kept) if u is user else u for u in users])
        typer.echo(f"{user.name} has another password")

    @application.command()
    def remove(name: _Name) -> None:
        """Remove a user, which ends their sessions; their documents stay in the library."""
        path = users_file()
        users, user = _with(path, name)
        if len(users) == 1:
            raise UsersError(f"{user.name} is the only user", "one at least", "add another one first")
        write_users(path, [each for each in users if each is not user])
        typer.echo(f"removed {user.name}")

    return application


def users_file() -> Path:
    """The file that the environment names.

    Raises:
        UsersError: it names none.
    """
    named = os.environ.get(VARIABLE, "")
    if not named:
        raise UsersError(f"{VARIABLE} is not set", "the file of users", f"set {VARIABLE} to a file of your own")
    return Path(named)


def _there(path: Path) -> list[User]:
    """The users there are; none where the file is yet to be made."""
    return list(read_users(path)) if path.exists() and path.stat().st_size else []


def _with(path: Path, name: str) -> tuple[list[User], User]:
    users = list(read_users(path))
    found = next((user for user in users if user.name == plain_name(name)), None)
    if found is None:
        known = ", ".join(user.name for user in users)
        raise UsersError(
            f"there is no user {plain_name(name)!r:.80}", f"one of: {known}", "see python -m web users list"
        )
    return users, found


def _new_password(name: str) -> str:
    if sys.stdin.isatty():
        typer.echo(f"A password for {name}, of {SHORTEST} characters or more.", err=True)
        said = getpass.getpass("Password: ")
        if getpass.getpass("The same again: ") != said:
            raise UsersError("the two passwords differ", "the same twice", "run the command again")
    else:
        said = sys.stdin.readline().rstrip("\r\n")
    if not SHORTEST <= len(said) <= LONGEST:
        raise UsersError(
            f"a password of {len(said):,} characters", f"{SHORTEST} to {LONGEST:,}",
            "choose one of several words, and none that is used elsewhere",
        )  # fmt: skip
    return said
