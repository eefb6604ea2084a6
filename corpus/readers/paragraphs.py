"""What every reader gives: the paragraphs of a file in reading order, with their notes, and what was left out."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.records import Bilingual


@dataclass(frozen=True)
class Note:
    """A footnote: its mark, its text, and the offset of its mark in its paragraph (the mark itself is taken out)."""

    mark: str
    text: str
    at: int


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, heading, list item or table row; soft wraps joined, numbers as shown at its beginning.

    ``level`` is 1 and more for what the file itself styles as a heading. ``cells`` holds the lines of each cell of a
    table row, and then ``text`` is empty.
    """

    text: str
    level: int = 0
    notes: tuple[Note, ...] = ()
    cells: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Extract:
    """A file as paragraphs.

    ``furniture`` holds the lines of running heads, footers and the like: no text, but they may tell the symbol.
    ``styled`` says that the file marks its headings, so that none need be guessed. ``loose`` are notes whose mark was
    not found.
    """

    paragraphs: tuple[Paragraph, ...]
    furniture: tuple[str, ...] = ()
    left_out: tuple[Bilingual, ...] = ()
    styled: bool = False
    pages: int | None = None
    loose: tuple[Note, ...] = ()
