"""The server of the page, which also knows how to stop."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import Final

import uvicorn
from fastapi import FastAPI

#: Seconds that answers under way get when the server stops.
FAREWELL_S: Final = 2

#: Where a proxy stands that is believed when it says for whom it asks, and that it was asked by https.
TRUSTED_PROXIES: Final = ("127.0.0.1", "::1")


class PageServer(uvicorn.Server):
    """Uvicorn for one page; when it stops, it lets go of the connections that open pages hold.

    ``ready`` is called once the page answers.
    """

    def __init__(self, application: FastAPI, ready: Callable[[], None] | None = None) -> None:
        # What asks for a web socket, which there is none of, is a request like any other, and is guarded like one.
        super().__init__(
            uvicorn.Config(
                application, log_level="warning", timeout_graceful_shutdown=FAREWELL_S, ws="none",
                forwarded_allow_ips=list(TRUSTED_PROXIES),
            )
        )  # fmt: skip
        self._application, self._ready = application, ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Starts to serve, and says so."""
        await super().startup(sockets)
        if self._ready is not None and self.started:
            self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Ends Gradio's heartbeats, which would otherwise be cut off with a trace each, then everything else."""
        for route in self._application.routes:
            stopping = getattr(getattr(route, "app", None), "stop_event", None)
            if stopping is not None:
                stopping.set()
        await super().shutdown(sockets)
