"""The connection to a language model's server: bounded in time and size, to that server alone."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Final, Protocol

from assistant.generate.settings import Settings

if TYPE_CHECKING:
    import httpx2

#: Bytes of one answer that are read at most: some thousand events of a stream, each with its wrapping.
MOST_BYTES: Final = 4_000_000


class Until(Protocol):
    """How much time there is."""

    @property
    def left_s(self) -> float:
        """Seconds that are left."""


@cache
def certificates() -> ssl.SSLContext:
    """The certificates that servers are held to; reading them takes longer than all else of a call."""
    import httpx2

    return httpx2.create_ssl_context()


def http_client(settings: Settings, until: Until) -> httpx2.Client:
    """A client for one call: it follows no redirect, and stops reading when time or room is used up.

    A server that sends now and then a byte keeps within every limit on a single read; so all reads together are bound.
    """
    import httpx2

    class Bounded(httpx2.SyncByteStream):
        def __init__(self, stream: httpx2.SyncByteStream) -> None:
            self._stream = stream

        def __iter__(self) -> Iterator[bytes]:
            read = 0
            for chunk in self._stream:
                read += len(chunk)
                if until.left_s <= 0:
                    raise httpx2.ReadTimeout("the time for the answer is used up")
                if read > MOST_BYTES:
                    raise httpx2.ReadError("the answer has no end")
                yield chunk

        def close(self) -> None:
            self._stream.close()

    def bound(response: httpx2.Response) -> None:
        if isinstance(response.stream, httpx2.SyncByteStream):
            response.stream = Bounded(response.stream)

    wait = max(until.left_s, 0.001)
    return httpx2.Client(
        verify=certificates(),
        timeout=httpx2.Timeout(wait, connect=min(settings.limits.connect_s, wait)),
        follow_redirects=False,
        trust_env=not settings.local,
        event_hooks={"response": [bound]},
    )


@cache
def unused_client() -> httpx2.AsyncClient:
    """A client for who insists on one and asks nothing through it."""
    import httpx2

    return httpx2.AsyncClient(verify=certificates(), trust_env=False)
