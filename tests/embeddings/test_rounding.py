"""The bundled model multiplied in bfloat16 against the same in float32."""

from __future__ import annotations

import logging

import numpy as np
import pytest
import torch
from transformers import BertConfig
from transformers.models.bert.modeling_bert import BertSelfAttention

from embeddings.bundled import bundled_model_folder
from embeddings.model import Encoder
from embeddings.precision import asked_precision
from embeddings.rounding import RoundedAttention, RoundedLinear, multiplies_bfloat16, round_bert
from tests.embeddings.test_bundled import CHINESE, ENGLISH

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


def test_a_rounded_layer_multiplies_what_is_rounded() -> None:
    layer = torch.nn.Linear(3, 2)
    with torch.no_grad():
        layer.weight.copy_(torch.tensor([[1.0, 0.5, -2.0], [1.0 + 2**-12, 0.0, 3.0]]))
        layer.bias.copy_(torch.tensor([0.125, 1.0 + 2**-12]))
    given = torch.tensor([[1.0, 2.0, 0.25], [1.0 + 2**-12, 0.0, 0.0]])
    # Eight bits leave of 1 + 2**-12 the one; what is added keeps it.
    expected = torch.tensor([[1.625, 2.75 + 2**-12], [1.125, 2.0 + 2**-12]])
    with torch.inference_mode():
        torch.testing.assert_close(RoundedLinear(layer)(given), expected, atol=0, rtol=0)


def attention() -> BertSelfAttention:
    """One that is as good as any: of numbers from a seed."""
    torch.manual_seed(7)
    return BertSelfAttention(BertConfig(hidden_size=16, num_attention_heads=4, attn_implementation="sdpa")).eval()


@pytest.mark.parametrize("added", [False, True])
def test_tokens_are_attended_to_as_before_and_those_that_pad_are_not(added: bool) -> None:
    whole = attention()
    rounded, given = RoundedAttention(whole), torch.randn(2, 6, 16)
    mask = torch.ones(2, 1, 6, 6, dtype=torch.bool)
    mask[1, :, :, 4:] = False
    masked = torch.where(mask, 0.0, torch.finfo(torch.float32).min) if added else mask
    other = given.clone()
    other[1, 4:] += 3.0
    with torch.inference_mode():
        expected, _ = whole(given, masked)
        found, _ = rounded(given, masked)
        torch.testing.assert_close(found.float(), expected, atol=0.02, rtol=0)
        torch.testing.assert_close(rounded(other, masked)[0][1, :4], found[1, :4], atol=0, rtol=0)
        # Without the mask it would be seen.
        assert not torch.allclose(rounded(other)[0][1, :4], rounded(given)[0][1, :4], atol=0.02, rtol=0)


def test_every_attention_and_every_other_linear_layer_is_rounded_and_nothing_else() -> None:
    model = torch.nn.Sequential(
        torch.nn.Linear(4, 4), torch.nn.Sequential(torch.nn.LayerNorm(4), torch.nn.Linear(4, 1)), attention()
    )
    round_bert(model)
    kinds = [type(part) for part in model.modules() if not list(part.children())]
    assert kinds == [RoundedLinear, torch.nn.LayerNorm, RoundedLinear, RoundedAttention]


@pytest.mark.parametrize("asked", ["float32", " BFloat16 ", "INT8"])
def test_the_environment_chooses_the_precision(monkeypatch: pytest.MonkeyPatch, asked: str) -> None:
    monkeypatch.setenv("RAPPORTEUR_PRECISION", asked)
    assert asked_precision() == asked.strip().lower()


@pytest.mark.parametrize("asked", ["", "8"])
def test_else_the_processor_does(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, asked: str) -> None:
    monkeypatch.setenv("RAPPORTEUR_PRECISION", asked)
    assert asked_precision() == ("bfloat16" if multiplies_bfloat16() else "float32")
    told = [record.getMessage() for record in caplog.records if record.levelno == logging.WARNING]
    assert len(told) == bool(asked)
    assert all("'8'" in line and "bfloat16" in line for line in told)
