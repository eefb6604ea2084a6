"""Standing notes and the sentence of the paragraph that each rests on."""

from __future__ import annotations

from assistant.compose import Quoted
from assistant.grounding import Source, coverage
from corpus.anchors import covers
from corpus.errors import UnknownAnchorError
from corpus.library import Library
from corpus.records import Document, Language, StandingNote


def notes_on(document: Document, anchor: str) -> tuple[StandingNote, ...]:
    """The standing notes that cover an anchor."""
    return tuple(note for note in document.standing if covers(note.covers, anchor))


def resting(library: Library, document: Document, note: StandingNote, language: Language) -> tuple[Quoted, ...]:
    """The sentence a standing note rests on: of its paragraph the one that says most of it; none where it is not there.

    A library may hold a text in one language alone: then that.
    """
    try:
        unit = library.unit(document.doc_id, note.rests_on, language)
    except UnknownAnchorError:
        return ()
    spans = [(each.start, each.end) for each in unit.sentences] or [(0, len(unit.text))]
    said = note.text.get(unit.language)

    def share(span: tuple[int, int]) -> float:
        return coverage(said, unit.language, [Source(unit.text[span[0] : span[1]], unit.language)])

    start, end = max(spans, key=share)
    return (Quoted(unit, start, end, 1.0),)
