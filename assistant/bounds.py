"""From how many units on a search looks at the best of them alone, and how many these are."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Bounds:
    """What one question may cost in a large library (docs/scale.md has the measurements).

    ``units``: beyond so many units what follows holds; up to them every unit that holds a word of the question is
    scored. ``listed``: a word that more units hold leads to none by itself. ``pool``: so many units by the other words
    are scored by all, and a third as many that hold the rarest of the common ones together. ``sentences``: of so many
    units a language sentences are read. ``kept``: so many of these, with their other versions, become passages.
    ``read``: of so many a language token states are made where the index holds none, which takes the encoder some
    hundredths of a second each.
    """

    units: int = 50_000
    listed: int = 4_000
    pool: int = 2_000
    sentences: int = 160
    kept: int = 80
    read: int = 16


BOUNDS = Bounds()
