"""Smoothing changes no result, and leaves nothing that stands out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch

from embeddings.smoothing import smooth
from tests.embeddings.test_model import bert_folder


def test_results_stay_and_what_stands_out_does_not(tmp_path: Path) -> None:
    from sentence_transformers import SentenceTransformer

    # Of some of the weights that an untrained model may begin with, the channel below gives nothing.
    torch.manual_seed(1)
    model = SentenceTransformer(str(bert_folder(tmp_path)))
    transformer: Any = model[0].auto_model  # type: ignore[union-attr]
    texts = ["one two two", "two", "one one one two one"]
    feed_forward = transformer.encoder.layer[0].output.dense
    with torch.no_grad():
        # One channel a thousand times the others, whose weights make up for it.
        transformer.encoder.layer[0].intermediate.dense.weight[3] *= 1000
        feed_forward.weight[:, 3] /= 1000
    before = model.encode(texts)
    inputs: list[torch.Tensor] = []
    watching = feed_forward.register_forward_pre_hook(lambda _, given: inputs.append(given[0]))
    model.encode(texts)
    rough = inputs.pop().reshape(-1, 8).abs().amax(0)
    watching.remove()
    assert rough.max() > 100 * rough.median()

    smooth(transformer, lambda: model.encode(texts))
    feed_forward.register_forward_pre_hook(lambda _, given: inputs.append(given[0]))
    after = model.encode(texts)
    smoothed = inputs[-1].reshape(-1, 8).abs().amax(0)
    torch.testing.assert_close(torch.from_numpy(after), torch.from_numpy(before), atol=1e-4, rtol=1e-4)
    assert smoothed.max() / smoothed.median() < (rough.max() / rough.median()) / 10
    # Query, key and value share their input, and divide it once for all.
    attention = transformer.encoder.layer[0].attention.self
    assert attention.query.divided is attention.key.divided is attention.value.divided
