"""Which date a text gives to what it names, where it gives several to several: 7/1 of 2014 and 4/6 of 2008."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.alignment.records import Span
from assistant.claims.called import kind_of, mentions
from assistant.claims.facts import Fact, agrees, facts
from assistant.claims.matching import read
from assistant.claims.records import Fault
from corpus.records import Language

_Linked = tuple[str, Fact]


def link_faults(sentence: str, language: Language, every: Sequence[tuple[str, Language]]) -> list[Fault]:
    """Dates that a sentence of the evidence gives to something else, and another to what the sentence speaks of."""
    ours = list(_links(sentence, language))
    if not ours:
        return []
    told = [list(_links(there, of)) for text, of in every for there in read(text, of).sentences]
    found = []
    for what, date in ours:
        dates = [other for links in told for each, other in links if each == what]
        swapped = any(
            any(each == what for each, _ in links) and any(agrees(date, other) for _, other in links) for links in told
        )
        if dates and swapped and not any(agrees(date, other) for other in dates):
            found.append(Fault("date", date.surface, dates[0].surface))
    return found


def _links(text: str, language: Language) -> Iterator[_Linked]:
    """What a text names with the date that goes with it: all stand before their dates, or all behind."""
    every = facts(text, language)
    dates = [fact for fact in every if fact.kind == "date"]
    things: list[tuple[str, Span]] = [(f.value, (f.start, f.end)) for f in every if "/" in f.value]
    things += [(key, span) for key, span in mentions(text, language) if kind_of(key) == "state"]
    if not dates or not things:
        return
    before = min(start for _, (start, _) in things) < dates[0].start
    for what, (start, end) in things:
        near = [d for d in dates if d.start >= end] if before else [d for d in reversed(dates) if d.end <= start]
        if near:
            # A span of days is one date with two ends.
            yield from ((what, each) for each in near if each.start == near[0].start)
