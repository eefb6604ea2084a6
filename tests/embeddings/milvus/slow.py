"""A way to a server that can be made slow: what passes waits until it is let through, or for so many seconds."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class SlowWay:
    """Listens at a port of its own and passes everything on to another; late, while it is not ``open``."""

    def __init__(self, port: int, late: float) -> None:
        self.open = threading.Event()
        self.open.set()
        self._to, self._late = port, late
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._server.getsockname()[1]
        self._taken: list[socket.socket] = []

    @contextmanager
    def passing(self) -> Iterator[SlowWay]:
        """Passes on what comes while one is within."""
        thread = threading.Thread(target=self._accept, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            for each in (self._server, *self._taken):
                with contextlib.suppress(OSError):
                    each.shutdown(socket.SHUT_RDWR)
                each.close()
            thread.join()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                taken, _ = self._server.accept()
                try:
                    further = socket.create_connection(("127.0.0.1", self._to))
                except OSError:
                    taken.close()
                    continue
                self._taken += [taken, further]
                for one, other in ((taken, further), (further, taken)):
                    threading.Thread(target=self._pass, args=(one, other), daemon=True).start()

    def _pass(self, one: socket.socket, other: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := one.recv(1 << 16):
                self.open.wait(self._late)
                other.sendall(data)
            other.shutdown(socket.SHUT_RDWR)
