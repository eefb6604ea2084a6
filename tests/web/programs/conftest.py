"""A real server of the functions on a free port, over the real library and answers that are known."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from httpx_sse import EventSource

from corpus.home import BUNDLED_DATA
from corpus.library import Library
from corpus.sync import sync_folder
from tests import patient
from tests.patience import PATIENCE, PROCESS
from tests.web.programs.known import KnownAnswers
from web.programs.functions import Answers
from web.programs.mount import mount_programs
from web.security import Guard
from web.server import PageServer

ROOT = Path(__file__).parents[3]


@dataclass(frozen=True)
class Programs:
    """A running server, called as its documentation says."""

    url: str

    def post(self, name: str, arguments: dict[str, Any]) -> httpx.Response:
        """What the server says to a call: an event id, or that it does not take it."""
        return patient.post(f"{self.url}/gradio_api/call/v2/{name}", json=arguments)

    def events(self, name: str, event_id: str) -> list[tuple[str, Any]]:
        """All events of a call, each with its data, heartbeats left out; waits for the last."""
        with patient.stream("GET", f"{self.url}/gradio_api/call/{name}/{event_id}") as response:
            events = [(event.event, json.loads(event.data)) for event in EventSource(response).iter_sse()]
        return [event for event in events if event[0] != "heartbeat"]

    def call(self, name: str, **arguments: Any) -> Any:
        """The result of a function."""
        ((event, data),) = self.events(name, self.post(name, arguments).json()["event_id"])
        assert event == "complete", data
        assert len(data) == 1
        return data[0]

    def refused(self, name: str, **arguments: Any) -> str:
        """What a caller is told of an error."""
        ((event, data),) = self.events(name, self.post(name, arguments).json()["event_id"])
        assert event == "error"
        told = data["error"]
        assert isinstance(told, str)
        return told

    def published(self) -> dict[str, Any]:
        """The functions with the schemas of what they take and give."""
        functions: dict[str, Any] = patient.get(f"{self.url}/gradio_api/info").json()["named_endpoints"]
        return functions

    @property
    def tools(self) -> str:
        """Where the tools of the Model Context Protocol are."""
        return f"{self.url}/gradio_api/mcp/"


@contextmanager
def serving(answers: Answers, library: Library, **options: Any) -> Iterator[Programs]:
    """The functions on a free port for as long as the context lasts; ``options`` go to :func:`mount_programs`."""
    servers: list[PageServer] = []
    ready = threading.Event()

    async def serve(listener: socket.socket) -> None:
        application = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
        mount_programs(application, answers, library, **options)
        application.add_middleware(Guard)
        servers.append(PageServer(application, ready.set))
        await servers[0].serve(sockets=[listener])

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=lambda: asyncio.run(serve(listener)), daemon=True)
        thread.start()
        assert ready.wait(PROCESS)
        yield Programs(f"http://127.0.0.1:{listener.getsockname()[1]}")
        if isinstance(answers, KnownAnswers):
            answers.go.set()
        servers[0].should_exit = True
        thread.join(PATIENCE)
        assert not thread.is_alive()


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The five bundled documents, without vectors."""
    library = Library.open(tmp_path_factory.mktemp("documents"))
    sync_folder(library, BUNDLED_DATA)
    return library


@pytest.fixture
def answers(library: Library) -> KnownAnswers:
    return KnownAnswers(library)


@pytest.fixture(scope="module")
def programs(library: Library) -> Iterator[Programs]:
    """A server that many tests call."""
    with serving(KnownAnswers(library), library) as running:
        yield running
