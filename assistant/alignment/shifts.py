"""The changes between two texts that matter: duties, who has them, members of lists, numbers and dates."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

from assistant.alignment.duties import Duty, duties
from assistant.alignment.records import Shift, ShiftKind, Span
from corpus.normal import normalise
from corpus.records import Language, Unit
from corpus.words import segmenter

# The share of words that two things asked must have in common to be the same duty, and two members of a list to be one.
_SAME_DUTY, _SAME_MEMBER = 0.2, 0.35
# A duty whose words the other text holds to this share is not new: it is asked there in another form.
_SAID = 0.6

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
# What makes a run of new words a member of a list: what it begins or ends with.
_BEGINS: dict[Language, re.Pattern[str]] = {
    "zh": re.compile(r"[、,，]?\s*(?:以及|[和及或](?![平谐解时])|并(?!非))|、|[，,](?:例?如|包括|特别是)"),
    "en": re.compile(r",?\s*(?:and|or|as well as)\b|,\s*(?:such as|including|in particular)\b", re.IGNORECASE),
}
_EXAMPLES: dict[Language, re.Pattern[str]] = {
    "zh": re.compile(r"例?如|包括|特别是"),
    "en": re.compile(r"(?:such as|including|in particular)\b", re.IGNORECASE),
}
_ENDS: dict[Language, re.Pattern[str]] = {
    "zh": re.compile(r"(?:、|(?<!涉)(?<!以)及|[和或])\s*$"),
    "en": re.compile(r"\b(?:and|or)\s*$", re.IGNORECASE),
}
_FIGURES: tuple[tuple[re.Pattern[str], ShiftKind], ...] = ((_DATE, "date"), (_NUMBER, "number"))
_COMMAS = " ,，、；;"
_LABEL = re.compile(r"[(（]\w{1,3}[)）]")
# Characters of what is asked that say what it is.
_HEAD: dict[Language, int] = {"zh": 24, "en": 80}
_LONGEST_MEMBER: dict[Language, int] = {"zh": 90, "en": 260}


@dataclass(frozen=True)
class _Place:
    """A part of a unit's text."""

    unit: Unit
    span: Span

    @property
    def text(self) -> str:
        return self.unit.text[self.span[0] : self.span[1]]

    @property
    def where(self) -> tuple[str, Span]:
        return self.unit.anchor_id, self.span


def shifts(
    a: Sequence[Unit], b: Sequence[Unit], language: Language, changed: Mapping[str, tuple[Span, ...]]
) -> tuple[Shift, ...]:
    """What matters of the change from the units of one side to those of the other, in the order of the texts.

    Args:
        a: units of the first text that correspond to those of ``b``; neither is empty.
        b: those of the second.
        language: of both.
        changed: the words that moved, by anchor id.
    """
    found = [*_of_duties(a, b, language), *_of_members(a, b, language)]
    whole = [place for shift in found for place in (shift.a, shift.b) if place and not (shift.before and shift.after)]
    if len(a) == len(b) == 1:
        # Where one meets several, what follows upon what has changed, and a run of new words is no member of a list.
        found += (run for run in _of_runs(a[0], b[0], language, changed) if not _within(run.a or run.b, whole))
    for pattern, kind in _FIGURES:
        found += (each for each in _of_figures(a, b, pattern, kind) if not _within(each.a or each.b, whole))
    return tuple(found)


def _within(place: tuple[str, Span] | None, wholes: Sequence[tuple[str, Span]]) -> bool:
    """Whether a place is part of another, so that it is said already."""
    if place is None:
        return False
    where, (start, end) = place
    return any(where == other and first <= start and end <= last for other, (first, last) in wholes)


def _of_duties(a: Sequence[Unit], b: Sequence[Unit], language: Language) -> Iterator[Shift]:
    ours, theirs = (
        [(unit, duty) for unit in units for duty in duties(unit.text, language)] for units in (a, b)
    )  # fmt: skip
    met = _matched([_asked(*each) for each in ours], [_asked(*each) for each in theirs], _SAME_DUTY, language)
    if not met and len(ours) == len(theirs) == 1:
        # Where each text asks one thing, that is what became of it.
        met = {0: 0}
    for i, j in sorted(met.items()):
        yield from _between(*ours[i], *theirs[j])
    for kind, every, missing, others in (
        ("duty_dropped", ours, set(range(len(ours))) - met.keys(), b),
        ("duty_added", theirs, set(range(len(theirs))) - set(met.values()), a),
    ):
        said = frozenset().union(*(_words(unit.text) for unit in others))
        for at in sorted(missing):
            unit, duty = every[at]
            asked = _words(_asked(unit, duty))
            if asked and len(asked & said) / len(asked) < _SAID:
                yield _one_sided(kind, _Place(unit, _whole(duty)))  # type: ignore[arg-type]


def _between(unit_a: Unit, duty_a: Duty, unit_b: Unit, duty_b: Duty) -> Iterator[Shift]:
    before, after = _Place(unit_a, duty_a.asking), _Place(unit_b, duty_b.asking)
    if duty_a.word != duty_b.word:
        kind: ShiftKind = "duty_reworded"
        if duty_a.strength != duty_b.strength:
            kind = "softened" if duty_b.strength < duty_a.strength else "strengthened"
        yield _shift(kind, _with_considering(before), _with_considering(after))
    if duty_a.named and duty_b.named and duty_a.actors != duty_b.actors:
        yield _shift("actor", _Place(unit_a, duty_a.named), _Place(unit_b, duty_b.named))


def _with_considering(place: _Place) -> _Place:
    """The words that ask, with 考虑 where it follows: what is asked is then only to consider it."""
    start, end = place.span
    follows = re.match(r"[\u4e00-\u9fff]{0,3}?考虑(?!到)", place.unit.text[end : end + 8])
    return _Place(place.unit, (start, end + follows.end())) if follows else place


def _of_members(a: Sequence[Unit], b: Sequence[Unit], language: Language) -> Iterator[Shift]:
    """Members of labelled lists, (a), (b), that one of the texts lacks; nothing where only one has such a list."""
    ours, theirs = ([_Place(u, (s.start, s.end)) for u in units for s in u.subitems] for units in (a, b))
    if ours and theirs:
        met = _matched([p.text for p in ours], [p.text for p in theirs], _SAME_MEMBER, language)
        yield from (_one_sided("item_dropped", place) for i, place in enumerate(ours) if i not in met)
        yield from (_one_sided("item_added", place) for j, place in enumerate(theirs) if j not in met.values())


def _of_runs(a: Unit, b: Unit, language: Language, changed: Mapping[str, tuple[Span, ...]]) -> Iterator[Shift]:
    """Members of lists within a sentence: runs of words that one text has more, joined by "and" or a comma."""
    sides: tuple[tuple[ShiftKind, Unit, Unit], ...] = (("item_dropped", a, b), ("item_added", b, a))
    for kind, unit, other in sides:
        said = _words(other.text)
        replaced = {place for place, _ in _at(other, changed)}
        for place, span in _at(unit, changed):
            run = _Place(unit, span)
            # What stands in the place of other words is another wording.
            if place in replaced or not _is_member(run, language):
                continue
            content = _content(run.text, language)
            if len(content - said) > (1 - _SAID) * len(content):
                yield _one_sided(kind, _without_commas(run))


def _at(unit: Unit, changed: Mapping[str, tuple[Span, ...]]) -> Iterator[tuple[int, Span]]:
    """The spans that moved, each with how much of what did not stands before it: the same place in both texts."""
    before, end = 0, 0
    for span in changed.get(unit.anchor_id, ()):
        before += len("".join(normalise(unit.text[end : span[0]]).split()))
        end = span[1]
        yield before, span


def _is_member(place: _Place, language: Language) -> bool:
    text = place.text
    behind = place.unit.text[: place.span[0]].rstrip()[-1:]
    begins = _BEGINS[language].match(text) or (behind in ("，", ",", "、") and _EXAMPLES[language].match(text))
    return (
        len(text) <= _LONGEST_MEMBER[language]
        and not duties(text, language)
        and bool(begins or _ENDS[language].search(text))
        and not re.search(r"[。；;]|\.\s", text)
    )


def _without_commas(place: _Place) -> _Place:
    start, end = place.span
    text = place.text
    return _Place(
        place.unit, (start + len(text) - len(text.lstrip(_COMMAS)), end - len(text) + len(text.rstrip(_COMMAS)))
    )


def _content(text: str, language: Language) -> frozenset[str]:
    """The words of a member of a list without what joins it to the others."""
    return _words(_ENDS[language].sub("", _BEGINS[language].sub("", _LABEL.sub(" ", text), count=1)))


def _of_figures(a: Sequence[Unit], b: Sequence[Unit], pattern: re.Pattern[str], kind: ShiftKind) -> Iterator[Shift]:
    ours, theirs = (_figures(units, pattern, kind) for units in (a, b))
    gone = list((Counter(map(_figure, ours)) - Counter(map(_figure, theirs))).elements())
    come = list((Counter(map(_figure, theirs)) - Counter(map(_figure, ours))).elements())
    before = [place for place in ours if _taken(gone, _figure(place))]
    after = [place for place in theirs if _taken(come, _figure(place))]
    for n in range(max(len(before), len(after))):
        if n < len(before) and n < len(after):
            yield _shift(kind, before[n], after[n])
        else:
            place = before[n] if n < len(before) else after[n]
            yield (
                Shift(kind, place.text, "", place.where)
                if n < len(before)
                else Shift(kind, "", place.text, None, place.where)
            )


def _figures(units: Sequence[Unit], pattern: re.Pattern[str], kind: ShiftKind) -> list[_Place]:
    """The dates or numbers of texts; a number within a date, or that labels a member of a list, is none."""
    found = []
    for unit in units:
        taken = [(s.start, s.start + len(s.label)) for s in unit.subitems]
        if kind == "number":
            taken += [match.span() for match in _DATE.finditer(unit.text)]
        for match in pattern.finditer(unit.text):
            if not any(start <= match.start() < end for start, end in taken):
                found.append(_Place(unit, match.span()))
    return found


def _figure(place: _Place) -> str:
    return "".join(place.text.split()).casefold()


def _taken(left: list[str], figure: str) -> bool:
    if figure not in left:
        return False
    left.remove(figure)
    return True


def _matched(ours: Sequence[str], theirs: Sequence[str], least: float, language: Language) -> dict[int, int]:
    """Texts that are versions of each other, at most one of one, by the words of the whole and of its beginning.

    What is asked is said first, and what for and how later; a later part may have gone to another text.
    """
    if not ours or not theirs:
        return {}
    head = _HEAD[language]
    x, y = ([(_words(text), _words(text[:head])) for text in side] for side in (ours, theirs))
    scores = np.array([[(_dice(p[0], q[0]) + _dice(p[1], q[1])) / 2 for q in y] for p in x])
    rows, columns = linear_sum_assignment(scores, maximize=True)
    return {int(i): int(j) for i, j in zip(rows, columns, strict=True) if scores[i, j] >= least}


def _dice(x: frozenset[str], y: frozenset[str]) -> float:
    return 2 * len(x & y) / (len(x) + len(y) or 1)


def _words(text: str) -> frozenset[str]:
    return frozenset(segmenter().words(text))


def _asked(unit: Unit, duty: Duty) -> str:
    return unit.text[duty.asked[0] : duty.asked[1]]


def _whole(duty: Duty) -> Span:
    start = min(duty.asking[0], duty.named[0]) if duty.named else duty.asking[0]
    return start, max(duty.asked[1], duty.asking[1])


def _shift(kind: ShiftKind, before: _Place, after: _Place) -> Shift:
    return Shift(kind, before.text, after.text, before.where, after.where)


def _one_sided(kind: ShiftKind, place: _Place) -> Shift:
    if kind in ("item_dropped", "duty_dropped"):
        return Shift(kind, place.text, "", place.where)
    return Shift(kind, "", place.text, None, place.where)
