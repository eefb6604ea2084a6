"""Which statements of a document date one event, and whether they disagree. In doubt they are two events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from assistant.disagreements.dated_events import DatedEvents, Mention, Month, read_dated_events
from corpus.records import Unit

#: Of the words of two subjects, the part that both must have: the order of words may differ, little else.
_SAME_SUBJECT = 0.6
#: Words that stand together in more units than this part, and in more than four, tell no event from another.
_COMMON = 0.15


@dataclass(frozen=True)
class Dating:
    """One month (or year, with month 0) that a mention gives, and the places it gives it for."""

    mention: Mention
    month: Month
    places: frozenset[str]

    @property
    def unit(self) -> Unit:
        return self.mention.unit


def find_disagreements(units: Sequence[Unit]) -> list[tuple[Dating, ...]]:
    """Groups of datings of one event that cannot all be right, each group in reading order.

    Args:
        units: all units of one language version of a document.
    """
    events = read_dated_events(units)
    datings = [Dating(m, month, at) for m in events.mentions for month, at in m.occasions]
    of_month = [dating for dating in datings if dating.month[1]]
    rarity = _Rarity(units)
    groups: list[set[Dating]] = []
    for one, other in combinations(of_month, 2):
        if _same_event(one, other, of_month, rarity) and _may_be_a_slip(one, other, events):
            touched = [group for group in groups if one in group or other in group]
            groups = [group for group in groups if group not in touched] + [{one, other}.union(*touched)]
    found = []
    for group in groups:
        months = {(dating.unit.anchor, dating.month) for dating in group}
        # Two months in one unit are a series that the text knows of.
        if len({month for _, month in months}) > 1 and len({anchor for anchor, _ in months}) == len(months):
            by_year = {d for d in datings if not d.month[1] and any(_named_alike(d, other, rarity) for other in group)}
            found.append(tuple(sorted(group | by_year, key=lambda d: (d.unit.order, d.mention.start))))
    return found


class _Rarity:
    """Whether words tell an event from others of the document."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self._texts = [unit.text.lower() for unit in units]
        self._known: dict[frozenset[str], bool] = {}

    def rare(self, words: frozenset[str]) -> bool:
        """Whether few units hold all of the words."""
        if words not in self._known:
            held = sum(all(word in text for word in words) for text in self._texts)
            self._known[words] = held <= max(4, _COMMON * len(self._texts))
        return self._known[words]


def _same_event(one: Dating, other: Dating, datings: Sequence[Dating], rarity: _Rarity) -> bool:
    if one.unit.anchor == other.unit.anchor:
        return False
    if _numbered_alike(one, other):
        return True
    if one.mention.subject and other.mention.subject:
        return _named_alike(one, other, rarity) or (
            not (one.places and other.places)
            and _compatible(one, other)
            and one.mention.levels == other.mention.levels != frozenset()
            and len(one.mention.subject & other.mention.subject) > 1
            and _same_subject(one, other, rarity)
            and all(dating.mention.definite for dating in (one, other) if not dating.places)
        )
    # Without a subject: the regional seminar held in that place, which must be the only one of that month.
    bare = [dating for dating in (one, other) if not dating.mention.subject]
    return (
        bool(one.places)
        and one.places == other.places
        and _compatible(one, other)
        and one.mention.levels == other.mention.levels != frozenset()
        and all(dating.mention.definite for dating in bare)
        and not any(
            third.month == dating.month and third.mention.subject and _compatible(third, dating)
            and not _same_subject(third, full, rarity)
            for dating in bare for full in (one, other) if full.mention.subject for third in datings
        )
    )  # fmt: skip


def _named_alike(one: Dating, other: Dating, rarity: _Rarity) -> bool:
    """Whether both have the same places and the same subject."""
    same_places = bool(one.places) and one.places == other.places
    return same_places and _compatible(one, other) and _same_subject(one, other, rarity)


def _numbered_alike(one: Dating, other: Dating) -> bool:
    """Whether both are the same meeting by number, body and place."""
    a, b = one.mention, other.mention
    said = bool(a.ordinals) and bool(a.bodies) and a.bodies == b.bodies and bool(one.places)
    return said and _alike(a.subject, b.subject) and one.places == other.places and _compatible(one, other)


def _compatible(one: Dating, other: Dating) -> bool:
    """Whether nothing that the two say makes them different events."""
    a, b = one.mention, other.mention
    # A body meets again and again; only the number of the meeting says which.
    recurring = a.kind == "meeting" and bool(a.bodies | b.bodies) and not a.ordinals
    return (
        a.kind == b.kind
        and a.ordinals == b.ordinals
        and a.planned == b.planned
        and not recurring
        and (not a.levels or not b.levels or a.levels == b.levels)
        and (not one.places or not other.places or one.places == other.places)
    )


def _same_subject(one: Dating, other: Dating, rarity: _Rarity) -> bool:
    """Whether the two say, in nearly the same words, a subject that is not the whole document's."""
    a, b = one.mention.subject, other.mention.subject
    return bool(a and b) and _alike(a, b) and rarity.rare(a & b)


def _alike(a: frozenset[str], b: frozenset[str]) -> bool:
    return len(a & b) >= _SAME_SUBJECT * len(a | b)


def _may_be_a_slip(one: Dating, other: Dating, events: DatedEvents) -> bool:
    """Whether two months can be two datings of one event rather than an event and the next of its series.

    Neighbouring months can; others where the sentences agree on another occasion of theirs, or number the event alike.
    """
    months = frozenset((one.month, other.month))
    if len(months) == 1:
        return True
    if (one.mention.kind, months) in events.together:
        return False
    (year, month), (later_year, later_month) = sorted(months)
    shared = {o for o in one.mention.occasions if o[0][1] and o[1]} & set(other.mention.occasions)
    return 12 * (later_year - year) + later_month - month <= 1 or bool(shared) or bool(one.mention.ordinals)
