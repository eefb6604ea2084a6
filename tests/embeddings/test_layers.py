"""The bundled model's layers, in bfloat16 and float32, against those of transformers."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from itertools import pairwise, product

import numpy as np
import pytest
import torch

from embeddings.bundled import bundled_model_folder
from embeddings.layers.sharing import shared_evenly
from embeddings.model import Encoder
from embeddings.precision import asked_precision, multiplies_bfloat16
from tests.embeddings.test_bundled import CHINESE, ENGLISH
from tests.logs import told
from tests.patience import PROCESS

TEXTS = [*CHINESE[:12], *ENGLISH[:12], " ".join(ENGLISH)[:1500], "".join(CHINESE)[:500]]


@pytest.fixture(scope="module")
def rounded() -> Encoder:
    # On a processor without the instructions it is the same, only slower.
    return Encoder.load(precision="bfloat16")


@pytest.fixture(scope="module")
def plain() -> Encoder:
    return Encoder.load(str(bundled_model_folder()))


def test_vectors_and_token_states_are_those_of_float32_to_four_places(rounded: Encoder, plain: Encoder) -> None:
    here, there = rounded.encode_units(TEXTS), plain.encode_units(TEXTS)
    for a, b in zip(here, there, strict=True):
        assert float(a.vector @ b.vector) > 0.9999
        assert float((a.states * b.states).sum(axis=1).min()) > 0.999
    # They could not be near by being the same for all texts, nor by being the very model that they are compared with.
    assert float(here[0].vector @ here[20].vector) < 0.95
    assert not np.array_equal(here[0].vector, there[0].vector)


def test_vectors_of_the_two_are_never_taken_for_each_other(rounded: Encoder, plain: Encoder) -> None:
    prints = {rounded.fingerprint, plain.fingerprint, Encoder.load(precision="float32").fingerprint}
    assert len(prints) == 3
    assert Encoder.load(precision="bfloat16").fingerprint == rounded.fingerprint


def test_the_layers_in_float32_are_those_of_transformers(plain: Encoder) -> None:
    own = Encoder.load(precision="float32")
    for a, b in zip(own.encode_units(TEXTS), plain.encode_units(TEXTS), strict=True):
        np.testing.assert_allclose(a.vector, b.vector, atol=2e-6)
        np.testing.assert_allclose(a.states, b.states, atol=2e-5)


def test_a_text_has_its_vectors_whatever_it_is_encoded_with(rounded: Encoder) -> None:
    """Longer ones beside it, which it is padded to, and another share of them on another core change nothing."""
    together = rounded.encode_units(TEXTS)
    for text, among in list(zip(TEXTS, together, strict=True))[::5]:
        (alone,) = rounded.encode_units([text])
        assert float(alone.vector @ among.vector) > 0.99999
        assert float((alone.states * among.states).sum(axis=1).min()) > 0.9995


def test_a_processor_without_bfloat16_imitates_it(plain: Encoder) -> None:
    text = ENGLISH[0]
    code = (
        "import json, sys; from embeddings.model import Encoder; "
        "print(json.dumps(Encoder.load(precision='bfloat16').encode_passages([sys.argv[1]])[0].tolist()))"
    )
    older = {"ONEDNN_MAX_CPU_ISA": "AVX2", "ATEN_CPU_CAPABILITY": "avx2"}
    done = subprocess.run(
        [sys.executable, "-c", code, text],
        env=os.environ | older,
        capture_output=True,
        text=True,
        timeout=PROCESS,
        check=True,
    )
    assert float(np.array(json.loads(done.stdout)) @ plain.encode_passages([text])[0]) > 0.9999


def test_a_pass_a_core_reads_texts_of_like_length_each_once() -> None:
    for shares, lengths in product((1, 2, 5), ([7], [9, 9], [512, 3, 4, 5, 6], [40, 30, 50, 20, 45, 33, 21, 20, 38])):
        passes = shared_evenly(lengths, shares)
        assert sorted(at for rows in passes for at in rows) == list(range(len(lengths)))
        assert len(passes) <= shares
        read = [[lengths[at] for at in rows] for rows in passes]
        assert all(min(before) >= max(after) for before, after in pairwise(read))
        # No core has more than its share and one text that did not fit in it.
        assert all(sum(rows) <= sum(lengths) / shares + max(rows) for rows in read)


@pytest.mark.parametrize("asked", ["float32", " BFloat16 ", "INT8"])
def test_the_environment_chooses_the_precision(monkeypatch: pytest.MonkeyPatch, asked: str) -> None:
    monkeypatch.setenv("RAPPORTEUR_PRECISION", asked)
    assert asked_precision() == asked.strip().lower()


@pytest.mark.parametrize("asked", ["", "8"])
def test_else_the_processor_does(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, asked: str) -> None:
    monkeypatch.setenv("RAPPORTEUR_PRECISION", asked)
    given = torch.cpu.get_capabilities()
    multiplies = any(given.get(name) for name in ("avx512_bf16", "amx_bf16"))
    assert multiplies_bfloat16() is multiplies
    assert asked_precision() == ("bfloat16" if multiplies else "float32")
    lines = [record.getMessage() for record in told(caplog, "embeddings") if record.levelno == logging.WARNING]
    assert len(lines) == bool(asked)
    assert all("'8'" in line and "bfloat16" in line for line in lines)
