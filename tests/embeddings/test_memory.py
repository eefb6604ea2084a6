"""Memory is given back once for all that ask, mapped files with it; a multiplication keeps to its thread."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest
from threadpoolctl import threadpool_info  # type: ignore[import-untyped]

from embeddings.layers.sharing import multiply_alone
from embeddings.memory import give_back, give_back_soon, mapped

SMAPS = Path("/proc/self/smaps")


def resident(path: Path) -> int:
    """Kilobytes of a file that this process has mapped and read."""
    lines = SMAPS.read_text("utf-8").splitlines()
    start = next(n for n, line in enumerate(lines) if line.endswith(str(path)))
    return next(int(line.split()[1]) for line in lines[start:] if line.startswith("Rss:"))


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


def test_what_was_read_of_a_mapped_file_is_given_back_and_read_again(tmp_path: Path) -> None:
    if not SMAPS.exists():
        pytest.skip("what is mapped is read from /proc, which there is on Linux alone")
    path, rng = tmp_path / "rows.npy", np.random.default_rng(8)
    np.save(path, rng.integers(0, 250, (4096, 1024), np.uint8))
    rows = mapped(path)
    before = int(rows.sum())
    assert resident(path) > 3000
    give_back()
    assert resident(path) == 0
    assert int(rows.sum()) == before
    assert resident(path) > 3000


def test_a_mapped_file_that_is_no_longer_read_is_let_go(tmp_path: Path) -> None:
    path = tmp_path / "rows.npy"
    np.save(path, np.zeros((4096, 1024), np.uint8))
    rows = mapped(path)
    assert rows.shape == (4096, 1024)
    del rows
    if SMAPS.exists():
        assert str(path) not in SMAPS.read_text("utf-8")
    give_back()


def test_numpy_multiplies_on_one_thread() -> None:
    multiply_alone()
    assert {pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"} == {1}
