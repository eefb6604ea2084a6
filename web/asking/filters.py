"""What a reader narrows the search to: documents, kinds, years, languages of the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from corpus.errors import QuestionError
from corpus.records import LANGUAGES, Document, Language
from web.strings import Words

_Few = Field(max_length=100)
_Name = Annotated[str, Field(max_length=200)]


class Filters(BaseModel):
    """The choices of a reader; an empty one narrows nothing."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    documents: Annotated[tuple[_Name, ...], _Few] = ()
    kinds: Annotated[tuple[_Name, ...], _Few] = ()
    years: Annotated[tuple[int, ...], _Few] = ()
    languages: Annotated[tuple[Language, ...], _Few] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing is narrowed."""
        return not (self.documents or self.kinds or self.years or self.languages)

    def among(self, documents: Sequence[Document]) -> tuple[str, ...]:
        """The ids of the documents that fit every choice; none where all do, which is how the assistant takes it.

        Raises:
            QuestionError: no document fits them all.
        """
        fitting = [document.doc_id for document in documents if self._fits(document)]
        if not fitting:
            raise QuestionError(
                "no document fits everything that the search is narrowed to",
                "one at least",
                "widen one of the choices",
                zh="没有文件同时符合所选的范围；请放宽一项",
            )
        return () if len(fitting) == len(documents) else tuple(fitting)

    def said(self, documents: Sequence[Document], words: Words) -> str:
        """The choices in the reader's words."""
        titles = {document.doc_id: document.short_title(words.language) for document in documents}
        parts = [
            *(titles[each] for each in self.documents if each in titles),
            *(kind_name(kind, words) for kind in self.kinds),
            *map(str, self.years),
            *(words.texts.chinese if code == "zh" else words.texts.english for code in self.languages),
        ]
        return words.site.list_stop.join(parts)

    def _fits(self, document: Document) -> bool:
        return (
            (not self.documents or any(name in self.documents for name in _names(document)))
            and (not self.kinds or document.kind in self.kinds)
            and (not self.years or document.year in self.years)
            and (not self.languages or bool({v.language for v in document.versions} & set(self.languages)))
        )


def _names(document: Document) -> tuple[str, ...]:
    """The ids that a document is and was chosen by."""
    return document.doc_id, *(former.doc_id for former in document.formerly)


@dataclass(frozen=True)
class Choices:
    """What there is to choose from, each with its value and its name in the reader's language."""

    documents: tuple[tuple[str, str], ...]
    kinds: tuple[tuple[str, str], ...]
    years: tuple[tuple[str, str], ...]
    languages: tuple[tuple[str, str], ...]


def choices(documents: Sequence[Document], words: Words) -> Choices:
    """What the documents of the library can be narrowed by."""
    kinds = dict.fromkeys(document.kind for document in documents)
    held = {version.language for document in documents for version in document.versions}
    return Choices(
        tuple((document.doc_id, document.short_title(words.language)) for document in documents),
        tuple((kind, kind_name(kind, words)) for kind in kinds),
        tuple((str(year), str(year)) for year in sorted({document.year for document in documents}, reverse=True)),
        tuple(
            (code, words.texts.chinese if code == "zh" else words.texts.english) for code in LANGUAGES if code in held
        ),
    )


def kind_name(kind: str, words: Words) -> str:
    """What the interface calls a kind of document."""
    return words.kinds.get(kind, words.kinds.other)
