"""What a reader gave, as the grammar takes it: one source text, blocks that know their place in it, notes placed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from corpus.parse.blocks import Block, read_lines
from corpus.parse.footnotes import Note as TracedNote
from corpus.parse.footnotes import take_notes
from corpus.parse.marks import PlacedNote, take_marks
from corpus.parse.patterns import MARKDOWN
from corpus.parse.traced import Traced
from corpus.readers.paragraphs import Extract, Paragraph
from corpus.readers.text import blocks_of_lines

_BLANKS = re.compile(r"[\s\u00a0\u2000-\u200a\u202f]+")
_CELL_PARTING = " | "


@dataclass(frozen=True)
class Source:
    """A text, its blocks, its notes with their places, and what was taken that is no text, by what took it."""

    text: str
    blocks: tuple[Block, ...]
    notes: tuple[PlacedNote, ...]
    taken: tuple[tuple[str, Traced], ...]

    def without(self, dropped: set[int]) -> Source:
        """Without the blocks of these indexes, which are furniture."""
        taken = tuple(("furniture", block.text) for index, block in enumerate(self.blocks) if index in dropped)
        kept = tuple(block for index, block in enumerate(self.blocks) if index not in dropped)
        return replace(self, blocks=kept, taken=self.taken + taken)


def source_of_text(text: str) -> Source:
    """A plain text, its footnotes found at their rules and its marks where they are glued."""
    kept, notes, rules = take_notes(read_lines(text))
    blocks, placed, orphans = take_marks(blocks_of_lines(kept), notes)
    taken = [("footnote rule", rule) for rule in rules]
    taken += [("footnote mark without a footnote", orphan) for orphan in orphans]
    plain = []
    for block in blocks:
        spans = [match.span() for match in MARKDOWN.finditer(block.string)]
        taken += [("markdown", block.text[start:end]) for start, end in spans]
        plain.append(replace(block, text=block.text.without(spans)))
    return Source(text, tuple(plain), tuple(placed), tuple(taken))


def source_of_extract(extract: Extract) -> Source:
    """Paragraphs as a text of a line each, the notes after them."""
    written = _Written()
    blocks, placed = [], []
    notes = []
    for paragraph in extract.paragraphs:
        block = written.row(paragraph) if paragraph.cells else written.paragraph(paragraph)
        if block is None:
            continue
        blocks.append(block)
        for note in paragraph.notes:
            before = block.text[: _shift(paragraph.text, note.at)].strip()
            notes.append((note, before.origin[-1] if before else None))
    for note in extract.loose:
        notes.append((note, None))
    for note, after in notes:
        mark, text = written.line(note.mark or "*"), written.line(note.text)
        placed.append(PlacedNote(TracedNote(mark, text, 0, 0), after, None))
    return Source("\n".join(written.lines), tuple(blocks), tuple(placed), ())


def _shift(text: str, at: int) -> int:
    """Where an offset of a text lies when its white space is made single."""
    return len(_BLANKS.sub(" ", text[:at]).lstrip()) if at else 0


class _Written:
    """The lines of the text as it grows."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._end = 0

    def line(self, text: str) -> Traced:
        """The text as a line of its own, white space made single."""
        clean = _BLANKS.sub(" ", text).strip()
        traced = Traced.at(clean, self._end)
        self.lines.append(clean)
        self._end += len(clean) + 1
        return traced

    def paragraph(self, paragraph: Paragraph) -> Block | None:
        """A paragraph as a block; None where it is blank."""
        text = self.line(paragraph.text)
        return Block(text, len(self.lines), level=paragraph.level) if text.text else None

    def row(self, paragraph: Paragraph) -> Block | None:
        """A table row as a block, its cells parted; None where all are blank."""
        cells = [text for cell in paragraph.cells if (text := self.line(" ".join(cell))).text]
        if not cells:
            return None
        joined = cells[0]
        for cell in cells[1:]:
            joined = joined + Traced.inserted(_CELL_PARTING) + cell
        return Block(joined, len(self.lines), row=True)


def as_text_rows(blocks: tuple[Block, ...]) -> list[Block]:
    """Rows with a space between their cells, as the table of work of an agenda is read."""
    return [replace(block, text=_spaced(block.text)) if block.row else block for block in blocks]


def _spaced(text: Traced) -> Traced:
    parted = "".join(" " if c == "|" and o < 0 else c for c, o in zip(text.text, text.origin, strict=True))
    return Traced(parted, text.origin)
