"""Questions to expect: made of the kinds of paragraph on a topic, kept where the assistant answers them there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assistant.alignment.records import Comparison
from assistant.answer import Answer
from assistant.briefing.draft import Drafted
from assistant.briefing.moves import pairs_on
from assistant.briefing.relevance import OnTopic
from assistant.briefing.resting import notes_on, resting
from assistant.briefing.strings import ASK_ACTOR, ASK_DIFFERENCE, ASK_OFFICE, ASK_POINT, ASK_STANDING, ASK_WHEN
from assistant.briefing.subject import Subject
from assistant.compose import Quoted
from assistant.ledger.records import Entry
from corpus.anchors import label, split_anchor_id
from corpus.library import Library
from corpus.records import Document, Language, Unit

#: Asks the assistant in a language.
Ask = Callable[[str, Language], Answer]

# Questions of a note, and how many of the same kind.
_MOST, _OF_A_KIND = 7, 2
_OFFICE = re.compile(
    r"请(?:联合国)?毒品和犯罪问题办公室|requests? (?:the )?(?:UNODC|United Nations Office on Drugs)", re.IGNORECASE
)
_POINTS = ("discussion_point", "operative")


@dataclass(frozen=True)
class Expected:
    """A question with the paragraphs one of which its answer must cite."""

    kind: str
    text: str
    answers: tuple[Quoted, ...]


def lines(
    subject: Subject,
    outcomes: Sequence[OnTopic],
    comparisons: Sequence[Comparison],
    positions: Sequence[Entry],
    library: Library,
    ask: Ask,
    language: Language,
) -> list[Drafted]:
    """The questions whose answer the assistant finds in the paragraph that it should be in, with where that is."""
    kept: list[Drafted] = []
    kinds: dict[str, int] = {}
    for expected in _expected(subject, outcomes, comparisons, positions, library, language):
        if len(kept) == _MOST or kinds.get(expected.kind, 0) == _OF_A_KIND:
            continue
        answer = ask(expected.text, language)
        cited = {citation.anchor for citation in answer.citations}
        places = tuple(place for place in expected.answers if place.unit.anchor_id in cited)
        if places:
            kinds[expected.kind] = kinds.get(expected.kind, 0) + 1
            kept.append(Drafted("question", expected.text, language, places))
    return kept


def _expected(
    subject: Subject,
    outcomes: Sequence[OnTopic],
    comparisons: Sequence[Comparison],
    positions: Sequence[Entry],
    library: Library,
    language: Language,
) -> Iterator[Expected]:
    records = {document.doc_id: document for document in library.documents()}
    nearest = sorted((each for each in outcomes if each.unit.kind in _POINTS), key=lambda each: -each.near)
    yield from _on_standing(nearest, records, library, language)
    if subject.item:
        rows = [unit for unit in subject.under if unit.kind == "table_row"]
        number = split_anchor_id(subject.item)[1].removeprefix("item")
        if rows:
            yield Expected("when", ASK_WHEN.get(language).format(number=number), tuple(map(_whole, rows)))
    for each in nearest:
        document = records[each.unit.doc_id]
        said = ASK_POINT.get(language).format(
            title=document.short_title(language), label=label(each.unit.anchor, language), topic=subject.text
        )
        yield Expected("point", said, (_whole(each.unit),))
    for each in nearest:
        if _OFFICE.search(each.unit.text):
            title = records[each.unit.doc_id].short_title(language)
            said = ASK_OFFICE.get(language).format(topic=subject.text, title=title)
            yield Expected("office", said, (_whole(each.unit),))
    yield from _on_differences(comparisons, nearest, language)
    for entry in positions:
        if entry.actor.kind != "unnamed" and not entry.listed and entry.act != "sponsored":
            said = ASK_ACTOR.get(language).format(actor=entry.actor.name(language), topic=subject.text)
            unit = library.unit(*split_anchor_id(entry.anchor), language)
            yield Expected("actor", said, (_whole(unit),))


def _on_standing(
    nearest: Sequence[OnTopic], records: dict[str, Document], library: Library, language: Language
) -> Iterator[Expected]:
    """Whether the points of a text were adopted, where a note on its standing says that they were not."""
    for doc_id in dict.fromkeys(each.unit.doc_id for each in nearest if each.unit.kind == "discussion_point"):
        document = records[doc_id]
        anchors = [each.unit.anchor for each in nearest if each.unit.doc_id == doc_id]
        notes = [note for note in notes_on(document, anchors[0]) if "adopted" in note.denies]
        rests = tuple(place for note in notes for place in resting(library, document, note, language))
        if rests:
            yield Expected("standing", ASK_STANDING.get(language).format(title=document.short_title(language)), rests)


def _on_differences(
    comparisons: Sequence[Comparison], nearest: Sequence[OnTopic], language: Language
) -> Iterator[Expected]:
    anchors = frozenset(each.unit.anchor_id for each in nearest)
    for comparison in comparisons:
        for pair in pairs_on(comparison, anchors):
            if len(pair.a) == len(pair.b) == 1 and pair.change != "same":
                one, other = comparison.units[pair.b[0]], comparison.units[pair.a[0]]
                said = ASK_DIFFERENCE.get(language).format(
                    title=comparison.b.short_title(language), label=label(one.anchor, language),
                    other=comparison.a.short_title(language), its=label(other.anchor, language),
                )  # fmt: skip
                yield Expected("difference", said, (_whole(one), _whole(other)))


def _whole(unit: Unit) -> Quoted:
    return Quoted(unit, 0, len(unit.text), 0.0)
