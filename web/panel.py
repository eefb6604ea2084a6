"""The evidence panel as HTML: a cited unit in its document, in one language or both, and its neighbours around it."""

from __future__ import annotations

from assistant.answer import Citation, Evidence
from corpus.anchors import label
from corpus.records import Language, Unit
from web.markup import capital, escape, lang_of, language_name, symbol_note, version_status
from web.passage import Span, find_quote, heading_line, passage
from web.session import MOST, View
from web.strings import Strings, strings


def render_empty_panel(language: Language) -> str:
    """The panel before any citation was opened."""
    words = strings(language)
    return _aside(f'<p class="hint">{escape(words.evidence_hint)}</p>', words, "evidence empty")


def render_panel_failure(message: str, language: Language) -> str:
    """The panel where the cited unit cannot be shown."""
    words = strings(language)
    head = f'<div class="evidence-head">{_title_row(words.not_shown, "", words)}</div>'
    return _aside(f'{head}<p class="hint" role="alert">{escape(message)}</p>', words)


def render_evidence(
    evidence: Evidence, counterpart: Evidence | None, citation: Citation, view: View, language: Language
) -> str:
    """The unit of a citation in its place; ``language`` is the reader's, the text keeps its own.

    ``counterpart`` is the same unit in the other language, None where the library has no such version. It is drawn
    beside the cited one whether or not the reader wants it, and the browser, which remembers that, hides it.
    """
    words = strings(language)
    span = find_quote(evidence.unit.text, citation)
    lost = "" if span else f'<p class="hint" role="alert">{escape(words.evidence_lost)}</p>'
    units = []
    headings: tuple[str, ...] = ()
    for unit in (*evidence.before, evidence.unit, *evidence.after):
        path = unit.heading_path if unit.heading_path != headings else ()
        headings = unit.heading_path
        if unit is evidence.unit:
            units.append(_cited(evidence, counterpart, span, path, language))
        else:
            units.append(heading_line(path, words) + _section(unit, passage(unit, None, words), language))
    return _aside(
        f"{_head(evidence, counterpart, citation, words, language)}{lost}"
        f'<div class="units" tabindex="0" role="region" aria-label="{escape(evidence.document.short_title(language))}"'
        f' lang="{lang_of(evidence.unit.language)}">'
        f"{_more('before', words.earlier, len(evidence.before), view.before, language)}{''.join(units)}"
        f"{_more('after', words.later, len(evidence.after), view.after, language)}</div>",
        words,
        reference=str(view.reference),
    )


def citation_text(evidence: Evidence, citation: Citation, language: Language) -> str:
    """A citation for a delegate's own note: the quote, its source, and what the text is worth."""
    words, document = strings(language), evidence.document
    symbol = symbol_note(document.symbol, document.symbol_status, words)
    source = words.source_line.format(title=capital(document.title(language)), symbol=symbol, label=evidence.label)
    quote = f"“{citation.quote}”"
    notes = [] if citation.official else [words.unofficial]
    return "\n".join((quote, source, *notes, *evidence.standing))


def _aside(inner: str, words: Strings, css_class: str = "evidence", reference: str = "") -> str:
    return f'<aside class="{css_class}" aria-label="{escape(words.evidence)}" data-view="{reference}">{inner}</aside>'


def _head(
    evidence: Evidence, counterpart: Evidence | None, citation: Citation, words: Strings, language: Language
) -> str:
    document = evidence.document
    symbol = symbol_note(document.symbol, document.symbol_status, words)
    standing = "".join(f"<li>{escape(note)}</li>" for note in evidence.standing)
    if standing:
        standing = f'<div class="standing"><b>{escape(words.standing)}</b><ul>{standing}</ul></div>'
    control = alone = ""
    if counterpart:
        both = escape(words.both_languages)
        control = f'<button type="button" class="plain" data-both aria-pressed="false">{both}</button>'
    else:
        only = words.one_language.format(language=language_name(evidence.unit.language, words))
        alone = f'<p class="alone">{escape(only)}</p>'
    return (
        f'<div class="evidence-head">{_title_row(evidence.label, citation_text(evidence, citation, language), words)}'
        f'<p class="document">{escape(capital(document.title(language)))}</p>'
        f'<p class="facts"><span class="symbol">{escape(symbol)}</span></p>'
        f'<div class="version-row"><p>{_version(evidence, words)}</p>{control}</div>{alone}{standing}</div>'
    )


def _version(evidence: Evidence, words: Strings) -> str:
    """The language of a text, and whether it is the United Nations' own."""
    css_class = "status" if evidence.official else "status unofficial"
    return (
        f"<b>{escape(language_name(evidence.unit.language, words))}</b> "
        f'<span class="{css_class}">{escape(version_status(evidence.official, words))}</span>'
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


def _cited(
    evidence: Evidence, counterpart: Evidence | None, span: Span | None, path: tuple[str, ...], language: Language
) -> str:
    words = strings(language)
    if counterpart is None:
        return heading_line(path, words) + _section(
            evidence.unit, passage(evidence.unit, span, words), language, cited=True
        )
    # The official text leads; where both are or neither is, the Chinese does.
    order = sorted((evidence, counterpart), key=lambda version: (not version.official, version.unit.language != "zh"))
    versions = "".join(
        f'<div class="version{"" if version is evidence else " other"}" lang="{lang_of(version.unit.language)}">'
        f'<h4 lang="{lang_of(language)}">{_version(version, words)}</h4>'
        f"{heading_line(version.unit.heading_path, words)}"
        f"{passage(version.unit, span if version is evidence else None, words)}</div>"
        for version in order
    )
    inner = f'<div class="versions">{versions}</div>'
    return heading_line(path, words, "path one-language") + _section(evidence.unit, inner, language, cited=True)


def _section(unit: Unit, inner: str, language: Language, cited: bool = False) -> str:
    current = ' aria-current="true"' if cited else ""
    return (
        f'<section class="unit{" cited" if cited else ""}" data-anchor="{escape(unit.anchor_id)}"{current}>'
        f'<h3 lang="{lang_of(language)}">{escape(label(unit.anchor, language))}</h3>{inner}</section>'
    )
