"""How exactly the bundled model is computed: what the environment asks for, else what serves best on this processor."""

from __future__ import annotations

import logging
import os
from typing import Literal, get_args

logger = logging.getLogger(__name__)

Precision = Literal["int8", "bfloat16", "float32"]
#: Chooses the precision that the bundled model is run at.
PRECISION_VARIABLE = "RAPPORTEUR_PRECISION"
#: Names how bfloat16 is computed with (:mod:`embeddings.bert`): another way has another fingerprint.
BFLOAT16 = "bfloat16-3"
#: What PyTorch calls the instructions: AVX-512's, of servers since 2020 and AMD's processors since Zen 4; Intel's AMX.
_INSTRUCTIONS = ("avx512_bf16", "amx_bf16")


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
    # Loading torch takes seconds, and most of the project never needs it.
    import torch

    given = torch.cpu.get_capabilities()
    return any(given.get(name) for name in _INSTRUCTIONS)
