"""The glossary as HTML: every term in both languages; the browser filters the rows as one types."""

from __future__ import annotations

from collections.abc import Iterable

from corpus.glossary import Term
from corpus.records import Language
from web.markup import escape, lang_of, language_name
from web.strings import strings


def render_glossary(terms: Iterable[Term], language: Language) -> str:
    """The sheet with all terms, closed, the reader's language in the first column.

    Plain words that serve search alone are left out, and so are the names of States: their list has territories in
    it, and everyday names where the United Nations has others.
    """
    words = strings(language)
    columns: tuple[Language, ...] = ("zh", "en") if language == "zh" else ("en", "zh")
    heads = "".join(f'<th scope="col">{escape(language_name(column, words))}</th>' for column in columns)
    rows = "".join(
        f"<tr>{''.join(_cell(term.forms(column), column) for column in columns)}</tr>"
        for term in terms
        if term.kind == "term"
    )
    return (
        f'<section id="glossary-sheet" class="sheet" role="dialog" aria-labelledby="glossary-title" hidden>'
        f'<div class="sheet-head"><div class="evidence-row"><h2 id="glossary-title">{escape(words.glossary)}</h2>'
        f'<button type="button" class="plain close" data-dismiss aria-label="{escape(words.close)}"'
        f' title="{escape(words.close)}">×</button></div>'
        f'<p class="sheet-note">{escape(words.glossary_note)}</p>'
        f'<input id="term" type="search" maxlength="200" aria-label="{escape(words.glossary_find)}"'
        f' placeholder="{escape(words.glossary_hint)}" autocomplete="off" autocapitalize="off" spellcheck="false">'
        f'<p class="found" role="status" data-count="{escape(words.glossary_count)}"'
        f' data-within="{escape(words.glossary_within)}" data-none="{escape(words.glossary_none)}"></p></div>'
        f'<div class="terms" tabindex="0" role="region" aria-labelledby="glossary-title">'
        f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div></section>"
    )


def _cell(forms: tuple[str, ...], language: Language) -> str:
    first, *variants = (f"<span>{escape(form)}</span>" for form in forms)
    others = f'<div class="variants">{"".join(variants)}</div>' if variants else ""
    return f'<td lang="{lang_of(language)}">{first}{others}</td>'
