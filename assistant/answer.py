"""What the assistant gives back: answers, citations, hits. ``to_dict`` is the public JSON form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from corpus.records import Document, Language, Unit

Mode = Literal["extractive", "llm"]

#: What a language model that is configured fell short of. Nothing that it wrote stood (``unsupported``), it did not
#: answer (``failed``) or is left alone for a while after that (``resting``): the answer is extractive. It broke off
#: (``cut``): what had come stands.
Shortfall = Literal["unsupported", "failed", "resting", "cut"]


@dataclass(frozen=True)
class DocumentRef:
    """The document of a citation, as a reader needs it named; ``short_title`` is for lists on a page."""

    id: str
    title: str
    short_title: str
    symbol: str | None
    symbol_status: str

    def to_dict(self) -> dict[str, Any]:
        return {"id": self.id, "title": self.title, "symbol": self.symbol, "symbol_status": self.symbol_status}


@dataclass(frozen=True)
class Citation:
    """A verbatim quote and the unit it stands in: ``text[start:end] == quote``, always."""

    n: int
    anchor: str
    language: Language
    label: str
    quote: str
    start: int
    end: int
    text: str
    document: DocumentRef
    standing: tuple[str, ...]
    official: bool
    score: float

    def to_dict(self) -> dict[str, Any]:
        return {
            "n": self.n,
            "anchor": self.anchor,
            "language": self.language,
            "label": self.label,
            "quote": self.quote,
            "start": self.start,
            "end": self.end,
            "text": self.text,
            "document": self.document.to_dict(),
            "standing": list(self.standing),
            "official": self.official,
            "score": round(self.score, 6),
        }


@dataclass(frozen=True)
class AnswerSentence:
    """One sentence of an answer with the numbers of the citations that support it."""

    text: str
    citations: tuple[int, ...]

    def to_dict(self) -> dict[str, Any]:
        return {"text": self.text, "citations": list(self.citations)}


@dataclass(frozen=True)
class Answer:
    """An answer: cited sentences, or an abstention with its reason and leads.

    ``understood`` is the question as it was read with the earlier turns, None where none of them changed it; ``notes``
    are what a reader must know besides: a number that is not there, statements that disagree. ``confidence`` says how
    likely the documents answer, 0 to 1; below a threshold there is an abstention. ``compared`` says that the question
    sets texts side by side: the first two citations are two of them. ``removed`` are sentences of a language model that
    what they cite does not support: no part of the answer. ``shortfall`` says what a model that is configured fell
    short of, and ``rewritten`` is the question in its words, where the answer was found by those.
    """

    question: str
    language: Language
    mode: Mode
    abstained: bool
    reason: str | None
    sentences: tuple[AnswerSentence, ...]
    citations: tuple[Citation, ...]
    leads: tuple[Citation, ...] = ()
    timings_ms: Mapping[str, float] = field(default_factory=dict)
    confidence: float = 1.0
    understood: str | None = None
    notes: tuple[str, ...] = ()
    compared: bool = False
    removed: tuple[str, ...] = ()
    shortfall: Shortfall | None = None
    rewritten: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """The contract of ``python -m assistant ask --json``.

        Always the same keys; after them ``understood`` (a string) where an earlier turn changed the question, and
        ``notes`` (a list of strings) where there are any. Of a language model, where it applies: how many sentences
        were ``removed``, its ``shortfall``, and the question as ``rewritten``.
        """
        contract: dict[str, Any] = {
            "question": self.question,
            "language": self.language,
            "mode": self.mode,
            "abstained": self.abstained,
            "reason": self.reason,
            "sentences": [s.to_dict() for s in self.sentences],
            "citations": [c.to_dict() for c in self.citations],
            "leads": [c.to_dict() for c in self.leads],
            "timings_ms": {name: round(ms, 1) for name, ms in self.timings_ms.items()},
        }
        if self.understood:
            contract["understood"] = self.understood
        if self.notes:
            contract["notes"] = list(self.notes)
        if self.removed:
            contract["removed"] = len(self.removed)
        if self.shortfall:
            contract["shortfall"] = self.shortfall
        if self.rewritten:
            contract["rewritten"] = self.rewritten
        return contract


@dataclass(frozen=True)
class EarlierTurn:
    """What a later question leans on of an earlier turn, for who kept it; an answer itself does as well.

    ``understood`` is the question as it was read, None where as it was asked; ``cited`` are the anchor ids that the
    answer cited, in order. Anchors that the library does not hold are passed over.
    """

    question: str
    understood: str | None = None
    cited: tuple[str, ...] = ()

    @classmethod
    def of(cls, question: str, answer: Answer) -> EarlierTurn:
        """The turn of a question and its answer."""
        return cls(question, answer.understood, tuple(citation.anchor for citation in answer.citations))


@dataclass(frozen=True)
class Hit:
    """One anchor found for a question, with the unit shown for it."""

    unit: Unit
    score: float

    @property
    def anchor(self) -> str:
        return self.unit.anchor_id

    def to_dict(self) -> dict[str, Any]:
        """The contract of one hit of ``python -m assistant search --json``."""
        return {
            "anchor": self.anchor,
            "language": self.unit.language,
            "score": round(self.score, 6),
            "text": self.unit.text,
        }


@dataclass(frozen=True)
class Evidence:
    """A unit in its place: what the reader sees after clicking a citation."""

    unit: Unit
    label: str
    document: Document
    official: bool
    standing: tuple[str, ...]
    before: tuple[Unit, ...]
    after: tuple[Unit, ...]
