"""A real server on a free port with the assistant one can check by eye, and a real Chromium before it."""

from __future__ import annotations

import asyncio
import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from assistant import Assistant
from corpus.home import BUNDLED_DATA
from corpus.library import Library
from corpus.sync import sync_folder
from tests.web.fake import TERMS, FakeAssistant
from tests.web.reading import Opener, reading_application, serving_pages
from web.server import PageServer

ARGUMENTS = [
    "--no-sandbox",
    "--headless",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass(frozen=True)
class Site:
    """A running page and the assistant behind it."""

    url: str
    assistant: FakeAssistant | Assistant


@contextmanager
def serving(assistant: FakeAssistant | Assistant, **options: Any) -> Iterator[Site]:
    """The page on a free port for as long as the context lasts; ``options`` go to :func:`web.page.build_page`."""
    from web.page import build_page

    servers: list[PageServer] = []

    async def serve(listener: socket.socket) -> None:
        # Built inside the loop that serves it: where none is running, Gradio makes one and never closes it.
        servers.append(PageServer(build_page(assistant, **options)))
        await servers[0].serve(sockets=[listener])

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=lambda: asyncio.run(serve(listener)), daemon=True)
        thread.start()
        yield Site(f"http://127.0.0.1:{listener.getsockname()[1]}", assistant)
        if isinstance(assistant, FakeAssistant):
            assistant.go.set()
        servers[0].should_exit = True
        thread.join(10)


def ask(page: Page, question: str) -> None:
    """Asks in the page and waits for what comes of it."""
    turns = page.locator(".turn").count()
    page.get_by_role("textbox").fill(question)
    page.get_by_role("textbox").press("Enter")
    expect(page.locator(".turn:not(.pending)")).to_have_count(turns + 1)


def sideways(page: Page, *parts: str) -> list[str]:
    """The parts of the page that are wider than the room they have."""
    return [part for part in parts if page.locator(part).first.evaluate("e => e.scrollWidth > e.clientWidth")]


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    with serving(FakeAssistant(), terms=TERMS) as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.fail("no chromium on the PATH; expected one, as these tests drive a real browser; install chromium")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield running
        running.close()


@pytest.fixture
def open_page(site: Site, browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens the page in a fresh browser profile; afterwards, no page may have asked for anything outside."""
    contexts = []
    requested: list[str] = []

    def opened(locale: str = "zh-CN", width: int = 1280, height: int = 800, url: str = "") -> Page:
        context = browser.new_context(locale=locale, viewport={"width": width, "height": height})
        contexts.append(context)
        context.set_default_timeout(15_000)
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        page = context.new_page()
        page.on("request", lambda request: requested.append(request.url))
        page.goto(url or site.url)
        page.wait_for_selector("html[data-ready]")
        return page

    yield opened
    for context in contexts:
        context.close()
    outside = [url for url in requested if not url.startswith(("http://127.0.0.1:", "data:", "blob:"))]
    outside += [url for url in requested if url.startswith("http://127.0.0.1:9/")]
    assert requested
    assert outside == []


@pytest.fixture(scope="session")
def held(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The library of the five bundled documents. For reading only; without vectors, which these pages need not."""
    library = Library.open(tmp_path_factory.mktemp("held"))
    sync_folder(library, BUNDLED_DATA)
    return library


@pytest.fixture(scope="session")
def reading_url(held: Library) -> Iterator[str]:
    """Where a server shows the bundled documents."""
    with serving_pages(reading_application(held, TERMS)) as url:
        yield url


@pytest.fixture
def open_at(browser: Browser) -> Iterator[Opener]:
    """Opens pages in fresh browser profiles; none may have asked for anything outside or complained in the console."""
    opener = Opener(browser)
    yield opener
    opener.close()
