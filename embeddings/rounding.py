"""The bundled model multiplied in bfloat16, where the processor has instructions for it: as good, in half the time.

What linear layers take, weigh with and give is rounded to eight bits, and attention takes and gives the like; their
sums, what is added to them, and norms stay in float32. So its vectors are at a cosine of .99999 to float32's, where
numbers of a byte leave them at .9994 (docs/benchmarks.md).
"""

from __future__ import annotations

from typing import Any

import torch
from torch.nn import functional
from transformers.models.bert.modeling_bert import BertSelfAttention

#: What PyTorch calls the instructions: AVX-512's, of servers since 2020 and AMD's processors since Zen 4; Intel's AMX.
_INSTRUCTIONS = ("avx512_bf16", "amx_bf16")


def multiplies_bfloat16() -> bool:
    """Whether this processor multiplies bfloat16 by itself; others imitate it, which takes longer than float32."""
    given = torch.cpu.get_capabilities()
    return any(given.get(name) for name in _INSTRUCTIONS)


class RoundedLinear(torch.nn.Module):
    """A linear layer whose input and weights are rounded to bfloat16; it gives float32 and cannot be trained.

    The file's weights, 4-bit numbers by a scale of eleven bits, lose no more by it than their scale's last three.
    """

    def __init__(self, layer: torch.nn.Linear) -> None:
        """The same as a layer."""
        super().__init__()
        self.weight = _rounded(layer.weight)
        self.bias = layer.bias

    def forward(self, given: torch.Tensor) -> torch.Tensor:
        """(…, inputs) to (…, outputs)."""
        found = functional.linear(given.bfloat16(), self.weight).float()
        return found if self.bias is None else found.add_(self.bias)


class RoundedAttention(torch.nn.Module):
    """BERT's attention of tokens to one another, in bfloat16 throughout: takes float32, gives bfloat16, is not trained.

    Queries, keys and values come of one multiplication.
    """

    def __init__(self, attention: BertSelfAttention) -> None:
        """The same as an attention."""
        super().__init__()
        parts = (attention.query, attention.key, attention.value)
        self.weight = _rounded(torch.cat([part.weight for part in parts]))
        self.bias = _rounded(torch.cat([part.bias for part in parts]))
        self._shape = (3, attention.num_attention_heads, attention.attention_head_size)
        self._scaling = attention.scaling

    def forward(
        self, given: torch.Tensor, attention_mask: torch.Tensor | None = None, **_: Any
    ) -> tuple[torch.Tensor, None]:
        """(texts, tokens, d) to the same; ``attention_mask`` is true where a token is attended to, or what is added."""
        projected = functional.linear(given.bfloat16(), self.weight, self.bias).view(*given.shape[:-1], *self._shape)
        query, key, value = projected.permute(2, 0, 3, 1, 4)
        if attention_mask is not None and attention_mask.dtype != torch.bool:
            attention_mask = attention_mask.bfloat16()
        found = functional.scaled_dot_product_attention(query, key, value, attention_mask, scale=self._scaling)
        return found.transpose(1, 2).flatten(2), None


def round_bert(transformer: torch.nn.Module) -> None:
    """Puts what is rounded in the place of every attention and of every other linear layer."""
    for name, layer in list(transformer.named_modules()):
        if isinstance(layer, BertSelfAttention):
            transformer.set_submodule(name, RoundedAttention(layer))
    for name, layer in list(transformer.named_modules()):
        if isinstance(layer, torch.nn.Linear):
            transformer.set_submodule(name, RoundedLinear(layer))


def _rounded(numbers: torch.Tensor) -> torch.nn.Parameter:
    return torch.nn.Parameter(numbers.detach().bfloat16(), requires_grad=False)
