"""Statements of a document that disagree with what an answer quotes: quoted beside it, with a note on each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.asked import kinds_asked
from assistant.comparing import compares
from assistant.compose import Quoted
from assistant.disagreements.contradictions import Contradiction, Place, by_anchor, find_contradictions
from assistant.expected import asks_for_list
from assistant.question import Question
from corpus.library import Library
from corpus.records import Language, Unit


class Disagreements:
    """The contradictions of a library, each document's found when it is first quoted. Safe to use from threads."""

    def __init__(self, library: Library) -> None:
        """Of a library."""
        self._library = library
        self._found: dict[tuple[str, Language], Mapping[str, tuple[Contradiction, ...]]] = {}

    def with_what_is_quoted(
        self, question: Question, quotes: Sequence[Quoted], reader: Language
    ) -> tuple[list[Quoted], tuple[str, ...]]:
        """Statements that disagree with what is quoted, where it is what the question asks for, and a note on each."""
        asked = kinds_asked(question.plain)
        kinds = {"date"} if "date" in asked else set()
        if "number" in asked or asks_for_list(question.plain):
            kinds.add("count")
        if compares(question.plain):
            kinds = {"date", "count"}
        others: dict[tuple[str, int], Quoted] = {}
        said: list[str] = []
        for quote in quotes:
            for found in self._of(quote.unit).get(quote.unit.anchor_id, ()):
                if found.kind in kinds and any(_overlap(quote, place) for place in found.places):
                    said.append(found.text.get(reader))
                    for place in found.places:
                        if not any(_overlap(each, place) for each in quotes):
                            others[place.unit.anchor_id, place.start] = Quoted(
                                place.unit, place.start, place.end, quote.score
                            )
        return list(others.values()), tuple(dict.fromkeys(said))

    def _of(self, unit: Unit) -> Mapping[str, tuple[Contradiction, ...]]:
        """The contradictions of a unit's document in its language, by anchor."""
        key = (unit.doc_id, unit.language)
        if key not in self._found:
            self._found[key] = by_anchor(find_contradictions(self._library.units(*key)))
        return self._found[key]


def _overlap(quote: Quoted, place: Place) -> bool:
    return quote.unit.anchor_id == place.unit.anchor_id and quote.start < place.end and place.start < quote.end
