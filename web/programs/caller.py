"""Whom a call of a function comes from."""

from __future__ import annotations

from typing import Any

from gradio.context import LocalContext
from starlette.requests import HTTPConnection

from web.access import NOBODY, Reader, reader_of


def caller() -> Reader:
    """The reader that the function under way is called by; nobody where that is not known."""
    return caller_of(getattr(LocalContext.request.get(None), "request", None))


def caller_of(request: Any) -> Reader:
    """The reader that a request comes from; nobody where there is none."""
    # What Gradio holds of a request may be its own copy; its scope is that of the connection.
    return reader_of(request) if isinstance(request, HTTPConnection) else NOBODY
