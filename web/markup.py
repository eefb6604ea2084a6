"""The few pieces of HTML that every part of the page is made of; text enters a page through :func:`escape` alone."""

from __future__ import annotations

import html

from assistant.answer import Citation
from corpus.records import Language
from web.session import Reference
from web.strings import Strings


def escape(text: object) -> str:
    """Text as HTML, safe between tags and in double-quoted attributes.

    Lone surrogates, which no page can carry, become ``?``.
    """
    return html.escape(str(text).encode("utf-8", "replace").decode("utf-8"), quote=True)


def excerpt(text: str, width: int) -> str:
    """The text on one line, cut to so many columns; a Chinese character takes two."""
    line = " ".join(text.split())
    columns = 0
    for index, character in enumerate(line):
        columns += 2 if ord(character) >= 0x2E80 else 1
        if columns > width:
            return line[:index].rstrip() + "…"
    return line


def citation_mark(reference: Reference, citation: Citation, words: Strings) -> str:
    """The number of a citation, which opens it."""
    name = words.mark.format(n=citation.n, document=citation.document.short_title, label=citation.label)
    return (
        f'<button type="button" class="mark" data-cite="{reference}" aria-label="{escape(name)}"'
        f' title="{escape(name)}">[{citation.n}]</button>'
    )


def symbol_note(symbol: str | None, status: str, words: Strings) -> str:
    """The symbol as it may be shown: plain where confirmed, marked where inferred, said to be unknown otherwise."""
    if not symbol:
        return words.symbol_unknown
    if status == "confirmed":
        return symbol
    note = words.symbol_inferred if status == "inferred" else words.symbol_unknown
    return f"{symbol}{words.list_stop}{note}"


def lang_of(language: Language) -> str:
    """The value of a ``lang`` attribute, by which browsers choose fonts and voices."""
    return "zh-CN" if language == "zh" else "en"


def capital(title: str) -> str:
    """A title with its first letter large, as at the head of a line; Chinese stays as it is."""
    return title[:1].upper() + title[1:]


def language_name(language: Language, words: Strings) -> str:
    """What the interface calls a language of the documents."""
    return words.chinese if language == "zh" else words.english


def version_status(official: bool, words: Strings) -> str:
    """Whether a text is the United Nations' own; said wherever a text that is not is shown."""
    return words.official if official else words.unofficial
