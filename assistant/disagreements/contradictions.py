"""Where a document disagrees with itself: a count with its list, two dates of one event.

All the statements are shown, none is chosen.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.disagreements.dated_events import Month
from assistant.disagreements.miscounts import Miscount, find_miscounts
from assistant.disagreements.same_event import Dating, find_disagreements
from corpus.anchors import label
from corpus.records import Bilingual, Language, Unit

_MONTHS = "January February March April May June July August September October November December".split()


@dataclass(frozen=True)
class Place:
    """A statement: ``unit.text[start:end]``."""

    unit: Unit
    start: int
    end: int


@dataclass(frozen=True)
class Contradiction:
    """Statements of one document that cannot all be right, in reading order, and a note on how they differ."""

    kind: Literal["count", "date"]
    places: tuple[Place, ...]
    text: Bilingual


def find_contradictions(units: Sequence[Unit]) -> tuple[Contradiction, ...]:
    """The contradictions of one document, in reading order.

    Args:
        units: all its units in one language version.
    """
    counts = [_of_count(miscount) for unit in units for miscount in find_miscounts(unit)]
    dates = [_of_dates(datings) for datings in find_disagreements(units)]
    return tuple(sorted([*counts, *dates], key=lambda c: (c.places[0].unit.order, c.places[0].start)))


def by_anchor(contradictions: Iterable[Contradiction]) -> dict[str, tuple[Contradiction, ...]]:
    """The contradictions that each unit has a part in, by its anchor id (``wg6-2014-background#p58``)."""
    kept: dict[str, tuple[Contradiction, ...]] = {}
    for contradiction in contradictions:
        for anchor_id in dict.fromkeys(place.unit.anchor_id for place in contradiction.places):
            kept[anchor_id] = (*kept.get(anchor_id, ()), contradiction)
    return kept


def _of_count(miscount: Miscount) -> Contradiction:
    unit, said, listed = miscount.unit, miscount.said, miscount.listed
    return Contradiction(
        "count",
        tuple(Place(unit, start, end) for start, end in miscount.spans),
        Bilingual(
            f"文件内部不一致：{label(unit.anchor, 'zh')}称数目为{said}，所列为{listed}个。",
            f"The document disagrees with itself: {label(unit.anchor, 'en')} says {said} but lists {listed}.",
        ),
    )


def _of_dates(datings: Sequence[Dating]) -> Contradiction:
    said: dict[Month, list[str]] = {}
    for dating in datings:
        said.setdefault(dating.month, []).append(dating.unit.anchor)
    zh = [f"{'、'.join(label(a, 'zh') for a in anchors)}称{_month(month, 'zh')}" for month, anchors in said.items()]
    en = [
        f"{' and '.join(label(a, 'en') for a in anchors)} {'say' if len(anchors) > 1 else 'says'} {_month(month, 'en')}"
        for month, anchors in said.items()
    ]
    return Contradiction(
        "date",
        tuple(Place(dating.unit, dating.mention.start, dating.mention.end) for dating in datings),
        Bilingual(
            f"文件内部不一致：{'，'.join(zh)}。",
            f"The document disagrees with itself: {', '.join(en)}.",
        ),
    )


def _month(month: Month, language: Language) -> str:
    year, number = month
    if language == "zh":
        return f"{year}年{number}月" if number else f"{year}年"
    return f"{_MONTHS[number - 1]} {year}" if number else str(year)
