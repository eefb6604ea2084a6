"""Whoever asks does not wait until an index is built."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import numpy as np

from embeddings.bundled import bundled_model_folder
from embeddings.engine import Encoded, Kind
from embeddings.model import BATCH, Encoder
from tests.patience import LONG, PATIENCE, until

VECTOR = np.array([1.0], np.float32)


class Halting:
    """An engine that begins with passages and goes on with them when a question has been encoded."""

    dimension, max_tokens = 1, 8
    prompts: Mapping[Kind, str] = {"query": "", "passage": ""}

    def __init__(self) -> None:
        self.began, self.asked = Event(), Event()

    def counts(self, texts: Sequence[str]) -> list[int]:
        return [1 for _ in texts]

    def offsets(self, text: str) -> list[tuple[int, int]]:
        return [(0, len(text))]

    def encode(self, texts: Sequence[str], kind: Kind) -> list[Encoded]:
        if kind == "query":
            self.asked.set()
        else:
            self.began.set()
            assert self.asked.wait(PATIENCE)
        return [Encoded(VECTOR, VECTOR[None]) for _ in texts]


def test_a_question_is_encoded_while_a_batch_of_passages_is() -> None:
    engine = Halting()
    encoder = Encoder(engine, "halting")
    with ThreadPoolExecutor(1) as pool:
        passages = pool.submit(encoder.encode_passages, ["seal"] * 3)
        assert engine.began.wait(PATIENCE)
        assert encoder.encode_question("krill?").vector.tolist() == [1.0]
        assert len(passages.result(PATIENCE)) == 3


def test_other_models_take_a_question_between_two_batches() -> None:
    """They run one batch at a time, and a question waits for the one under way."""
    encoder = Encoder.load(str(bundled_model_folder()))
    encoded: list[int] = []

    def embed() -> None:
        # A batch each; without an end, for who waited to the end did not come between.
        last = time.monotonic() + LONG
        while not asked.is_set() and time.monotonic() < last:
            encoder.encode_passages([f"Text {len(encoded)} of many."] * BATCH)
            encoded.append(len(encoded))

    def between() -> int:
        before = len(encoded)
        encoder.encode_question("krill?")
        return len(encoded) - before

    asked = Event()
    with ThreadPoolExecutor(1) as pool:
        many = pool.submit(embed)
        try:
            until(lambda: encoded)
            # More are counted where this thread is kept from the processor before or after its question; not each time.
            counted = [between() for _ in range(5)]
            assert not many.done()
        finally:
            asked.set()
        many.result(PATIENCE)
    # It counts the question's tokens and encodes it: each time after at most the batch under way.
    assert min(counted) <= 4
