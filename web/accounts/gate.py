"""What stands before every page and function where there is a login: who has not said who they are comes no further."""

from __future__ import annotations

import base64
import binascii
import re
from typing import Final
from urllib.parse import quote

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.access import NOBODY, READER, Reader
from web.accounts.accounts import Accounts, Refused
from web.site import language_of
from web.strings import strings

#: The cookie that holds the token of a session.
SESSION_COOKIE: Final = "rapporteur_session"
LOGIN: Final = "/login"

#: What is open to everybody: what the page to log in needs.
_OPEN: Final = re.compile(r"/login|/language|/static/.*")
#: What programs call; it is never asked for by a reader who could be sent to log in.
_PROGRAMS: Final = re.compile(r"/(?:gradio_api|config)(?:/.*)?")


class Gate:
    """Middleware: says who a request is from (:func:`web.access.reader_of`), or refuses it.

    Pages send to the login; everything else gets 401, and programs are told that they may send name and password.
    """

    def __init__(self, app: ASGIApp, accounts: Accounts) -> None:
        self.app, self._accounts = app, accounts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        connection = HTTPConnection(scope)
        found = await self._reader(connection)
        is_open = scope["type"] == "http" and _OPEN.fullmatch(scope["path"]) is not None
        if not isinstance(found, Reader) and not is_open:
            if scope["type"] == "websocket":
                await send({"type": "websocket.close", "code": 1008})
                return
            await _refusal(connection, found)(scope, receive, _unkept(send))
            return
        scope[READER] = found if isinstance(found, Reader) else NOBODY
        await self.app(scope, receive, _unkept(send))

    async def _reader(self, connection: HTTPConnection) -> Reader | Refused | None:
        token = connection.cookies.get(SESSION_COOKIE)
        known = self._accounts.reader(token) if token else None
        if known is not None:
            return known
        given = _basic(connection.headers.get("authorization", ""))
        return await self._accounts.program(*given, address_of(connection)) if given else None


def address_of(connection: HTTPConnection) -> str:
    """Where a request comes from; where a proxy on this computer passed it on, what that says."""
    return connection.client.host if connection.client else ""


def _refusal(connection: HTTPConnection, refused: Refused | None) -> Response:
    scope, headers = connection.scope, connection.headers
    mode = headers.get("sec-fetch-mode")
    if scope["method"] in ("GET", "HEAD") and mode in (None, "navigate") and not _PROGRAMS.fullmatch(scope["path"]):
        query = scope["query_string"].decode("latin-1")
        wanted = quote(scope["path"]) + (f"?{query}" if query else "")
        return RedirectResponse(f"{LOGIN}?next={quote(wanted, safe='')}", 303)
    words = strings(language_of(Request(scope))).login
    if refused is not None and refused.seconds:
        said = words.too_often_program.format(seconds=refused.seconds)
        return JSONResponse({"detail": said}, 429, {"retry-after": str(refused.seconds)})
    # A browser would ask for name and password in a window of its own.
    scheme = 'Basic realm="Rapporteur", charset="UTF-8"' if mode is None else 'Session realm="Rapporteur"'
    said = words.program if refused is None else words.wrong
    return JSONResponse({"detail": said}, 401, {"www-authenticate": scheme})


def _basic(header: str) -> tuple[str, str] | None:
    """Name and password of HTTP Basic authentication (RFC 7617)."""
    scheme, _, coded = header.partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        name, colon, password = base64.b64decode(coded.strip(), validate=True).decode("utf-8").partition(":")
    except (binascii.Error, ValueError):
        return None
    return (name, password) if colon else None


def _unkept(send: Send) -> Send:
    """What a reader was shown is not kept: not by the browser for whoever comes next, not by a proxy."""

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            if "cache-control" not in headers:
                headers["cache-control"] = "no-store"
        await send(message)

    return sent
