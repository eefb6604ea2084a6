"""Passages to what is answered: which words are quoted, in which order, and whether there is an answer at all.

A question is answered by the first of these that fits: a comparison by a passage of each side; points asked for by
number by all of each; a question whose premise a standing note denies by the words that note rests on, then by what the
question is otherwise about; any other by the sentences that hold the answer, if the evidence covers what it names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.abstain import doubts, missing_references, weigh_evidence
from assistant.comparing import Side, compares, counterparts, pairs_texts, sides, without_comparing
from assistant.compose import Quoted, quote_sentences, quote_whole
from assistant.concepts import covered, own_concepts
from assistant.disagreements.noting import Disagreements
from assistant.ledger.answering import told
from assistant.ledger.book import Book
from assistant.look_up import look_up
from assistant.naming import without_mentions
from assistant.question import Question, read_question
from assistant.retrieve import Passage, Retriever
from assistant.schedule import rows_of_day
from assistant.sources import EVERYTHING, Sources
from assistant.standing import (
    Premise,
    concerned,
    denied,
    is_held,
    is_told,
    presumed_acts,
    speaking,
    without_acts,
)
from assistant.weights import Weights
from corpus.errors import UnknownAnchorError
from corpus.library import Library
from corpus.records import Document, Language

#: Passages looked at for an answer: what the best of them are, and how much better they fit than any others do.
PASSAGES = 50
# How likely what follows a denied premise must be an answer: the denial is one already.
_SURE = 0.75
# Among so many of the best passages must be a row of a table for the table to be asked about.
_BEST = 5
# Passages of each text among which those that are set side by side are chosen together.
_OF_A_SIDE = 10
# A meeting and who met: not what was spoken of there.
_MEETING = re.compile(
    r"会?议[了上的中]?|届会|缔约方大会|工作组|枪支问题"
    r"|\b(?:meetings?|sessions?|conference|parties|working group(?: on firearms)?)\b",
    re.IGNORECASE,
)
# Units of this many characters are long enough to say what a comparison is to find beside them.
_LONGEST_QUERY = 400


@dataclass(frozen=True)
class Response:
    """What is quoted, why nothing is (None where something is), how likely the documents answer, and notes to show.

    ``passages`` are what was found, best first, from which leads are taken where nothing is quoted. ``compared`` says
    that the quotes are the sides of a comparison. So many of the first quotes as ``denying`` deny what is presumed.
    """

    quotes: tuple[Quoted, ...]
    passages: tuple[Passage, ...]
    reason: str | None = None
    confidence: float = 1.0
    notes: tuple[str, ...] = ()
    compared: bool = False
    denying: int = 0


class Responder:
    """Chooses what answers a question. Safe to use from several threads."""

    def __init__(self, library: Library, retriever: Retriever, weights: Weights) -> None:
        self._library, self._retriever, self._weights = library, retriever, weights
        self._disagreements = Disagreements(library)
        self.book = Book(library)

    @property
    def retriever(self) -> Retriever:
        """What finds the passages."""
        return self._retriever

    def find(self, question: Question, limit: int, sources: Sources = EVERYTHING) -> list[Passage]:
        """The passages for a question, best first: the units it names by number, then what is like it."""
        named = look_up(self._library, question, sources)
        taken = {passage.unit.anchor_id for passage in named}
        found = self._retriever.retrieve(question, limit, sources.documents, shown=sources.languages)
        return [*named, *(p for p in found if p.unit.anchor_id not in taken)][: max(limit, len(named))]

    def respond(self, question: Question, reader: Language, sources: Sources = EVERYTHING) -> Response:
        """What answers a question.

        Args:
            question: what is asked.
            reader: the language of reasons and notes.
            sources: the texts to keep to.
        """
        records = self._library.documents()
        passages = self.find(question, PASSAGES, sources)
        named = [passage for passage in passages if passage.looked_up]
        response = Response((), tuple(passages))
        everywhere = named if sources.are_all else look_up(self._library, question)
        missing = missing_references(question, [p.unit for p in named], records, reader, [p.unit for p in everywhere])
        compared = compares(question.plain) or pairs_texts(question.plain, tuple(records))
        if compared and (beside := self._sides(question, named, records, sources)):
            return replace(response, quotes=tuple(quote_whole(beside)), notes=missing, compared=len(beside) > 1)
        if named:
            premise = denied(question, [p.unit for p in named], records)
            denial = self._denial(premise, question, sources) if premise else []
            return replace(response, quotes=(*denial, *quote_whole(named)), notes=missing, denying=len(denial))
        if question.references:
            return replace(response, reason=missing[0] if missing else None, notes=missing[1:], confidence=0.0)
        ledger = told(question, self.book, self._library, reader, sources)
        if ledger and ledger.quotes:
            return replace(response, quotes=ledger.quotes)
        if self._presumes(question, passages, records):
            rest = self._rest(question, without_acts, records)
            about = self.find(rest, PASSAGES, sources) if rest else []
            premise = self._premise(question, rest, about, records, sources)
            if premise and (denial := self._denial(premise, question, sources)):
                besides = self._besides(denial, question, rest, about, records)
                return replace(response, quotes=(*denial, *besides), denying=len(denial))
        verdict = weigh_evidence(question, passages, records, self._retriever.words, reader, self._weights)
        if ledger and (ledger.sure or verdict.reason):
            return replace(response, passages=ledger.before(passages), reason=ledger.reason, confidence=0.0)
        if verdict.reason:
            return replace(response, reason=verdict.reason, confidence=verdict.confidence)
        quotes = self._quote(question, passages)
        others, said = self._disagreements.with_what_is_quoted(question, quotes, reader)
        notes = (*doubts(verdict, reader, self._weights), *((ledger.reason,) if ledger else ()), *said)
        return replace(response, quotes=(*quotes, *others), confidence=verdict.confidence, notes=notes)

    def _presumes(self, question: Question, passages: Sequence[Passage], records: Sequence[Document]) -> bool:
        """Whether a question may presume an act of documents here: not where it asks for what a passage tells."""
        if not presumed_acts(question.plain) or compares(question.plain):
            return False
        meant = concerned(question, records)
        found = [p.unit for p in passages]
        return bool(meant) and not is_told(question, found, meant, records, self._retriever.words)

    def _premise(
        self,
        question: Question,
        rest: Question | None,
        about: Sequence[Passage],
        records: Sequence[Document],
        sources: Sources,
    ) -> Premise | None:
        """The note that denies what a question presumes; None where it asks for what a text tells, or of other texts.

        ``about`` is what was found for the ``rest``, which is the question without the acts it presumes.
        """
        meant, others, index = concerned(question, records), [p.unit for p in about], self._retriever.words
        if is_told(question, others, meant, records, index):
            return None
        if rest is None:
            return denied(question, (), speaking(question, records))
        subject = self._rest(rest, lambda text: without_mentions(text, tuple(records)), records)
        near = self._retriever.retrieve(subject, PASSAGES, meant, shown=sources.languages) if subject else about
        closest = [passage.unit for passage in near]
        if not is_held(rest, closest, index):
            return None
        return denied(question, closest, records) or denied(question, others, records)

    def _besides(
        self,
        denial: Sequence[Quoted],
        question: Question,
        rest: Question | None,
        about: Sequence[Passage],
        documents: Sequence[Document],
    ) -> list[Quoted]:
        """What a question is about besides the premise that is denied, if the documents say it."""
        if rest is None or self._rest(rest, _without_meeting(documents), documents) is None:
            return []
        verdict = weigh_evidence(rest, about, documents, self._retriever.words, question.language, self._weights)
        if verdict.reason or verdict.confidence < _SURE:
            return []
        taken = {quote.unit.anchor_id for quote in denial}
        others = [passage for passage in about if passage.unit.anchor_id not in taken]
        return self._quote(rest, others[:1]) if others else []

    def _denial(self, premise: Premise, question: Question, sources: Sources) -> list[Quoted]:
        """The sentence of the unit a note rests on that says most of what the note does; none outside the sources."""
        doc_id = premise.document.doc_id
        try:
            unit = self._library.unit(doc_id, premise.note.rests_on, sources.preferring(question.language)[0])
        except UnknownAnchorError:
            return []
        if not sources.among([doc_id]) or unit.language not in sources.languages:
            return []
        note = read_question(premise.note.text.get(unit.language), ())
        concepts = note.concepts[unit.language]
        rarities = self._retriever.words.rarities(concepts, unit.language)
        spans = [(s.start, s.end) for s in unit.sentences] or [(0, len(unit.text))]
        start, end = max(spans, key=lambda span: covered(concepts, rarities, unit.text[span[0] : span[1]]))
        return [Quoted(unit, start, end, 1.0)]

    def _sides(
        self, question: Question, named: Sequence[Passage], records: Sequence[Document], sources: Sources
    ) -> list[Passage]:
        """A passage for each text that a question compares; empty where it does not name two."""
        if len(named) > 1:
            return list(named)
        groups = [kept for group in question.groups if (kept := sources.among(group))]
        if named:
            unit = named[0].unit
            others = [group for group in groups if unit.doc_id not in group]
            query = read_question(unit.text[:_LONGEST_QUERY], ())
            beside = (self._retriever.retrieve(query, 1, group, shown=sources.languages) for group in others)
            return [*named, *(passage for found in beside for passage in found)][:3]
        if len(groups) < 2:
            return []
        known = tuple(records)
        rest = self._rest(question, lambda text: without_comparing(without_mentions(text, known)), records) or question
        texts = [(side, sources.among(side.documents)) for side in sides(question.plain, known)]
        found = [self._of_side(rest, side, Sources(kept, sources.languages)) for side, kept in texts if kept]
        found = [passages for passages in found[:3] if passages]
        chosen = counterparts(found, self._retriever.words, self._weights.composition.likeness) if found else []
        unique = {passage.unit.anchor_id: passage for passage in chosen}
        return list(unique.values()) if len(unique) > 1 else []

    def _of_side(self, question: Question, side: Side, sources: Sources) -> list[Passage]:
        """The passages of one side of a comparison, of the part that is named where it has any."""
        found = self._retriever.retrieve(question, _OF_A_SIDE, sources.documents, shown=sources.languages)
        return [p for p in found if p.unit.kind in side.kinds] or found

    def _rest(
        self, question: Question, without: Callable[[str], str], documents: Sequence[Document]
    ) -> Question | None:
        """A question without some of its words; None where nothing is left to look for."""
        text = without(question.plain)
        if not own_concepts(without_mentions(text, tuple(documents)), question.language):
            return None
        return read_question(text, tuple(documents))

    def _quote(self, question: Question, passages: Sequence[Passage]) -> list[Quoted]:
        best = passages[0]
        if rows := self._scheduled(question, passages):
            return quote_whole(rows)
        if best.unit.kind != "item":
            return quote_sentences(question, passages, self._retriever.words, self._weights.composition)
        # One item of an agenda answers by the list it stands in.
        listed = [unit for unit in self._library.units(best.unit.doc_id, best.unit.language) if unit.kind == "item"]
        return quote_whole([replace(best, unit=unit) for unit in listed])

    def _scheduled(self, question: Question, passages: Sequence[Passage]) -> list[Passage]:
        """The rows of a table of work for the day that is asked about, where one of the best passages is of it."""
        row = next((p for p in passages[:_BEST] if p.unit.kind == "table_row"), None)
        if row is None:
            return []
        units = self._library.units(row.unit.doc_id, row.unit.language)
        year = self._library.document(row.unit.doc_id).year
        if any(name.kind == "year" and int(name.surface) != year for name in question.names):
            return []
        return [replace(row, unit=unit) for unit in rows_of_day(question.plain, units)]


def _without_meeting(documents: Sequence[Document]) -> Callable[[str], str]:
    """Takes from a question its documents and meetings, and the words for any: what is left is a subject of its own."""
    return lambda text: _MEETING.sub(" ", without_mentions(text, tuple(documents)))
