"""The client against a real server: what is sent, what comes back, and what becomes of everything that goes wrong."""

from __future__ import annotations

import logging
import socket
import threading
import time
from contextlib import suppress
from dataclasses import replace

import langsmith
import pytest

from assistant.generate.breaker import Breaker
from assistant.generate.client import ChatModel, Deadline, UnavailableError
from assistant.generate.making import made
from assistant.generate.prompts import ANSWER_FORM
from assistant.generate.settings import Settings
from corpus.errors import LanguageModelError
from tests.assistant.generate.conftest import AMPLE, limited
from tests.llm_server import SECRET, ModelServer, Reply
from tests.patience import LONG, in_time

PROMPT = ("be exact", "how many?")
WORDS = "One thousand and forty-five firearms were destroyed. [1]"


def said(settings: Settings, form: bool = False) -> str:
    return "".join(ChatModel(settings).stream(PROMPT, Deadline(settings.limits.total_s), ANSWER_FORM if form else None))


def deadline() -> Deadline:
    return Deadline(AMPLE.total_s)


def came_to(listening: socket.socket) -> list[bytes]:
    """What whoever connected said first; they are in the queue of the socket, answered or not."""
    try:
        connection, _ = listening.accept()
    except TimeoutError:
        return []
    with connection:
        connection.settimeout(1.0)
        try:
            return [connection.recv(4096)]
        except TimeoutError:
            return [b""]


def test_an_answer_comes_in_pieces_and_the_key_in_the_header_alone(server: ModelServer, settings: Settings) -> None:
    server.play(WORDS)
    assert said(settings, form=True) == WORDS
    (asked,) = server.asked
    assert asked.headers["authorization"] == f"Bearer {SECRET}"
    assert [message["content"] for message in asked.body["messages"]] == list(PROMPT)
    assert (asked.body["model"], asked.body["stream"], asked.body["temperature"]) == ("scripted", True, 0)
    assert asked.body["max_tokens"] == AMPLE.answer_tokens
    assert asked.body["response_format"] == ANSWER_FORM
    assert SECRET not in str(asked.body)


def test_what_comes_can_be_read_before_the_rest_is_there(server: ModelServer, settings: Settings) -> None:
    read = threading.Event()
    server.play(Reply("abcdef", piece=2, held=read, held_at=1))
    pieces = ChatModel(settings).stream(PROMPT, deadline())
    assert next(pieces) == "ab"
    read.set()
    assert "".join(pieces) == "cdef"


def test_a_server_that_knows_no_form_is_asked_for_text(server: ModelServer, settings: Settings) -> None:
    server.play(Reply(status=400), WORDS)
    model = ChatModel(settings)
    assert "".join(model.stream(PROMPT, deadline(), ANSWER_FORM)) == WORDS
    assert "".join(model.stream(PROMPT, deadline(), ANSWER_FORM)) == WORDS
    assert ["response_format" in asked.body for asked in server.asked] == [True, False, False]
    assert model.plain


@pytest.mark.parametrize("status", [429, 500, 503])
def test_what_may_pass_is_tried_twice_more(server: ModelServer, settings: Settings, status: int) -> None:
    server.play(Reply(status=status), Reply(status=status), WORDS)
    assert said(settings) == WORDS
    assert len(server.asked) == 3
    server.play(Reply(status=status))
    with pytest.raises(UnavailableError, match=str(status)):
        said(settings)
    assert len(server.asked) == 3


@pytest.mark.parametrize("status", [301, 307, 401, 403])
def test_what_will_not_pass_is_not_tried_again(server: ModelServer, settings: Settings, status: int) -> None:
    server.play(Reply(status=status), WORDS)
    with pytest.raises(UnavailableError, match=str(status)):
        said(settings)
    assert len(server.asked) == 1


def test_a_silent_server_is_left_in_time(server: ModelServer, settings: Settings, held: threading.Event) -> None:
    server.play(Reply(WORDS, held=held))
    with in_time(), pytest.raises(UnavailableError, match="too long"):
        said(limited(settings, total_s=0.5))


def test_a_server_that_only_keeps_the_connection_is_left_and_so_is_its_thread(settings: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def trickle() -> None:
            with suppress(OSError):
                connection, _ = listening.accept()
                with connection:
                    connection.recv(65536)
                    connection.sendall(b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n")
                    last = time.monotonic() + LONG
                    while time.monotonic() < last:
                        connection.sendall(b": still here\n\n")
                        time.sleep(0.02)

        sending = threading.Thread(target=trickle, daemon=True)
        sending.start()
        url = f"http://127.0.0.1:{listening.getsockname()[1]}/v1"
        with in_time(), pytest.raises(UnavailableError, match="too long"):
            said(limited(replace(settings, base_url=url), total_s=0.5))
        # The reader of the answer ends as well, and the connection with it.
        with in_time():
            sending.join(LONG)


def test_what_is_asked_goes_to_the_server_alone(
    server: ModelServer, settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Whatever else the environment says: tracing, a gateway, another address, a proxy."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        other.settimeout(0.2)
        url = f"http://127.0.0.1:{other.getsockname()[1]}"
        for name in ("LANGSMITH_ENDPOINT", "LANGSMITH_GATEWAY", "OPENAI_BASE_URL", "OPENAI_API_BASE", "http_proxy"):
            monkeypatch.setenv(name, url)
        for name in ("LANGSMITH_TRACING", "LANGCHAIN_TRACING_V2"):
            monkeypatch.setenv(name, "true")
        monkeypatch.setenv("LANGSMITH_API_KEY", "none")
        langsmith.utils.get_env_var.cache_clear()
        server.play(WORDS)
        assert said(settings) == WORDS
        assert len(server.asked) == 1
        assert came_to(other) == []
        chat = made(Settings("openai:x", key=SECRET), Deadline(1)).chat
        assert chat.openai_api_base == "https://api.openai.com/v1"
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]
    langsmith.utils.get_env_var.cache_clear()


def test_nobody_there_is_told_at_once(settings: Settings) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/v1"
        with in_time(), pytest.raises(UnavailableError, match="could not be asked"):
            said(replace(settings, base_url=url))


@pytest.mark.parametrize("end", ["unsaid", "torn", "length"])
def test_an_answer_that_breaks_off_says_so_after_what_came(server: ModelServer, settings: Settings, end: str) -> None:
    server.play(Reply(WORDS, end=end), Reply("never asked for"))  # type: ignore[arg-type]
    pieces = ChatModel(settings).stream(PROMPT, deadline())
    kept = [next(pieces) for _ in range(0, len(WORDS), Reply().piece)]
    assert "".join(kept) == WORDS
    with pytest.raises(UnavailableError):
        next(pieces)
    assert len(server.asked) == 1


def test_an_endless_answer_is_left_by_who_has_read_enough(
    server: ModelServer, settings: Settings, held: threading.Event
) -> None:
    server.play(Reply("again and again ", endless=True, held=held, held_at=100))
    with in_time():
        assert len(ChatModel(limited(settings, characters=200)).complete(PROMPT, deadline())) < 300


def test_the_key_is_in_no_error_and_in_no_log(
    server: ModelServer, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    # The server says the key back, as real ones do.
    server.play(Reply(status=401))
    with pytest.raises(UnavailableError) as refused:
        said(settings)
    error: BaseException | None = refused.value
    while error is not None:
        assert SECRET not in f"{error} {error!r} {vars(error)}"
        error = error.__cause__ or error.__context__
    assert "was answered for with 401" in caplog.text
    assert SECRET not in caplog.text


@pytest.mark.parametrize(
    ("model", "remedy"),
    [("anthropic:claude", "pip install langchain-anthropic"), ("nowhere:x", "correct the name")],
)
def test_a_provider_that_is_not_there_is_told_with_what_to_do(model: str, remedy: str) -> None:
    with pytest.raises(LanguageModelError, match=remedy):
        ChatModel(Settings(model, key=SECRET))


def test_after_five_failures_nothing_is_asked_for_a_while() -> None:
    now = [0.0]
    breaker = Breaker(5, 30.0, lambda: now[0])
    for _ in range(4):
        breaker.failed()
    breaker.succeeded()
    for _ in range(5):
        assert not breaker.resting
        breaker.failed()
    assert breaker.resting
    now[0] = 29.9
    assert breaker.resting
    now[0] = 30.0
    assert not breaker.resting
    # One more failure is enough for the next rest; one answer ends it.
    breaker.failed()
    assert breaker.resting
    now[0] = 60.0
    breaker.succeeded()
    breaker.failed()
    assert not breaker.resting
