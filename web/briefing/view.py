"""A note as the page shows it: the blocks of its paper, each with the lines it holds, its footnotes numbered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from assistant.answer import Citation
from assistant.briefing.records import SECTIONS, Note, SectionKey
from assistant.briefing.strings import HEADINGS
from assistant.export.briefing import Piece, note_pieces
from assistant.export.content import Columns, Footnote, Paragraph, Run, Table
from corpus.records import Document, Language
from web.asking.view import view_of

#: Sections that are made of the others: their lines come and go with those they are made of.
_MADE: frozenset[SectionKey] = frozenset(("standing", "sources", "check"))


@dataclass(frozen=True)
class Reference:
    """The mark of a footnote."""

    n: int


@dataclass(frozen=True)
class Text:
    """A paragraph of one kind, as runs of text and marks of footnotes."""

    kind: str
    inlines: tuple[Run | Reference, ...]


@dataclass(frozen=True)
class Block:
    """What is shown, left out and pinned as one: the ids of its lines, and the place of its source to open.

    ``texts`` stand below each other, or in ``columns``, or in the ``rows`` of a table under its ``head``. What is
    ``polished`` are a language model's words.
    """

    lines: tuple[str, ...]
    texts: tuple[Text, ...] = ()
    columns: tuple[tuple[Text, ...], ...] = ()
    changes: tuple[Text, ...] = ()
    head: tuple[Text, ...] = ()
    rows: tuple[tuple[Text, ...], ...] = ()
    source: str = ""
    removable: bool = False
    pinnable: bool = False
    pinned: bool = False
    polished: bool = False


@dataclass(frozen=True)
class Shown:
    """A section with its blocks."""

    key: SectionKey
    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Preview:
    """A note as the document it will be; ``switches`` are all its sections and whether each is on."""

    title: tuple[Text, ...]
    language: Language
    sections: tuple[Shown, ...]
    footnotes: tuple[tuple[Run, ...], ...]
    switches: tuple[tuple[SectionKey, str, bool], ...]
    nothing: bool
    shown: tuple[str, ...]


def preview(
    note: Note, documents: Mapping[str, Document], at: date, off: Sequence[SectionKey], pinned: Sequence[str]
) -> Preview:
    """A note as its page shows it.

    Args:
        note: what is shown, without what its reader left out.
        documents: by id, at least those that it cites.
        at: the day of the paper.
        off: sections that the reader switched off, and can switch on again.
        pinned: ids of lines that the reader pinned.
    """
    return _Drawing(note, pinned).drawn(note_pieces(note, documents, at), off)


class _Drawing:
    def __init__(self, note: Note, pinned: Sequence[str]) -> None:
        self._note, self._pinned = note, frozenset(pinned)
        self._footnotes: list[tuple[Run, ...]] = []

    def drawn(self, pieces: Sequence[Piece], off: Sequence[SectionKey]) -> Preview:
        title = tuple(self._text(p.block) for p in pieces if p.section is None and isinstance(p.block, Paragraph))
        sections = []
        for key, of in groupby((p for p in pieces if p.section), key=lambda piece: piece.section):
            own = list(of)
            if key is not None:
                sections.append(Shown(key, HEADINGS[key].get(self._note.language), tuple(self._blocks(key, own[1:]))))
        there = {section.key for section in sections}
        switches = tuple(
            (key, HEADINGS[key].get(self._note.language), key in there)
            for key in SECTIONS
            if key in there or key in off
        )
        return Preview(
            title, self._note.language, tuple(sections), tuple(self._footnotes), switches, self._note.nothing,
            tuple(line.id for section in self._note.sections for line in section.lines),
        )  # fmt: skip

    def _blocks(self, key: SectionKey, pieces: Sequence[Piece]) -> Iterator[Block]:
        for beside, group in groupby(pieces, key=lambda piece: piece.lines[0].beside if piece.lines else ""):
            if beside:
                yield self._pair(list(group))
            else:
                for piece in group:
                    yield self._block(key, piece)

    def _block(self, key: SectionKey, piece: Piece) -> Block:
        ids = tuple(line.id for line in piece.lines)
        if isinstance(piece.block, Table):
            head = tuple(map(self._text, piece.block.head))
            return Block(ids, head=head, rows=tuple(tuple(map(self._text, row)) for row in piece.block.rows))
        kinds = {line.kind for line in piece.lines}
        chosen = key not in _MADE and not kinds & {"label", "blank"}
        return Block(
            ids,
            tuple(map(self._text, [piece.block] if isinstance(piece.block, Paragraph) else [])),
            source=self._source(piece),
            removable=chosen,
            pinnable=chosen and kinds in ({"quote"}, {"polished"}),
            polished="polished" in kinds,
            pinned=bool(self._pinned.intersection(ids)),
        )

    def _pair(self, pieces: Sequence[Piece]) -> Block:
        """All that is said of points that correspond."""
        before: list[Text] = []
        after: list[Text] = []
        columns: tuple[tuple[Text, ...], ...] = ()
        for piece in pieces:
            if isinstance(piece.block, Columns):
                columns = tuple(tuple(map(self._text, column)) for column in piece.block.columns)
            elif isinstance(piece.block, Paragraph):
                (after if columns else before).append(self._text(piece.block))
        ids = tuple(dict.fromkeys(line.id for piece in pieces for line in piece.lines))
        return Block(ids, tuple(before), columns, tuple(after), source=self._source(pieces[0]), removable=True)

    def _text(self, paragraph: Paragraph) -> Text:
        inlines: list[Run | Reference] = []
        for inline in paragraph.inlines:
            if isinstance(inline, Footnote):
                self._footnotes.append(inline.runs)
                inlines.append(Reference(len(self._footnotes)))
            else:
                inlines.append(inline)
        return Text(paragraph.kind, tuple(inlines))

    def _source(self, piece: Piece) -> str:
        cited: list[Citation] = [self._note.citations[n - 1] for line in piece.lines for n in line.citations]
        return view_of(cited[0]).address if cited else ""
