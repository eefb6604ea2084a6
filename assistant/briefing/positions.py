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
    """Each actor by name with what it does, and the sentences that record it; a sentence once."""
    by_actor: dict[Actor, list[Entry]] = {}
    for entry in entries:
        by_actor.setdefault(entry.actor, []).append(entry)
    drafted: list[Drafted] = []
    for actor, own in by_actor.items():
        acts = dict.fromkeys(ACT_NAMES[entry.act].get(language) for entry in own)
        named = ("、" if language == "zh" else ", ").join(acts)
        name = actor.name(language)
        name = name[:1].upper() + name[1:]
        drafted.append(label(f"{name}（{named}）" if language == "zh" else f"{name} ({named})", language))
        quotes = {}
        for entry in own:
            unit = library.unit(*split_anchor_id(entry.anchor), entry.citation.language)
            quotes[entry.anchor, entry.citation.start] = quote(unit, Sentence(entry.citation.start, entry.citation.end))
        drafted += quotes.values()
    return drafted


def _is_among(entry: Entry, each: OnTopic) -> bool:
    """Whether the sentence of an entry is one of a unit's that are on the topic, in whatever language it was found."""
    start, end = entry.citation.start, entry.citation.end
    if entry.citation.language == each.unit.language:
        return any(start < sentence.end and sentence.start < end for sentence in each.every)
    return True
