"""A language model behind LangChain: asked with time limits, asked again where that can help, read as it comes."""

from __future__ import annotations

import logging
import random
import threading
import time
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any, Final

from langsmith.run_helpers import tracing_context

from assistant.generate.making import Made, finished, made
from assistant.generate.prompts import Prompt
from assistant.generate.settings import Settings
from corpus.errors import LanguageModelError

logger = logging.getLogger(__name__)

# Statuses by which servers say that they do not know a part of what they were asked with.
_NOT_UNDERSTOOD: Final = frozenset({400, 404, 415, 422, 501})
_AGAIN: Final = frozenset({408, 429})


class UnavailableError(LanguageModelError):
    """A model did not answer. ``again`` says whether it may on another try; ``status`` is that of the HTTP answer."""

    def __init__(self, what: str, again: bool = False, status: int | None = None) -> None:
        super().__init__(f"the language model {what}", "an answer within the limits", "see that its server runs")
        self.again, self.status = again, status


class Deadline:
    """A moment until which there is time."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    @property
    def left_s(self) -> float:
        """Seconds until then; 0 after."""
        return max(0.0, self._end - time.monotonic())


@dataclass
class _Come:
    """What has come of an answer: how many pieces, and whether its end."""

    pieces: int = 0
    whole: bool = False


class ChatModel:
    """A language model that is asked as its settings say. Safe to use from several threads.

    ``plain`` says that its server has refused to hold it to a form.
    """

    def __init__(self, settings: Settings) -> None:
        """Without asking it anything.

        Raises:
            LanguageModelError: the provider is not known, or its package is not installed.
        """
        self._settings = settings
        self.plain = False
        made(settings, Deadline(settings.limits.total_s)).close()

    def stream(self, prompt: Prompt, deadline: Deadline, form: dict[str, Any] | None = None) -> Generator[str]:
        """The answer to a prompt in pieces, as they come; closed early, nothing more is read.

        Args:
            prompt: what is asked.
            deadline: until when, tries together.
            form: that of the answer, for servers that hold a model to one; left out for those that refused it.

        Raises:
            UnavailableError: the server did not answer, or the answer broke off.
        """
        limits = self._settings.limits
        tries = 0
        while True:
            come = _Come()
            asked_form = None if self.plain else form
            try:
                yield from self._once(prompt, asked_form, deadline, come)
            except UnavailableError as error:
                logger.warning("%s", error.found)
                if come.pieces:
                    raise
                if asked_form and error.status in _NOT_UNDERSTOOD:
                    self.plain = True
                    continue
                pause = limits.backoff_s * 2**tries * (1 + random.random())
                if not error.again or tries == limits.retries or pause >= deadline.left_s:
                    raise
                tries += 1
                time.sleep(pause)
            else:
                if come.whole:
                    return
                raise UnavailableError("broke off in the middle of its answer")

    def complete(self, prompt: Prompt, deadline: Deadline) -> str:
        """The whole answer to a prompt, as far as the limits go.

        Raises:
            UnavailableError: the server did not answer, or the answer broke off.
        """
        text = ""
        for piece in self.stream(prompt, deadline):
            text += piece
            if len(text) > self._settings.limits.characters:
                break
        return text

    def _once(self, prompt: Prompt, form: dict[str, Any] | None, deadline: Deadline, come: _Come) -> Iterator[str]:
        """One try. It is read in a thread of its own, which a server that keeps silent cannot hold this one up with."""
        pieces: SimpleQueue[str | UnavailableError | None] = SimpleQueue()
        gone = threading.Event()

        def read() -> None:
            model: Made | None = None
            try:
                # Some providers ask their server as soon as they are set up.
                model = made(self._settings, deadline, self.plain)
                # Whatever the environment says of tracing: what is asked goes to the model's server and nowhere else.
                with tracing_context(enabled=False):
                    for chunk in model.stream(prompt, form):
                        if gone.is_set():
                            break
                        come.whole = come.whole or finished(chunk.response_metadata)
                        if text := str(chunk.text):
                            pieces.put(text)
                pieces.put(None)
            except Exception as error:
                # What a server says may hold the key; only the kind of fault is kept.
                pieces.put(_fault(error))
            finally:
                if model is not None:
                    model.close()

        threading.Thread(target=read, name="language model", daemon=True).start()
        try:
            while True:
                try:
                    piece = pieces.get(timeout=deadline.left_s)
                except Empty:
                    raise UnavailableError("took too long", again=False) from None
                if piece is None:
                    return
                if isinstance(piece, UnavailableError):
                    raise piece
                come.pieces += 1
                yield piece
        finally:
            gone.set()


def _fault(error: Exception) -> UnavailableError:
    """What went wrong, by the kind of an error alone."""
    status = getattr(error, "status_code", None) or getattr(getattr(error, "response", None), "status_code", None)
    if isinstance(status, int):
        return UnavailableError(f"was answered for with {status}", status in _AGAIN or status >= 500, status)
    kind = type(error).__name__
    if isinstance(error, TimeoutError) or "timeout" in kind.lower():
        return UnavailableError("took too long", again=True)
    return UnavailableError(f"could not be asked ({kind})")
