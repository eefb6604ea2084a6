"""The bundled model multiplied in bfloat16, where the processor has instructions for it: as good, in 0.6 of the time.

What linear layers take, weigh with and give is rounded to eight bits; their sums, what is added to them, attention and
norms stay in float32. So its vectors are at a cosine of .99999 to float32's, where numbers of a byte leave them at
.9994 (docs/benchmarks.md).
"""

from __future__ import annotations

import torch

#: What PyTorch calls the instructions: AVX-512's, of servers since 2020 and AMD's processors since Zen 4; Intel's AMX.
_INSTRUCTIONS = ("avx512_bf16", "amx_bf16")


def multiplies_bfloat16() -> bool:
    """Whether this processor multiplies bfloat16 by itself; others imitate it, which takes longer than float32."""
    given = torch.cpu.get_capabilities()
    return any(given.get(name) for name in _INSTRUCTIONS)


class RoundedLinear(torch.nn.Module):
    """A linear layer whose input and weights are rounded to bfloat16; it takes and gives float32 and cannot be trained.

    The file's weights, 4-bit numbers by a scale of eleven bits, lose no more by it than their scale's last three.
    """

    def __init__(self, layer: torch.nn.Linear) -> None:
        """The same as a layer."""
        super().__init__()
        self.weight = torch.nn.Parameter(layer.weight.detach().bfloat16(), requires_grad=False)
        self.bias = layer.bias

    def forward(self, given: torch.Tensor) -> torch.Tensor:
        """(…, inputs) to (…, outputs)."""
        found = torch.nn.functional.linear(given.bfloat16(), self.weight).float()
        return found if self.bias is None else found + self.bias


def round_linear(transformer: torch.nn.Module) -> None:
    """Puts a :class:`RoundedLinear` in the place of every linear layer."""
    for name, layer in list(transformer.named_modules()):
        if isinstance(layer, torch.nn.Linear):
            transformer.set_submodule(name, RoundedLinear(layer))
