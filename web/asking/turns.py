"""A question and what came of it, as the page draws it."""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.answer import Answer
from corpus.errors import RapporteurError
from corpus.records import LANGUAGES, Language
from web.asking.filters import Filters
from web.strings import strings


@dataclass(frozen=True)
class Failure:
    """Why there is no answer, in both languages."""

    zh: str
    en: str

    def message(self, language: Language) -> str:
        """The reason in the reader's language."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True)
class Gone:
    """A citation of an answer whose words are no longer in the library: its number and its place."""

    n: int
    anchor_id: str
    language: Language


@dataclass(frozen=True)
class Turn:
    """A question with its outcome; None while the documents are being searched.

    ``done`` is False while more sentences may come; ``changed`` says that the library no longer holds all that was
    quoted when the question was answered, and ``gone`` what of it; ``at`` is the moment of the answer in UTC, empty
    where a browser kept none; ``vote`` and ``comment`` are what the reader thought of it.
    """

    id: str
    question: str
    outcome: Answer | Failure | None = None
    filters: Filters = field(default_factory=Filters)
    done: bool = True
    changed: bool = False
    vote: str = ""
    comment: str = ""
    at: str = ""
    gone: tuple[Gone, ...] = ()

    @property
    def state(self) -> str:
        """``pending``, ``failed``, ``abstained`` or ``answered``."""
        if self.outcome is None:
            return "pending"
        if isinstance(self.outcome, Failure):
            return "failed"
        return "abstained" if self.outcome.abstained else "answered"


def failure_of(error: Exception) -> Failure:
    """What is said of an error: its own line where it was made for readers, else only that there was one."""
    if isinstance(error, RapporteurError):
        return Failure(*(error.message(language) for language in LANGUAGES))
    return Failure(*(strings(language).errors.internal for language in LANGUAGES))
