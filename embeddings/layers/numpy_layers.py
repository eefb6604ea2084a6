"""The bundled model's layers on numpy, its weights read where they are needed.

Loading torch takes longer than a question from the command line. The folder's tensors are mapped and not read: vectors
are those of torch in float32 to six digits, and so those in bfloat16 to four.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from safetensors import safe_open

from embeddings.engine import Floats


class NumpyLayers:
    """The layers of a folder."""

    def __init__(self, folder: Path) -> None:
        """Opens the weights; raises what safetensors raises for a file that it does not take."""
        sizes = json.loads((folder / "config.json").read_text("utf-8"))
        self._heads: int = sizes["num_attention_heads"]
        self._layers: int = sizes["num_hidden_layers"]
        self._epsilon: float = sizes["layer_norm_eps"]
        self._open: Any = safe_open(folder / "model.safetensors", "np")
        self._tensors: dict[str, Floats] = {}

    def states(self, texts: Sequence[Sequence[int]]) -> list[Floats]:
        """See :meth:`embeddings.bundled_engine.Layers.states`."""
        return [self._states(ids) for ids in texts]

    def _tensor(self, name: str) -> Floats:
        if name not in self._tensors:
            self._tensors[name] = self._open.get_tensor(name)
        return self._tensors[name]

    def _states(self, ids: Sequence[int]) -> Floats:
        """The last hidden state of each token, (tokens, dimension)."""
        words = self._open.get_slice("embeddings.word_embeddings.weight")
        rows = np.concatenate([words[i : i + 1] for i in ids])
        places = self._tensor("embeddings.position_embeddings.weight")[: len(ids)]
        x = self._norm(rows + places + self._tensor("embeddings.token_type_embeddings.weight")[0], "embeddings")
        for layer in range(self._layers):
            x = self._layer(x, f"encoder.layer.{layer}")
        return x

    def _layer(self, x: Floats, layer: str) -> Floats:
        query, key, value = self._attended(x, f"{layer}.attention.self")
        scores = query @ key.transpose(0, 2, 1) / math.sqrt(query.shape[-1])
        shares = np.exp(scores - scores.max(axis=-1, keepdims=True))
        shares /= shares.sum(axis=-1, keepdims=True)
        mixed = (shares @ value).transpose(1, 0, 2).reshape(x.shape)
        x = self._norm(x + self._linear(mixed, f"{layer}.attention.output.dense"), f"{layer}.attention.output")
        inner = _gelu(self._linear(x, f"{layer}.intermediate.dense"))
        return self._norm(x + self._linear(inner, f"{layer}.output.dense"), f"{layer}.output")

    def _attended(self, x: Floats, attention: str) -> Iterator[Floats]:
        """Queries, keys and values, each (heads, tokens, width)."""
        for part in ("query", "key", "value"):
            yield self._linear(x, f"{attention}.{part}").reshape(len(x), self._heads, -1).transpose(1, 0, 2)

    def _linear(self, x: Floats, name: str) -> Floats:
        return x @ self._tensor(f"{name}.weight").T + self._tensor(f"{name}.bias").ravel()

    def _norm(self, x: Floats, name: str) -> Floats:
        mean = x.mean(axis=-1, keepdims=True)
        spread = np.sqrt(x.var(axis=-1, keepdims=True) + np.float32(self._epsilon))
        weight, bias = self._tensor(f"{name}.LayerNorm.weight"), self._tensor(f"{name}.LayerNorm.bias")
        return np.asarray((x - mean) / spread * weight.ravel() + bias.ravel(), dtype=np.float32)


def _gelu(x: Floats) -> Floats:
    """x times the normal distribution's integral up to x, by Abramowitz and Stegun 7.1.26 (error below 1.5e-7)."""
    z = np.abs(x) / np.float32(math.sqrt(2))
    t = 1 / (1 + np.float32(0.3275911) * z)
    series = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    erf = np.sign(x) * (1 - series * np.exp(-z * z))
    return np.asarray(0.5 * x * (1 + erf), dtype=np.float32)
