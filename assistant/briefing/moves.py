"""How the text moved: the points on a topic of two texts beside each other, and the changes that matter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.alignment.records import Comparison, Pair, Shift
from assistant.alignment.words import CHANGE_NAMES, MOVED, said
from assistant.briefing.draft import Drafted, fixed, label, titled, when, whole
from assistant.briefing.relevance import OnTopic
from assistant.briefing.strings import DROPPED_POINT, MARKS, NEW_POINT, OFF_TOPIC_SIDE, PAIRED
from assistant.compose import Quoted
from corpus.anchors import labels, split_anchor_id
from corpus.library import Library
from corpus.records import Document, Language, Unit

#: Compares two documents by their ids, in a language.
Compare = Callable[[str, str, Language], Comparison]

# Texts that hold points to be compared; a comparison of more would be longer than the note.
_MOST_TEXTS = 4
_MOST_PAIRS = 12


def compared(outcomes: Sequence[OnTopic], library: Library, compare: Compare, language: Language) -> list[Comparison]:
    """The comparisons of the texts that hold points on the topic, each text with the next in time."""
    records = {document.doc_id: document for document in library.documents()}
    held: dict[str, int] = {}
    for each in outcomes:
        held[each.unit.doc_id] = held.get(each.unit.doc_id, 0) + 1
    most = sorted(held, key=lambda doc_id: -held[doc_id])[:_MOST_TEXTS]
    texts = sorted(most, key=lambda doc_id: when(records[doc_id]))
    return [compare(a, b, language) for a, b in pairwise(texts) if _of_one_matter(records[a], records[b])]


def pairs_on(comparison: Comparison, anchors: frozenset[str]) -> list[Pair]:
    """The pairs of a comparison that hold a point on the topic."""
    return [pair for pair in comparison.pairs if anchors & {*pair.a, *pair.b} and not comparison.is_beside(pair)]


def lines(
    comparisons: Sequence[Comparison], outcomes: Sequence[OnTopic], topic: str, language: Language
) -> list[Drafted]:
    """Each pair of points that correspond, side by side, with what changed; points of one text alone by number."""
    anchors = frozenset(each.unit.anchor_id for each in outcomes)
    drafted: list[Drafted] = []
    for comparison in comparisons:
        on_topic = pairs_on(comparison, anchors)
        matched = [pair for pair in on_topic if pair.a and pair.b]
        if not matched:
            continue
        drafted.append(
            label(
                PAIRED.get(language).format(a=titled(comparison.a, language), b=titled(comparison.b, language)),
                language,
            )
        )
        for pair in matched[:_MOST_PAIRS]:
            drafted += _pair(pair, comparison, anchors, topic, language)
        drafted += _alone([pair for pair in on_topic if not (pair.a and pair.b)], comparison, language)
    if any(line.changed for line in drafted):
        drafted.insert(0, fixed(MARKS.get(language), language))
    return drafted


def _of_one_matter(a: Document, b: Document) -> bool:
    """Whether one text may have come of the other: years do not lie between them."""
    return abs(a.year - b.year) <= 1


def _pair(pair: Pair, comparison: Comparison, anchors: frozenset[str], topic: str, language: Language) -> list[Drafted]:
    sides = [[comparison.units[anchor] for anchor in side if anchor in comparison.units] for side in (pair.a, pair.b)]
    if not all(sides):
        return []
    cited = tuple(Quoted(unit, 0, len(unit.text), pair.similarity) for side in sides for unit in side)
    documents = (comparison.a, comparison.b)
    named = [_named(document, side, language) for document, side in zip(documents, (pair.a, pair.b), strict=True)]
    change = CHANGE_NAMES[pair.change].get(language)
    if pair.moved:
        change += ("，" if language == "zh" else ", ") + MOVED.get(language)
    both = _capital(" → ".join(named))
    for side, name in zip((pair.a, pair.b), named, strict=True):
        if not anchors & set(side):
            text = OFF_TOPIC_SIDE.get(language).format(pair=both, change=change, side=name, topic=topic)
            return [fixed(text, language, *cited)]
    colon = "：" if language == "zh" else ": "
    beside = f"{pair.a[0]}>{pair.b[0]}"
    text = f"{both}{colon}{change}{_stop(language)}"
    heading = fixed(text, language, *cited, beside=beside)
    if pair.change == "same":
        return [heading, whole(sides[1][0], beside)]
    changed = pair.changed
    texts = [replace(whole(unit, beside), changed=changed.get(unit.anchor_id, ())) for side in sides for unit in side]
    shifts = [_shift(shift, comparison, language, beside) for shift in pair.shifts]
    return [heading, *texts, *shifts]


def _shift(shift: Shift, comparison: Comparison, language: Language, beside: str) -> Drafted:
    """A change that matters, in the words of both texts."""
    spots = [_spot(each, comparison) for each in (shift.a, shift.b)]
    return fixed(said(shift, language), language, *(each for each in spots if each), beside=beside)


def _spot(place: tuple[str, tuple[int, int]] | None, comparison: Comparison) -> Quoted | None:
    if place is None or place[0] not in comparison.units:
        return None
    unit = comparison.units[place[0]]
    start, end = place[1]
    return Quoted(unit, start, end, 0.0) if 0 <= start < end <= len(unit.text) else None


def _alone(pairs: Sequence[Pair], comparison: Comparison, language: Language) -> list[Drafted]:
    """The points that one of the texts has and the other does not."""
    drafted = []
    for side, template in (("b", NEW_POINT), ("a", DROPPED_POINT)):
        anchors = [anchor for pair in pairs for anchor in getattr(pair, side)]
        units = [comparison.units[anchor] for anchor in anchors if anchor in comparison.units]
        if not units:
            continue
        named = {
            one: _named(document, anchors, language) if one == side else document.short_title(language)
            for one, document in (("a", comparison.a), ("b", comparison.b))
        }
        text = _capital(template.get(language).format(**named))
        drafted.append(fixed(text, language, *(_first(unit) for unit in units)))
    return drafted


def _named(document: Document, anchors: Sequence[str], language: Language) -> str:
    where = labels([split_anchor_id(anchor)[1] for anchor in anchors], language)
    return f"{document.short_title(language)}{'' if language == 'zh' else ', '}{where}"


def _first(unit: Unit) -> Quoted:
    end = unit.sentences[0].end if unit.sentences else len(unit.text)
    return Quoted(unit, unit.sentences[0].start if unit.sentences else 0, end, 0.0)


def _stop(language: Language) -> str:
    return "。" if language == "zh" else "."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
