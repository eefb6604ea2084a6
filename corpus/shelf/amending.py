"""What is said of an added document, put right without a new file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from corpus.errors import ShelfError
from corpus.library import Library
from corpus.records import KINDS, Bilingual, Document, Language, Version
from corpus.rows import put_in_order, raise_generation, write_document, write_units
from corpus.shelf.description import Description, checked, same_symbol
from corpus.shelf.naming import new_document

_DAY = re.compile(r"(\d+)年(\d+)月(\d+)日")


@dataclass(frozen=True)
class Amended:
    """A document as it is described now, and how many of its units are indexed anew since their context changed."""

    document: Document
    units_written: int


def description_of_document(document: Document) -> Description:
    """What is said of a document, for its reader to correct: :func:`amend` with it changes nothing.

    A text that stands for a language which there is no version in is left empty there.
    """
    day = _DAY.fullmatch(document.dates.zh)
    held = {version.language for version in document.versions}
    return Description(
        titles=_own(document.titles, held),
        year=document.year,
        symbol=document.symbol,
        symbol_status=document.symbol_status,
        date=date(*map(int, day.groups())).isoformat() if day else "",
        session=_own(document.session, held),
        body=_own(document.body, held),
        kind=next((kind for kind in KINDS if kind == document.kind), "other"),
        official=all(version.official for version in document.versions),
        original_language=document.original_language,
        distribution=document.distribution,
        doc_id=document.doc_id,
    )


def amend(
    library: Library, doc_id: str, description: Description, official: Mapping[Language, bool] | None = None
) -> Amended:
    """Puts right what is said of an added document, in one transaction; its text and its address stay as they are.

    Args:
        library: where it is.
        doc_id: the document; ``description.doc_id`` is this or None.
        description: all that is said of it, as :func:`description_of_document` gives it; its ``official`` is not
            looked at.
        official: whether the text of a language is the United Nations' own; of those not named nothing changes.

    Raises:
        UnknownDocumentError: there is no such document.
        ShelfError: it ships with the project, a part is not of its form, or another document has the symbol.
        HomeError: the library cannot be written; it is as it was.
    """
    description = checked(description)
    with library.writing("the description", kept="the library is as it was") as connection:
        before = added_document(library, doc_id)
        _refuse(library, before, description)
        versions = tuple(
            replace(each, official=(official or {}).get(each.language, each.official)) for each in before.versions
        )
        after = described_as(before, description, versions)
        if after == before:
            return Amended(before, 0)
        write_document(connection, after, "", "added")
        mark_official(library, after)
        written, _ = write_units(connection, after, library.units(doc_id))
        put_in_order(connection)
        raise_generation(connection)
    return Amended(after, written)


def described_as(before: Document, description: Description, versions: tuple[Version, ...]) -> Document:
    """A document with these versions and all else as it is described."""
    after = new_document(before.doc_id, description, versions)
    named_the_same = (before.titles, before.symbol, before.year) == (after.titles, after.symbol, after.year)
    return replace(
        after,
        # What ran over several days cannot be described, and stays until it is given a day.
        dates=after.dates if description.date or _DAY.fullmatch(before.dates.zh) else before.dates,
        short_titles=before.short_titles if named_the_same else after.short_titles,
        place=before.place,
        aliases=before.aliases,
        standing=before.standing,
        formerly=before.formerly,
    )


def mark_official(library: Library, document: Document) -> None:
    """Says of the versions of a document which are official; to be called within a write transaction."""
    library.connection.executemany(
        "UPDATE versions SET official = ? WHERE doc_id = ? AND language = ?",
        [(version.official, document.doc_id, version.language) for version in document.versions],
    )


def added_document(library: Library, doc_id: str) -> Document:
    """A document that a delegate added.

    Raises:
        UnknownDocumentError: there is no such document.
        ShelfError: it ships with the project.
    """
    document = library.document(doc_id)
    (origin,) = library.connection.execute("SELECT origin FROM documents WHERE doc_id = ?", (doc_id,)).fetchone()
    if origin == "bundled":
        raise ShelfError(
            f"{doc_id} ships with the project, and what is said of it comes with it", "a document that was added",
            "choose another document, or add a file of your own under another id",
            zh=f"{doc_id} 随程序附带，其著录信息以程序所附为准；应为自行添加的文件；请选择其他文件，或另设编号添加文件",
        )  # fmt: skip
    return document


def _refuse(library: Library, before: Document, description: Description) -> None:
    if description.doc_id not in (None, before.doc_id):
        raise ShelfError(
            f"the id {description.doc_id} for {before.doc_id}", "the id that it has: it is in every citation",
            "keep the id, or add the file again under the other one",
            zh=f"{before.doc_id} 的编号不能改为 {description.doc_id}，因为引文以编号为准；应保留原编号；"
            "请保留原编号，或以新编号重新添加",
        )  # fmt: skip
    if same_symbol(before.symbol, description.symbol):
        return
    other = next((each for each in library.documents() if same_symbol(each.symbol, description.symbol)), None)
    if other:
        raise ShelfError(
            f"{other.doc_id} has the symbol {description.symbol} already", "a symbol that no other document has",
            f"correct the symbol, or make the two one: python -m corpus pair {other.doc_id} {before.doc_id}",
            zh=f"{other.doc_id} 已使用文号 {description.symbol}；每份文件应有各自的文号；"
            f"请更正文号，如两者为同一文件的两种语文，请将两者合并",
        )  # fmt: skip


def _own(text: Bilingual, held: set[Language]) -> Bilingual:
    if text.zh != text.en or len(held) != 1:
        return text
    return Bilingual(text.zh if "zh" in held else "", text.en if "en" in held else "")
