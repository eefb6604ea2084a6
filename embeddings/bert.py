"""The bundled model's twelve layers on torch, over its mapped weights, in float32 or in bfloat16.

In bfloat16, what linear layers and attention take, weigh with and give is rounded to eight bits; what they sum, what is
added to it, and norms stay in float32. So its vectors are at a cosine of .99999 to float32's, where numbers of a byte
leave them at .9994, and it takes a fraction of the time (docs/benchmarks.md).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors import safe_open
from torch.nn import functional

from embeddings.transformer import FolderTransformer, Ids

# Lengths are padded to multiples of this: for every size of a multiplication that it has not seen, torch's library
# writes a program first, which takes a millisecond.
_STEP = 8

_Linear = Callable[[torch.Tensor], torch.Tensor]


class BertTransformer(FolderTransformer):
    """BERT's layers (Devlin et al. 2019, arXiv:1810.04805) of a folder as transformers saves it, with absolute places.

    A text has the same states whatever it is read with, to within rounding.
    """

    def __init__(self, folder: Path, precision: Literal["float32", "bfloat16"]) -> None:
        """Opens the weights; raises what safetensors raises for a file that it does not take."""
        super().__init__(folder)
        # More threads a pass would be for the whole process, and passes run beside each other instead.
        torch.set_num_threads(1)
        sizes = json.loads((folder / "config.json").read_text("utf-8"))
        self._epsilon: float = sizes["layer_norm_eps"]
        self._shape = (3, sizes["num_attention_heads"], sizes["hidden_size"] // sizes["num_attention_heads"])
        self._numbers = torch.bfloat16 if precision == "bfloat16" else torch.float32
        weights = folder / "model.safetensors"
        # A mapped matrix takes memory for the rows that are read, and of a quarter of a million words few are. What is
        # read to be put in order is mapped for itself, to be gone afterwards.
        with safe_open(weights, "pt") as held:
            self._words = held.get_tensor("embeddings.word_embeddings.weight")
        with safe_open(weights, "pt") as held:
            # There are two kinds of text in BERT's training; alone, a text is of the first.
            kind = held.get_tensor("embeddings.token_type_embeddings.weight")[0]
            self._places = held.get_tensor("embeddings.position_embeddings.weight") + kind
            self._norm = self._normed(held, "embeddings")
            self._layers = [self._layer(held, f"encoder.layer.{at}") for at in range(sizes["num_hidden_layers"])]

    def _passes(self, lengths: NDArray[np.int64]) -> list[NDArray[np.intp]]:
        """As many as there are cores, of texts of like length and about as many tokens each."""
        order = np.argsort(-lengths, kind="stable")
        done = np.cumsum(lengths[order])
        ends = np.searchsorted(done, done[-1] * np.arange(1, self.at_once) / self.at_once)
        return [rows for rows in np.split(order, ends + 1) if len(rows)]

    @torch.inference_mode()
    def _run(self, given: tuple[Ids, NDArray[np.int64]]) -> NDArray[np.float32]:
        ids, lengths = given
        count = -(-ids.shape[1] // _STEP) * _STEP
        padded = torch.zeros((len(ids), count), dtype=torch.long)
        padded[:, : ids.shape[1]] = torch.from_numpy(ids)
        there = torch.arange(count) < torch.from_numpy(lengths)[:, None]
        mask = None if lengths.min() == count else there[:, None, None, :]
        x = self._norm(functional.embedding(padded, self._words) + self._places[:count])
        for layer in self._layers:
            x = layer(x, mask)
        return np.asarray((x * there[..., None])[:, : ids.shape[1]].numpy())

    def _layer(self, held: Any, name: str) -> Callable[[torch.Tensor, torch.Tensor | None], torch.Tensor]:
        attention = f"{name}.attention"
        asked = self._linear(held, *(f"{attention}.self.{part}" for part in ("query", "key", "value")))
        mixed, mixed_norm = self._linear(held, f"{attention}.output.dense"), self._normed(held, f"{attention}.output")
        inner = self._linear(held, f"{name}.intermediate.dense", gelu=True)
        outer, outer_norm = self._linear(held, f"{name}.output.dense"), self._normed(held, f"{name}.output")
        numbers, shape = self._numbers, self._shape

        def layer(x: torch.Tensor, mask: torch.Tensor | None) -> torch.Tensor:
            query, key, value = asked(x.to(numbers)).view(*x.shape[:2], *shape).permute(2, 0, 3, 1, 4)
            attended = functional.scaled_dot_product_attention(query, key, value, mask)
            x = mixed_norm(x + mixed(attended.transpose(1, 2).flatten(2)))
            return outer_norm(x + outer(inner(x.to(numbers))))

        return layer

    def _normed(self, held: Any, name: str) -> _Linear:
        weight, bias = (held.get_tensor(f"{name}.LayerNorm.{part}").flatten().clone() for part in ("weight", "bias"))
        return lambda x: functional.layer_norm(x, weight.shape, weight, bias, self._epsilon)

    def _linear(self, held: Any, *names: str, gelu: bool = False) -> _Linear:
        """One multiplication for all the linear layers named, whose results stand side by side."""
        weight = torch.cat([held.get_tensor(f"{name}.weight") for name in names]).to(self._numbers)
        bias = torch.cat([held.get_tensor(f"{name}.bias").flatten() for name in names]).to(self._numbers)
        if self._numbers == torch.bfloat16 and hasattr(torch.ops.mkldnn, "_linear_pointwise"):
            # As torch's own compiler has it: weights in the order in which they are read, the function in the same go.
            ordered, after = torch.ops.mkldnn._reorder_linear_weight(weight), "gelu" if gelu else "none"
            return lambda x: torch.ops.mkldnn._linear_pointwise(x, ordered, bias, after, [], "none")
        if gelu:
            return lambda x: functional.gelu(functional.linear(x, weight, bias))
        return lambda x: functional.linear(x, weight, bias)
