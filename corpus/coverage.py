"""Proof that parsing loses, doubles and invents nothing: every non-blank character of a file, once, in one place."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.parse.builder import Parsed
from corpus.parse.traced import INSERTED


@dataclass(frozen=True)
class Coverage:
    """Non-blank characters of a source: in all, by what took them, and those that went wrong.

    ``missing`` were taken by nothing, ``doubled`` twice; ``altered`` stand in a unit as another character.
    """

    total: int
    taken: dict[str, int]
    missing: tuple[int, ...]
    doubled: tuple[int, ...]
    altered: tuple[int, ...]

    @property
    def complete(self) -> bool:
        """Whether every character landed exactly once, unaltered."""
        return not (self.missing or self.doubled or self.altered)


def measure_coverage(parsed: Parsed) -> Coverage:
    """The coverage of one parsed version."""
    wanted = {offset for offset, character in enumerate(parsed.source) if not character.isspace()}
    taken = parsed.ledger.taken()
    altered = tuple(
        offset
        for unit, origin in zip(parsed.units, parsed.origins, strict=True)
        for character, offset in zip(unit.text, origin, strict=True)
        if offset != INSERTED and parsed.source[offset] != character
    )
    return Coverage(
        total=len(wanted),
        taken=parsed.ledger.counts(),
        missing=tuple(sorted(wanted - taken.keys())),
        doubled=tuple(sorted(offset for offset, times in taken.items() if times > 1)),
        altered=altered,
    )
