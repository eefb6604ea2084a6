"""One server with scripted answers for all of these tests, and settings with limits that no answer reaches."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from threading import Event
from typing import Any

import pytest

from assistant import Answer, Assistant
from assistant.generate.settings import Limits, Settings
from assistant.generate.writing import Writer
from assistant.growing import Asked as Searched
from assistant.growing import Found
from tests.assistant.generate.scripted import QUESTION, Ask
from tests.llm_server import SECRET, ModelServer, Reply, Script, model_server
from tests.patience import PATIENCE

#: As the real ones, but for how long is waited: longer than any answer takes, and than a test waits for what comes
#: without waiting to the end of this time; between two tries hardly at all.
AMPLE = Limits(connect_s=2 * PATIENCE, total_s=2 * PATIENCE, backoff_s=0.01)


@pytest.fixture(scope="session")
def server() -> Iterator[ModelServer]:
    """The server; each test says first what it plays."""
    with model_server() as running:
        yield running


@pytest.fixture
def held() -> Iterator[Event]:
    """What a server waits for which is to keep silent; it goes on when the test is over, so that no thread is left."""
    event = Event()
    yield event
    event.set()


@pytest.fixture
def settings(server: ModelServer) -> Settings:
    """A model behind the server."""
    return Settings("openai:scripted", server.url, SECRET, limits=AMPLE)


def limited(settings: Settings, **limits: Any) -> Settings:
    """The settings with other limits."""
    return replace(settings, limits=replace(settings.limits, **limits))


@pytest.fixture(scope="session")
def find(assistant: Assistant) -> Callable[[Searched], Found]:
    """What the real assistant finds for a question; each is searched for once."""
    return cache(assistant.found)


@pytest.fixture
def ask(find: Callable[[Searched], Found], server: ModelServer, settings: Settings) -> Ask:
    """Has what is found for a question worded while the server plays something; every answer as it grows."""

    def asked(*script: Script | Reply | str, question: str = QUESTION, to: Settings = settings) -> list[Answer]:
        server.play(*script)
        return list(Writer(to).write(find(Searched(question)), find))

    return asked
