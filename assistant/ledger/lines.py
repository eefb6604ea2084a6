"""Entries as they are shown: each sentence once, with all who act in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Citation
from assistant.ledger.records import ACTS, LISTED, Act, Actor, Entry
from corpus.records import Bilingual


@dataclass(frozen=True)
class Line:
    """A sentence with what is done in it: each set of acts with the actors whose they are."""

    citation: Citation
    date: Bilingual
    doings: tuple[tuple[tuple[Act, ...], tuple[Actor, ...]], ...]

    @property
    def listed(self) -> bool:
        """Whether the text records only that something happened, and not what was said."""
        return all(act in LISTED for acts, _ in self.doings for act in acts)


def lines(entries: Sequence[Entry]) -> tuple[Line, ...]:
    """Entries of one sentence as one line, in the order of their first."""
    found: dict[tuple[str, str, int], list[Entry]] = {}
    for entry in entries:
        place = (entry.citation.anchor, entry.citation.language, entry.citation.start)
        found.setdefault(place, []).append(entry)
    return tuple(Line(of[0].citation, of[0].date, _doings(of)) for of in found.values())


def _doings(entries: Sequence[Entry]) -> tuple[tuple[tuple[Act, ...], tuple[Actor, ...]], ...]:
    acts: dict[Actor, list[Act]] = {}
    for entry in entries:
        acts.setdefault(entry.actor, []).append(entry.act)
    by_acts: dict[tuple[Act, ...], list[Actor]] = {}
    for actor, of in acts.items():
        by_acts.setdefault(tuple(sorted(of, key=ACTS.index)), []).append(actor)
    return tuple((of, tuple(actors)) for of, actors in by_acts.items())
