"""``python app.py``: the page in which delegates ask the documents of their meeting.

It is served to this computer alone, and to others only where there is a login (docs/accounts.md).
"""

from __future__ import annotations

import ipaddress
import logging
import os
import re
import socket
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Final

import typer

from corpus.errors import RapporteurError
from corpus.garbage import collect_seldom, keep_what_is_there
from web.accounts.accounts import Accounts
from web.accounts.users import VARIABLE
from web.memory import share_memory
from web.security import LOOPBACK_NAMES

# A host name or an address of IPv4, or one of IPv6 in brackets, as the Host header has it.
_NAME: Final = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?|\[[0-9a-f:.]+\]")


def serve(
    host: Annotated[
        str, typer.Option(help="Address to serve on; one that others reach takes users, and the names it has.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to serve on; 0 takes a free one.")] = 7860,
    name: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Name under which others ask for the page; give it again for each."),
    ] = None,
) -> None:
    """Serve Rapporteur's page to the browsers of this computer, or with a login to those of others.

    RAPPORTEUR_USERS names the file of who may log in, as python -m web users writes it. TLS belongs to a reverse proxy
    before it, on the same computer.
    """
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    share_memory()
    try:
        users = os.environ.get(VARIABLE, "")
        names = names_served(host, name or (), bool(users))
        accounts = Accounts(Path(users)) if users else None
        listener = bind(host, port)
        print("Opening the library and the model ...", file=sys.stderr, flush=True)
        collect_seldom()
        # Seconds of loading: what was wrong with the command is told before, and that it opens.
        from assistant import Assistant
        from assistant.follow import Follower
        from web.application import ANSWERS_AT_ONCE, build_application
        from web.server import PageServer

        assistant = Assistant.open(refined=False)
        # While a language model writes, the processor is free for others.
        at_once = ANSWERS_AT_ONCE * 2 if assistant.worded else ANSWERS_AT_ONCE
        application = build_application(assistant, assistant.library, names, answers_at_once=at_once, accounts=accounts)
        # Documents come and go while the page is open, from the page itself and from others' commands; who has added
        # one waits for the index.
        Follower(assistant, every=0.5).start()
        keep_what_is_there()
    except RapporteurError as error:
        print(f"app: {' '.join(str(error).split())}", file=sys.stderr)
        raise typer.Exit(1) from None
    shown = f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{listener.getsockname()[1]}/"
    try:
        PageServer(application, ready=lambda: print(address, flush=True)).run(sockets=[listener])
    except KeyboardInterrupt:
        print("app: stopped", file=sys.stderr)


def names_served(host: str, given: Sequence[str], login: bool) -> tuple[str, ...]:
    """The names under which the page may be asked for, in small letters: those given, and this computer's own.

    Raises:
        RapporteurError: others would reach the page, and there is no login or no name; or a name is none.
    """
    names = tuple(name.lower() for name in given)
    wrong = next((name for name in names if not _NAME.fullmatch(name)), None)
    if wrong is not None:
        raise RapporteurError(
            f"--name {wrong!r:.80}", "the name or address alone that stands in the page's address",
            "leave out the scheme, the port and the path: --name rapporteur.example.org",
        )  # fmt: skip
    outside = tuple(name for name in names if name not in LOOPBACK_NAMES)
    if not login and not is_loopback(host):
        raise RapporteurError(
            f"--host {host}", f"127.0.0.1, localhost or ::1, as {VARIABLE} names no users who could log in",
            f"leave --host out, or set {VARIABLE} to a file of users (docs/accounts.md)",
        )  # fmt: skip
    if not login and outside:
        raise RapporteurError(
            f"--name {outside[0]}", f"a login, as others ask under that name and {VARIABLE} names no users",
            f"leave --name out, or set {VARIABLE} to a file of users (docs/accounts.md)",
        )  # fmt: skip
    if not is_loopback(host) and not outside:
        raise RapporteurError(
            f"--host {host} without --name", "the name under which others ask for the page",
            "give it: --name rapporteur.example.org",
        )  # fmt: skip
    return (*LOOPBACK_NAMES, *outside)


def bind(host: str, port: int) -> socket.socket:
    """A socket on an address of this computer, bound before anything slow begins.

    Raises:
        RapporteurError: the address is none of this computer, or the port is taken.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # With the protocol named, asyncio sends what is small at once instead of waiting for more of it.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise RapporteurError(
            f"port {port} of {host} cannot be used ({error.strerror})",
            "a free port",
            f"stop what uses it, or choose another: python app.py --port {port + 1 if port < 65535 else 0}",
        ) from error
    return listener


def is_loopback(host: str) -> bool:
    """Whether only this computer can reach the address."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


command = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
command.command(context_settings={"help_option_names": ["-h", "--help"]})(serve)

if __name__ == "__main__":
    command(prog_name="python app.py")
