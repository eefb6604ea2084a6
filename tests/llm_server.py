"""A server that speaks OpenAI's protocol over real HTTP and plays scripted answers, streamed event by event."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import cycle
from typing import Any, Literal

from tests.patience import LONG, PATIENCE

#: The key that the server is asked with, and which nobody else may ever see.
SECRET = "sk-kept-from-everybody-8d1f"


@dataclass(frozen=True)
class Asked:
    """One request: its body and headers."""

    body: dict[str, Any]
    headers: dict[str, str]

    @property
    def said(self) -> str:
        """What the user's message holds: the paragraphs and the question."""
        return str(self.body["messages"][-1]["content"])

    @property
    def paragraphs(self) -> dict[int, str]:
        """The paragraphs within the fence, by number."""
        within = self.said.partition("<context>")[2].partition("</context>")[0]
        parts = re.split(r"^\[(\d+)\] ", within, flags=re.MULTILINE)
        return {int(n): text.strip() for n, text in zip(parts[1::2], parts[2::2], strict=True)}

    def number(self, words: str) -> int:
        """The number of the first paragraph that holds some words."""
        return next(n for n, text in self.paragraphs.items() if words in text)


@dataclass(frozen=True)
class Reply:
    """What is answered: ``text`` in pieces of so many characters, or a status that is none of success.

    ``held`` is waited for before the piece of the number ``held_at``, or before anything is sent at all where that is
    None; ``pause_s`` passes before each event. ``end`` says how it ends: whole, for want of room ("length"), without
    saying why ("unsaid"), or with the connection torn in the middle.

    What is held for long, or has no end, is torn at last: who is still there then has not left in time.
    """

    text: str = ""
    status: int = 200
    piece: int = 16
    pause_s: float = 0.0
    held: threading.Event | None = None
    held_at: int | None = None
    end: Literal["whole", "length", "unsaid", "torn"] = "whole"
    endless: bool = False


Script = Callable[[Asked], Reply]


@dataclass
class ModelServer:
    """A running server. ``play`` says what it answers from then on; ``asked`` is all that it was asked since."""

    url: str
    asked: list[Asked] = field(default_factory=list)
    _scripts: list[Script] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def play(self, *replies: Script | Reply | str) -> None:
        """Answers one request after another with these, and all further ones with the last."""
        with self._lock:
            self.asked.clear()
            self._scripts[:] = [_script(each) for each in replies]

    def reply(self, asked: Asked) -> Reply:
        """The answer to a request."""
        with self._lock:
            self.asked.append(asked)
            script = self._scripts.pop(0) if len(self._scripts) > 1 else self._scripts[0]
        return script(asked)


def _script(given: Script | Reply | str) -> Script:
    if callable(given):
        return given
    reply = Reply(given) if isinstance(given, str) else given
    return lambda _: reply


def _wait_for(held: threading.Event | None) -> None:
    if held and not held.wait(LONG):
        raise TimeoutError("nobody let it go on")


@contextmanager
def model_server() -> Iterator[ModelServer]:
    """A server on a free port of this computer for as long as the context lasts."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            reply = server.reply(Asked(body, {name.lower(): value for name, value in self.headers.items()}))
            try:
                if reply.held_at is None:
                    _wait_for(reply.held)
                if reply.status == 200:
                    self._stream(reply)
                else:
                    self._refuse(reply)
            except OSError:
                # The reader has left, or is left for having stayed too long.
                self.close_connection = True

        def _refuse(self, reply: Reply) -> None:
            # As OpenAI's own server does, the key is said back.
            sent = json.dumps({"error": {"message": f"Incorrect API key provided: {SECRET}", "type": "e"}}).encode()
            self.send_response(reply.status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(sent)))
            self.end_headers()
            self.wfile.write(sent)

        def _stream(self, reply: Reply) -> None:
            self.send_response(200)
            self.send_header("content-type", "text/event-stream")
            if reply.end == "torn":
                # More is promised than comes.
                self.send_header("content-length", "1000000")
            self.end_headers()
            pieces = [reply.text[at : at + reply.piece] for at in range(0, len(reply.text), reply.piece)]
            last = time.monotonic() + LONG
            for n, piece in enumerate(cycle(pieces) if reply.endless else pieces):
                if n == reply.held_at:
                    _wait_for(reply.held)
                if time.monotonic() > last:
                    raise TimeoutError("nobody has left")
                time.sleep(reply.pause_s)
                self._event({"delta": {"role": "assistant", "content": piece}, "finish_reason": None})
            if reply.end in {"whole", "length"}:
                self._event({"delta": {}, "finish_reason": "stop" if reply.end == "whole" else "length"})
                self.wfile.write(b"data: [DONE]\n\n")
            self.close_connection = True

        def _event(self, choice: dict[str, Any]) -> None:
            event = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "scripted"}
            sent = json.dumps(event | {"choices": [{"index": 0} | choice]}, ensure_ascii=False)
            self.wfile.write(f"data: {sent}\n\n".encode())
            self.wfile.flush()

        def log_message(self, *_: object) -> None:
            """Nothing: the tests read what was asked."""

    listening = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    listening.daemon_threads = True
    listening.block_on_close = False
    server = ModelServer(f"http://127.0.0.1:{listening.server_port}/v1")
    thread = threading.Thread(target=listening.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        listening.shutdown()
        listening.server_close()
        thread.join(PATIENCE)
