"""One tree of errors for every stage; each says what was found, what was expected and what to do.

RapporteurError
├── CorpusError        a document that cannot become units
│   ├── MetaError      its meta.yaml
│   ├── SourceError    its bytes
│   │   ├── FileTooLargeError, TooManyPagesError, UnpacksTooFarError     more than is read
│   │   ├── WrongKindError, EncryptedFileError, DamagedFileError, UnsafeFileError   no file that can be read
│   │   ├── EmptyFileError, NoTextError, GarbledTextError                no text in it
│   │   └── ReadingTimeError, ReadingMemoryError, ReadingCrashError      reading it came to no end
│   └── ParseError     its text
├── LibraryError       the SQLite library
│   ├── HomeError      its folder or file cannot be used
│   ├── UnknownDocumentError
│   ├── UnknownAnchorError
│   ├── UnknownVersionError
│   ├── UnknownLanguageError
│   ├── UnknownItemError
│   ├── SpanError      a quote that does not stand in its unit
│   ├── UnknownActorError  nobody of that name is known
│   └── ShelfError     a document that cannot be added, removed, brought back, or carried over
├── ModelError         the embedding model
├── LanguageModelError  a language model that is not set up, or does not answer
├── SnapshotError      an index folder that cannot be trusted
│   ├── StaleSnapshotError  it is whole, and of an earlier state of the library
│   └── VectorServerError   vectors kept on a server that does not answer, or not as it should
├── ClusterError       a Ray cluster that cannot be encoded on
├── QuestionError      a question that cannot be asked
│   └── TopicError     a briefing note that is asked for on nothing, or on two things
├── ComparisonError    two documents that cannot be compared
├── OutputError        a file that cannot be written where it is asked for
└── FeedbackError      something said of an answer that cannot be kept
"""

from __future__ import annotations


class RapporteurError(Exception):
    """An error for its reader: one line of what was found, what was expected and what to do.

    ``zh`` is the same line in Chinese, given where a delegate can meet the error in the browser.
    """

    def __init__(self, found: str, expected: str, remedy: str, zh: str | None = None) -> None:
        super().__init__(found, expected, remedy)
        self.found, self.expected, self.remedy, self._zh = found, expected, remedy, zh

    def __str__(self) -> str:
        return f"{self.found}; expected {self.expected}; {self.remedy}"

    def message(self, language: str) -> str:
        """The line in the reader's language; English where no Chinese one was given."""
        return self._zh if language == "zh" and self._zh else str(self)


class CorpusError(RapporteurError):
    """A document cannot become units."""


class MetaError(CorpusError):
    """A meta.yaml is missing, malformed or says something unknown."""


class SourceError(CorpusError):
    """A file's bytes are not readable text."""


class FileTooLargeError(SourceError):
    """A file has more bytes than are read."""


class TooManyPagesError(SourceError):
    """A PDF has more pages than are read."""


class UnpacksTooFarError(SourceError):
    """A packed file unpacks to more than is read."""


class WrongKindError(SourceError):
    """A file is of a kind that is not read, whatever its name says."""


class EncryptedFileError(SourceError):
    """A file needs a password."""


class DamagedFileError(SourceError):
    """A file is of a kind that is read, but broken or cut short."""


class UnsafeFileError(SourceError):
    """A file asks its reader to fetch or expand something that a document does not need."""


class EmptyFileError(SourceError):
    """A file holds nothing, or a byte order mark alone."""


class NoTextError(SourceError):
    """A file has no text in it, only pictures or blanks."""


class GarbledTextError(SourceError):
    """Too many of a file's characters cannot be read in any encoding known."""


class ReadingTimeError(SourceError):
    """Reading a file took longer than it may."""


class ReadingMemoryError(SourceError):
    """Reading a file took more memory than it may."""


class ReadingCrashError(SourceError):
    """The process that read a file died of it."""


class ParseError(CorpusError):
    """A text does not follow the grammar of its kind of document."""


class LibraryError(RapporteurError):
    """The library cannot do what was asked."""


class HomeError(LibraryError):
    """The folder of the library, or its file, cannot be used."""


class UnknownDocumentError(LibraryError):
    """No document of that id is in the library."""


class UnknownAnchorError(LibraryError):
    """The document has no such unit."""


class UnknownVersionError(LibraryError):
    """The unit has no text in that language."""


class UnknownLanguageError(LibraryError):
    """No text is in that language."""


class UnknownItemError(LibraryError):
    """No agenda has an item of that number."""


class SpanError(LibraryError):
    """A quote is empty, or not within the text of its unit."""


class UnknownActorError(LibraryError):
    """Nobody is called so: no State, group, organisation or official, and nobody whom a document names."""


class ShelfError(LibraryError):
    """A document cannot be added, removed, brought back, or carried from one library to another."""


class ModelError(RapporteurError):
    """The embedding model cannot be loaded or verified."""


class LanguageModelError(RapporteurError):
    """The language model of the environment is not set up as it must be, or its server does not answer.

    It never holds a key, nor what a server said of one.
    """


class SnapshotError(RapporteurError):
    """An index snapshot is missing, torn or of another model; it is rebuilt, never trusted."""


class StaleSnapshotError(SnapshotError):
    """An index snapshot is of another generation than the library; the documents changed since it was built."""


class VectorServerError(SnapshotError):
    """The server that keeps the vectors does not answer in time, or what it holds is not what is searched there.

    It never holds a name, password or token.
    """


class ClusterError(RapporteurError):
    """The Ray cluster to encode on does not answer, or its workers fail."""


class QuestionError(RapporteurError):
    """The question is empty, holds nothing to look for, or is too long."""


class TopicError(QuestionError):
    """A briefing note is asked for without a topic, or with a topic and an agenda item."""


class ComparisonError(RapporteurError):
    """Two documents cannot be compared."""


class OutputError(RapporteurError):
    """A file cannot be written where it is asked for."""


class FeedbackError(RapporteurError):
    """What was said of an answer is too long, or not of the form that is kept."""
