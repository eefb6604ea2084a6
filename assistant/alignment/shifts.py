"""The changes between two texts that matter: duties, who has them, members of lists, numbers and dates."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from assistant.alignment.duties import Duty, duties
from assistant.alignment.figures import figure_shifts
from assistant.alignment.members import labelled, within_sentences
from assistant.alignment.places import Place, added, changed, dropped, is_said, versions, words_of
from assistant.alignment.records import Shift, ShiftKind, Span
from corpus.records import Language, Unit

# The share of words that two things asked must have in common to be the same duty.
_SAME_DUTY = 0.2
_Asked = tuple[Unit, Duty]


def shifts(
    a: Sequence[Unit], b: Sequence[Unit], language: Language, moved: Mapping[str, tuple[Span, ...]]
) -> tuple[Shift, ...]:
    """What matters of the change from the units of one side to those of the other, in the order of the texts.

    Args:
        a: units of the first text that correspond to those of ``b``; neither is empty.
        b: those of the second.
        language: of both.
        moved: the words that moved, by anchor id.
    """
    found = [*_of_duties(a, b, language), *labelled(a, b, language)]
    whole = [place for shift in found for place in (shift.a, shift.b) if place and not (shift.before and shift.after)]
    # Where one meets several, what follows upon what has changed, and a run of new words is no member of a list.
    parts = [*(within_sentences(a[0], b[0], language, moved) if len(a) == len(b) == 1 else ()), *figure_shifts(a, b)]
    return (*found, *(part for part in parts if not _within(part.a or part.b, whole)))


def _within(place: tuple[str, Span] | None, wholes: Sequence[tuple[str, Span]]) -> bool:
    """Whether a place is part of another, so that it is said already."""
    if place is None:
        return False
    where, (start, end) = place
    return any(where == other and first <= start and end <= last for other, (first, last) in wholes)


def _of_duties(a: Sequence[Unit], b: Sequence[Unit], language: Language) -> Iterator[Shift]:
    ours, theirs = ([(unit, duty) for unit in units for duty in duties(unit.text, language)] for units in (a, b))
    met = versions([_asked(each) for each in ours], [_asked(each) for each in theirs], _SAME_DUTY, language)
    if not met and len(ours) == len(theirs) == 1:
        # Where each text asks one thing, that is what became of it.
        met = {0: 0}
    for i, j in sorted(met.items()):
        yield from _between(*ours[i], *theirs[j])
    yield from (dropped("duty_dropped", place) for place in _only(ours, met.keys(), b))
    yield from (added("duty_added", place) for place in _only(theirs, met.values(), a))


def _only(asked: Sequence[_Asked], met: Collection[int], others: Sequence[Unit]) -> Iterator[Place]:
    """What one side asks that the other does not, in whatever form."""
    said = words_of(*(unit.text for unit in others))
    for at, each in enumerate(asked):
        if at not in met and not is_said(words_of(_asked(each)), said):
            yield Place(each[0], _whole(each[1]))


def _between(unit_a: Unit, duty_a: Duty, unit_b: Unit, duty_b: Duty) -> Iterator[Shift]:
    before, after = Place(unit_a, duty_a.asking), Place(unit_b, duty_b.asking)
    if duty_a.word != duty_b.word:
        kind: ShiftKind = "duty_reworded"
        if duty_a.strength != duty_b.strength:
            kind = "softened" if duty_b.strength < duty_a.strength else "strengthened"
        yield changed(kind, _with_considering(before), _with_considering(after))
    if duty_a.named and duty_b.named and duty_a.actors != duty_b.actors:
        yield changed("actor", Place(unit_a, duty_a.named), Place(unit_b, duty_b.named))


def _with_considering(place: Place) -> Place:
    """The words that ask, with 考虑 where it follows: what is asked is then only to consider it."""
    start, end = place.span
    follows = re.match(r"[\u4e00-\u9fff]{0,3}?考虑(?!到)", place.unit.text[end : end + 8])
    return Place(place.unit, (start, end + follows.end())) if follows else place


def _asked(asked: _Asked) -> str:
    unit, duty = asked
    return unit.text[duty.asked[0] : duty.asked[1]]


def _whole(duty: Duty) -> Span:
    start = min(duty.asking[0], duty.named[0]) if duty.named else duty.asking[0]
    return start, max(duty.asked[1], duty.asking[1])
