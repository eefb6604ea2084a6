"""A thread that keeps an assistant's index up with its library, whoever changes it."""

from __future__ import annotations

import logging
import threading
from typing import Protocol

from corpus.errors import RapporteurError
from embeddings.progress import Progress

logger = logging.getLogger(__name__)


class Following(Protocol):
    """What can lag behind its library."""

    @property
    def behind(self) -> bool: ...

    def refresh(self, progress: Progress | None = None) -> None: ...


class Follower:
    """Looks every few seconds whether the index lags behind, and brings it up; a failure is tried again later."""

    def __init__(self, assistant: Following, every: float = 2.0, after_failure: float = 60.0) -> None:
        self._assistant, self._every, self._after_failure = assistant, every, after_failure
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="follower", daemon=True)

    def start(self) -> Follower:
        """Begins to look."""
        self._thread.start()
        return self

    def stop(self) -> None:
        """Ends, after the batch that is being embedded; what was done is kept."""
        self._ended.set()
        self._thread.join()

    def _run(self) -> None:
        wait = self._every
        while not self._ended.wait(wait):
            wait = self._every
            try:
                if self._assistant.behind:
                    self._assistant.refresh(self._go_on)
            except _EndedError:
                return
            except RapporteurError as error:
                logger.warning("%s", error)
                wait = self._after_failure
            except Exception:
                # Whatever it is, answers go on with the index there is, and later it may be gone.
                logger.exception("the index could not be brought up to the library")
                wait = self._after_failure

    def _go_on(self, done: int, total: int, seconds: float | None) -> None:  # noqa: ARG002
        if self._ended.is_set():
            raise _EndedError


class _EndedError(Exception):
    """The follower was stopped while it embedded."""
