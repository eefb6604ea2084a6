"""The items of the newest agenda, for the form."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.briefing.meeting import newest_agenda
from corpus.library import Library
from corpus.records import Language


@dataclass(frozen=True)
class Item:
    """An item by its number, with its title."""

    number: str
    title: str


def items_of(library: Library, language: Language) -> list[Item]:
    """The items of the newest agenda of a library; none where it has no agenda."""
    agenda = newest_agenda(library, ())
    if agenda is None:
        return []
    units = library.units(agenda.doc_id, language) or library.units(agenda.doc_id)
    return [
        Item(unit.anchor.removeprefix("item"), " ".join(unit.text.split()).rstrip("：:；;。."))
        for unit in units
        if unit.kind == "item"
    ]
