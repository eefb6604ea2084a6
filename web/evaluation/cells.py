"""A figure as it is written in a table, and where it lies on a line from 0 to 1."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from corpus.records import Language
from web.evaluation.numbers import decimal, percent
from web.evaluation.summary import Figure
from web.strings import strings

#: Figures that are no share of anything, and are written as decimals.
SCORES: Final = ("mrr", "abstention_f1", "aurc")
#: Length of the line and of the tick that marks the value, in pixels.
LENGTH, TICK = 80, 2


@dataclass(frozen=True)
class Cell:
    """A value with its interval if that has any width; where this begins on the line, its length, the tick's place."""

    value: str
    interval: str
    start: float
    width: float
    tick: float


def cell_of(figure: Figure, language: Language) -> Cell:
    """The cell of a figure."""
    low, high = (amount(figure.figure, value, language) for value in (figure.low, figure.high))
    return Cell(
        amount(figure.figure, figure.value, language),
        strings(language).evaluation.interval.format(low=low, high=high) if low != high else "",
        round(figure.low * LENGTH, 1),
        round(max(figure.high - figure.low, 0) * LENGTH, 1),
        round(figure.value * (LENGTH - TICK), 1),
    )


def amount(key: str, value: float | None, language: Language) -> str:
    """A value of a figure, or a dash."""
    if value is None:
        return strings(language).evaluation.undefined
    return (decimal if key in SCORES else percent)(value, language)
