"""The bundled model without torch, held against itself on torch."""

from __future__ import annotations

import json
import subprocess
import sys

import numpy as np
import pytest

from embeddings.bundled_engine import FEW
from embeddings.model import Encoder
from tests.patience import PROCESS

QUESTIONS = (
    "非法贩运弹药的追查", "What does OP14 say on 3D-printed firearms?", "2020～2021年 “幽灵枪”", "x", "查" * 400,
)  # fmt: skip

LOADED = """
import json, sys
from embeddings.model import Encoder
encoder = Encoder.load(once=True)
few, many = ["one", "two"], ["one", "two"] * 10
said = []
for texts in (few, many):
    vectors = encoder.encode_passages(texts)
    loaded = [name in sys.modules for name in ("torch", "sentence_transformers")]
    said.append([round(float(vectors[0] @ vectors[1]), 4), *loaded])
print(json.dumps(said))
"""


@pytest.fixture(scope="module")
def whole() -> Encoder:
    return Encoder.load(precision="float32")


@pytest.fixture(scope="module")
def quick() -> Encoder:
    return Encoder.load(precision="float32", once=True)


@pytest.mark.parametrize("question", QUESTIONS)
def test_vectors_and_states_are_those_of_torch(whole: Encoder, quick: Encoder, question: str) -> None:
    slow, fast = whole.encode_question(question), quick.encode_question(question)
    assert fast.states.shape == slow.states.shape
    assert np.abs(fast.vector - slow.vector).max() < 1e-5
    assert np.abs(fast.states - slow.states).max() < 1e-5


def test_a_text_that_is_too_long_is_read_as_far_by_both(whole: Encoder, quick: Encoder) -> None:
    long = "查获的枪支应当作标记。" * 200
    slow, fast = whole.encode_question(long), quick.encode_question(long)
    assert fast.states.shape == slow.states.shape
    assert len(fast.states) < quick.max_tokens == 512
    assert np.abs(fast.vector - slow.vector).max() < 1e-5


@pytest.mark.parametrize("precision", ["float32", "bfloat16"])
def test_it_goes_by_the_fingerprint_of_the_whole_encoder(precision: str) -> None:
    known = {once: Encoder.load(precision=precision, once=once).fingerprint for once in (True, False)}  # type: ignore[arg-type]
    assert known[True] == known[False]


def test_few_texts_need_no_torch_and_many_load_it() -> None:
    done = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, timeout=PROCESS, check=True)
    (few, *few_loaded), (many, *many_loaded) = json.loads(done.stdout)
    assert (few_loaded, many_loaded) == ([False, False], [True, False])
    assert many == pytest.approx(few, abs=2e-3)
    assert FEW < 20
