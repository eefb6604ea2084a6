"""One unit's text as HTML: the quoted words marked, its listed parts on lines of their own, its footnote marks."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from markupsafe import Markup, escape

from corpus.records import Unit

Span = tuple[int, int]


def marked_text(unit: Unit, span: Span | None = None) -> Markup:
    """The unit's text with the span in one ``<mark>``, whose text is the span and nothing else.

    Listed parts begin a line, except inside the span; footnote marks are attributes, drawn by the style sheet, so that
    what is selected and copied is the text of the document.
    """
    spans = (span,) if span else ()
    lines = [
        (item.start, _STANDS, Markup("<br>"))
        for item in unit.subitems
        if 0 < item.start < len(unit.text) and unit.text[item.start - 1] != "\n" and not _inside(item.start, spans)
    ]
    return _tagged(unit.text, 0, len(unit.text), [*lines, *_marks(spans), *_note_marks(unit)])


def listed_text(unit: Unit, spans: Sequence[Span] = ()) -> Markup:
    """The unit's text for reading: each listed part in a block of its own, each of the spans in one ``<mark>``.

    A part that begins inside a span begins no block. Footnote marks are as in :func:`marked_text`.
    """
    starts = {item.start: item for item in unit.subitems if not _inside(item.start, spans)}
    ends = {item.end for item in unit.subitems if unit.text[item.end :].strip() and not _inside(item.end, spans)}
    tags = [*_marks(spans), *_note_marks(unit)]
    pieces = []
    for start, end in pairwise(sorted({0, *starts, *ends, len(unit.text)})):
        piece = _tagged(unit.text, start, end, [tag for tag in tags if _belongs(tag, start, end)])
        if item := starts.get(start):
            deep = "(" in item.label[1:]
            piece = Markup('<span class="part{}">{}</span>').format(" deep" if deep else "", piece)
        pieces.append(piece)
    return Markup("").join(pieces)


def text_with_marks(text: str, spans: Sequence[Span], kind: str = "differs") -> Markup:
    """The text with each span in a ``<mark>`` of that class, of none where it is empty.

    What is selected and copied is the text and nothing else.
    """
    return _tagged(text, 0, len(text), _marks(spans, kind))


def text_with_tags(text: str, spans: Sequence[Span], tag: str) -> Markup:
    """The text with each span in an element of that name, such as ``<ins>``."""
    opening, closing = Markup("<{}>").format(tag), Markup("</{}>").format(tag)
    tags = [each for start, end in spans for each in ((start, _OPENS, opening), (end, _CLOSES, closing))]
    return _tagged(text, 0, len(text), tags)


# At one place of a text what closes comes first, then what stands there, then what opens.
_CLOSES, _STANDS, _OPENS = range(3)
_Tag = tuple[int, int, Markup]


def _marks(spans: Sequence[Span], kind: str = "") -> list[_Tag]:
    opening = Markup('<mark class="{}">').format(kind) if kind else Markup("<mark>")
    return [tag for start, end in spans for tag in ((start, _OPENS, opening), (end, _CLOSES, Markup("</mark>")))]


def _note_marks(unit: Unit) -> list[_Tag]:
    return [
        (note.at, _STANDS, Markup('<sup data-mark="{}"></sup>').format(note.mark))
        for note in unit.footnotes
        if note.at is not None and 0 <= note.at <= len(unit.text)
    ]


def _inside(at: int, spans: Sequence[Span]) -> bool:
    return any(start < at < end for start, end in spans)


def _belongs(tag: _Tag, start: int, end: int) -> bool:
    at, order, _ = tag
    return start <= at < end if order == _OPENS else start < at <= end or at == start == 0


def _tagged(text: str, start: int, end: int, tags: Sequence[_Tag]) -> Markup:
    pieces: list[str] = []
    position = start
    for at, _, tag in sorted(tags):
        pieces += [escape(text[position:at]), tag]
        position = at
    return Markup("").join((*pieces, escape(text[position:end])))
