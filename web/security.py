"""What every response carries and which requests are answered, whatever Gradio itself allows."""

from __future__ import annotations

from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: Names under which a page that is served to this computer alone may be asked for. Any other name in the Host header
#: means that an outside name was pointed at this address, to read the page from a foreign site.
LOOPBACK_NAMES: Final = ("127.0.0.1", "localhost", "[::1]")

#: Scripts and styles are files of the page's own, so that text which slipped into a page could neither run nor fetch.
POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)

HEADERS: Final = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


class Guard:
    """Middleware: refuses foreign hosts and origins, adds :data:`HEADERS`, drops what would let other origins read."""

    def __init__(self, app: ASGIApp, names: tuple[str, ...] = LOOPBACK_NAMES) -> None:
        self.app = app
        self.names = names

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name in [name for name in headers if name.startswith("access-control-")]:
                    del headers[name]
                for name, value in HEADERS.items():
                    headers[name] = value
            await send(message)

        if scope["type"] == "http" and not self._is_ours(Headers(scope=scope)):
            await PlainTextResponse("This page is not served under that name.\n", 421)(scope, receive, guarded)
            return
        await self.app(scope, receive, guarded)

    def _is_ours(self, headers: Headers) -> bool:
        origin = headers.get("origin")
        own = origin is None or _name(origin.partition("://")[2]) in self.names
        return own and _name(headers.get("host", "")) in self.names


def _name(authority: str) -> str:
    """The name in ``name`` or ``name:port``."""
    name, colon, port = authority.rpartition(":")
    return (name if colon and port.isdigit() else authority).lower()


#: What a script sends, and no form of a foreign page can: a browser asks first whether it may, and is told nothing.
_OF_SCRIPTS: Final = frozenset({"application/json", "application/octet-stream"})


async def by_a_script(request: Request) -> None:
    """For a route that changes something: refuses what a foreign page could have a browser send without asking.

    The guard refuses foreign origins already. This holds where a browser names none, and for another port of this
    computer, which has the same name.

    Raises:
        HTTPException: it came from elsewhere, 403, or as a form would send it, 415.
    """
    if request.method in ("GET", "HEAD"):
        return
    if request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
        raise HTTPException(403)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if request.method == "POST" and kind not in _OF_SCRIPTS:
        raise HTTPException(415)
