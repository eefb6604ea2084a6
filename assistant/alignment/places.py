"""Parts of texts, and which of some texts are versions of each other: what all changes that matter are made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

from assistant.alignment.records import Shift, ShiftKind, Span
from corpus.records import Language, Unit
from corpus.words import segmenter

# What the other text holds to this share of its words is nothing new to it: it is said there in another form.
_SAID = 0.6
# Characters of a text that say what it is about.
_HEAD: dict[Language, int] = {"zh": 24, "en": 80}


@dataclass(frozen=True)
class Place:
    """A part of a unit's text."""

    unit: Unit
    span: Span

    @property
    def text(self) -> str:
        """Its words."""
        return self.unit.text[self.span[0] : self.span[1]]

    @property
    def where(self) -> tuple[str, Span]:
        """The anchor id of its unit, and where in that it stands."""
        return self.unit.anchor_id, self.span


def changed(kind: ShiftKind, before: Place, after: Place) -> Shift:
    """What stood in one text and stands otherwise in the other."""
    return Shift(kind, before.text, after.text, before.where, after.where)


def dropped(kind: ShiftKind, place: Place) -> Shift:
    """What stands in the first text alone."""
    return Shift(kind, place.text, "", place.where)


def added(kind: ShiftKind, place: Place) -> Shift:
    """What stands in the second text alone."""
    return Shift(kind, "", place.text, None, place.where)


def words_of(*texts: str) -> frozenset[str]:
    """The words of some texts together."""
    return frozenset(word for text in texts for word in segmenter().words(text))


def is_said(words: frozenset[str], elsewhere: frozenset[str]) -> bool:
    """Whether another text holds so much of some words that they are nothing new to it."""
    return len(words & elsewhere) >= _SAID * len(words)


def versions(ours: Sequence[str], theirs: Sequence[str], least: float, language: Language) -> dict[int, int]:
    """Which texts are versions of each other, at most one of one: by the words of the whole and of its beginning.

    What is asked is said first, and what for and how later; a later part may have gone to another text. ``least`` is
    the mean of both shares (Dice) that versions have.
    """
    if not ours or not theirs:
        return {}
    head = _HEAD[language]
    x, y = ([(words_of(text), words_of(text[:head])) for text in side] for side in (ours, theirs))
    scores = np.array([[(_dice(p[0], q[0]) + _dice(p[1], q[1])) / 2 for q in y] for p in x])
    rows, columns = linear_sum_assignment(scores, maximize=True)
    return {int(i): int(j) for i, j in zip(rows, columns, strict=True) if scores[i, j] >= least}


def _dice(x: frozenset[str], y: frozenset[str]) -> float:
    return 2 * len(x & y) / (len(x) + len(y) or 1)
