"""The bundled model without torch, held against the whole encoder."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from embeddings.bundled import bundled_model_folder, unpacked_identity
from embeddings.model import MODEL_VARIABLE, Encoder
from embeddings.precision import PRECISION_VARIABLE
from embeddings.quick import QuickEncoder, fingerprint_note, load_for_questions

QUESTIONS = (
    "非法贩运弹药的追查", "What does OP14 say on 3D-printed firearms?", "2020～2021年 “幽灵枪”", "x", "查" * 400,
)  # fmt: skip


@pytest.fixture(scope="module")
def whole() -> Encoder:
    return Encoder.load(precision="float32")


@pytest.fixture(scope="module")
def quick(whole: Encoder) -> QuickEncoder:
    return QuickEncoder(bundled_model_folder(), whole.fingerprint)


@pytest.mark.parametrize("question", QUESTIONS)
def test_vectors_and_states_are_those_of_the_whole_encoder(whole: Encoder, quick: QuickEncoder, question: str) -> None:
    slow, fast = whole.encode_question(question), quick.encode_question(question)
    assert fast.states.shape == slow.states.shape
    assert np.abs(fast.vector - slow.vector).max() < 1e-5
    assert np.abs(fast.states - slow.states).max() < 1e-5


def test_it_knows_what_it_reads_at_once(whole: Encoder, quick: QuickEncoder) -> None:
    assert (quick.dimension, quick.max_tokens) == (whole.dimension, whole.max_tokens)


def test_the_first_time_keeps_the_fingerprint_and_the_next_needs_no_torch(
    whole: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(MODEL_VARIABLE, raising=False)
    monkeypatch.setenv(PRECISION_VARIABLE, "float32")
    folder = bundled_model_folder()
    note = fingerprint_note(folder)
    assert load_for_questions().fingerprint == whole.fingerprint
    assert json.loads(note.read_text("utf-8"))["fingerprint"] == whole.fingerprint
    again = load_for_questions()
    assert isinstance(again, QuickEncoder)
    assert again.fingerprint == whole.fingerprint


def test_each_precision_keeps_its_own_fingerprint(whole: Encoder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(MODEL_VARIABLE, raising=False)
    for precision in ("float32", "bfloat16", "float32"):
        monkeypatch.setenv(PRECISION_VARIABLE, precision)
        loaded = load_for_questions(), load_for_questions()
        assert isinstance(loaded[1], QuickEncoder)
        assert loaded[0].fingerprint == loaded[1].fingerprint
        assert (loaded[1].fingerprint == whole.fingerprint) is (precision == "float32")


@pytest.mark.parametrize("damage", ["", '{"fingerprint": "0", "made_by": {"transformers": "0"}}'])
def test_a_note_of_something_else_is_not_believed(
    whole: Encoder, monkeypatch: pytest.MonkeyPatch, damage: str, tmp_path: Path
) -> None:
    monkeypatch.delenv(MODEL_VARIABLE, raising=False)
    monkeypatch.setenv(PRECISION_VARIABLE, "float32")
    folder = bundled_model_folder()
    note = fingerprint_note(folder)
    aside = tmp_path / "damaged"
    aside.write_text(damage, "utf-8")
    aside.replace(note)
    loaded = load_for_questions()
    assert isinstance(loaded, Encoder)
    assert loaded.fingerprint == whole.fingerprint
    assert unpacked_identity() in folder.name
