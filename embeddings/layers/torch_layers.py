"""The bundled model's layers on torch, over its mapped weights, in float32 or in bfloat16.

In bfloat16, what linear layers and attention take, weigh with and give is rounded to eight bits; what they sum, what is
added to it, and norms stay in float32. So its vectors are at a cosine of .99999 to float32's, where numbers of a byte
leave them at .9994, and it takes a fraction of the time (docs/benchmarks.md).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Literal

import torch
from safetensors import safe_open
from torch.nn import functional

from embeddings.engine import Floats
from embeddings.layers.pair import pair
from embeddings.layers.sharing import cores, shared_evenly

# Lengths are padded to multiples of this: for every size of a multiplication that it has not seen, torch's library
# writes a program first, which takes a millisecond.
_STEP = 8
# The tokens up to which a text that is alone may be read by two threads: questions have 15 to 30. Up to 128 its states
# in bfloat16 are the same to the last bit then; those of longer ones, and of float32, to within rounding.
_SHORT = 64

_Function = Callable[[torch.Tensor], torch.Tensor]
_Layer = Callable[[torch.Tensor, torch.Tensor | None], torch.Tensor]


class TorchLayers:
    """BERT's layers (Devlin et al. 2019, arXiv:1810.04805) of a folder as transformers saves it, with absolute places.

    A text has the same states whatever it is read with, to within rounding.
    """

    def __init__(self, folder: Path, precision: Literal["float32", "bfloat16"]) -> None:
        """Opens the weights; raises what safetensors raises for a file that it does not take."""
        self._at_once = cores()
        self._threads = ThreadPoolExecutor(self._at_once, thread_name_prefix="encoding")
        self._pair = pair()
        sizes, weights = json.loads((folder / "config.json").read_text("utf-8")), folder / "model.safetensors"
        self._epsilon: float = sizes["layer_norm_eps"]
        self._shape = (3, sizes["num_attention_heads"], sizes["hidden_size"] // sizes["num_attention_heads"])
        self._numbers = torch.bfloat16 if precision == "bfloat16" else torch.float32
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

    def states(self, texts: Sequence[Sequence[int]]) -> list[Floats]:
        """See :meth:`embeddings.bundled_engine.Layers.states`."""
        passes = shared_evenly([len(ids) for ids in texts], self._at_once)
        given = [[texts[at] for at in rows] for rows in passes]
        found = list(self._threads.map(self.run, given)) if len(given) > 1 else [self._alone(each) for each in given]
        states = dict(zip([at for rows in passes for at in rows], [each for run in found for each in run], strict=True))
        return [states[at] for at in range(len(texts))]

    def _alone(self, texts: Sequence[Sequence[int]]) -> list[Floats]:
        """The only pass there is to run, such as a question's."""
        if len(texts) == 1 and len(texts[0]) <= _SHORT and self._pair.idle():
            return self._pair.share(lambda: self.run(texts))
        return self.run(texts)

    @torch.inference_mode()
    def run(self, texts: Sequence[Sequence[int]]) -> list[Floats]:
        """One pass for them all, on the calling thread: what :meth:`states` gives."""
        lengths = [len(ids) for ids in texts]
        count = -(-max(lengths) // _STEP) * _STEP
        ids = torch.tensor([[*text, *[0] * (count - len(text))] for text in texts])
        there = torch.arange(count) < torch.tensor(lengths)[:, None]
        # As numbers that are added, which each layer would otherwise make of it anew.
        mask = None if min(lengths) == count else torch.where(there, 0.0, -torch.inf).to(self._numbers)[:, None, None]
        x = self._norm(functional.embedding(ids, self._words) + self._places[:count])
        for layer in self._layers:
            x = layer(x, mask)
        return [states[:length].numpy() for states, length in zip(x, lengths, strict=True)]

    def _layer(self, held: Any, name: str) -> _Layer:
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

    def _normed(self, held: Any, name: str) -> _Function:
        weight, bias = (held.get_tensor(f"{name}.LayerNorm.{part}").flatten().clone() for part in ("weight", "bias"))
        return lambda x: functional.layer_norm(x, weight.shape, weight, bias, self._epsilon)

    def _linear(self, held: Any, *names: str, gelu: bool = False) -> _Function:
        """One multiplication for all the linear layers named, whose results stand side by side."""
        weight = torch.cat([held.get_tensor(f"{name}.weight") for name in names]).to(self._numbers)
        bias = torch.cat([held.get_tensor(f"{name}.bias").flatten() for name in names]).to(self._numbers)
        if self._numbers == torch.bfloat16 and _orders_weights():
            # As torch's own compiler has it: weights in the order in which they are read, the function in the same go.
            ordered, after = torch.ops.mkldnn._reorder_linear_weight(weight), "gelu" if gelu else "none"
            return lambda x: torch.ops.mkldnn._linear_pointwise(x, ordered, bias, after, [], "none")
        if gelu:
            return lambda x: functional.gelu(functional.linear(x, weight, bias))
        return lambda x: functional.linear(x, weight, bias)


def _orders_weights() -> bool:
    """Whether torch can put weights of bfloat16 in order on this processor."""
    ops = torch.ops.mkldnn
    return hasattr(ops, "_linear_pointwise") and bool(ops._is_mkldnn_bf16_supported())
