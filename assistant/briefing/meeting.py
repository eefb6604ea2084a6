"""The meeting that a note is for: when it opens, what it takes up of the topic and when, by its agenda."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.briefing.draft import Drafted, fixed, label, quote, titled, whole
from assistant.briefing.relevance import OnTopic
from assistant.briefing.strings import NO_AGENDA, NOT_ON_AGENDA, ON_AGENDA
from assistant.briefing.subject import Subject
from corpus.library import Library
from corpus.records import Document, Language, Unit

# When a meeting opens, how long it lasts, how many sittings it has.
_FACTS = re.compile(
    r"开幕.{0,4}[。；]?$|会期|举行.{0,8}[次场].{0,30}会议"
    r"|\bwill (?:be )?open(?:ed)?\b|\bopens on\b|\bagreed on the dates\b|\bto be held in\b"
    r"|\b(?:five|six|four|\d+) plenary meetings\b",
    re.IGNORECASE,
)
_ORGANIZATIONAL = re.compile(r"item1[a-z]?\.")
_DOCUMENTS = re.compile(r"文件|documentation|documents?", re.IGNORECASE)


def newest_agenda(library: Library, documents: Sequence[str]) -> Document | None:
    """The newest of the agendas searched."""
    agendas = [d for d in library.documents() if d.kind == "agenda" and (not documents or d.doc_id in documents)]
    return max(agendas, key=lambda each: each.year, default=None)


def lines(
    subject: Subject, found: Sequence[OnTopic], library: Library, documents: Sequence[str], language: Language
) -> list[Drafted]:
    """The facts of the meeting, then its items and rows that are on the topic."""
    agenda = newest_agenda(library, documents)
    if agenda is None:
        return [fixed(NO_AGENDA.get(language), language)]
    units = library.units(agenda.doc_id, language) or library.units(agenda.doc_id)
    drafted = [label(titled(agenda, language), language), *_facts(units)]
    if subject.under:
        listed = [unit for unit in subject.under if unit.kind != "item_paragraph" or is_of_documents(unit)]
        drafted += [whole(unit) for unit in listed]
        return drafted
    on_agenda = sorted((each for each in found if each.unit.doc_id == agenda.doc_id), key=lambda each: each.unit.order)
    title = agenda.short_title(language)
    if not on_agenda:
        return [*drafted, fixed(NOT_ON_AGENDA.get(language).format(agenda=title, topic=subject.text), language)]
    drafted.append(fixed(ON_AGENDA.get(language).format(agenda=title, topic=subject.text), language))
    return drafted + [whole(each.unit) for each in on_agenda]


def is_of_documents(unit: Unit) -> bool:
    """Whether a paragraph of an item only says which documents there are."""
    return bool(unit.heading_path) and _DOCUMENTS.fullmatch(unit.heading_path[-1].strip()) is not None


def _facts(units: Sequence[Unit]) -> list[Drafted]:
    facts = [
        quote(unit, sentence)
        for unit in units
        if _ORGANIZATIONAL.match(unit.anchor)
        for sentence in unit.sentences
        if _FACTS.search(unit.text[sentence.start : sentence.end])
    ]
    head = next((unit for unit in units if unit.kind == "head"), None)
    return [*([whole(head)] if head else []), *facts[:3]]
