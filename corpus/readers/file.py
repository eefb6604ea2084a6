"""A delegate's own file becomes a reading.

Nothing of the file is parsed here. Its bytes are looked at, then a child process with limits of time and memory parses
them and answers in JSON.
"""

from __future__ import annotations

from corpus.readers.forms import form_of
from corpus.readers.process import parse_apart
from corpus.readers.reading import Reading
from corpus.readers.refusals import shown_name
from corpus.records import Language


def read_file(data: bytes, name: str, language: Language | None = None) -> Reading:
    """Reads a PDF, DOCX, HTML or text file in Chinese or English.

    Args:
        data: the file's bytes.
        name: its name, for messages and, where the text says nothing, for the symbol and the title.
        language: taken where the characters of the text do not tell its language.

    Raises:
        SourceError: the file cannot be read; each cause is an error of its own (see :mod:`corpus.errors`).
    """
    form = form_of(data, name)
    return parse_apart(data, form, shown_name(name), language)
