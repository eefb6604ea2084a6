"""What an encoder stands on: something that counts tokens and turns a batch of texts into vectors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

Kind = Literal["query", "passage"]
Floats = NDArray[np.float32]

_TINY = float(np.finfo(np.float32).tiny)


@dataclass(frozen=True)
class Encoded:
    """A text's vector (dimension,) and the last hidden state of each of its tokens (tokens, dimension), of length 1.

    The tokens of the prompt and the special ones have no states; nor has any text of a model without token states.
    """

    vector: Floats
    states: Floats


class Engine(Protocol):
    """One model, with its tokenizer. Threads share it."""

    dimension: int
    max_tokens: int

    @property
    def prompts(self) -> Mapping[Kind, str]:
        """What stands before a text of each kind."""

    def counts(self, texts: Sequence[str]) -> list[int]:
        """The tokens of each text as it stands, special ones included; nothing is cut."""

    def offsets(self, text: str) -> list[tuple[int, int]]:
        """Where the tokens of a text lie in it, start and end in characters.

        Raises ModelError where the tokenizer does not say.
        """

    def encode(self, texts: Sequence[str], kind: Kind) -> list[Encoded]:
        """One batch, each text behind its kind's prompt and cut at what the model reads."""


def normalised(vectors: Floats) -> Floats:
    """Vectors (n, d), each brought to length 1."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, _TINY), dtype=np.float32)
