"""Two threads share a question's pass: on cores of their own, with the same results, and only where these are idle."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from embeddings.layers.pair import leave_two_cores
from embeddings.layers.sharing import running
from tests.patience import PROCESS, until

ROOT = Path(__file__).resolve().parents[2]
CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1

several_cores = pytest.mark.skipif(CORES < 2, reason="there is one core")

SHARED = """
import json, os, sys
from pathlib import Path
from embeddings.bundled import bundled_model_folder
from embeddings.layers.pair import pair
from embeddings.layers.torch_layers import TorchLayers

shared_by = pair()
where = {each: sorted(os.sched_getaffinity(int(each.name))) for each in Path("/proc/self/task").iterdir()}
kept = [each for each, cores in where.items() if cores != sorted(os.sched_getaffinity(0))]
# Of a thread's figures the fourteenth is what time it had of a core; the second, its name, may hold blanks.
worked = lambda: [int(Path(each, "stat").read_text().rpartition(")")[2].split()[11]) for each in kept]
layers = TorchLayers(bundled_model_folder(), sys.argv[1])
texts = json.loads(sys.argv[2])
alone = [layers.run([ids])[0] for ids in texts]
began = worked()
shared = [shared_by.share(lambda: layers.run([ids]))[0] for _ in range(40) for ids in texts][-len(texts):]
print(json.dumps({
    "cores": [where[each] for each in kept],
    "worked": [b - a for a, b in zip(began, worked())],
    "apart": [float(abs(a - b).max() / abs(a).max()) for a, b in zip(alone, shared)],
}))
"""

ASKED = """
import json, sys
from embeddings.layers.pair import pair
from embeddings.model import Encoder

shared_by, encoder = pair(), Encoder.load(precision="bfloat16")
print(json.dumps({
    "idle": [shared_by.idle() for _ in range(200)],
    "vector": encoder.encode_question(sys.argv[1]).vector.tolist(),
}))
"""

BESIDE_OTHERS = """
import json, os
from threading import Barrier, Event, Thread
import torch
from embeddings.bundled import bundled_model_folder
from embeddings.layers.pair import pair
from embeddings.layers.torch_layers import TorchLayers

layers, ended = TorchLayers(bundled_model_folder(), "bfloat16"), Event()
others = len(os.sched_getaffinity(0))
all_share = Barrier(others + 1)

def share():
    torch.get_num_threads()
    torch.set_num_threads(2)
    torch.ones(1 << 18).sum()
    torch.set_num_threads(1)
    all_share.wait()
    ended.wait()

for _ in range(others):
    Thread(target=share).start()
all_share.wait()
before = pair().resting
pair().share(lambda: layers.run([[5, 6, 7, 8]]))
print(json.dumps({"before": before, "after": pair().resting, "idle": pair().idle()}))
ended.set()
"""


def in_a_process(code: str, *given: str) -> dict[str, Any]:
    """What it prints, in a process that may use all cores, as a person's does; the tests keep to one."""
    environment = {name: value for name, value in os.environ.items() if name != "OMP_NUM_THREADS"}
    done = subprocess.run(
        [sys.executable, "-c", code, *given],
        env=environment, cwd=ROOT, capture_output=True, text=True, timeout=PROCESS, check=True,
    )  # fmt: skip
    printed: dict[str, Any] = json.loads(done.stdout)
    return printed


@contextmanager
def all_cores_busy() -> Iterator[None]:
    busy = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(CORES)]
    try:
        until(lambda: running() >= CORES)
        yield
    finally:
        for process in busy:
            process.kill()
            process.wait()


@several_cores
@pytest.mark.parametrize(("precision", "near"), [("bfloat16", 0.01), ("float32", 1e-5)])
def test_both_work_each_on_its_own_cores_and_the_states_are_those_of_one(precision: str, near: float) -> None:
    rng = np.random.default_rng(6)
    texts = [rng.integers(5, 200_000, length).tolist() for length in (4, 17, 31, 64)]
    found = in_a_process(SHARED, precision, json.dumps(texts))
    first, second = map(set, found["cores"])
    assert first
    assert second
    assert not first & second
    assert first | second == os.sched_getaffinity(0)
    assert all(ticks > 0 for ticks in found["worked"])
    assert max(found["apart"]) < near


@several_cores
def test_a_busy_machine_is_not_asked_for_two_and_answers_the_same() -> None:
    question = "What does the draft say about deactivated firearms?"
    with all_cores_busy():
        beside = in_a_process(ASKED, question)
    assert not any(beside["idle"])
    again = in_a_process(ASKED, question)
    assert float(np.array(beside["vector"]) @ np.array(again["vector"])) > 0.99999


@several_cores
def test_beside_others_that_share_among_themselves_it_is_left_alone() -> None:
    """Then OpenMP puts each of them to sleep at once, and a pass by two takes twice that of one."""
    assert in_a_process(BESIDE_OTHERS) == {"before": False, "after": True, "idle": False}


def test_what_runs_is_counted() -> None:
    if not Path("/proc/loadavg").exists():
        assert running() > 1_000_000
        return
    # This test runs, at the least.
    assert 1 <= running() < 100_000


@pytest.mark.parametrize(
    ("others", "among", "left"),
    [(0, 2, True), (-1, 2, True), (1, 2, False), (0, 3, True), (1, 3, False), (3, 8, True), (4, 8, False)],
)
def test_two_find_a_core_each_where_others_could_not_fill_either_half(others: int, among: int, left: bool) -> None:
    assert leave_two_cores(others, among) is left
