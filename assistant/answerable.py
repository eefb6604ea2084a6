"""Whether evidence answers, as a probability: two small models of its features, and how they are kept.

One is a logistic regression over the features and over their products with the one that says how alike all passages of
a library are, for there the same likeness tells less; the other is a sum of small decision trees, which knows what
holds only together. Their mean is the probability. Both are fitted by ``python -m eval calibrate`` and kept as numbers.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

MODELS = Path(__file__).with_name("answerable.json")


@dataclass(frozen=True)
class Tree:
    """A decision tree as columns: at node n go ``left`` where the feature is at most the limit, else ``right``.

    A node whose ``feature`` is -1 is a leaf and holds its ``value``, in log-odds. Node 0 is the root.
    """

    feature: tuple[int, ...]
    limit: tuple[float, ...]
    left: tuple[int, ...]
    right: tuple[int, ...]
    value: tuple[float, ...]

    def of(self, features: Sequence[float]) -> float:
        """The value of the leaf where features lead."""
        node = 0
        while self.feature[node] >= 0:
            low = features[self.feature[node]] <= self.limit[node]
            node = self.left[node] if low else self.right[node]
        return self.value[node]


@dataclass(frozen=True)
class AnswerableModel:
    """A model of the features ``names``; below ``threshold`` it says that they do not answer.

    The logistic regression is over standardised features z = (x - ``mean``) / ``deviation``, with a weight for each and
    one for its product with that of ``floor``; the log-odds of the trees begin at ``start``.
    """

    names: tuple[str, ...]
    mean: tuple[float, ...]
    deviation: tuple[float, ...]
    intercept: float
    weights: tuple[float, ...]
    weights_by_floor: tuple[float, ...]
    floor: int
    start: float
    trees: tuple[Tree, ...]
    threshold: float

    def probability(self, features: Sequence[float]) -> float:
        """How likely evidence with these features answers: the mean of both models."""
        scaled = [(x - m) / d for x, m, d in zip(features, self.mean, self.deviation, strict=True)]
        floor = scaled[self.floor]
        rows = zip(scaled, self.weights, self.weights_by_floor, strict=True)
        odds = self.intercept + sum(z * (alone + floor * together) for z, alone, together in rows)
        grown = self.start + sum(tree.of(features) for tree in self.trees)
        return (_sigmoid(odds) + _sigmoid(grown)) / 2

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)

    @classmethod
    def from_dict(cls, kept: dict[str, Any]) -> AnswerableModel:
        """From what :meth:`to_dict` gave."""
        trees = tuple(Tree(**{name: tuple(column) for name, column in tree.items()}) for tree in kept["trees"])
        rest: dict[str, Any] = {k: tuple(it) if isinstance(it, list) else it for k, it in kept.items()}
        return cls(**{**rest, "trees": trees})


@cache
def answerable_models() -> dict[str, AnswerableModel]:
    """The models in use: ``within`` a language, and ``across`` where the text is of the other one alone."""
    return {name: AnswerableModel.from_dict(kept) for name, kept in json.loads(MODELS.read_text()).items()}


def _sigmoid(odds: float) -> float:
    return 1 / (1 + math.exp(-odds)) if odds >= 0 else math.exp(odds) / (1 + math.exp(odds))
