"""The pages that are read, served without an assistant, and a browser before them that tells what went wrong."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, cast

from bs4 import BeautifulSoup
from fastapi import FastAPI, Request
from fastapi.responses import Response
from playwright.sync_api import Page
from starlette.exceptions import HTTPException
from starlette.testclient import TestClient

import web.documents.routes
import web.glossary.routes
import web.language
from corpus.glossary import Term
from corpus.library import Library
from corpus.records import Language
from tests.patience import PATIENCE
from web.security import Guard
from web.server import PageServer
from web.site import Site, language_of
from web.static_files import Files
from web.strings import strings


def reading_application(library: Library, terms: Sequence[Term]) -> FastAPI:
    """The documents and the glossary behind the guard, with the page that says what is not there."""
    application = FastAPI()
    site = Site(cast(Any, None), library, terms)
    for room in (web.documents.routes, web.glossary.routes):
        application.include_router(room.routes(site))
    application.include_router(web.language.routes())
    application.mount("/static", Files())

    @application.exception_handler(HTTPException)
    async def refused(request: Request, error: HTTPException) -> Response:
        words = strings(language_of(request)).errors
        message = words.not_found_note.format(path=request.url.path)
        return site.page(request, "error.html", status=error.status_code, title=words.not_found, message=message)

    application.add_middleware(Guard)
    return application


@dataclass
class Reader:
    """Reads pages of an application over HTTP, in a language."""

    application: FastAPI

    def get(self, address: str, language: Language = "zh", status: int = 200) -> BeautifulSoup:
        """The page at an address, which must have that status."""
        client = TestClient(self.application, base_url="http://127.0.0.1")
        response = client.get(address, headers={"accept-language": language})
        assert response.status_code == status
        return BeautifulSoup(response.text, "lxml")


@contextmanager
def serving_pages(application: FastAPI) -> Iterator[str]:
    """The address of the application on a free port, for as long as the context lasts."""
    server = PageServer(application)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=lambda: asyncio.run(server.serve(sockets=[listener])), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join(PATIENCE)


#: Opens the page at an address, in a fresh profile: ``(url, locale, width, height, **options of the profile)``.
Opener = Callable[..., Page]


def too_wide(page: Page) -> bool:
    """Whether the page has to be scrolled sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


def compose(page: Page, text: str) -> None:
    """Types through an input method: the text is composed in the box that has the focus, and taken only then."""
    session = page.context.new_cdp_session(page)
    session.send("Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)})
    page.wait_for_timeout(600)
