"""Numbers and dates that two texts do not share."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from assistant.alignment.places import Place, added, changed, dropped
from assistant.alignment.records import Shift, ShiftKind
from corpus.records import Unit

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DATE = re.compile(
    r"\d{4}\s*年(?:\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?)?|\d{1,2}\s*月\s*\d{1,2}\s*日"
    rf"|\d{{1,2}} (?:{_MONTHS})(?: \d{{4}})?|(?:{_MONTHS}) \d{{4}}|(?<![A-Za-z0-9/.-])(?:19|20)\d\d(?![A-Za-z0-9/])"
)
# A number that is no part of a word (3D, COVID-19) or of a symbol, in figures or, before what it counts, in words.
_NUMBER = re.compile(
    r"(?<![\w./-])\d+(?:[.,/]\d+)*(?![\w/]|\s?D\b)%?"
    r"|(?<![A-Za-z0-9])\d+(?:[.,/]\d+)*(?=[\u4e00-\u9fff])"
    r"|[二三四五六七八九十百千]+(?=[个年月日天周小次份项名届国])"
    r"|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty)\b",
    re.IGNORECASE,
)
_FIGURES: tuple[tuple[re.Pattern[str], ShiftKind], ...] = ((_DATE, "date"), (_NUMBER, "number"))


def figure_shifts(a: Sequence[Unit], b: Sequence[Unit]) -> Iterator[Shift]:
    """The dates, then the numbers, that the units of one side have and those of the other lack, in order.

    Those that went and those that came stand for each other, first for first, as far as there are both.
    """
    for pattern, kind in _FIGURES:
        ours, theirs = (_figures(units, pattern, kind) for units in (a, b))
        before, after = _lacking(ours, theirs), _lacking(theirs, ours)
        both = min(len(before), len(after))
        yield from (changed(kind, *pair) for pair in zip(before[:both], after[:both], strict=True))
        yield from (dropped(kind, place) for place in before[both:])
        yield from (added(kind, place) for place in after[both:])


def _lacking(some: Sequence[Place], others: Sequence[Place]) -> list[Place]:
    """The figures of one side that are not, or not as often, in the other."""
    left = Counter(map(_figure, some)) - Counter(map(_figure, others))
    found = []
    for place in some:
        if left[_figure(place)] > 0:
            left[_figure(place)] -= 1
            found.append(place)
    return found


def _figures(units: Sequence[Unit], pattern: re.Pattern[str], kind: ShiftKind) -> list[Place]:
    """The dates or numbers of texts; a number within a date, or that labels a member of a list, is none."""
    found = []
    for unit in units:
        taken = [(s.start, s.start + len(s.label)) for s in unit.subitems]
        if kind == "number":
            taken += [match.span() for match in _DATE.finditer(unit.text)]
        for match in pattern.finditer(unit.text):
            if not any(start <= match.start() < end for start, end in taken):
                found.append(Place(unit, match.span()))
    return found


def _figure(place: Place) -> str:
    return "".join(place.text.split()).casefold()
