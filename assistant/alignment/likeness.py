"""How alike the points of two documents are: by the words they share, and by what they mean."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from corpus.library import Library
from corpus.records import Language, Unit
from corpus.words import segmenter
from embeddings.embed import WHOLE_UNIT
from embeddings.snapshot import Query
from embeddings.vectors import Vectors

Floats = NDArray[np.float64]
#: A word, or two in a row, which tell a version of a text from another text on its subject.
_Feature = str | tuple[str, str]


@lru_cache(maxsize=8192)
def _features(text: str) -> frozenset[_Feature]:
    words = segmenter().words(text)
    return frozenset((*words, *pairwise(words)))


@dataclass(frozen=True)
class Wording:
    """The words of the points of two documents, each weighted by how few points hold it.

    The weight of a word, or of two in a row, is ln((N + 1) / n), N the number of points of both documents and n of
    those that hold it: what all points say tells none from another.
    """

    a: tuple[frozenset[_Feature], ...]
    b: tuple[frozenset[_Feature], ...]
    weights: dict[_Feature, float]

    @classmethod
    def of(cls, a: Sequence[Unit], b: Sequence[Unit]) -> Wording:
        """The words of two documents' points."""
        ours, theirs = (tuple(_features(unit.text) for unit in units) for units in (a, b))
        held: dict[_Feature, int] = {}
        for features in (*ours, *theirs):
            for feature in features:
                held[feature] = held.get(feature, 0) + 1
        every = len(ours) + len(theirs) + 1
        return cls(ours, theirs, {feature: math.log(every / n) for feature, n in held.items()})

    def shares(self) -> Floats:
        """Dice's coefficient (a, b) of the weighted words: 2 w(x and y) / (w(x) + w(y)), 0 to 1."""
        columns = {feature: at for at, feature in enumerate(self.weights)}
        x, y = (self._rows(side, columns) for side in (self.a, self.b))
        weights = np.array(list(self.weights.values()))
        shared = np.asarray((x.multiply(weights[None, :]).tocsr() @ y.T).todense(), dtype=np.float64)
        whole = (x @ weights)[:, None] + (y @ weights)[None, :]
        found: Floats = np.divide(2 * shared, whole, out=np.zeros_like(shared), where=whole > 0)
        return found

    @staticmethod
    def _rows(side: Sequence[frozenset[_Feature]], columns: dict[_Feature, int]) -> csr_array:
        places = [(row, columns[feature]) for row, features in enumerate(side) for feature in features]
        rows, at = zip(*places, strict=True) if places else ((), ())
        return csr_array((np.ones(len(places)), (rows, at)), shape=(len(side), len(columns)))

    def weight(self, features: Iterable[_Feature]) -> float:
        """The weight of some words together."""
        return sum(self.weights[feature] for feature in features)

    def a_covered(self, i: int, theirs: Sequence[int]) -> float:
        """The share of a point of a that some of b hold together: w(x and y) / w(x).

        A point that was split says in each of its parts what it did not say before, so that only what became of its own
        words tells the parts.
        """
        return self._covered(self.a[i], [self.b[j] for j in theirs])

    def b_covered(self, j: int, ours: Sequence[int]) -> float:
        """The share of a point of b that some of a hold together."""
        return self._covered(self.b[j], [self.a[i] for i in ours])

    def _covered(self, whole: frozenset[_Feature], parts: Sequence[frozenset[_Feature]]) -> float:
        held = whole & frozenset().union(*parts)
        return self.weight(held) / (self.weight(whole) or 1.0)


def cosines(
    library: Library, snapshot: Vectors, a: Sequence[Unit], b: Sequence[Unit], language: Language
) -> Floats | None:
    """The centred cosine (a, b) of each two points' vectors; None where some are not in the index yet."""
    ids = {(doc_id, anchor): n for n, doc_id, anchor in library.connection.execute(
        "SELECT id, doc_id, anchor FROM units WHERE language = ? AND doc_id IN (?, ?)",
        (language, *(_doc_id(side) for side in (a, b))),
    )}  # fmt: skip
    ours, theirs = ([ids[unit.doc_id, unit.anchor] for unit in side] for side in (a, b))
    marks = ", ".join("?" * len(ours))
    rows = library.connection.execute(
        "SELECT unit_id, vector FROM vectors WHERE fingerprint = ? AND sentence = ? AND window = 0"
        f" AND unit_id IN ({marks})",
        (snapshot.fingerprint, WHOLE_UNIT, *ours),
    )
    vectors = {n: np.frombuffer(vector, np.float16).astype(np.float32) for n, vector in rows}
    no_states = np.zeros((0, 0), np.float32)
    found = np.zeros((len(a), len(b)))
    for i, n in enumerate(ours):
        if n not in vectors:
            return None
        scores = snapshot.unit_scores(Query(vectors[n], no_states, language), theirs, language)
        if len(scores) < len(set(theirs)):
            return None
        found[i] = [scores[m] for m in theirs]
    return found


def _doc_id(units: Sequence[Unit]) -> str:
    return units[0].doc_id if units else ""
