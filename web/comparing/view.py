"""What the page of a comparison shows: its pairs with their texts drawn, and which of them a reader wants to see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import quote, urlencode

from markupsafe import Markup

from assistant.alignment import CHANGES, Comparison, Pair
from assistant.alignment.words import CHANGE_NAMES, MOVED, said
from corpus.anchors import label, labels
from corpus.records import LANGUAGES, Document, Language, Unit
from web.passage import Span, text_with_tags

#: What of a comparison is shown: all of it, what became of a point, what moved, what matters.
MOVED_ONLY: Final = "moved"
MATTERS: Final = "matters"
SHOWN: Final = (*CHANGES, MOVED_ONLY, MATTERS)
#: Characters of an id that is looked up; the ids of documents are shorter.
_LONGEST_ID: Final = 200


@dataclass(frozen=True)
class Asked:
    """What an address asks for: two documents, the language of their texts where one is chosen, what to show of it."""

    a: str
    b: str
    text: Language | None
    show: str

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Asked:
        """What a query asks for; what it does not say well is not asked for."""
        a, b, text, show = (" ".join(query.get(name, "").split())[:_LONGEST_ID] for name in ("a", "b", "text", "show"))
        language = next((each for each in LANGUAGES if each == text), None)
        return cls(a, b, language, show if show in SHOWN else "")

    def address(self, show: str | None = None, form: str = "", swapped: bool = False) -> str:
        """The address of this comparison, of it with something else shown, as a file of a form, or the other way."""
        a, b = (self.b, self.a) if swapped else (self.a, self.b)
        query = {"a": a, "b": b, "text": self.text or "", "show": "" if form else self.show if show is None else show}
        asked = urlencode({name: value for name, value in query.items() if value})
        return f"/compare{f'/{form}' if form else ''}?{asked}"

    def in_language(self, text: Language) -> Asked:
        """The same in the texts of one language."""
        return replace(self, text=text)


@dataclass(frozen=True)
class Point:
    """A point of one of the documents: how it is cited, where it is read, its text with the words that moved."""

    unit: Unit
    label: str
    address: str
    drawn: Markup


@dataclass(frozen=True)
class Row:
    """A pair as it is shown; ``a`` and ``b`` name the points of either side together."""

    pair: Pair
    id: str
    a: str
    b: str
    change: str
    moved: str
    matters: tuple[str, ...]
    ours: tuple[Point, ...]
    theirs: tuple[Point, ...]

    @property
    def likeness(self) -> str:
        """The similarity in hundredths, nothing where one side is empty."""
        return f"{self.pair.similarity:.0%}" if self.pair.a and self.pair.b else ""


@dataclass(frozen=True)
class Shown:
    """A comparison as the page shows it: the pairs that were asked for, how many of each there are, what is beside."""

    comparison: Comparison
    rows: tuple[Row, ...]
    counts: Mapping[str, int]
    beside: tuple[tuple[Document, tuple[Point, ...], str], ...]

    @property
    def whole(self) -> int:
        """How many pairs there are."""
        return sum(self.counts[change] for change in CHANGES)


def shown(comparison: Comparison, asked: Asked, reader: Language) -> Shown:
    """The comparison as a reader asked for it."""
    pairs = [pair for pair in comparison.pairs if not comparison.is_beside(pair)]
    counts = {str(change): n for change, n in comparison.counts().items()}
    counts[MOVED_ONLY] = sum(pair.moved for pair in pairs)
    counts[MATTERS] = sum(bool(pair.shifts) for pair in pairs)
    rows = tuple(_row(comparison, pair, reader) for pair in pairs if _fits(pair, asked.show))
    return Shown(comparison, rows, counts, tuple(_beside(comparison, reader)))


def _fits(pair: Pair, show: str) -> bool:
    if show == MOVED_ONLY:
        return pair.moved
    return bool(pair.shifts) if show == MATTERS else show in ("", pair.change)


def _row(comparison: Comparison, pair: Pair, reader: Language) -> Row:
    def named(anchor_ids: Sequence[str]) -> str:
        return labels([comparison.units[each].anchor for each in anchor_ids], reader) if anchor_ids else ""

    first = comparison.units[(pair.a or pair.b)[0]]
    return Row(
        pair,
        f"{'a' if pair.a else 'b'}-{first.anchor}",
        named(pair.a),
        named(pair.b),
        CHANGE_NAMES[pair.change].get(reader),
        MOVED.get(reader) if pair.moved else "",
        tuple(said(shift, reader) for shift in pair.shifts),
        tuple(_point(comparison.units[each], pair.changed.get(each, ()), "del", reader) for each in pair.a),
        tuple(_point(comparison.units[each], pair.changed.get(each, ()), "ins", reader) for each in pair.b),
    )


def _point(unit: Unit, spans: Sequence[Span], tag: str, reader: Language) -> Point:
    address = f"/documents/{quote(unit.doc_id)}?text={unit.language}#{unit.anchor}"
    return Point(unit, label(unit.anchor, reader), address, text_with_tags(unit.text, spans, tag))


def _beside(comparison: Comparison, reader: Language) -> list[tuple[Document, tuple[Point, ...], str]]:
    """For each document the points that are beside what is compared, and their numbers in a line."""
    found = []
    ids = [each for pair in comparison.pairs if comparison.is_beside(pair) for each in (*pair.a, *pair.b)]
    for document in (comparison.a, comparison.b):
        units = [unit for each in ids if (unit := comparison.units[each]).doc_id == document.doc_id]
        if units:
            points = tuple(_point(unit, (), "ins", reader) for unit in units)
            found.append((document, points, labels([unit.anchor for unit in units], reader)))
    return found
