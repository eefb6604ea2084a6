"""Citations and quotations as delegates write them, in the manner of either language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.answer import Citation
from corpus.anchors import labels, split_anchor_id
from corpus.records import Bilingual, Document, Language

OFFICIAL = Bilingual("联合国正式文本", "official United Nations text")
UNOFFICIAL = Bilingual("非正式工作译文，非联合国文本", "unofficial working translation, not a United Nations text")
#: What stands before and behind a quotation, the same in both languages.
QUOTATION_MARKS = ("“", "”")
_INFERRED = Bilingual("文号系推断", "symbol inferred")


def cite(document: Document, anchor: str | Sequence[str], convention: Language, *, official: bool) -> str:
    """A citation of one or several units of a document: CTOC/COP/WG.6/2020/4, para. 21; 2020年会议报告（…），第21段.

    A symbol that is inferred stands behind the title and says so. Where none is known the title stands alone, in
    English with its year where it does not say it: of what no symbol tells apart there may be one every year.

    Args:
        document: what is cited.
        anchor: ``dp10``, or several such, which are joined.
        convention: the language in whose manner it is written, whatever that of the text.
        official: whether the text cited is the United Nations' own; one that is not says so.

    Raises:
        ValueError: there is no anchor, or it follows no form of the grammar.
    """
    anchors = (anchor,) if isinstance(anchor, str) else anchor
    if not anchors:
        raise ValueError("a citation names no anchor; expected one or more such as p21 or dp10")
    where = labels(anchors, convention)
    if convention == "zh":
        return f"{_source_zh(document)}，{where}" + ("" if official else f"（{UNOFFICIAL.zh}）")
    return f"{_source_en(document)}, {where}" + ("" if official else f" ({UNOFFICIAL.en})")


def quotation(citation: Citation, document: Document, convention: Language, standing: Iterable[Bilingual]) -> str:
    """A quotation to paste into a note: the quote, its citation and what the text is worth, each on a line of its own.

    The quote is verbatim; quotation marks inside it stay as they are.

    Args:
        citation: what is quoted.
        document: the document it is quoted from.
        convention: the language in whose manner it is written, whatever that of the quote.
        standing: the notes on the unit, see :func:`corpus.anchors.standing_at`.
    """
    _, anchor = split_anchor_id(citation.anchor)
    source = cite(document, anchor, convention, official=citation.official)
    return "\n".join((citation.quote.join(QUOTATION_MARKS), source, *(note.get(convention) for note in standing)))


def _source_zh(document: Document) -> str:
    if document.symbol is None:
        return document.short_titles.zh
    inferred = "" if document.symbol_status == "confirmed" else f"，{_INFERRED.zh}"
    return f"{document.short_titles.zh}（{document.symbol}{inferred}）"


def _source_en(document: Document) -> str:
    title = document.titles.en[:1].upper() + document.titles.en[1:]
    if document.symbol is None:
        return title if str(document.year) in title else f"{title} ({document.year})"
    return document.symbol if document.symbol_status == "confirmed" else f"{title} ({document.symbol}, {_INFERRED.en})"
