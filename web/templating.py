"""The templates of the page, and the few filters they need; every text is escaped unless a filter made it."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from corpus.anchors import label
from corpus.records import Document, Language
from web.passage import marked_text
from web.strings import LANGUAGE_NAMES, Words

FOLDER: Final = Path(__file__).parent / "templates"


def environment() -> Environment:
    """The templates, ready to render."""
    templates = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_carried,
    )
    templates.filters |= {"capital": capital, "excerpt": excerpt, "lang": lang_of, "label": label}
    templates.filters |= {"marked": marked_text, "bracketed": "[{}]".format}
    templates.globals |= {"symbol_note": symbol_note, "language_names": LANGUAGE_NAMES}
    return templates


def lang_of(language: Language) -> str:
    """The value of a ``lang`` attribute, by which browsers choose fonts and voices."""
    return "zh-CN" if language == "zh" else "en"


def capital(title: str) -> str:
    """A title with its first letter large, as at the head of a line; Chinese stays as it is."""
    return title[:1].upper() + title[1:]


def excerpt(text: str, width: int) -> str:
    """The text on one line, cut to so many columns; a Chinese character takes two."""
    line = " ".join(text.split())
    columns = 0
    for index, character in enumerate(line):
        columns += 2 if ord(character) >= 0x2E80 else 1
        if columns > width:
            return line[:index].rstrip() + "…"
    return line


def symbol_note(document: Document | Any, words: Words) -> str:
    """The symbol as it may be shown: plain where confirmed, marked where inferred, said to be unknown otherwise."""
    if not document.symbol:
        return words.texts.symbol_unknown
    if document.symbol_status == "confirmed":
        return str(document.symbol)
    note = words.texts.symbol_inferred if document.symbol_status == "inferred" else words.texts.symbol_unknown
    return f"{document.symbol}{words.site.list_stop}{note}"


def _carried(value: object) -> object:
    # Lone surrogates, which no page can carry, become question marks; what a filter marked as safe stays marked.
    if isinstance(value, str) and not value.isascii() and not value.isprintable():
        return type(value)(value.encode("utf-8", "replace").decode("utf-8"))
    return value
