"""``python app.py``: the page in which delegates ask the documents of their meeting, on this computer alone."""

from __future__ import annotations

import ipaddress
import logging
import socket
import sys
from typing import Annotated

import typer

from assistant import Assistant
from assistant.follow import Follower
from corpus.errors import RapporteurError
from web.application import build_application
from web.memory import share_memory
from web.server import PageServer


def serve(
    host: Annotated[str, typer.Option(help="Address to serve on; this computer's own.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to serve on; 0 takes a free one.")] = 7860,
) -> None:
    """Serve Rapporteur's page to the browsers of this computer."""
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    share_memory()
    try:
        listener = bind(host, port)
        print("Opening the library and the model ...", file=sys.stderr, flush=True)
        assistant = Assistant.open()
        application = build_application(assistant, assistant.library)
        # Documents come and go while the page is open, from its own commands and from others.
        Follower(assistant).start()
    except RapporteurError as error:
        print(f"app: {' '.join(str(error).split())}", file=sys.stderr)
        raise typer.Exit(1) from None
    name = f"[{host}]" if ":" in host else host
    address = f"http://{name}:{listener.getsockname()[1]}/"
    try:
        PageServer(application, ready=lambda: print(address, flush=True)).run(sockets=[listener])
    except KeyboardInterrupt:
        print("app: stopped", file=sys.stderr)


def bind(host: str, port: int) -> socket.socket:
    """A socket on one of this computer's own addresses, bound before anything slow begins.

    Raises:
        RapporteurError: the address is not this computer's own, or the port is taken.
    """
    if not is_loopback(host):
        raise RapporteurError(
            f"--host {host}",
            "127.0.0.1, localhost or ::1, as there is no login yet to keep others out",
            "leave --host out, and reach this computer through a tunnel if you must",
        )
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
