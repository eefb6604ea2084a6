"""What notes lack and what of them is off topic, on the topics that thresholds are set on: never on the test half."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from eval.briefs import GOLD, PRACTICE, Briefs, Half, judged, judged_by_topic, quoted, read_gold
from eval.judge import Score

#: What may be looked at topic by topic.
HALVES: Final[tuple[Half, ...]] = ("practice", "dev")


@dataclass(frozen=True)
class Apart:
    """A topic or item with its figures, the anchors its note lacks, and those of its sentences that are off topic."""

    half: Half
    id: str
    topic: str
    scores: dict[str, Score]
    missed: tuple[str, ...]
    off: tuple[str, ...]

    @property
    def line(self) -> str:
        """All of it as one line."""
        figures = (f"{name.removeprefix('brief_')} {s.gained:.0f}/{s.possible:.0f}" for name, s in self.scores.items())
        parts = [f"{self.id} {self.topic}: {', '.join(figures)}"]
        parts += [f"lacks {' '.join(self.missed)}"] if self.missed else []
        parts += [f"off topic {' '.join(self.off)}"] if self.off else []
        return "; ".join(parts)


def apart(briefs: Briefs, half: Half) -> Iterator[Apart]:
    """The notes of one of :data:`HALVES`, topic by topic.

    Raises:
        DatasetError: the gold cannot be read.
    """
    gold = read_gold(PRACTICE if half == "practice" else GOLD)
    for each in gold.briefs:
        if each.split == half and half in HALVES:
            note = briefs.brief(each.topic, each.item, language=each.language)
            must, allowed = gold.anchors(each.must), gold.anchors(f"{each.must}; {each.may}")
            off = {anchor for anchors in judged_by_topic(note) if not anchors & allowed for anchor in anchors}
            scores = dict(judged(each, gold, note))
            yield Apart(half, each.id, each.topic or each.item, scores, _in_order(must - quoted(note)), _in_order(off))


def total(found: list[Apart]) -> str:
    """The figures of all of them as one line."""
    names = dict.fromkeys(name for each in found for name in each.scores)
    of = {name: [each.scores[name] for each in found if name in each.scores] for name in names}
    sums = {name: (sum(s.gained for s in scores), sum(s.possible for s in scores)) for name, scores in of.items()}
    return ", ".join(f"{name} {a / b:.3f} ({a:.0f} of {b:.0f})" for name, (a, b) in sums.items())


def _in_order(anchors: set[str] | frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted(anchors))
