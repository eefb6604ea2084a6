"""How exactly the bundled model is computed: what the environment asks for, else what serves best on this processor."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import Final, Literal, get_args

logger = logging.getLogger(__name__)

Precision = Literal["int8", "bfloat16", "float32"]
#: Chooses the precision that the bundled model is run at.
PRECISION_VARIABLE = "RAPPORTEUR_PRECISION"
#: Names each way of computing vectors (:mod:`embeddings.layers`): another way has another fingerprint.
TAGS: Final[dict[Precision, str]] = {"int8": "int8-2", "bfloat16": "bfloat16-3", "float32": "float32-1"}
# What Linux and PyTorch call the instructions: AVX-512's, of servers since 2020 and AMD's processors since Zen 4; AMX.
_INSTRUCTIONS = ("avx512_bf16", "amx_bf16")
_PROCESSOR = Path("/proc/cpuinfo")


def asked_precision() -> Precision:
    """What the environment asks for; by itself ``bfloat16`` where the processor multiplies it, else ``float32``.

    ``int8``, which is faster still on processors without bfloat16 and a little less exact, has to be asked for.
    """
    asked = os.environ.get(PRECISION_VARIABLE, "").strip().lower()
    for precision in get_args(Precision):
        if asked == precision:
            return precision  # type: ignore[no-any-return]
    if asked:
        logger.warning(
            "%s is %r; expected one of %s; it is chosen by the processor",
            PRECISION_VARIABLE, asked, ", ".join(get_args(Precision)),
        )  # fmt: skip
    return "bfloat16" if multiplies_bfloat16() else "float32"


def multiplies_bfloat16() -> bool:
    """Whether this processor multiplies bfloat16 by itself; others imitate it, which takes longer than float32."""
    try:
        told = _PROCESSOR.read_text("utf-8")
    except OSError:
        # Loading torch takes a second, and much of the project never needs it.
        import torch

        given = torch.cpu.get_capabilities()
        return any(given.get(name) for name in _INSTRUCTIONS)
    flags = next((line.split() for line in told.splitlines() if line.startswith("flags")), [])
    return any(name in flags for name in _INSTRUCTIONS)
