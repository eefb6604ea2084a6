"""One unit's text as HTML: the quoted words marked, its listed parts on lines of their own, its footnote marks."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup, escape

from corpus.records import Unit

Span = tuple[int, int]


def marked_text(unit: Unit, span: Span | None = None) -> Markup:
    """The unit's text with the span in one ``<mark>``, whose text is the span and nothing else.

    Listed parts begin a line, except inside the span; footnote marks are attributes, drawn by the style sheet, so that
    what is selected and copied is the text of the document.
    """
    start, end = span or (0, 0)
    tags: list[tuple[int, int, Markup]] = []
    if span:
        tags += [(start, 2, Markup("<mark>")), (end, 0, Markup("</mark>"))]
    for item in unit.subitems:
        at = item.start
        if 0 < at < len(unit.text) and unit.text[at - 1] != "\n" and not start < at < end:
            tags.append((at, 1, Markup("<br>")))
    for note in unit.footnotes:
        if note.at is not None and 0 <= note.at <= len(unit.text):
            tags.append((note.at, 1, Markup('<sup data-mark="{}"></sup>').format(note.mark)))
    pieces: list[str] = []
    position = 0
    for at, _, tag in sorted(tags):
        pieces += [escape(unit.text[position:at]), tag]
        position = at
    return Markup("").join((*pieces, escape(unit.text[position:])))


def text_with_marks(text: str, spans: Sequence[Span]) -> Markup:
    """The text with each span in a ``<mark>``; what is selected and copied is the text and nothing else."""
    pieces: list[str] = []
    position = 0
    for start, end in spans:
        pieces += [escape(text[position:start]), Markup('<mark class="differs">{}</mark>').format(text[start:end])]
        position = end
    return Markup("").join((*pieces, escape(text[position:])))
