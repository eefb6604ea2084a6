"""A provider whose connection is its own: LangChain's class for Azure, which comes with the one for OpenAI."""

from __future__ import annotations

import logging
import socket
from dataclasses import replace

import pytest

from assistant.generate.client import ChatModel, Deadline, UnavailableError
from assistant.generate.settings import Settings
from tests.assistant.generate.conftest import limited
from tests.llm_server import SECRET, ModelServer, Reply
from tests.patience import in_time

WORDS = "One thousand and forty-five firearms were destroyed. [1]"


@pytest.fixture
def azure(settings: Settings, server: ModelServer, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """The same server by the other provider, which reads a variable of its own and whatever proxy there is."""
    monkeypatch.setenv("OPENAI_API_VERSION", "2024-10-21")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    base_url = server.url.replace("/v1", "/openai/deployments/scripted")
    return replace(settings, model="azure_openai:scripted", base_url=base_url)


def said(settings: Settings) -> str:
    return "".join(ChatModel(settings).stream(("be exact", "how many?"), Deadline(settings.limits.total_s)))


def test_it_answers(server: ModelServer, azure: Settings) -> None:
    server.play(WORDS)
    assert said(azure) == WORDS
    (asked,) = server.asked
    assert asked.headers["api-key"] == SECRET


def test_one_that_takes_the_connection_and_never_answers_is_left_in_time(azure: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/openai/deployments/x"
        model = ChatModel(limited(replace(azure, base_url=url), total_s=0.6))
        with in_time(), pytest.raises(UnavailableError, match="too long"):
            "".join(model.stream(("be exact", "how many?"), Deadline(0.6)))


def test_one_that_drips_is_left_in_time(server: ModelServer, azure: Settings) -> None:
    server.play(Reply("again and again ", endless=True, piece=1, pause_s=0.02))
    with in_time(), pytest.raises(UnavailableError, match="too long"):
        said(limited(azure, total_s=0.8))


@pytest.mark.parametrize("status", [429, 500])
def test_it_is_tried_no_more_often_than_any_other(server: ModelServer, azure: Settings, status: int) -> None:
    """Its own client would try three times each time."""
    server.play(Reply(status=status))
    with pytest.raises(UnavailableError, match=str(status)):
        said(azure)
    assert len(server.asked) == 3


def test_its_key_is_in_no_error_and_in_no_log(
    server: ModelServer, azure: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    server.play(Reply(status=401))
    with pytest.raises(UnavailableError) as refused:
        said(azure)
    assert SECRET not in f"{refused.value} {refused.value!r}"
    assert SECRET not in caplog.text
