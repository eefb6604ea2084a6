"""Figures of what is measured beside the questions: texts compared, the ledger of who said what, briefing notes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from eval.questions import Split
from eval.resample import Estimate

#: The parts by their names in reports and in ``gate.toml``, with the heading of their tables.
PARTS: Final = {
    "alignment": "comparison of documents",
    "ledger": "who said what",
    "briefs": "briefing notes",
    "claims": "sentences held against what they cite",
}


@dataclass(frozen=True)
class PartFigure:
    """One figure of a half; what ``value`` is over is counted in it: points, entries, topics."""

    split: Split
    figure: str
    value: Estimate

    def to_dict(self) -> dict[str, Any]:
        """The figure as the report's JSON holds it."""
        value = self.value
        return {
            "split": self.split, "figure": self.figure, "value": value.value, "low": value.low, "high": value.high,
            "count": value.count,
        }  # fmt: skip


def reported(figures: Iterable[PartFigure]) -> dict[str, Estimate]:
    """The figures of the ``test`` half by name, as the gate holds them."""
    return {each.figure: each.value for each in figures if each.split == "test"}
