"""What a paper to hand on holds, whatever the format it is written in: paragraphs of text with their footnotes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from corpus.records import Language

#: What a paragraph is: the title of the paper, its date, a remark in small type, a heading of either rank, the name
#: above a text that stands beside another, running text, a member of a list, what a cell of a table holds.
Kind = Literal["title", "date", "remark", "heading", "subheading", "label", "body", "item", "cell"]

#: How text is marked: in a comparison words that the second text lacks, or has more; behind a sentence what says that a
#: language model wrote it. Nothing else is.
Mark = Literal["", "gone", "come", "model"]

# What XML 1.0 can carry; Markdown loses nothing by doing without the rest.
_UNWRITABLE = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Run:
    """Text in one language; ``\\n`` begins a line within the paragraph."""

    text: str
    language: Language
    mark: Mark = ""


@dataclass(frozen=True)
class Footnote:
    """A footnote at the place it is referred to, so that each is referred to once; formats number them as they come."""

    runs: tuple[Run, ...]


Inline = Run | Footnote


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of one kind."""

    kind: Kind
    inlines: tuple[Inline, ...]


@dataclass(frozen=True)
class Columns:
    """Texts to be read side by side, each as its paragraphs."""

    columns: tuple[tuple[Paragraph, ...], ...]


@dataclass(frozen=True)
class Table:
    """A table: the heads of its columns, and its rows, each with a cell a column."""

    head: tuple[Paragraph, ...]
    rows: tuple[tuple[Paragraph, ...], ...]


Block = Paragraph | Columns | Table


@dataclass(frozen=True)
class Paper:
    """A paper of a day, in its reader's language; ``title`` is for its properties, the blocks show it."""

    title: str
    language: Language
    at: date
    blocks: tuple[Block, ...]


def writable(text: str) -> str:
    """A text as every format can hold it: its ends of line as ``\\n``, without the control characters of no text."""
    return _UNWRITABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
