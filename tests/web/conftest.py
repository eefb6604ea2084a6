"""A real server on a free port with the assistant one can check by eye, and a real Chromium before it."""

from __future__ import annotations

import asyncio
import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from assistant import Assistant
from corpus.home import BUNDLED_DATA
from corpus.library import Library
from corpus.sync import sync_folder
from tests.patience import PATIENCE, PROCESS
from tests.web.browsing import ARGUMENTS, Visits, chromium
from tests.web.documents import TERMS, made_library
from tests.web.fake import FakeAssistant
from tests.web.profiles import Profiles
from tests.web.reading import Opener, reading_application, serving_pages
from web.application import build_application
from web.server import PageServer
from web.site import Site as Pages


@dataclass(frozen=True)
class Site:
    """A running application with what is behind it; ``stop`` tells it to stop."""

    url: str
    assistant: FakeAssistant | Assistant
    library: Library
    stop: Callable[[], None] = lambda: None

    @property
    def fake(self) -> FakeAssistant:
        """The assistant, where it is the one to check by eye."""
        assert isinstance(self.assistant, FakeAssistant)
        return self.assistant


@contextmanager
def serving(assistant: FakeAssistant | Assistant, library: Library, **options: Any) -> Iterator[Site]:
    """The application on a free port for as long as the context lasts; ``options`` go to ``build_application``."""
    servers: list[PageServer] = []
    ready = threading.Event()

    async def serve(listener: socket.socket) -> None:
        # Built inside the loop that serves it: where none is running, Gradio makes one and never closes it.
        servers.append(PageServer(build_application(assistant, library, **options), ready.set))
        await servers[0].serve(sockets=[listener])

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=lambda: asyncio.run(serve(listener)), daemon=True)
        thread.start()
        assert ready.wait(PROCESS), "the application did not start"
        try:
            yield Site(f"http://127.0.0.1:{listener.getsockname()[1]}", assistant, library, lambda: stop(servers[0]))
        finally:
            if isinstance(assistant, FakeAssistant):
                assistant.go.set()
            stop(servers[0])
            thread.join(PATIENCE)
        assert not thread.is_alive(), "the application did not stop"


def stop(server: PageServer) -> None:
    """Tells a server to stop."""
    server.should_exit = True


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The made documents in a library that nobody changes."""
    return made_library(tmp_path_factory.mktemp("made") / "home")


@pytest.fixture
def own_library(tmp_path: Path) -> Library:
    """The made documents in a library that a test may change."""
    return made_library(tmp_path / "home")


@pytest.fixture
def fake(made: Library) -> FakeAssistant:
    return FakeAssistant(made)


@pytest.fixture
def pages(fake: FakeAssistant, made: Library) -> Pages:
    """What pages are drawn from, without a server."""
    return Pages(fake, made)


@pytest.fixture(scope="session")
def session_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    library = made_library(tmp_path_factory.mktemp("served") / "home")
    with serving(FakeAssistant(library), library, terms=TERMS) as running:
        yield running


@pytest.fixture
def site(session_site: Site) -> Iterator[Site]:
    """The application that most tests share; what is slow waits anew in each."""
    session_site.fake.go.clear()
    session_site.fake.asked.clear()
    yield session_site
    session_site.fake.go.set()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    executable = chromium(os.environ)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        yield running
        running.close()


@pytest.fixture(scope="session")
def profiles(browser: Browser) -> Profiles:
    return Profiles(browser)


@pytest.fixture
def open_page(profiles: Profiles, request: pytest.FixtureRequest) -> Iterator[Visits]:
    """Opens pages in profiles in which nothing is; afterwards nothing may have gone wrong in any or left the site."""
    visits = Visits(profiles, lambda: request.getfixturevalue("site").url)
    yield visits
    visits.close()


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
def open_at(open_page: Visits) -> Opener:
    """Opens any page at its whole address, with the same account kept of it."""
    return open_page.at
