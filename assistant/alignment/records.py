"""What a comparison of two documents gives back. ``to_dict`` is the public JSON form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, get_args

from corpus.records import Document, Language, Unit, UnitKind

#: What became of a point: the same words; other words; one of a that is several of b; several of a that are one of b;
#: of b alone; of a alone.
Change = Literal["same", "reworded", "split", "merged", "new", "dropped"]
CHANGES: tuple[Change, ...] = get_args(Change)

#: A change that matters: a duty that became weaker or stronger, or is put in another word of the same strength; a duty
#: that one of the texts lacks; who is to act; a member of a list; a number or a date.
ShiftKind = Literal[
    "softened", "strengthened", "duty_reworded", "duty_added", "duty_dropped", "actor", "item_added", "item_dropped",
    "number", "date",
]  # fmt: skip

#: Characters of a text: ``text[start:end]``.
Span = tuple[int, int]


@dataclass(frozen=True)
class Shift:
    """A change that matters, as the words of either text; ``before`` is empty where the first text has none.

    ``a`` and ``b`` are where those words stand, as anchor id and span, None where they stand nowhere.
    """

    kind: ShiftKind
    before: str
    after: str
    a: tuple[str, Span] | None = None
    b: tuple[str, Span] | None = None


@dataclass(frozen=True)
class Pair:
    """Points of two documents that correspond, by anchor id in reading order; one side may be empty.

    ``similarity`` is 0 to 1, 0 where one side is empty. ``moved`` says that the point stands elsewhere in the order of
    points. ``changed`` holds for each anchor id the spans of its text that the other side lacks or has otherwise.
    """

    a: tuple[str, ...]
    b: tuple[str, ...]
    change: Change
    similarity: float
    moved: bool = False
    shifts: tuple[Shift, ...] = ()
    changed: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """The contract of one pair of ``python -m assistant compare --json``."""
        return {
            "a": list(self.a),
            "b": list(self.b),
            "change": self.change,
            "similarity": round(self.similarity, 4),
            "moved": self.moved,
        }


@dataclass(frozen=True)
class Comparison:
    """Two documents compared in one language: every point of either is in exactly one of the pairs.

    ``units`` holds the points by anchor id. The pairs are in the order of a; what is new stands where b has it.
    """

    a: Document
    b: Document
    language: Language
    pairs: tuple[Pair, ...]
    units: Mapping[str, Unit] = field(default_factory=dict)

    def is_beside(self, pair: Pair) -> bool:
        """Whether a pair is a point without counterpart, of a kind of which none in its document has one.

        Such as the paragraphs of procedure of a report whose points are compared with those of a draft of them. Where
        nothing corresponds, nothing is beside it.
        """
        if pair.a and pair.b:
            return False
        kinds = self._kinds_met[0 if pair.a else 1]
        return bool(kinds) and self.units[(pair.a or pair.b)[0]].kind not in kinds

    @cached_property
    def _kinds_met(self) -> tuple[frozenset[UnitKind], frozenset[UnitKind]]:
        """The kinds of the points of either document that have a counterpart."""
        met = [pair for pair in self.pairs if pair.a and pair.b]
        ours = frozenset(self.units[each].kind for pair in met for each in pair.a)
        theirs = frozenset(self.units[each].kind for pair in met for each in pair.b)
        return ours, theirs

    def counts(self) -> dict[Change, int]:
        """How many pairs there are of each change, of those that are not beside what is compared."""
        found = Counter(pair.change for pair in self.pairs if not self.is_beside(pair))
        return {change: found[change] for change in CHANGES}

    def to_dict(self) -> dict[str, Any]:
        """The contract of ``python -m assistant compare --json``."""
        return {"pairs": [pair.to_dict() for pair in self.pairs]}
