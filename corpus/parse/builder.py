"""Collects what a grammar recognises and makes units of it, with a ledger of where each character went."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from corpus.parse.marks import PlacedNote
from corpus.parse.patterns import MARKDOWN
from corpus.parse.spans import sentence_spans, subitem_spans
from corpus.parse.traced import Traced, close_chinese, join_lines, joined
from corpus.records import Footnote, Language, Unit, UnitKind

# Characters at the end of a text that tell how it ends, for every pattern that asks.
_END = 200


@dataclass(frozen=True)
class Ledger:
    """Where each source character went: (what took it, its offsets) in the order of taking."""

    entries: tuple[tuple[str, tuple[int, ...]], ...]

    def counts(self) -> dict[str, int]:
        """Characters taken, by what took them."""
        totals: Counter[str] = Counter()
        for taker, offsets in self.entries:
            totals[taker] += len(offsets)
        return dict(totals)

    def taken(self) -> Counter[int]:
        """How often each source offset was taken."""
        return Counter(offset for _, offsets in self.entries for offset in offsets)


@dataclass(frozen=True)
class Parsed:
    """A language version as units in reading order, the source it came from, and the ledger of its characters."""

    source: str
    units: tuple[Unit, ...]
    origins: tuple[tuple[int, ...], ...]
    ledger: Ledger


@dataclass
class _Draft:
    """A unit so far. Its text is in pieces, for of many thousand characters a copy for each line would take minutes."""

    kind: UnitKind
    anchor: str
    number: str
    path: tuple[str, ...]
    pieces: list[Traced]

    @property
    def end(self) -> Traced:
        """What its text ends with, as much as says how a line goes on from it; all of what is shorter."""
        found, at = self.pieces[-1], len(self.pieces) - 1
        while len(found) < _END and at:
            at -= 1
            found = self.pieces[at] + found
        return found

    def add(self, piece: Traced, new_line: bool) -> None:
        end = self.end
        if not end.text:
            self.pieces = [piece]
        elif new_line:
            self.pieces += [Traced.inserted("\n"), piece]
        else:
            self.pieces.append(join_lines(end, piece)[len(end) :])


@dataclass
class Builder:
    """Open a unit, add to it, set headings; ``finish`` gives the units."""

    doc_id: str
    language: Language
    _drafts: list[_Draft] = field(default_factory=list)
    _headings: list[tuple[int, str]] = field(default_factory=list)
    _ledger: list[tuple[str, tuple[int, ...]]] = field(default_factory=list)
    _unnumbered: int = 0

    @property
    def open_text(self) -> str | None:
        """What the unit that is open ends with so far, None before the first."""
        return self._drafts[-1].end.text if self._drafts else None

    def take(self, taker: str, *pieces: Traced) -> None:
        """Enters characters that are not text of a unit: furniture, a number, a mark."""
        for piece in pieces:
            self._ledger.append((taker, tuple(piece.offsets())))

    def heading(self, level: int, text: Traced) -> None:
        """Sets the heading of a level; those of its level and below end."""
        clean = close_chinese(text.strip())
        self.take("heading", clean)
        self._headings = [(at, words) for at, words in self._headings if at < level] + [(level, clean.text)]

    def open(self, kind: UnitKind, anchor: str, number: str, text: Traced) -> None:
        """Opens a unit under the headings that stand."""
        path = tuple(words for _, words in self._headings)
        self._drafts.append(_Draft(kind, anchor, number, path, [text.strip()]))

    @property
    def open_kind(self) -> UnitKind | None:
        """The kind of the unit that is open, None before the first."""
        return self._drafts[-1].kind if self._drafts else None

    def open_unnumbered(self, text: Traced) -> None:
        """Opens a unit that has no number of its own: it gets the next of those without."""
        self._unnumbered += 1
        self.open("unnumbered", f"u{self._unnumbered}", str(self._unnumbered), text)

    def add(self, text: Traced, new_line: bool) -> None:
        """Adds to the open unit, on a line of its own or run on; what stands before any unit opens the head."""
        if not self._drafts:
            self.open("head", "head", "", text)
            return
        self._drafts[-1].add(text.strip(), new_line)

    def finish(self, source: str, notes: list[PlacedNote]) -> Parsed:
        """The units, with their notes, sentences and listed parts."""
        texts = [close_chinese(joined(draft.pieces)) for draft in self._drafts]
        footnotes: dict[int, list[Footnote]] = {}
        places = _places(notes, texts)
        for placed in notes:
            index, at = places.get(placed.after, (0, None))
            words = close_chinese(placed.note.text.strip())
            footnotes.setdefault(index, []).append(Footnote(placed.note.mark.text, words.text, at))
            self.take("footnote", placed.note.mark, words)
            if placed.mark:
                self.take("footnote mark", placed.mark)
        units = []
        for order, (draft, text) in enumerate(zip(self._drafts, texts, strict=True)):
            self.take("unit", text)
            units.append(
                Unit(
                    doc_id=self.doc_id,
                    anchor=draft.anchor,
                    kind=draft.kind,
                    number=draft.number,
                    heading_path=draft.path,
                    language=self.language,
                    text=text.text,
                    order=order,
                    sentences=sentence_spans(text.text),
                    subitems=subitem_spans(text.text),
                    footnotes=tuple(footnotes.get(order, ())),
                )
            )
        return Parsed(source, tuple(units), tuple(t.origin for t in texts), Ledger(tuple(self._ledger)))

    def plain(self, text: Traced) -> Traced:
        """A text without what is left of Markdown, which goes to the ledger."""
        spans = [match.span() for match in MARKDOWN.finditer(text.text)]
        self.take("markdown", *(text[start:end] for start, end in spans))
        return text.without(spans)


def _places(notes: list[PlacedNote], texts: list[Traced]) -> dict[int | None, tuple[int, int | None]]:
    """The unit that each character before a mark stands in, and the offset after it."""
    wanted = {placed.after for placed in notes}
    return {
        origin: (index, at + 1)
        for index, text in enumerate(texts)
        for at, origin in enumerate(text.origin)
        if origin in wanted
    }
