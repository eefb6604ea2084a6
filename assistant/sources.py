"""The texts that an answer keeps to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.errors import UnknownLanguageError
from corpus.library import Library
from corpus.records import LANGUAGES, Language


@dataclass(frozen=True)
class Sources:
    """The texts that may answer: of which documents, all where empty, in which languages."""

    documents: tuple[str, ...] = ()
    languages: tuple[Language, ...] = LANGUAGES

    @classmethod
    def chosen(cls, library: Library, documents: Sequence[str], languages: Sequence[Language]) -> Sources:
        """The texts of a library that a reader chose; of all documents, or in all languages, where none is chosen.

        Raises:
            UnknownDocumentError: a document is not in the library.
            UnknownLanguageError: a language is none that texts are in.
        """
        for doc_id in documents:
            library.document(doc_id)
        for language in languages:
            if language not in LANGUAGES:
                raise UnknownLanguageError(
                    f"there are no texts in {language!r}",
                    "zh or en",
                    "choose one of them, or none for both",
                    zh=f"没有语言为“{language}”的文本；应为 zh（中文）或 en（英文）；请从中选择，不选即为两种语言",
                )
        return cls(tuple(documents), tuple(each for each in LANGUAGES if each in languages) or LANGUAGES)

    @property
    def are_all(self) -> bool:
        """Whether nothing is left out."""
        return not self.documents and self.languages == LANGUAGES

    def among(self, documents: Sequence[str]) -> tuple[str, ...]:
        """Those of some documents that may answer."""
        return tuple(doc_id for doc_id in documents if not self.documents or doc_id in self.documents)

    def preferring(self, language: Language) -> tuple[Language, ...]:
        """The languages, that of the question first."""
        return tuple(sorted(self.languages, key=lambda each: each != language))


#: All texts of a library.
EVERYTHING = Sources()
