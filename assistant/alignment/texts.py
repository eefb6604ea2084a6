"""The texts that are compared: the points of two documents in the languages that both have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.citations import is_official
from corpus.errors import ComparisonError
from corpus.library import Library
from corpus.records import LANGUAGES, Bilingual, Document, Language, Unit, UnitKind
from corpus.shelf.versions import versions_of

#: Kinds of unit that say something: not the heading block, and not the rows of a timetable.
_CONTENT: frozenset[UnitKind] = frozenset(
    {"paragraph", "discussion_point", "preambular", "operative", "item", "item_paragraph", "unnumbered"}
)
_NAMES: dict[Language, Bilingual] = {"zh": Bilingual("中文", "Chinese"), "en": Bilingual("英文", "English")}


@dataclass(frozen=True)
class Texts:
    """Two documents and, for each language that both have, the points of either; the same points in each language.

    ``language`` is that of the texts which are shown.
    """

    a: Document
    b: Document
    language: Language
    units: Mapping[Language, tuple[tuple[Unit, ...], tuple[Unit, ...]]]

    @property
    def shown(self) -> tuple[tuple[Unit, ...], tuple[Unit, ...]]:
        """The points in the language that is shown."""
        return self.units[self.language]


def texts_of(library: Library, a: str, b: str, language: Language | None) -> Texts:
    """The texts of two documents.

    Raises:
        UnknownDocumentError: there is no such document.
        ComparisonError: it is one document, or no language has the text of both.
    """
    ours, theirs = (library.document(library.present_id(doc_id)) for doc_id in (a, b))
    if ours.doc_id == theirs.doc_id:
        raise _one_document(library, ours)
    common = [each for each in LANGUAGES if each in _languages(ours) and each in _languages(theirs)]
    units = {each: tuple(_points(library, d, each) for d in (ours, theirs)) for each in common}
    units = {each: sides for each, sides in units.items() if all(sides)}
    if not units:
        raise _no_language(ours, theirs)
    shown = language if language in units else max(units, key=lambda each: _officials((ours, theirs), each))
    # In another language a document may lack some of its paragraphs; only what is shown is compared.
    wanted = [[unit.anchor for unit in side] for side in units[shown]]
    same = {
        each: (sides[0], sides[1])
        for each, sides in units.items()
        if [[unit.anchor for unit in side] for side in sides] == wanted
    }
    return Texts(ours, theirs, shown, same)


def _points(library: Library, document: Document, language: Language) -> tuple[Unit, ...]:
    return tuple(unit for unit in library.units(document.doc_id, language) if unit.kind in _CONTENT)


def _languages(document: Document) -> Sequence[Language]:
    return [version.language for version in document.versions]


def _officials(documents: Sequence[Document], language: Language) -> int:
    return sum(is_official(document, language) for document in documents)


def _one_document(library: Library, document: Document) -> ComparisonError:
    """Of a document that was replaced the earlier text is not kept, which its reader should know."""
    replaced = [version for version in versions_of(library, document.doc_id) if version.replaced_at]
    if replaced:
        day = max(version.replaced_at for version in replaced)[:10]
        return ComparisonError(
            f"{document.doc_id} twice, whose text was replaced on {day}", "two documents",
            "the earlier text is not kept: add the earlier draft as a document with an id of its own",
            zh=f"两次选择了同一份文件（{document.doc_id}），其文本已于{day}被替换；应为两份文件；"
            "替换前的文本未予保留，请将旧稿另行添加为一份文件",
        )  # fmt: skip
    return ComparisonError(
        f"{document.doc_id} twice", "two documents", "name another one; see python -m corpus list",
        zh=f"两次选择了同一份文件（{document.doc_id}）；应为两份不同的文件；请另选一份",
    )  # fmt: skip


def _no_language(a: Document, b: Document) -> ComparisonError:
    def named(document: Document, reader: Language) -> str:
        joint = "和" if reader == "zh" else " and "
        return joint.join(_NAMES[each].get(reader) for each in _languages(document))

    return ComparisonError(
        f"{a.doc_id} in {named(a, 'en')} and {b.doc_id} in {named(b, 'en')} only", "a language that both are in",
        "add one of them in the language of the other",
        zh=f"{a.doc_id} 仅有{named(a, 'zh')}文本，{b.doc_id} 仅有{named(b, 'zh')}文本；应有一种共同的语言；"
        "请添加其中一份文件的另一语言文本",
    )  # fmt: skip
