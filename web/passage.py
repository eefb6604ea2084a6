"""One unit's text as HTML: its headings, the quoted words marked, its footnotes."""

from __future__ import annotations

from assistant.answer import Citation
from corpus.records import Unit
from web.markup import escape
from web.strings import Strings

Span = tuple[int, int]


def find_quote(text: str, citation: Citation) -> Span | None:
    """Where the quote stands in the unit as it is now: at its offsets, else wherever it is found, else nowhere."""
    if citation.quote and text[citation.start : citation.end] == citation.quote:
        return citation.start, citation.end
    start = text.find(citation.quote) if citation.quote else -1
    return (start, start + len(citation.quote)) if start >= 0 else None


def heading_line(path: tuple[str, ...], words: Strings, css_class: str = "path") -> str:
    """The headings that a unit stands under, outermost first; nothing where there are none."""
    inner = "".join(f"<span>{escape(heading)}</span>" for heading in path)
    return f'<p class="{css_class}" aria-label="{escape(words.headings)}">{inner}</p>' if path else ""


def passage(unit: Unit, span: Span | None, words: Strings) -> str:
    """The unit's text, with the span marked, and its footnotes."""
    notes = "".join(f"<li><span>{escape(note.mark)}</span> {escape(note.text)}</li>" for note in unit.footnotes)
    if notes:
        notes = f'<ul class="footnotes" aria-label="{escape(words.footnotes)}">{notes}</ul>'
    return f"<p>{marked_text(unit, span)}</p>{notes}"


def marked_text(unit: Unit, span: Span | None) -> str:
    """The unit's text with the span in one ``<mark>``, whose text is the span and nothing else.

    Listed parts begin a line, except inside the span; footnote marks are attributes, drawn by the style sheet, so that
    what is selected and copied is the text of the document.
    """
    start, end = span or (0, 0)
    tags: list[tuple[int, int, str]] = []
    if span:
        tags += [(start, 2, "<mark>"), (end, 0, "</mark>")]
    for item in unit.subitems:
        at = item.start
        if 0 < at < len(unit.text) and unit.text[at - 1] != "\n" and not start < at < end:
            tags.append((at, 1, "<br>"))
    for note in unit.footnotes:
        if note.at is not None and 0 <= note.at <= len(unit.text):
            tags.append((note.at, 1, f'<sup data-mark="{escape(note.mark)}"></sup>'))
    pieces, position = [], 0
    for at, _, tag in sorted(tags):
        pieces += [escape(unit.text[position:at]), tag]
        position = at
    return "".join((*pieces, escape(unit.text[position:])))
