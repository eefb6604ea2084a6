"""A document as it is read: its units in order, in one language or both side by side, with what was looked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from corpus.anchors import covers
from corpus.records import Language, StandingNote, Unit
from web.documents.table import is_whole
from web.finding import spans_of
from web.passage import listed_text, text_with_marks

#: What stands between the cells of a table's row in the text of its unit.
_PARTING: Final = " | "

#: The cells of a row in the table of a meeting's work.
_CELLS: Final = ("day", "time", "item", "subject")


@dataclass(frozen=True)
class Text:
    """A text, as it is drawn, and how often it has what was looked for."""

    text: str
    drawn: Markup
    matches: int


@dataclass(frozen=True)
class Passage:
    """A unit in one language: its text, or of a table's row its cells; its footnotes with their marks."""

    unit: Unit
    parts: tuple[Text, ...]
    footnotes: tuple[tuple[str, Text], ...]

    @property
    def read_out(self) -> Markup:
        """The text; of a table's row the day, the time and the item, without the bars between them."""
        cells = [part.drawn for part in self.parts]
        zh = self.unit.language == "zh"
        if len(cells) == len(_CELLS):
            return Markup("{}，{}：{} {}" if zh else "{}, {}: {} {}").format(*cells)
        return Markup("；" if zh else "; ").join(cells)

    @property
    def matches(self) -> int:
        """How often it has what was looked for."""
        return sum(text.matches for text in (*self.parts, *(text for _, text in self.footnotes)))


@dataclass(frozen=True)
class Heading:
    """A heading where it begins, in each language that has one there; ``depth`` 1 is the highest."""

    anchor: str
    depth: int
    texts: Mapping[Language, Text]

    @property
    def address(self) -> str:
        """Its id in the page."""
        return f"s-{self.anchor}-{self.depth}"

    @property
    def matches(self) -> int:
        """How often it has what was looked for."""
        return sum(text.matches for text in self.texts.values())


@dataclass(frozen=True)
class Place:
    """A unit in all languages that are shown, with the headings that begin before it.

    ``notes`` has the numbers of the standing notes on it that are not on the whole document.
    """

    anchor: str
    headings: tuple[Heading, ...]
    passages: Mapping[Language, Passage]
    notes: tuple[int, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of its cells where it is a row of a table that has known ones."""
        cells = self.unit.kind == "table_row" and len(next(iter(self.passages.values())).parts)
        return _CELLS if cells == len(_CELLS) else ()

    @property
    def unit(self) -> Unit:
        """The unit in the first language that has it."""
        return next(iter(self.passages.values())).unit

    @property
    def matches(self) -> int:
        """How often its unit has what was looked for, in all languages that are shown."""
        return sum(passage.matches for passage in self.passages.values())


def places(
    versions: Mapping[Language, Sequence[Unit]], standing: Sequence[StandingNote], query: str = ""
) -> tuple[Place, ...]:
    """The units of a document in reading order, those of the same anchor together.

    Args:
        versions: the units in reading order, by language, the first leading; what it lacks stands as in the other.
        standing: the notes of the document, numbered from 1 in this order.
        query: what is looked for in texts, footnotes and headings.
    """
    by_anchor = {language: {unit.anchor: unit for unit in units} for language, units in versions.items()}
    paths: dict[Language, tuple[str, ...]] = dict.fromkeys(versions, ())
    found = []
    for anchor in _in_order(versions):
        units = {language: units[anchor] for language, units in by_anchor.items() if anchor in units}
        headings = _headings(anchor, units, paths, query)
        paths |= {language: unit.heading_path for language, unit in units.items()}
        notes = (n for n, note in enumerate(standing, 1) if not is_whole(note) and covers(note.covers, anchor))
        passages = {language: _passage(unit, query) for language, unit in units.items()}
        found.append(Place(anchor, headings, passages, tuple(notes)))
    return tuple(found)


def blocks(found: Sequence[Place]) -> tuple[tuple[Place, ...], ...]:
    """The units one by one, and those that are rows of one table together."""
    made: list[list[Place]] = []
    for place in found:
        if place.columns and made and made[-1][-1].columns and not place.headings:
            made[-1].append(place)
        else:
            made.append([place])
    return tuple(map(tuple, made))


def count(found: Sequence[Place]) -> int:
    """How often all that is shown has what was looked for."""
    return sum(place.matches + sum(heading.matches for heading in place.headings) for place in found)


def covered(note: StandingNote, units: Sequence[Unit]) -> tuple[str, ...]:
    """The anchors that a note is on, in reading order."""
    return tuple(unit.anchor for unit in units if covers(note.covers, unit.anchor))


def _in_order(versions: Mapping[Language, Sequence[Unit]]) -> list[str]:
    first, *others = ([unit.anchor for unit in units] for units in versions.values())
    order = first
    for anchors in others:
        held = set(order)
        before: str | None = None
        for anchor in anchors:
            if anchor not in held:
                order.insert(order.index(before) + 1 if before in held else 0, anchor)
                held.add(anchor)
            before = anchor
    return order


def _headings(
    anchor: str, units: Mapping[Language, Unit], paths: Mapping[Language, tuple[str, ...]], query: str
) -> tuple[Heading, ...]:
    """The headings that are not yet over a unit, by depth."""
    begun: dict[int, dict[Language, Text]] = {}
    for language, unit in units.items():
        path, before = unit.heading_path, paths[language]
        same = next((at for at, pair in enumerate(zip(path, before, strict=False)) if pair[0] != pair[1]), None)
        for at in range(min(len(path), len(before)) if same is None else same, len(path)):
            begun.setdefault(at + 1, {})[language] = _text(path[at], query)
    return tuple(Heading(anchor, depth, begun[depth]) for depth in sorted(begun))


def _passage(unit: Unit, query: str) -> Passage:
    if unit.kind == "table_row":
        parts = tuple(_text(cell, query) for cell in unit.text.split(_PARTING))
    else:
        spans = spans_of(unit.text, query)
        parts = (Text(unit.text, listed_text(unit, spans), len(spans)),)
    return Passage(unit, parts, tuple((note.mark, _text(note.text, query)) for note in unit.footnotes))


def _text(text: str, query: str) -> Text:
    spans = spans_of(text, query)
    return Text(text, text_with_marks(text, spans, ""), len(spans))
