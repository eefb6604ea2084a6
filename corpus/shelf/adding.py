"""A file that was read becomes a version of a document: a new one, another language of one, or in the place of one."""

from __future__ import annotations

import hashlib
import sqlite3
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from corpus.errors import HomeError, ShelfError
from corpus.library import Library
from corpus.readers.reading import Reading
from corpus.records import Bilingual, Document, Language, SymbolStatus, Unit, Version
from corpus.rows import ADDED, Source, put_in_order, raise_generation, write_document, write_units, write_versions
from corpus.shelf.description import Description, checked, same_symbol, shown
from corpus.shelf.files import keep_file
from corpus.shelf.naming import new_document, new_id
from corpus.shelf.owners import mark_of, owned
from corpus.shelf.upkeep import keep_up
from corpus.shelf.versions import version_of_content, versions_of

#: What adding does: a new document, another language of one, a version in the place of one, or nothing, for the
#: library holds these bytes.
Outcome = Literal["new", "paired", "replaced", "held"]
_LONGEST_NAME = 200


@dataclass(frozen=True)
class Added:
    """What came of adding a file, or would come of it.

    ``replaces_unofficial`` says that an official text takes the place of an unofficial one. Where the document has
    another language, ``only_here`` and ``only_there`` are the anchors that one of the two lacks.
    """

    doc_id: str
    language: Language
    outcome: Outcome
    units: int
    units_written: int = 0
    units_deleted: int = 0
    replaces_unofficial: bool = False
    only_here: tuple[str, ...] = ()
    only_there: tuple[str, ...] = ()


def foresee(library: Library, reading: Reading, description: Description, data: bytes, owner: str = "") -> Added:
    """What adding would do, without doing it; ``owner`` is as in :func:`add_version`.

    Raises:
        ShelfError: it would be refused; the message says why.
    """
    with library.reading():
        return _plan(library, reading, checked(description), hashlib.sha256(data).hexdigest(), owner)


def add_version(
    library: Library, reading: Reading, description: Description, data: bytes, name: str, owner: str = ""
) -> Added:
    """Stores what was read of a file, and the file, in one transaction; the next answer may cite it.

    A document is meant by ``description.doc_id``, else by its symbol; where none is, a new one is made. Units that are
    the same keep their rows and vectors. Bytes that the library holds already change nothing.

    Args:
        library: where it goes.
        reading: what was read of the file.
        description: what its reader confirmed of it.
        data: the bytes of the file.
        name: what the file is called, to be shown.
        owner: whose document it is alone; shared by all where empty. It is a version only of a document of the same
            owner, and is held only where a document of theirs or a shared one has it: nothing tells of what others
            own. The id of a new document of an owner ends in figures of theirs.

    Raises:
        ShelfError: it cannot be added so; the message says why.
        HomeError: the library cannot be written; it is as it was.
    """
    description = checked(description)
    sha256 = hashlib.sha256(data).hexdigest()
    _refuse_unfit(reading)
    try:
        with library.writing("the document", kept="the library is as it was") as connection:
            plan = _plan(library, reading, description, sha256, owner)
            if plan.outcome == "held":
                return plan
            written, deleted = _write(connection, library, reading, description, plan, sha256, name, owner)
            keep_file(library.folder, data)
    except HomeError:
        keep_up(library.folder, library.connection)
        raise
    keep_up(library.folder, library.connection)
    return replace(plan, units_written=written, units_deleted=deleted)


def _refuse_unfit(reading: Reading) -> None:
    if not reading.units:
        raise ShelfError(
            "the file has no paragraph that can be cited", "one at least", "add a file with text in it",
            zh="文件中没有可引用的段落；应至少有一段；请添加含有文字的文件",
        )  # fmt: skip
    doubled = [anchor for anchor, count in Counter(unit.anchor for unit in reading.units).items() if count > 1]
    if doubled:
        raise ShelfError(
            f"two paragraphs have the anchor {doubled[0]}",
            "one paragraph an anchor", "mend the numbering of the file",
            zh=f"有两个段落的编号同为 {doubled[0]}；每段应有各自的编号；请检查文件的编号",
        )  # fmt: skip


def _plan(library: Library, reading: Reading, description: Description, sha256: str, owner: str) -> Added:
    held = version_of_content(library, sha256, {"", owner})
    if held:
        return Added(held.doc_id, held.language, "held", len(reading.units))
    document = _meant(library, description, owner)
    if document is None:
        doc_id = _free_id(library, description, owner)
        return Added(doc_id, reading.language, "new", len(reading.units))
    there = next((v for v in document.versions if v.language == reading.language), None)
    if there and there.official and not description.official:
        raise ShelfError(
            f"{document.doc_id} has an official text in this language, and this file is not official",
            "an official file, or another document",
            "add it as official, or as a document of its own with another id",
            zh=f"{document.doc_id} 已有该语文的正式文本，而此文件为非正式文本；应为正式文本或另一份文件；"
            "请按正式文本添加，或另设编号单独添加",
        )
    by_symbol = description.doc_id is None
    if there and there.official and by_symbol and _is_bundled(library, document.doc_id, there.language):
        raise ShelfError(
            f"{document.doc_id}, which has this symbol, ships with the project with its official text in this language",
            "another document, or word that it is to be replaced",
            f"give the id {document.doc_id} to replace the text, or another id to add it beside",
            zh=f"{document.doc_id} 文号相同，且已随程序附带该语文的正式文本；应为另一份文件，或明确要求替换；"
            f"如要替换，请指明编号 {document.doc_id}；如要另存，请另设编号",
        )
    others = {u.anchor for v in document.versions if v.language != reading.language
              for u in library.units(document.doc_id, v.language)}  # fmt: skip
    own = [unit.anchor for unit in reading.units]
    return Added(
        document.doc_id,
        reading.language,
        "replaced" if there else "paired",
        len(own),
        replaces_unofficial=bool(there and not there.official and description.official),
        only_here=tuple(anchor for anchor in own if anchor not in others) if others else (),
        only_there=tuple(sorted(others - set(own))),
    )


def _is_bundled(library: Library, doc_id: str, language: Language) -> bool:
    return any(v.language == language and v.origin == "bundled" for v in versions_of(library, doc_id))


def _free_id(library: Library, description: Description, owner: str) -> str:
    """An id for a new document, which none has that is there, and none of another owner that may come back."""
    taken = "SELECT doc_id FROM documents UNION SELECT doc_id FROM removed WHERE owner <> ?"
    others = {row[0] for row in library.connection.execute(taken, (owner,))}
    # What cites a document that was made one with another still says its id.
    others |= {former.doc_id for document in library.documents() for former in document.formerly}
    if owner:
        return new_id(description, others, mark_of(library, owner))
    if description.doc_id is None or description.doc_id in others:
        return new_id(description, others)
    return description.doc_id


def _meant(library: Library, description: Description, owner: str) -> Document | None:
    documents = owned(library, owner)
    if description.doc_id:
        present = library.present_id(description.doc_id)
        return next((document for document in documents if document.doc_id == present), None)
    return next((document for document in documents if same_symbol(document.symbol, description.symbol)), None)


def _write(
    connection: sqlite3.Connection, library: Library, reading: Reading, description: Description, plan: Added,
    sha256: str, name: str, owner: str,
) -> tuple[int, int]:  # fmt: skip
    doc_id, language = plan.doc_id, plan.language
    version = Version(language, shown(name)[:_LONGEST_NAME], description.official, "")
    if plan.outcome == "new":
        document, content_hash, origin = new_document(doc_id, description, (version,)), "", ADDED
        others: list[Unit] = []
        # What was removed under this id has a successor.
        connection.execute("DELETE FROM removed WHERE doc_id = ?", (doc_id,))
    else:
        before = library.document(doc_id)
        content_hash, origin = connection.execute(
            "SELECT content_hash, origin FROM documents WHERE doc_id = ?", (doc_id,)
        ).fetchone()
        document = _with_version(before, description, version, bundled=origin == "bundled")
        others = [u for v in before.versions if v.language != language for u in library.units(doc_id, v.language)]
    write_document(connection, document, content_hash, origin, owner)
    write_versions(connection, document, [Source(language, sha256, version.file)], ADDED)
    counts = write_units(connection, document, [*_owned(reading.units, doc_id), *others])
    put_in_order(connection)
    raise_generation(connection)
    return counts


def _owned(units: Sequence[Unit], doc_id: str) -> list[Unit]:
    return [replace(unit, doc_id=doc_id) for unit in units]


def _with_version(before: Document, description: Description, version: Version, *, bundled: bool) -> Document:
    """A document with one version more, or in the place of another; what ships with the project is else the same.

    Each title is that of its language's version, where there is one.
    """
    kept = [each for each in before.versions if each.language != version.language]
    versions = tuple(sorted((*kept, version), key=lambda each: each.language))
    if bundled:
        return replace(before, versions=versions)
    held = {each.language for each in kept}
    titles = Bilingual(
        before.titles.zh if "zh" in held else description.titles.zh,
        before.titles.en if "en" in held else description.titles.en,
    )
    after = new_document(before.doc_id, replace(description, titles=titles), versions)
    return replace(
        after,
        symbol=after.symbol or before.symbol,
        symbol_status=surer_symbol(before, after),
        kind=before.kind if after.kind == "other" else after.kind,
        body=after.body if after.body.zh else before.body,
        session=after.session if after.session.zh else before.session,
        dates=after.dates if after.dates.zh else before.dates,
        original_language=after.original_language or before.original_language,
        distribution=after.distribution or before.distribution,
        formerly=before.formerly,
    )


def surer_symbol(before: Document, after: Document) -> SymbolStatus:
    """The status of a symbol that was described twice: what was confirmed once stays so."""
    if after.symbol is None or (before.symbol_status == "confirmed" and same_symbol(before.symbol, after.symbol)):
        return before.symbol_status
    return after.symbol_status
