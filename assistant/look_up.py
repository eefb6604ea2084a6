"""The units that a question names by number."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.question import Question
from assistant.references import Reference
from assistant.retrieve import Passage
from assistant.sources import EVERYTHING, Sources
from corpus.library import Library
from corpus.records import Document, Language, Unit


def look_up(library: Library, question: Question, sources: Sources = EVERYTHING) -> list[Passage]:
    """The units that a question's references name, those of documents it names first.

    A reference without a document is looked up in each, as is one whose document has no units of its kind at all: a
    draft resolution has no discussion points, so that the point is another document's. Only of the
    ``sources``, each unit in the question's language where they have it in that.
    """
    passages: dict[str, Passage] = {}
    for reference in question.references:
        of_kind = {d.doc_id for d in library.documents() if _has_kind(library, d, reference)}
        meant = set(reference.documents) & of_kind or of_kind
        for document in library.documents():
            if document.doc_id in meant and sources.among([document.doc_id]):
                for unit in _referred(library, document, reference, sources.preferring(question.language)):
                    passages.setdefault(unit.anchor_id, Passage(unit, 1.0, 1.0, (1.0,), 1.0, {}, looked_up=True))
    order = {doc_id: at for at, doc_id in enumerate(question.documents)}
    return sorted(passages.values(), key=lambda p: order.get(p.unit.doc_id, len(order)))


def spoken(anchors: Sequence[str], document: Document) -> list[str]:
    """Anchors as a document has them: delegates say "paragraph 6 of the draft" for its operative paragraph 6."""
    return [
        f"o{anchor}" if document.kind == "resolution" and anchor.startswith("p") and anchor[1:].isdigit() else anchor
        for anchor in anchors
    ]


def _has_kind(library: Library, document: Document, reference: Reference) -> bool:
    stems = {anchor.rstrip("0123456789") for anchor in spoken(reference.anchors, document)}
    return any(unit.anchor.rstrip("0123456789") in stems for unit in library.units(document.doc_id))


def _referred(library: Library, document: Document, reference: Reference, languages: Sequence[Language]) -> list[Unit]:
    """The units of a document that a reference names, each in the first of the languages that it has."""
    units = {u.anchor: u for language in reversed(languages) for u in library.units(document.doc_id, language)}
    found = [units[anchor] for anchor in spoken(reference.anchors, document) if anchor in units]
    # An item asked for by number comes with the paragraphs under it.
    under = tuple(f"{unit.anchor}." for unit in found if unit.kind == "item")
    return found + [unit for anchor, unit in sorted(units.items()) if under and anchor.startswith(under)]
