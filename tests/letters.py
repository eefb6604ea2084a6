"""A model and a library that one can check by eye."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from corpus.library import Library
from corpus.parse.spans import sentence_spans
from corpus.records import LANGUAGES, Bilingual, Document, Language, Unit, Version
from corpus.sync import add_document
from embeddings.model import Encoded

BINS = 32
NOTHING = Bilingual("", "")


class Letters:
    """A model one can check by eye: a vector counts the letters of a text in 32 bins; it reads 300 characters at once.

    Each letter is a token, whose state points along its bin; without ``tokens`` it is a model that has no states. It
    notes the texts it was given, and stops as if interrupted when it was given units more than ``patience`` times.
    """

    def __init__(self, fingerprint: str = "letters", patience: int = 1000, tokens: bool = True) -> None:
        self.fingerprint, self.patience, self.tokens = fingerprint, patience, tokens
        self.texts: list[str] = []

    def windows(self, text: str, context: str = "") -> Sequence[tuple[int, int]]:
        room = 300 - len(context)
        return [(start, min(start + room, len(text))) for start in range(0, len(text), room)]

    def encode_question(self, text: str) -> Encoded:
        counts = np.zeros(BINS, np.float32)
        np.add.at(counts, [ord(letter) % BINS for letter in text], 1.0)
        read = text if self.tokens else ""
        return Encoded(
            np.asarray(counts / np.linalg.norm(counts), np.float32),
            np.eye(BINS, dtype=np.float32)[[ord(letter) % BINS for letter in read]],
        )

    def encode_units(self, texts: Sequence[str], progress: bool = False) -> list[Encoded]:
        assert not progress
        if self.patience == 0:
            raise KeyboardInterrupt
        self.patience -= 1
        self.texts += texts
        return [self.encode_question(text) for text in texts]

    def encode_passages(self, texts: Sequence[str], progress: bool = False) -> NDArray[np.float32]:
        assert not progress
        self.texts += texts
        return np.array([self.encode_question(text).vector for text in texts], np.float32).reshape(-1, BINS)


def document_of(doc_id: str, languages: Sequence[Language] = LANGUAGES, name: Bilingual = NOTHING) -> Document:
    """A document of which nothing is known, or only its name."""
    return Document(
        doc_id, name, name, None, "unknown", "report", NOTHING, NOTHING, NOTHING, NOTHING, 2020, languages[0],
        versions=tuple(Version(language, f"{language}.txt", True, "") for language in languages),
    )  # fmt: skip


def paragraphs(doc_id: str, language: Language, texts: Sequence[str]) -> list[Unit]:
    """Paragraphs p1, p2 and so on of one language."""
    return [
        Unit(doc_id, f"p{n}", "paragraph", str(n), (), language, text, n, sentence_spans(text))
        for n, text in enumerate(texts, 1)
    ]


def add_texts(
    library: Library, doc_id: str, texts: Mapping[Language, Sequence[str]], name: Bilingual = NOTHING
) -> None:
    """Stores a document with a paragraph a text, in the languages given."""
    units = [unit for language, of in texts.items() for unit in paragraphs(doc_id, language, of)]
    add_document(library, document_of(doc_id, list(texts), name), units)


def ids_of(library: Library) -> dict[str, int]:
    """The row of each unit, by document, anchor and language: ``report#p1 zh``."""
    rows = library.connection.execute("SELECT doc_id || '#' || anchor || ' ' || language, id FROM units")
    return dict(rows.fetchall())
