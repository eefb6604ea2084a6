"""The route of every address that is neither a page's nor of the programs."""

from __future__ import annotations

import re
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match, Route
from starlette.types import Scope

#: What Gradio answers; it says itself what is not there.
_PROGRAMS: Final = re.compile(r"/(?:gradio_api|config)(?:/.*)?")
_METHODS: Final = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


class Nowhere(Route):
    """Ends in the page that says so, in the reader's language; Gradio, mounted behind, would answer for programs."""

    def __init__(self) -> None:
        super().__init__("/{path:path}", _not_found, methods=_METHODS, include_in_schema=False)

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        if scope["type"] == "http" and _PROGRAMS.fullmatch(scope["path"]):
            return Match.NONE, {}
        return super().matches(scope)


async def _not_found(request: Request) -> Response:  # noqa: ARG001
    raise HTTPException(404)
