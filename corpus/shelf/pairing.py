"""Two documents that are two languages of one are made one, and parted again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from corpus.errors import ShelfError
from corpus.from_rows import document_from_json, document_to_json
from corpus.library import Library
from corpus.numbers import chinese_numbers, english_numbers
from corpus.records import Bilingual, Document, Former, Language, Unit, Version
from corpus.rows import move_units, put_in_order, raise_generation, write_document, write_units
from corpus.shelf.adding import surer_symbol
from corpus.shelf.amending import added_document, described_as, description_of_document
from corpus.shelf.description import same_symbol
from corpus.shelf.owners import owner_of

# Shorter ones may be a month's name or a word in the other language.
_SHORTEST_FIGURE = 3


@dataclass(frozen=True)
class Paired:
    """A document of two languages: the anchors that one lacks, and those under which the two plainly differ.

    ``only_here`` are of the document that stays, ``only_there`` of the one that became a version of it. ``differing``
    are the anchors whose units are of another kind or number, have another count of listed parts, or other figures.
    """

    document: Document
    only_here: tuple[str, ...]
    only_there: tuple[str, ...]
    differing: tuple[str, ...]


def pair(library: Library, doc_id: str, other_id: str) -> Paired:
    """Makes an added document a language version of another, in one transaction; :func:`unpair` parts them again.

    The text keeps its vectors. What cites the other document by its id leads to this one from then on.

    Raises:
        UnknownDocumentError: there is no such document.
        ShelfError: they are in the same language, are official under differing symbols, or ship with the project.
        HomeError: the library cannot be written; it is as it was.
    """
    with library.writing("the two documents", kept="the library is as it was") as connection:
        here, there = added_document(library, doc_id), added_document(library, other_id)
        _refuse(here, there)
        if owner_of(library, doc_id) != owner_of(library, other_id):
            raise ShelfError(
                f"{doc_id} and {other_id} are not the same reader's",
                "two documents that are shared, or one reader's own", "share the one that is not",
                zh=f"{doc_id} 与 {other_id} 不属于同一用户；应同为共用文件，或同属一人；请先共用其中不共用的文件",
            )  # fmt: skip
        own, others = library.units(doc_id), library.units(other_id)
        document = _one(here, there)
        write_document(connection, document, "", "added")
        connection.execute("UPDATE versions SET doc_id = ? WHERE doc_id = ?", (doc_id, other_id))
        move_units(connection, there, document, others)
        connection.execute("DELETE FROM documents WHERE doc_id = ?", (other_id,))
        write_units(connection, document, [*own, *(replace(unit, doc_id=doc_id) for unit in others)])
        put_in_order(connection)
        raise_generation(connection)
    mine, theirs = ({unit.anchor: unit for unit in units} for units in (own, others))
    return Paired(
        document,
        tuple(anchor for anchor in mine if anchor not in theirs),
        tuple(anchor for anchor in theirs if anchor not in mine),
        tuple(anchor for anchor in mine if anchor in theirs and plainly_differ(mine[anchor], theirs[anchor])),
    )


def unpair(library: Library, doc_id: str, language: Language | None = None) -> Document:
    """Parts a document that was paired: gives the one that it was made one with, under its own id again.

    Both are described as they were before they were paired; what was corrected since of the pair is not kept.

    Args:
        library: where they are.
        doc_id: the document that stayed.
        language: of the version that leaves; where None, the one that was paired last.

    Raises:
        UnknownDocumentError: there is no such document.
        ShelfError: it has no version that was paired, or the id is taken.
        HomeError: the library cannot be written; it is as it was.
    """
    with library.writing("the two documents", kept="the library is as it was") as connection:
        document = added_document(library, doc_id)
        former = next((each for each in reversed(document.formerly) if language in (None, each.language)), None)
        leaving = [each for each in document.versions if former and each.language == former.language]
        staying = tuple(each for each in document.versions if each not in leaving)
        if former is None or not leaving or not staying:
            raise ShelfError(
                f"{doc_id} has no text that was a document of its own", "a document that was paired",
                "remove the text of one language and add its file again under another id",
                zh=f"{doc_id} 的文本均非由另一文件合并而来；应为曾经合并的文件；"
                "如要分开，请移除其中一种语文的文本，再另设编号添加",
            )  # fmt: skip
        if former.doc_id in {each.doc_id for each in library.documents()}:
            raise ShelfError(
                f"there is a document {former.doc_id} again", "its id to be free", "remove that document first",
                zh=f"文件库中又有了编号为 {former.doc_id} 的文件；该编号应未被使用；请先移除该文件",
            )  # fmt: skip
        units = library.units(doc_id, former.language)
        own = [unit for unit in library.units(doc_id) if unit.language != former.language]
        there = replace(document_from_json(former.record), versions=tuple(leaving))
        here = replace(
            document_from_json(former.into),
            versions=staying,
            formerly=tuple(each for each in document.formerly if each is not former),
        )
        write_document(connection, there, "", "added", owner_of(library, doc_id))
        connection.execute(
            "UPDATE versions SET doc_id = ? WHERE doc_id = ? AND language = ?",
            (there.doc_id, doc_id, former.language),
        )
        write_document(connection, here, "", "added")
        move_units(connection, replace(document, versions=tuple(leaving)), there, units)
        write_units(connection, here, own)
        write_units(connection, there, [replace(unit, doc_id=there.doc_id) for unit in units])
        put_in_order(connection)
        raise_generation(connection)
    return there


def plainly_differ(one: Unit, other: Unit) -> bool:
    """Whether two units under one anchor cannot be two languages of one paragraph, by what languages share.

    Figures of three digits and more differ where each text has one that the other lacks: one alone may be written out.
    """
    mine, theirs = _figures(one), _figures(other)
    return (
        (one.kind, one.number) != (other.kind, other.number)
        or len(one.subitems) != len(other.subitems)
        or bool(mine - theirs and theirs - mine)
    )


def _figures(unit: Unit) -> frozenset[str]:
    """The long numbers of a text, whether in figures or in words."""
    found = chinese_numbers(unit.text) if unit.language == "zh" else english_numbers(unit.text)
    return frozenset(number for number in found if number.isdigit() and len(number) >= _SHORTEST_FIGURE)


def _refuse(here: Document, there: Document) -> None:
    if here.doc_id == there.doc_id:
        raise ShelfError(
            f"{here.doc_id} twice", "two documents", "name the other one",
            zh=f"两次所指均为 {here.doc_id}；应为两份文件；请指明另一份文件",
        )  # fmt: skip
    both = sorted({v.language for v in here.versions} & {v.language for v in there.versions})
    if both:
        raise ShelfError(
            f"{here.doc_id} and {there.doc_id} are both in {both[0]}", "two languages of one document",
            "remove one of the two, or keep them apart",
            zh=f"{here.doc_id} 与 {there.doc_id} 有同一语文的文本；应为同一文件的两种语文；请移除其中之一，或不作合并",
        )  # fmt: skip
    official = all(version.official for version in (*here.versions, *there.versions))
    if official and here.symbol and there.symbol and not same_symbol(here.symbol, there.symbol):
        raise ShelfError(
            f"{here.doc_id} and {there.doc_id} are official under the symbols {here.symbol} and {there.symbol}",
            "one symbol", "correct a symbol first, if it is wrong",
            zh=f"{here.doc_id} 与 {there.doc_id} 均为正式文本，文号分别为 {here.symbol} 和 {there.symbol}；"
            "文号应相同；如有误，请先更正文号",
        )  # fmt: skip


def _one(here: Document, there: Document) -> Document:
    """The document of both: the texts of each language are that language's, all else is of the first that says it."""
    by_language = {version.language: each for each in (here, there) for version in each.versions}
    mine, theirs = description_of_document(here), description_of_document(there)
    description = replace(
        mine,
        titles=_of_each(by_language, "titles"),
        session=_of_each(by_language, "session"),
        body=_of_each(by_language, "body"),
        symbol=mine.symbol or theirs.symbol,
        symbol_status=surer_symbol(here, there) if mine.symbol else theirs.symbol_status,
        date=mine.date or theirs.date,
        year=mine.year if mine.date or not theirs.date else theirs.year,
        kind=theirs.kind if mine.kind == "other" else mine.kind,
        original_language=mine.original_language or theirs.original_language,
        distribution=mine.distribution or theirs.distribution,
    )
    versions: list[Version] = sorted((*here.versions, *there.versions), key=lambda each: each.language)
    formers = tuple(
        Former(there.doc_id, version.language, document_to_json(there), document_to_json(here))
        for version in there.versions
    )
    return replace(
        described_as(here, description, tuple(versions)),
        aliases=tuple(dict.fromkeys((*here.aliases, *there.aliases))),
        standing=(*here.standing, *there.standing),
        formerly=(*here.formerly, *there.formerly, *formers),
    )


def _of_each(by_language: Mapping[Language, Document], name: str) -> Bilingual:
    said: dict[str, str] = {
        language: getattr(document, name).get(language) for language, document in by_language.items()
    }
    return Bilingual(said.get("zh", ""), said.get("en", ""))
