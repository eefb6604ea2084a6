"""A topic or an agenda item becomes a briefing note."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.alignment.records import Comparison
from assistant.answer import Answer
from assistant.briefing import absent, expecting, meeting, moves, outcomes, positions
from assistant.briefing.draft import Draft, Drafted, fixed, label
from assistant.briefing.records import Check, Note, SectionKey
from assistant.briefing.relevance import OnTopic, Relevance
from assistant.briefing.strings import NOTHING, OURS, SEARCHED, TITLE, TITLE_OF_ITEM, listed
from assistant.briefing.subject import Subject, of_item, of_topic
from assistant.briefing.weights import BRIEFING
from assistant.ledger.records import Ledger
from assistant.retrieve import Retriever
from corpus.anchors import split_anchor_id
from corpus.errors import TopicError
from corpus.library import Library
from corpus.records import Document, Language


@dataclass(frozen=True)
class Means:
    """What a note is made with: who searches, asks, compares and knows who spoke."""

    library: Library
    retriever: Retriever
    ask: Callable[[str, Language], Answer]
    compare: Callable[[str, str, Language], Comparison]
    ledger: Callable[[Sequence[str], Language], Ledger]


def drafted(
    means: Means, topic: str, item: str, documents: Sequence[str], language: Language | None
) -> tuple[Note, Draft]:
    """The draft of the note on a topic or an item, see :meth:`assistant.engine.Assistant.brief`, and what is known of
    the note beforehand.
    """
    started = time.perf_counter()
    library = means.library
    searched = [library.document(doc_id) for doc_id in dict.fromkeys(documents)] or list(library.documents())
    relevance = Relevance(library, means.retriever)
    subject = _subject(topic, item, documents, language, library, relevance)
    reader = language or subject.language
    found = relevance.find(subject, documents, reader)
    located = time.perf_counter()
    if found or subject.under:
        draft = _draft(means, subject, found, searched, reader)
    else:
        draft = _nothing(subject, searched, reader)
    ended = time.perf_counter()
    note = Note(
        topic=subject.text,
        item=subject.item,
        language=reader,
        title=_title(subject, reader),
        documents=tuple(document.doc_id for document in searched),
        sections=(),
        citations=(),
        check=Check(0, 0, 0, 0),
        nothing=not (found or subject.under),
        timings_ms={"find": (located - started) * 1000, "draft": (ended - located) * 1000},
    )
    return note, draft


def _subject(
    topic: str, item: str, documents: Sequence[str], language: Language | None, library: Library, relevance: Relevance
) -> Subject:
    if bool(topic.strip()) == bool(item.strip()):
        given = "both a topic and an agenda item were" if topic.strip() else "neither a topic nor an agenda item was"
        zh = "同时填写了议题和议程项目" if topic.strip() else "没有填写议题，也没有填写议程项目"
        raise TopicError(
            f"{given} given", "one of them", "give a topic in words, or the number of an item of the agenda",
            zh=f"{zh}；应填写其中一项；请填写议题，或填写议程项目的编号",
        )  # fmt: skip
    if item.strip():
        return of_item(item, library, documents, language or "zh", relevance.rare)
    return of_topic(topic, library.documents(), relevance.rare)


def _title(subject: Subject, language: Language) -> str:
    if subject.item:
        number = split_anchor_id(subject.item)[1].removeprefix("item")
        return TITLE_OF_ITEM.get(language).format(number=number, topic=subject.text)
    return TITLE.get(language).format(topic=subject.text)


def _nothing(subject: Subject, searched: Sequence[Document], language: Language) -> Draft:
    """A note on what the library does not hold says so, and what was looked at."""
    titles = listed([document.short_title(language) for document in searched], language)
    said = [NOTHING.get(language).format(topic=subject.text)]
    said.append(SEARCHED.get(language).format(n=len(searched), titles=titles))
    return {"absent": [fixed(each, language) for each in said]}


def _draft(
    means: Means, subject: Subject, found: Sequence[OnTopic], searched: Sequence[Document], language: Language
) -> Draft:
    library, index = means.library, means.retriever.words
    records = {document.doc_id: document for document in library.documents()}
    under = _under(subject, found)
    parts = outcomes.sort_out(under, records)
    entries = positions.on_topic(
        means.ledger([document.doc_id for document in searched], language).entries,
        {each.unit.anchor_id: each for each in found}, parts.outcomes,
    )  # fmt: skip
    spoken = positions.lines(entries, library, language)
    said = {_place(line) for line in spoken if line.kind == "quote"}
    background = outcomes.lines(parts.background, BRIEFING.background, library, index, language)
    comparisons = moves.compared(parts.outcomes, library, means.compare, language)
    moved = moves.lines(comparisons, parts.outcomes, subject.text, language)
    came = outcomes.lines(parts.outcomes, BRIEFING.outcomes, library, index, language, with_standing=True)
    ids = [document.doc_id for document in searched]
    # Of a point of two texts the later is asked about.
    once = [each for each, _ in outcomes.with_twins(parts.outcomes, records, index)]
    draft: dict[SectionKey, list[Drafted]] = {
        "meeting": meeting.lines(subject, parts.agenda, library, ids, language),
        "background": [line for line in background if line.kind != "quote" or _place(line) not in said],
        "outcomes": came,
        "positions": spoken,
        "moves": moved,
        "questions": expecting.lines(subject, once, comparisons, entries, library, means.ask, language),
        "ours": [
            each for name in OURS for each in (label(name.get(language), language), Drafted("blank", "", language))
        ],
    }
    quoted = [line for drafted in draft.values() for line in drafted if line.kind == "quote"]
    draft["absent"] = absent.lines(
        subject.text, searched, under, parts.outcomes, quoted, library.documents(), language,
        positions=bool(entries), moves=bool(moved),
    )  # fmt: skip
    return draft


def _under(subject: Subject, found: Sequence[OnTopic]) -> list[OnTopic]:
    """What was found, and all that stands under the item."""
    known = {each.unit.anchor_id for each in found}
    own = [unit for unit in subject.under if unit.kind == "item_paragraph" and not meeting.is_of_documents(unit)]
    # What stands under an item is on it, whatever its words.
    added = [OnTopic(unit, unit.sentences, unit.sentences, 1.0, 1.0) for unit in own if unit.anchor_id not in known]
    listed_elsewhere = {unit.anchor_id for unit in subject.under if unit not in own}
    return [*added, *(each for each in found if each.unit.anchor_id not in listed_elsewhere)]


def _place(line: Drafted) -> tuple[str, str, int, int]:
    each = line.cited[0]
    return each.unit.anchor_id, each.unit.language, each.start, each.end
