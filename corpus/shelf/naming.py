"""What an added document is called: its id, and its titles long and short."""

from __future__ import annotations

import re
from collections.abc import Container
from datetime import date

from babel.dates import format_date

from corpus.normal import normalise
from corpus.records import Bilingual, Document, Language, Version
from corpus.shelf.description import LONGEST_ID, Description

# A short title stands before every paragraph of its document, in labels and in the index.
_LONGEST_SHORT = {"zh": 30, "en": 60}
# A name of fewer words or characters is a word of other texts too.
_LEAST = {"zh": 5, "en": 2}
_SYLLABLES = 12


def new_id(description: Description, taken: Container[str], mark: str = "") -> str:
    """An id of a to z, 0 to 9 and hyphens that no document has, from the id wished for, the symbol or else the title.

    It ends in ``mark``, where there is one.
    """
    said = description.doc_id or description.symbol or description.titles.en or description.titles.zh
    slug = _slug(said)
    if not slug:
        slug = f"document-{description.year}"
    slug = _ending(slug, mark)
    number, candidate = 1, slug
    while candidate in taken:
        number += 1
        candidate = _ending(slug, str(number))
    return candidate


def _ending(slug: str, end: str) -> str:
    return f"{slug[: LONGEST_ID - len(end) - 1].rstrip('-')}-{end}" if end else slug


def _slug(text: str) -> str:
    plain = normalise(text)
    if not plain.isascii():
        # Its tables take a quarter of a second to load, and most commands name nothing.
        from pypinyin import lazy_pinyin

        plain = " ".join(lazy_pinyin(plain)[:_SYLLABLES])
    words = re.findall(r"[a-z0-9]+", plain.lower())
    slug = ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word[:LONGEST_ID]
        if len(longer) > LONGEST_ID:
            break
        slug = longer
    return slug


def new_document(doc_id: str, description: Description, versions: tuple[Version, ...]) -> Document:
    """The record of a document as it is described."""
    titles = _both(description.titles)
    return Document(
        doc_id=doc_id,
        titles=titles,
        short_titles=Bilingual(_short(titles.zh, "zh", description), _short(titles.en, "en", description)),
        symbol=description.symbol,
        symbol_status=description.symbol_status,
        kind=description.kind,
        body=_both(description.body),
        session=_both(description.session),
        dates=day_in_words(description.date) if description.date else Bilingual("", ""),
        place=Bilingual("", ""),
        year=description.year,
        original_language=description.original_language,
        versions=versions,
        distribution=description.distribution,
    )


def _both(text: Bilingual) -> Bilingual:
    return Bilingual(text.zh or text.en, text.en or text.zh)


def _short(title: str, language: Language, description: Description) -> str:
    longest = _LONGEST_SHORT[language if not title.isascii() else "en"]
    size = len(title.split()) if title.isascii() else len(title)
    if size < _LEAST["en" if title.isascii() else "zh"]:
        title = f"{title} ({description.symbol or description.year})"
    if len(title) <= longest:
        return title
    if description.symbol:
        return description.symbol
    cut = title[: longest - 1]
    return (cut.rsplit(" ", 1)[0] if title.isascii() else cut).rstrip(" ,;:，、；：") + "…"


def day_in_words(day: str) -> Bilingual:
    """A day such as 2026-03-01 as it is written in either language: 2026年3月1日, 1 March 2026."""
    when = date.fromisoformat(day)
    return Bilingual(f"{when.year}年{when.month}月{when.day}日", format_date(when, "d MMMM y", locale="en"))
