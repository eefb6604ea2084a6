"""An encoder whose time can be told from that of what asks it."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from embeddings.model import Encoded, Encoder


class Timing:
    """An encoder that says how long it took since it was asked a question."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder, self.fingerprint = encoder, encoder.fingerprint
        self.encode_passages = encoder.encode_passages
        self.seconds = self.processor_seconds = 0.0

    def encode_question(self, text: str) -> Encoded:
        """A question's vector and the states of its tokens."""
        self.seconds = self.processor_seconds = 0.0
        with self._timed():
            return self._encoder.encode_question(text)

    def encode_units(self, texts: Sequence[str], progress: bool = False) -> list[Encoded]:
        """The states of the units that are looked at again, where the index holds none."""
        with self._timed():
            return self._encoder.encode_units(texts, progress)

    def windows(self, text: str, context: str = "") -> tuple[tuple[int, int], ...]:
        """The parts of a text that are read at once."""
        with self._timed():
            return self._encoder.windows(text, context)

    @contextmanager
    def _timed(self) -> Iterator[None]:
        started, spent = time.perf_counter(), time.process_time()
        yield
        self.seconds += time.perf_counter() - started
        self.processor_seconds += time.process_time() - spent
