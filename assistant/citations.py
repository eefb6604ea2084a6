"""Quotes to citations, and to the sentences that cite them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.answer import AnswerSentence, Citation, DocumentRef
from assistant.compose import Quoted
from corpus.anchors import label
from corpus.library import Library
from corpus.records import Document, Language


def cite(library: Library, n: int, quote: Quoted, reader: Language) -> Citation:
    """The citation of a quote, with label, titles and standing in the reader's language."""
    unit = quote.unit
    document = library.document(unit.doc_id)
    return Citation(
        n=n,
        anchor=unit.anchor_id,
        language=unit.language,
        label=label(unit.anchor, reader),
        quote=quote.text,
        start=quote.start,
        end=quote.end,
        text=unit.text,
        document=DocumentRef(
            document.doc_id,
            document.title(reader),
            document.short_title(reader),
            document.symbol,
            document.symbol_status,
        ),
        standing=tuple(note.get(reader) for note in library.standing(unit, document)),
        official=is_official(document, unit.language),
        score=quote.score,
    )


def is_official(document: Document, language: Language) -> bool:
    """Whether a document's text in a language is the official one."""
    return any(version.official for version in document.versions if version.language == language)


def cited_sentences(quotes: Sequence[Quoted]) -> Iterator[tuple[AnswerSentence, tuple[Quoted, ...]]]:
    """The sentences of the quotes in order, each citing its own, with those quotes that it is the first to cite.

    The first sentence of a quote that has a twin cites both.
    """
    n = 0
    for quote in quotes:
        own = (quote,) if quote.twin is None else (quote, quote.twin)
        first, *rest = _texts(quote)
        yield AnswerSentence(first, tuple(range(n + 1, n + len(own) + 1))), own
        for text in rest:
            yield AnswerSentence(text, (n + 1,)), ()
        n += len(own)


def _texts(quote: Quoted) -> list[str]:
    """The sentences of a quote; a list stays one, with its lines."""
    inside = [s for s in quote.unit.sentences if quote.start <= s.start and s.end <= quote.end]
    if not inside or "\n" in quote.text:
        return [quote.text]
    return [quote.unit.text[s.start : s.end] for s in inside]
