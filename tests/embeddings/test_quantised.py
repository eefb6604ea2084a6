"""The bundled model with weights of a byte against the same in float32, and what happens where it cannot be had."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import numpy as np
import pytest

from embeddings.bundled import bundled_model_folder, unpacked_identity
from embeddings.folders import is_complete, make_folder
from embeddings.model import Encoder
from embeddings.quantised import LEAST, LEAST_MEAN, VERSION, near_enough, quantised_folder
from tests.embeddings.test_bundled import CHINESE, ENGLISH
from tests.logs import told

TEXTS = [*CHINESE, *ENGLISH, " ".join(ENGLISH), "".join(CHINESE)[:700]]


@pytest.fixture(scope="module")
def quantised() -> Encoder:
    return Encoder.load(precision="int8")


@pytest.fixture(scope="module")
def plain() -> Encoder:
    return Encoder.load(str(bundled_model_folder()))


def test_vectors_and_token_states_are_near_those_of_float32(quantised: Encoder, plain: Encoder) -> None:
    here, there = quantised.encode_units(TEXTS), plain.encode_units(TEXTS)
    cosines = [float(a.vector @ b.vector) for a, b in zip(here, there, strict=True)]
    assert min(cosines) > LEAST
    assert np.mean(cosines) > LEAST_MEAN
    for a, b in zip(here, there, strict=True):
        assert a.states.shape == b.states.shape
        assert float((a.states * b.states).sum(axis=1).mean()) > LEAST_MEAN
        np.testing.assert_allclose(np.linalg.norm(a.states, axis=1), 1, atol=1e-5)
    # Neither of them could be near by being the same for all texts.
    assert float(here[0].vector @ here[30].vector) < LEAST


def test_a_text_has_the_same_vector_whatever_it_is_encoded_with(quantised: Encoder) -> None:
    together = quantised.encode_units(TEXTS)
    for text, among in list(zip(TEXTS, together, strict=True))[::5]:
        (alone,) = quantised.encode_units([text])
        np.testing.assert_array_equal(alone.vector, among.vector)
        np.testing.assert_array_equal(alone.states, among.states)


def test_what_is_nearest_in_float32_is_nearest_here(quantised: Encoder, plain: Encoder) -> None:
    questions = ["How should firearms be marked?", "第七次会议何时举行？", "Who prepared the list of points?"]
    best, expected = (
        [int((passages @ encoder.encode_question(question).vector).argmax()) for question in questions]
        for encoder, passages in ((each, each.encode_passages(TEXTS)) for each in (quantised, plain))
    )
    assert best == expected


def test_vectors_of_the_two_are_never_taken_for_each_other(quantised: Encoder, plain: Encoder) -> None:
    assert quantised.fingerprint != plain.fingerprint
    assert quantised.fingerprint == Encoder.load(precision="int8").fingerprint
    assert (quantised.dimension, quantised.max_tokens) == (plain.dimension, plain.max_tokens)


def test_windows_are_cut_alike(quantised: Encoder, plain: Encoder) -> None:
    long = "".join(CHINESE) * 4
    assert quantised.windows(long, "文首：") == plain.windows(long, "文首：")


def test_it_is_made_once_and_says_how_near_it_is() -> None:
    source = bundled_model_folder()
    folder = quantised_folder(source, unpacked_identity())
    assert folder is not None
    before = (folder / "model.onnx").stat().st_mtime_ns
    assert quantised_folder(source, unpacked_identity()) == folder
    assert (folder / "model.onnx").stat().st_mtime_ns == before
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert near_enough(manifest["cosine"])
    assert (folder / "model.onnx").stat().st_size < 150_000_000


def test_what_cannot_be_made_is_told_and_leaves_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    source = tmp_path / "model"
    source.mkdir()
    (source / "config.json").write_text("{}", encoding="utf-8")
    assert quantised_folder(source, "of-nothing", progress=False) is None
    (said,) = [record.getMessage() for record in told(caplog, "embeddings") if record.levelno == logging.WARNING]
    assert "torch is used" in said
    assert "\n" not in said
    assert {path.name for path in tmp_path.iterdir() if path.is_dir()} == {"model"}


def test_what_was_not_near_enough_is_not_used_and_not_made_again(tmp_path: Path) -> None:
    source, identity = tmp_path / "model", f"x-int8-{VERSION}"
    folder = tmp_path / f"model-int8-{VERSION}"

    def refused(aside: Path) -> dict[str, object]:
        (aside / "refused").touch()
        return {"cosine": {"mean": 0.9, "least": 0.5}}

    make_folder(folder, identity, refused)
    assert is_complete(folder, identity)
    assert quantised_folder(source, "x", progress=False) is None


@pytest.mark.parametrize(
    ("mean", "least", "enough"),
    [
        (0.9995, 0.999, True),
        (LEAST_MEAN, LEAST, True),
        (0.98, 0.99, False),
        (0.999, 0.9, False),
        (float("nan"), 1.0, False),
    ],
)
def test_near_enough_is_so_on_the_whole_and_for_each(mean: float, least: float, enough: bool) -> None:
    assert near_enough({"mean": mean, "least": least}) is enough
