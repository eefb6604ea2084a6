"""One server with scripted answers for all of these tests, and settings with short limits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from assistant import Answer, Assistant
from assistant.generate.settings import Limits, Settings
from assistant.generate.writing import Writer
from assistant.growing import Asked as Searched
from assistant.growing import Found
from tests.assistant.generate.scripted import QUESTION, Ask
from tests.llm_server import SECRET, ModelServer, Reply, Script, model_server

#: As the real ones, but for how long is waited.
SHORT = Limits(connect_s=1.0, total_s=3.0, backoff_s=0.01)


@pytest.fixture(scope="session")
def server() -> Iterator[ModelServer]:
    """The server; each test says first what it plays."""
    with model_server() as running:
        yield running


@pytest.fixture
def settings(server: ModelServer) -> Settings:
    """A model behind the server."""
    return Settings("openai:scripted", server.url, SECRET, limits=SHORT)


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
