"""How much a request may send."""

from __future__ import annotations

from typing import Final

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: The largest body that is read, in bytes: a conversation of a hundred turns has less than a quarter of it.
LARGEST_BODY: Final = 4_000_000


class BodyLimit:
    """Middleware: refuses a body over :data:`LARGEST_BODY`, whether its length is announced or found while it comes."""

    def __init__(self, app: ASGIApp, largest: int = LARGEST_BODY) -> None:
        self.app = app
        self.largest = largest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        announced = Headers(scope=scope).get("content-length", "0")
        if not announced.isdecimal() or int(announced) > self.largest:
            await PlainTextResponse("The request is too large.\n", 413)(scope, receive, send)
            return
        came = 0

        async def counted() -> Message:
            nonlocal came
            message = await receive()
            came += len(message.get("body", b""))
            if came > self.largest:
                raise HTTPException(413)
            return message

        await self.app(scope, counted, send)
