"""Positions: who said what on a topic, from the ledger, each by the sentence that records it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.briefing.draft import Drafted, label, quote
from assistant.briefing.relevance import OnTopic
from assistant.ledger.records import ACT_NAMES, Actor, Entry
from corpus.anchors import split_anchor_id
from corpus.library import Library
from corpus.records import Language, Sentence

_MOST = 30
_Place = tuple[str, Language, int, int]


def on_topic(entries: Sequence[Entry], found: Mapping[str, OnTopic], outcomes: Sequence[OnTopic]) -> list[Entry]:
    """The entries that a sentence on the topic records, and who proposed the texts that hold points on it."""
    proposed = {each.unit.doc_id for each in outcomes}
    chosen = []
    for entry in entries:
        each = found.get(entry.anchor)
        said = each is not None and not entry.listed and _is_among(entry, each)
        sponsors = entry.act == "sponsored" and split_anchor_id(entry.anchor)[0] in proposed
        if said or sponsors:
            chosen.append(entry)
    return chosen[:_MOST]


def lines(entries: Sequence[Entry], library: Library, language: Language) -> list[Drafted]:
    """Each actor by name with what it does, and the sentences that record it; those who do the same together."""
    by_actor: dict[Actor, list[Entry]] = {}
    for entry in entries:
        by_actor.setdefault(entry.actor, []).append(entry)
    together: dict[tuple[tuple[str, ...], tuple[_Place, ...]], list[Actor]] = {}
    for actor, own in by_actor.items():
        acts = tuple(dict.fromkeys(ACT_NAMES[entry.act].get(language) for entry in own))
        places = tuple(dict.fromkeys(map(_place, own)))
        together.setdefault((acts, places), []).append(actor)
    stop = "、" if language == "zh" else ", "
    drafted: list[Drafted] = []
    for (acts, places), actors in together.items():
        names = stop.join(_capital(actor.name(language)) for actor in actors)
        named = stop.join(acts)
        drafted.append(label(f"{names}（{named}）" if language == "zh" else f"{names} ({named})", language))
        for anchor_id, of, start, end in places:
            drafted.append(quote(library.unit(*split_anchor_id(anchor_id), of), Sentence(start, end)))
    return drafted


def _place(entry: Entry) -> _Place:
    return entry.anchor, entry.citation.language, entry.citation.start, entry.citation.end


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _is_among(entry: Entry, each: OnTopic) -> bool:
    """Whether the sentence of an entry is one of a unit's that are on the topic, in whatever language it was found."""
    start, end = entry.citation.start, entry.citation.end
    if entry.citation.language == each.unit.language:
        return any(start < sentence.end and sentence.start < end for sentence in each.every)
    return True
