"""Memory is given back once for all that ask, and a multiplication keeps to the thread that asks for it."""

from __future__ import annotations

import threading

from threadpoolctl import threadpool_info  # type: ignore[import-untyped]

from embeddings.layers.sharing import multiply_alone
from embeddings.memory import give_back_soon


def timers() -> list[threading.Timer]:
    return [thread for thread in threading.enumerate() if isinstance(thread, threading.Timer)]


def test_whoever_asks_while_one_waits_waits_with_it() -> None:
    for _ in range(5):
        give_back_soon(0.5)
    first = timers()
    assert len(first) == 1
    assert first[0].daemon
    first[0].join()
    give_back_soon()
    assert len(timers()) == 1
    assert timers() != first


def test_numpy_multiplies_on_one_thread() -> None:
    multiply_alone()
    assert {pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"} == {1}
