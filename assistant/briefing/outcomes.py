"""Background and outcomes: what the documents say on a topic, document by document in the order of time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.briefing.draft import Drafted, fixed, label, quote, titled, when
from assistant.briefing.relevance import OnTopic
from assistant.briefing.resting import notes_on, resting
from assistant.briefing.strings import MORE, OF_THOSE
from assistant.briefing.weights import BRIEFING
from assistant.compose import Quoted
from assistant.words import WordIndex
from corpus.anchors import labels
from corpus.library import Library
from corpus.records import Document, Language

# Points that a text puts to a meeting or takes over from one.
_POINTS = frozenset(("discussion_point", "operative"))


@dataclass(frozen=True)
class Sorted:
    """What is on a topic by the part of a note it belongs to; ``agenda`` are items and rows of a plan."""

    agenda: tuple[OnTopic, ...]
    background: tuple[OnTopic, ...]
    outcomes: tuple[OnTopic, ...]


def sort_out(found: Sequence[OnTopic], records: Mapping[str, Document]) -> Sorted:
    """Parts what is on a topic into plans of meetings, background, and outcomes."""
    agenda = tuple(each for each in found if each.unit.kind in ("item", "table_row"))
    outcomes = tuple(each for each in found if is_outcome(each, records[each.unit.doc_id]))
    taken = {id(each) for each in (*agenda, *outcomes)}
    rest = (each for each in found if id(each) not in taken and each.unit.kind != "head")
    return Sorted(agenda, tuple(rest), outcomes)


def is_outcome(each: OnTopic, document: Document) -> bool:
    """Whether a unit is a point of a meeting, an operative paragraph, or a recommendation."""
    if each.unit.kind in _POINTS:
        return True
    return any("recommended" in note.denies and note.covers != ("*",) for note in notes_on(document, each.unit.anchor))


def lines(
    found: Sequence[OnTopic],
    most: int,
    library: Library,
    index: WordIndex,
    language: Language,
    *,
    with_standing: bool = False,
) -> list[Drafted]:
    """Lines by document in the order of time, each document by its name, the nearest units, what was left out named."""
    records = {document.doc_id: document for document in library.documents()}
    kept = sorted(found, key=lambda each: (-each.share, -each.near))[:most]
    merged = with_twins(kept, records, index)
    drafted: list[Drafted] = []
    for doc_id in sorted({each.unit.doc_id for each, _ in merged}, key=lambda one: (*when(records[one]), one)):
        document = records[doc_id]
        own = sorted((each for each in merged if each[0].unit.doc_id == doc_id), key=lambda each: each[0].unit.order)
        drafted.append(label(titled(document, language), language))
        if with_standing:
            anchors = [each.unit.anchor for each, _ in own]
            drafted += standing_lines(library, document, anchors, language)
        for each, twin in own:
            for at, sentence in enumerate(each.sentences):
                line = quote(each.unit, sentence, each.near)
                drafted.append(replace(line, cited=(*line.cited, twin)) if twin and not at else line)
    if left := sorted(found, key=lambda each: (-each.share, -each.near))[most:]:
        drafted.append(_left_out(left, records, language))
    return drafted


def standing_lines(library: Library, document: Document, anchors: Sequence[str], language: Language) -> list[Drafted]:
    """What a document's standing notes say of some of its anchors, each citing the paragraph it rests on.

    A note that covers some of them only names those.
    """
    said = []
    for note in document.standing:
        covered = [anchor for anchor in anchors if note in notes_on(document, anchor)]
        if covered:
            text = note.text.get(language)
            if len(covered) < len(anchors):
                named = labels(covered, language)
                text = OF_THOSE.get(language).format(labels=named[:1].upper() + named[1:], note=text)
            text = text if text.endswith(("。", ".")) else text + ("。" if language == "zh" else ".")
            said.append(Drafted("standing", text, language, resting(library, document, note, language)))
    return said


def with_twins(
    found: Sequence[OnTopic], records: Mapping[str, Document], index: WordIndex
) -> list[tuple[OnTopic, Quoted | None]]:
    """Each unit with the same point of an earlier text, which then is no line of its own."""
    newest_first = sorted(found, key=lambda each: when(records[each.unit.doc_id]), reverse=True)
    twins: dict[str, OnTopic] = {}
    taken: set[str] = set()
    for at, one in enumerate(newest_first):
        for other in newest_first[at + 1 :]:
            if one.unit.anchor_id not in taken and other.unit.anchor_id not in taken and _same(one, other, index):
                twins[one.unit.anchor_id] = other
                taken.add(other.unit.anchor_id)
                break
    merged = []
    for each in found:
        if each.unit.anchor_id not in taken:
            twin = twins.get(each.unit.anchor_id)
            merged.append((each, _quoted(twin) if twin else None))
    return merged


def _same(one: OnTopic, other: OnTopic, index: WordIndex) -> bool:
    if one.unit.doc_id == other.unit.doc_id or one.unit.language != other.unit.language:
        return False
    a, b = index.cut(one.unit), index.cut(other.unit)
    return len(a & b) >= BRIEFING.twin * max(len(a), len(b))


def _quoted(each: OnTopic) -> Quoted:
    return Quoted(each.unit, each.sentences[0].start, each.sentences[-1].end, each.near)


def _left_out(left: Sequence[OnTopic], records: Mapping[str, Document], language: Language) -> Drafted:
    by_document: dict[str, list[str]] = {}
    for each in left:
        by_document.setdefault(each.unit.doc_id, []).append(each.unit.anchor)
    named = (
        f"{records[doc_id].short_title(language)}{'' if language == 'zh' else ', '}{labels(anchors, language)}"
        for doc_id, anchors in by_document.items()
    )
    said = MORE.get(language).format(n=len(left), labels=("；" if language == "zh" else "; ").join(named))
    return fixed(said, language)
