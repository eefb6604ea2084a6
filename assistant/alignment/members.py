"""Members of lists that one of two texts lacks: labelled, (a), (b), or within a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from assistant.alignment.duties import duties
from assistant.alignment.places import Place, added, dropped, is_said, versions, words_of
from assistant.alignment.records import Shift, Span
from corpus.normal import normalise
from corpus.records import Language, Unit

# The share of words that two members of a list must have in common to be one.
_SAME_MEMBER = 0.35
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
_COMMAS = " ,，、；;"
_LABEL = re.compile(r"[(（]\w{1,3}[)）]")
_LONGEST_MEMBER: dict[Language, int] = {"zh": 90, "en": 260}


def labelled(a: Sequence[Unit], b: Sequence[Unit], language: Language) -> Iterator[Shift]:
    """Members of labelled lists that the units of one side lack; nothing where only one side has such a list."""
    ours, theirs = ([Place(u, (s.start, s.end)) for u in units for s in u.subitems] for units in (a, b))
    if ours and theirs:
        met = versions([p.text for p in ours], [p.text for p in theirs], _SAME_MEMBER, language)
        yield from (dropped("item_dropped", place) for i, place in enumerate(ours) if i not in met)
        yield from (added("item_added", place) for j, place in enumerate(theirs) if j not in met.values())


def within_sentences(a: Unit, b: Unit, language: Language, moved: Mapping[str, tuple[Span, ...]]) -> Iterator[Shift]:
    """Runs of words that one text has more, joined to what is in both by "and" or a comma.

    Args:
        a: a unit.
        b: the one that corresponds to it.
        language: of both.
        moved: the words that moved, by anchor id.
    """
    yield from (dropped("item_dropped", place) for place in _runs(a, b, language, moved))
    yield from (added("item_added", place) for place in _runs(b, a, language, moved))


def _runs(unit: Unit, other: Unit, language: Language, moved: Mapping[str, tuple[Span, ...]]) -> Iterator[Place]:
    said = words_of(other.text)
    replaced = {place for place, _ in _at(other, moved)}
    for place, span in _at(unit, moved):
        run = Place(unit, span)
        # What stands in the place of other words is another wording.
        if place not in replaced and _is_member(run, language) and not is_said(_content(run.text, language), said):
            yield _without_commas(run)


def _at(unit: Unit, moved: Mapping[str, tuple[Span, ...]]) -> Iterator[tuple[int, Span]]:
    """The spans that moved, each with how much of what did not stands before it: the same place in both texts."""
    before, end = 0, 0
    for span in moved.get(unit.anchor_id, ()):
        before += len("".join(normalise(unit.text[end : span[0]]).split()))
        end = span[1]
        yield before, span


def _is_member(place: Place, language: Language) -> bool:
    text = place.text
    behind = place.unit.text[: place.span[0]].rstrip()[-1:]
    begins = _BEGINS[language].match(text) or (behind in ("，", ",", "、") and _EXAMPLES[language].match(text))
    return (
        len(text) <= _LONGEST_MEMBER[language]
        and not duties(text, language)
        and bool(begins or _ENDS[language].search(text))
        and not re.search(r"[。；;]|\.\s", text)
    )


def _without_commas(place: Place) -> Place:
    start, end = place.span
    text = place.text
    return Place(
        place.unit, (start + len(text) - len(text.lstrip(_COMMAS)), end - len(text) + len(text.rstrip(_COMMAS)))
    )


def _content(text: str, language: Language) -> frozenset[str]:
    """The words of a member of a list without what joins it to the others."""
    return words_of(_ENDS[language].sub("", _BEGINS[language].sub("", _LABEL.sub(" ", text), count=1)))
