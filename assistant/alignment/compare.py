"""Two documents of a library compared: which points correspond, what became of each, and what matters of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.alignment.assign import Bounds, Group, correspondences, out_of_order
from assistant.alignment.likeness import Wording, cosines
from assistant.alignment.marking import changed_words
from assistant.alignment.records import Change, Comparison, Pair
from assistant.alignment.shifts import shifts
from assistant.alignment.texts import Texts, texts_of
from corpus.library import Library
from corpus.records import Language, Unit, UnitKind
from embeddings.vectors import Vectors

Floats = NDArray[np.float64]


_BOUNDS = Bounds(least=0.32, least_joining=0.3, gain=0.1)
_BY_WORDS = Bounds(least=0.28, least_joining=0.25, gain=0.1)


@dataclass(frozen=True)
class AlignmentWeights:
    """What the score of two points is made of, and what makes a correspondence.

    The score is ``meaning`` times the centred cosine and the rest times the words in common, less ``apart`` where one
    asks something (a discussion point, an operative paragraph) and the other does not. ``by_words`` is for documents
    that the index does not know yet: words alone. Set on the dev half of eval/alignment.jsonl (docs/evaluation.md).
    """

    meaning: float = 0.4
    apart: float = 0.1
    bounds: Bounds = _BOUNDS
    by_words: Bounds = _BY_WORDS


ALIGNMENT = AlignmentWeights()
#: Kinds of unit that ask something of somebody, point by point.
DEMANDS: frozenset[UnitKind] = frozenset({"discussion_point", "operative"})


def compare(
    library: Library, snapshot: Vectors | None, a: str, b: str, language: Language | None = None,
    weights: AlignmentWeights = ALIGNMENT,
) -> Comparison:  # fmt: skip
    """The comparison of two documents, from ``a`` to ``b``.

    What corresponds is decided by content, never by number, in all languages that both documents have together, so that
    it is the same in each; the words that moved are those of one language.

    Args:
        library: where both are.
        snapshot: the index; words alone decide without it, or while it does not know the documents.
        a: the id of the first document, such as an earlier draft.
        b: the id of the second.
        language: of the texts that are compared; where it is None, or not both have it, one that both have.
        weights: how points are scored.

    Raises:
        UnknownDocumentError: there is no such document.
        ComparisonError: it is one document, or no language has the text of both.
    """
    texts = texts_of(library, a, b, language)
    scored = _Scored.of(library, snapshot, texts, weights)
    groups = correspondences(scored.scores, scored.a_covered, scored.b_covered, scored.bounds)
    moved = out_of_order(groups)
    shown_a, shown_b = texts.shown
    pairs = [
        _pair(
            [shown_a[i] for i in group.a], [shown_b[j] for j in group.b], scored.score(group), at in moved,
            texts.language,
        )
        for at, group in enumerate(groups)
    ]  # fmt: skip
    return Comparison(
        texts.a, texts.b, texts.language, _in_order(pairs, shown_a, shown_b),
        {unit.anchor_id: unit for unit in (*shown_a, *shown_b)},
    )  # fmt: skip


@dataclass(frozen=True)
class _Scored:
    """The score of each two points, over all languages that both documents have."""

    scores: Floats
    wordings: tuple[Wording, ...]
    bounds: Bounds

    @classmethod
    def of(cls, library: Library, snapshot: Vectors | None, texts: Texts, weights: AlignmentWeights) -> _Scored:
        wordings = tuple(Wording.of(*sides) for sides in texts.units.values())
        shares = np.mean([wording.shares() for wording in wordings], axis=0)
        a, b = texts.shown
        apart = np.array([[(x.kind in DEMANDS) != (y.kind in DEMANDS) for y in b] for x in a]) * weights.apart
        found = [cosines(library, snapshot, *sides, each) for each, sides in texts.units.items()] if snapshot else []
        meanings = [each for each in found if each is not None]
        if not meanings:
            return cls(np.maximum(shares - apart, 0), wordings, weights.by_words)
        meaning = np.maximum(np.mean(meanings, axis=0), 0)
        scores = weights.meaning * meaning + (1 - weights.meaning) * shares - apart
        return cls(np.maximum(scores, 0), wordings, weights.bounds)

    def a_covered(self, i: int, theirs: Sequence[int]) -> float:
        return sum(each.a_covered(i, theirs) for each in self.wordings) / len(self.wordings)

    def b_covered(self, j: int, ours: Sequence[int]) -> float:
        return sum(each.b_covered(j, ours) for each in self.wordings) / len(self.wordings)

    def score(self, group: Group) -> float:
        """The mean score of the points that correspond."""
        return float(np.mean([self.scores[i, j] for i in group.a for j in group.b]))


def _pair(a: Sequence[Unit], b: Sequence[Unit], similarity: float, moved: bool, language: Language) -> Pair:
    changed = changed_words(a, b, language)
    change: Change = "split" if len(b) > 1 else "merged" if len(a) > 1 else "reworded"
    if change == "reworded" and not any(changed.values()):
        return Pair(_ids(a), _ids(b), "same", 1.0, moved)
    matters = shifts(a, b, language, changed)
    return Pair(_ids(a), _ids(b), change, min(similarity, 1.0), moved, matters, changed)


def _in_order(pairs: Sequence[Pair], a: Sequence[Unit], b: Sequence[Unit]) -> tuple[Pair, ...]:
    """All pairs and what is alone, in the order of a; what is new behind the point that it follows in b."""
    of_a = {anchor_id: pair for pair in pairs for anchor_id in pair.a}
    of_b = {anchor_id: pair for pair in pairs for anchor_id in pair.b}
    ordered = list(dict.fromkeys(id(of_a[u.anchor_id]) if u.anchor_id in of_a else u.anchor_id for u in a))
    by_id: Mapping[int, Pair] = {id(pair): pair for pair in pairs}
    following: dict[object, list[Pair]] = {}
    last: object = None
    for unit in b:
        if unit.anchor_id in of_b:
            last = id(of_b[unit.anchor_id])
        else:
            following.setdefault(last, []).append(Pair((), (unit.anchor_id,), "new", 0.0))
    result = list(following.get(None, ()))
    for each in ordered:
        result.append(by_id[each] if isinstance(each, int) else Pair((each,), (), "dropped", 0.0))
        result += following.get(each, ())
    return tuple(result)


def _ids(units: Sequence[Unit]) -> tuple[str, ...]:
    return tuple(unit.anchor_id for unit in units)
