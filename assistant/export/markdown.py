"""A paper as Markdown with footnotes, in which every text stays the text it is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from assistant.answer import Answer
from assistant.export.content import Columns, Footnote, Kind, Mark, Paper, Paragraph, Run, Table, writable
from assistant.export.conversation import conversation_paper
from corpus.records import Document, Language

# What stands around a paragraph of each kind.
_AROUND: dict[Kind, tuple[str, str]] = {
    "title": ("# ", ""),
    "date": ("", ""),
    "remark": ("", ""),
    "heading": ("## ", ""),
    "subheading": ("### ", ""),
    "label": ("**", "**"),
    "body": ("", ""),
    "item": ("- ", ""),
    "cell": ("", ""),
}
_MARKED: dict[Mark, tuple[str, str]] = {
    "": ("", ""),
    "gone": ("<del>", "</del>"),
    "come": ("<ins>", "</ins>"),
    "model": ("", ""),
}
_ONE_LINE: tuple[Kind, ...] = ("title", "heading", "subheading", "label", "cell")

# Marks of CommonMark and of its common extensions (tables, formulas, deletions, superscripts, attributes, citations),
# and the beginnings of addresses that some readers turn into links.
_MARKS = re.compile(r"[\\`*_\[\]<>&~|$#^{}@]|:(?=//)|(?<=www)\.|!(?=\[)|==|--", re.IGNORECASE)
# What at the head of a line would make it a list, a heading, a rule, a definition or code.
_HEAD = re.compile(r"^(?:[-+=:]|(\d{1,9})(?=[.)]))", re.MULTILINE)
_INDENT = re.compile(r"^[ \t]", re.MULTILINE)
# To a reader that knows no footnotes one without a space, or with nothing behind it but what may be a title, is the
# address of a link and not shown.
_WORD = re.compile(r"[^ \n]+(?=\n|$)")
_TITLE = re.compile(r"([^ \n]+ +)(?=[\"'(])")


def to_markdown(
    turns: Sequence[tuple[str, Answer]], reader: Language, documents: Mapping[str, Document], at: date
) -> str:
    """A conversation as Markdown, see :func:`assistant.export.conversation.conversation_paper`."""
    return write_markdown(conversation_paper(turns, reader, documents, at))


def write_markdown(paper: Paper) -> str:
    """A paper as Markdown; its footnotes, numbered through, stand at the end."""
    writer = _Writer()
    pieces: list[str] = []
    before: Kind | None = None
    for block in _blocks(paper):
        kind = None if isinstance(block, Table) else block.kind
        apart = "" if not pieces else "\n" if before == kind == "item" else "\n\n"
        pieces += [apart, writer.table(block) if isinstance(block, Table) else writer.paragraph(block)]
        before = kind
    notes = [f"\n\n[^{n}]: {note}" for n, note in enumerate(writer.notes, 1)]
    return "".join((*pieces, *notes, "\n"))


def _blocks(paper: Paper) -> list[Paragraph | Table]:
    """Paragraphs and tables in reading order; Markdown has no columns, so these stand one below the other."""
    found: list[Paragraph | Table] = []
    for block in paper.blocks:
        found += [p for column in block.columns for p in column] if isinstance(block, Columns) else [block]
    return found


class _Writer:
    """Paragraphs as Markdown, gathering the footnotes they refer to."""

    def __init__(self) -> None:
        self.notes: list[str] = []

    def paragraph(self, paragraph: Paragraph) -> str:
        opening, closing = _AROUND[paragraph.kind]
        text = _at_line_heads("".join(map(self._inline, paragraph.inlines)).strip())
        if paragraph.kind in _ONE_LINE:
            text = " ".join(text.split("\n"))
        indent = " " * len(opening) if paragraph.kind == "item" else ""
        return opening + text.replace("\n", f"\\\n{indent}") + closing

    def table(self, table: Table) -> str:
        """A table as GitHub's Markdown has it; every mark in its cells is escaped, the bars among them."""
        rows = ["| " + " | ".join(map(self.paragraph, row)) + " |" for row in (table.head, *table.rows)]
        return "\n".join((rows[0], "| " + " | ".join("---" for _ in table.head) + " |", *rows[1:]))

    def _inline(self, inline: Run | Footnote) -> str:
        if isinstance(inline, Run):
            # Emphasis of Markdown's own does not begin or end beside Chinese punctuation.
            opening, closing = _MARKED[inline.mark]
            return opening + _escaped(inline.text) + closing
        text = _at_line_heads("".join(_escaped(run.text) for run in inline.runs).strip())
        if word := _WORD.match(text):
            text = f"{word[0]} &#32;{text[word.end() :]}"
        elif word := _TITLE.match(text):
            text = f"{word[0]}\\{text[word.end() :]}"
        self.notes.append(text.replace("\n", "\\\n    "))
        return f"[^{len(self.notes)}]"


def _escaped(text: str) -> str:
    return _MARKS.sub(lambda mark: "".join(f"\\{each}" for each in mark[0]), writable(text))


def _at_line_heads(text: str) -> str:
    """A text in which no line begins as anything but a line of text."""
    text = _HEAD.sub(lambda head: f"{head[1]}\\" if head[1] else f"\\{head[0]}", text)
    return _INDENT.sub(lambda blank: f"&#{ord(blank[0])};", text)
