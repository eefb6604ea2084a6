"""What a sentence is checked against, and what is found wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, Protocol, get_args

import numpy as np
from numpy.typing import NDArray

from corpus.records import Language

FaultKind = Literal["number", "date", "actor", "negation", "modal", "scope", "content", "none-cited"]
SENTENCE_FAULTS: Final[tuple[FaultKind, ...]] = get_args(FaultKind)


@dataclass(frozen=True)
class Evidence:
    """A cited paragraph: its words, their language, where they stand, and the same paragraph in the other language.

    ``anchor`` names the paragraph, as ``p21`` or ``wg6-2020-report:p21``; ``aligned`` is None where the library holds
    it in one language alone.
    """

    text: str
    language: Language
    anchor: str
    aligned: str | None = None


@dataclass(frozen=True)
class Fault:
    """One thing a sentence says that its evidence does not: what was found in it, and what should have been.

    ``found`` are words of the sentence, or what they mean; ``expected`` what the evidence has instead, empty where it
    has nothing of the kind.
    """

    kind: FaultKind
    found: str
    expected: str

    def to_dict(self) -> dict[str, str]:
        """The fault as JSON holds it."""
        return {"kind": self.kind, "found": self.found, "expected": self.expected}


@dataclass(frozen=True)
class Verdict:
    """Whether a sentence is borne out; ``faults`` is empty exactly where it is."""

    supported: bool
    faults: tuple[Fault, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The verdict as JSON holds it."""
        return {"supported": self.supported, "faults": [fault.to_dict() for fault in self.faults]}


class SentenceEncoder(Protocol):
    """What turns sentences into vectors of length 1, compared by dot product: :class:`embeddings.model.Encoder`."""

    def __hash__(self) -> int: ...

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]: ...
