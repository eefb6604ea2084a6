"""Which of Gradio's many routes are open: those that programs call, and no other."""

from __future__ import annotations

import re
from typing import Final

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

_NAME = r"[A-Za-z0-9_-]+"
_OPEN: Final = tuple(
    (method, re.compile(path))
    for method, path in (
        ("POST", rf"/gradio_api/call/(?:v2/)?{_NAME}/?"),
        ("GET", rf"/gradio_api/call/(?:v2/)?{_NAME}/{_NAME}"),
        ("GET", r"/gradio_api/info/?"),
        ("POST", r"/gradio_api/mcp/?"),
        # What Gradio's own clients use of the rest.
        ("GET", r"/config/?"),
        ("POST", r"/gradio_api/queue/join"),
        ("GET", r"/gradio_api/queue/data"),
        ("GET", rf"/gradio_api/heartbeat/{_NAME}"),
        ("POST", r"/gradio_api/(?:cancel|reset)/?"),
    )
)

# Gradio takes its own address from these, and no proxy stands before it.
_FORWARDED: Final = (b"forwarded", b"x-forwarded-host", b"x-forwarded-proto", b"x-forwarded-for")


class Doors:
    """Middleware around Gradio: what no program calls is not there: no page, no upload, no file, no proxy."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refused = _refused(scope) if scope["type"] != "lifespan" else None
        if refused is not None:
            await refused(scope, receive, send)
            return
        if scope["type"] == "http":
            scope["headers"] = [pair for pair in scope["headers"] if pair[0].lower() not in _FORWARDED]
        await self.app(scope, receive, send)


def _refused(scope: Scope) -> PlainTextResponse | None:
    ways = [method for method, path in _OPEN if path.fullmatch(scope["path"])]
    if not ways or scope["type"] != "http":
        return PlainTextResponse("There is nothing under that address; docs/api.md lists what there is.\n", 404)
    if scope["method"] not in ways:
        return PlainTextResponse(f"Use {ways[0]} here.\n", 405, {"allow": ", ".join(ways)})
    return None
