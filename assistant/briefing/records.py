"""A briefing note: its sections, their lines, and what its check found. ``to_dict`` is the public JSON form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal, get_args

from assistant.answer import Citation, Shortfall
from corpus.records import Language

#: The sections of a note, in order.
SectionKey = Literal[
    "standing",
    "meeting",
    "background",
    "outcomes",
    "positions",
    "moves",
    "questions",
    "ours",
    "absent",
    "sources",
    "check",
]
SECTIONS: Final[tuple[SectionKey, ...]] = get_args(SectionKey)

#: What a line is: words of a document; a sentence of a language model that says what the words it cites say; a note on
#: what a text is worth; a sentence of ours that says what was counted, compared or looked up; a question that a
#: delegate may be asked, with where its answer is; the name above what follows; a line to write on; a paragraph in the
#: list of sources.
LineKind = Literal["quote", "polished", "standing", "fixed", "question", "label", "blank", "source"]


@dataclass(frozen=True)
class Line:
    """A line of a note. ``citations`` are numbers among those of the note.

    ``id`` is the same as long as the line says the same and cites the same. Lines of one ``beside`` are two texts to be
    read side by side; ``changed`` are the spans of such a text that the other lacks or has otherwise.
    """

    id: str
    kind: LineKind
    text: str
    language: Language
    citations: tuple[int, ...] = ()
    beside: str = ""
    changed: tuple[tuple[int, int], ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The contract of one line of ``python -m assistant brief --json``."""
        found: dict[str, Any] = {"id": self.id, "kind": self.kind, "text": self.text, "language": self.language}
        found["citations"] = list(self.citations)
        if self.beside:
            found["beside"] = self.beside
        if self.changed:
            found["changed"] = [list(span) for span in self.changed]
        return found


@dataclass(frozen=True)
class Section:
    """A section of a note under its heading."""

    key: SectionKey
    heading: str
    lines: tuple[Line, ...]

    def to_dict(self) -> dict[str, Any]:
        """The contract of one section of ``python -m assistant brief --json``."""
        return {"key": self.key, "heading": self.heading, "lines": [line.to_dict() for line in self.lines]}


@dataclass(frozen=True)
class Polish:
    """What a language model did to a note: sentences of its that stand, sentences of documents that stay quoted, and
    how many of its sentences were removed since what they cite does not bear them out.

    ``shortfall`` says what it fell short of, see :data:`assistant.answer.Shortfall`; with ``failed`` and ``resting``
    the note is as it is without it.
    """

    polished: int
    quoted: int
    removed: int
    shortfall: Shortfall | None = None

    def to_dict(self) -> dict[str, Any]:
        counts: dict[str, Any] = {"polished": self.polished, "quoted": self.quoted, "removed": self.removed}
        return counts | ({"shortfall": self.shortfall} if self.shortfall else {})


@dataclass(frozen=True)
class Check:
    """How many sentences of documents a note has; how many of them cite a text, stand in it word for word, and are
    supported by it (:mod:`assistant.grounding`).

    ``standing`` are the notes on what a text is worth, as the library records them with the paragraph they rest on;
    ``own`` the sentences that say what was counted, compared or looked up, which no paragraph can support;
    ``questions`` those that a delegate may be asked, with where their answers are; ``polish`` is there where a language
    model was asked to word the note.
    """

    sentences: int
    cited: int
    verbatim: int
    supported: int
    standing: int = 0
    own: int = 0
    questions: int = 0
    polish: Polish | None = None

    def to_dict(self) -> dict[str, Any]:
        found: dict[str, Any] = {
            "sentences": self.sentences,
            "cited": self.cited,
            "verbatim": self.verbatim,
            "supported": self.supported,
            "standing": self.standing,
            "own": self.own,
            "questions": self.questions,
        }
        return found | ({"polish": self.polish.to_dict()} if self.polish else {})


@dataclass(frozen=True)
class Note:
    """A briefing note on a topic, or on an agenda item whose title is then the ``topic`` and whose anchor the ``item``.

    ``documents`` are those that were searched. ``nothing`` says that they hold nothing on it: the note then says so,
    and holds no more than what it was looked for in.
    """

    topic: str
    item: str
    language: Language
    title: str
    documents: tuple[str, ...]
    sections: tuple[Section, ...]
    citations: tuple[Citation, ...]
    check: Check
    nothing: bool = False
    timings_ms: Mapping[str, float] = field(default_factory=dict)

    def section(self, key: SectionKey) -> Section | None:
        """One of its sections, None where it has no such."""
        return next((section for section in self.sections if section.key == key), None)

    def to_dict(self) -> dict[str, Any]:
        """The contract of ``python -m assistant brief --json``."""
        return {
            "topic": self.topic,
            "item": self.item or None,
            "language": self.language,
            "title": self.title,
            "documents": list(self.documents),
            "nothing": self.nothing,
            "sections": [section.to_dict() for section in self.sections],
            "citations": [citation.to_dict() for citation in self.citations],
            "check": self.check.to_dict(),
            "timings_ms": {name: round(ms, 1) for name, ms in self.timings_ms.items()},
        }
