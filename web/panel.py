"""The evidence panel as HTML: a cited unit in its document, the quoted words marked, its neighbours around it."""

from __future__ import annotations

from assistant.answer import Citation, Evidence
from corpus.anchors import label
from corpus.records import Language, Unit
from web.markup import capital, escape, lang_of, symbol_note
from web.session import MOST, View
from web.strings import Strings, strings

Span = tuple[int, int]


def render_empty_panel(language: Language) -> str:
    """The panel before any citation was opened."""
    words = strings(language)
    return _aside(f'<p class="hint">{escape(words.evidence_hint)}</p>', words, "evidence empty")


def render_panel_failure(message: str, language: Language) -> str:
    """The panel where the cited unit cannot be shown."""
    words = strings(language)
    head = f'<div class="evidence-head">{_title_row(words.not_shown, "", words)}</div>'
    return _aside(f'{head}<p class="hint" role="alert">{escape(message)}</p>', words)


def render_evidence(evidence: Evidence, citation: Citation, view: View, language: Language) -> str:
    """The unit of a citation in its place; ``language`` is the reader's, the text keeps its own."""
    words = strings(language)
    span = find_quote(evidence.unit.text, citation)
    lost = "" if span else f'<p class="hint" role="alert">{escape(words.evidence_lost)}</p>'
    units = []
    headings: tuple[str, ...] = ()
    for unit in (*evidence.before, evidence.unit, *evidence.after):
        cited = unit is evidence.unit
        units.append(_unit(unit, language, words, headings, span if cited else None, cited))
        headings = unit.heading_path
    return _aside(
        f"{_head(evidence, citation, words, language)}{lost}"
        f'<div class="units" tabindex="0" role="region" aria-label="{escape(evidence.document.short_title(language))}"'
        f' lang="{lang_of(evidence.unit.language)}">'
        f"{_more('before', words.earlier, len(evidence.before), view.before, language)}{''.join(units)}"
        f"{_more('after', words.later, len(evidence.after), view.after, language)}</div>",
        words,
        reference=str(view.reference),
    )


def find_quote(text: str, citation: Citation) -> Span | None:
    """Where the quote stands in the unit as it is now: at its offsets, else wherever it is found, else nowhere."""
    if citation.quote and text[citation.start : citation.end] == citation.quote:
        return citation.start, citation.end
    start = text.find(citation.quote) if citation.quote else -1
    return (start, start + len(citation.quote)) if start >= 0 else None


def citation_text(evidence: Evidence, citation: Citation, language: Language) -> str:
    """A citation for a delegate's own note: the quote, its source, and what the text is worth."""
    words, document = strings(language), evidence.document
    symbol = symbol_note(document.symbol, document.symbol_status, words)
    source = words.source_line.format(title=capital(document.title(language)), symbol=symbol, label=evidence.label)
    quote = f"“{citation.quote}”"
    notes = [] if evidence.official else [words.unofficial]
    return "\n".join((quote, source, *notes, *evidence.standing))


def _aside(inner: str, words: Strings, css_class: str = "evidence", reference: str = "") -> str:
    return f'<aside class="{css_class}" aria-label="{escape(words.evidence)}" data-view="{reference}">{inner}</aside>'


def _head(evidence: Evidence, citation: Citation, words: Strings, language: Language) -> str:
    document = evidence.document
    symbol = symbol_note(document.symbol, document.symbol_status, words)
    official = words.official if evidence.official else words.unofficial
    badge = "badge plain-badge" if evidence.official else "badge"
    standing = "".join(f"<li>{escape(note)}</li>" for note in evidence.standing)
    if standing:
        standing = f'<div class="standing"><b>{escape(words.standing)}</b><ul>{standing}</ul></div>'
    return (
        f'<div class="evidence-head">{_title_row(evidence.label, citation_text(evidence, citation, language), words)}'
        f'<p class="document">{escape(capital(document.title(language)))}</p>'
        f'<p class="facts"><span class="symbol">{escape(symbol)}</span>'
        f' <span class="{badge}">{escape(official)}</span></p>'
        f"{standing}</div>"
    )


def _title_row(title: str, copied: str, words: Strings) -> str:
    copy = (
        f'<button type="button" class="plain" data-copy="{escape(copied)}" data-done="{escape(words.copied)}"'
        f' data-failed="{escape(words.copy_failed)}" aria-live="polite">{escape(words.copy)}</button>'
        if copied
        else ""
    )
    return (
        f'<div class="evidence-row"><h2 tabindex="-1">{escape(title)}</h2>{copy}'
        f'<button type="button" class="plain close" data-close aria-label="{escape(words.close)}"'
        f' title="{escape(words.close)}">×</button></div>'
    )


def _more(side: str, text: str, shown: int, asked: int, language: Language) -> str:
    # Fewer units than were asked for means that the document begins or ends here.
    if shown < asked or asked >= MOST:
        return ""
    return f'<button type="button" class="more" data-more="{side}" lang="{lang_of(language)}">{escape(text)}</button>'


def _unit(
    unit: Unit, language: Language, words: Strings, previous: tuple[str, ...], span: Span | None, cited: bool
) -> str:
    path = ""
    if unit.heading_path and unit.heading_path != previous:
        inner = "".join(f"<span>{escape(heading)}</span>" for heading in unit.heading_path)
        path = f'<p class="path" aria-label="{escape(words.headings)}">{inner}</p>'
    notes = "".join(f"<li><span>{escape(note.mark)}</span> {escape(note.text)}</li>" for note in unit.footnotes)
    if notes:
        notes = f'<ul class="footnotes" aria-label="{escape(words.footnotes)}">{notes}</ul>'
    current = ' aria-current="true"' if cited else ""
    return (
        f'{path}<section class="unit{" cited" if cited else ""}" data-anchor="{escape(unit.anchor_id)}"{current}>'
        f'<h3 lang="{lang_of(language)}">{escape(label(unit.anchor, language))}</h3>'
        f"<p>{marked_text(unit, span)}</p>{notes}</section>"
    )


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
