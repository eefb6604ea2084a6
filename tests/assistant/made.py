"""Documents, units and passages made by hand, with nothing in them but what a test says."""

from __future__ import annotations

from dataclasses import replace

from assistant.retrieve import Passage
from corpus.parse.spans import sentence_spans
from corpus.records import Act, Bilingual, Document, Language, StandingNote, Unit
from tests.letters import document_of


def document(doc_id: str, kind: str = "report", *standing: StandingNote) -> Document:
    return replace(document_of(doc_id), kind=kind, standing=standing)


def note(covers: str, rests_on: str, *denies: Act) -> StandingNote:
    """A standing note that is told by the anchor it rests on; ``covers`` is parted by spaces."""
    return StandingNote(Bilingual(f"见{rests_on}", f"See {rests_on}"), rests_on, tuple(covers.split()), denies)


def unit(text: str, anchor: str = "p1", doc_id: str = "report", language: Language = "zh", heading: str = "") -> Unit:
    path = (heading,) if heading else ()
    return Unit(doc_id, anchor, "paragraph", anchor[1:], path, language, text, 1, sentence_spans(text))


def passage(of: Unit, similarity: float = 0.0, tokens: float = 0.0) -> Passage:
    return Passage(of, 1.0, similarity, (tokens,), 0.0, {})
