"""A note before its citations are numbered: lines with the quotes they rest on, by section."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.briefing.records import LineKind, SectionKey
from assistant.compose import Quoted
from corpus.records import Document, Language, Sentence, Unit

_DAY = re.compile(r"(\d{4})年(?:(\d{1,2})月)?(?:(\d{1,2})日)?")


@dataclass(frozen=True)
class Drafted:
    """A line with the quotes it rests on; of a quote that several texts hold the first is the one that is shown."""

    kind: LineKind
    text: str
    language: Language
    cited: tuple[Quoted, ...] = ()
    beside: str = ""
    changed: tuple[tuple[int, int], ...] = ()

    def id(self, section: SectionKey) -> str:
        """A short name that changes with what the line says and cites."""
        places = "|".join(f"{each.unit.anchor_id}:{each.unit.language}:{each.start}-{each.end}" for each in self.cited)
        said = f"{section}|{self.kind}|{self.text}|{places}"
        return hashlib.sha256(said.encode()).hexdigest()[:12]


#: The lines of a note by section.
Draft = Mapping[SectionKey, Sequence[Drafted]]


def quote(unit: Unit, sentence: Sentence, near: float = 0.0, beside: str = "") -> Drafted:
    """A sentence of a unit."""
    quoted = Quoted(unit, sentence.start, sentence.end, near)
    return Drafted("quote", quoted.text, unit.language, (quoted,), beside)


def whole(unit: Unit, beside: str = "") -> Drafted:
    """All of a unit."""
    return quote(unit, Sentence(0, len(unit.text)), beside=beside)


def label(text: str, language: Language) -> Drafted:
    """The name above what follows."""
    return Drafted("label", text, language)


def fixed(text: str, language: Language, *cited: Quoted, beside: str = "") -> Drafted:
    """A sentence of ours that says what was counted, compared or looked up."""
    return Drafted("fixed", text, language, cited, beside)


def when(document: Document) -> tuple[int, int, int]:
    """Year, month and day of a document's meeting, as far as known, for the order of time."""
    found = _DAY.search(document.dates.zh)
    if found is None:
        return document.year, 0, 0
    return int(found[1]), int(found[2] or 0), int(found[3] or 0)


def titled(document: Document, language: Language) -> str:
    """A document by its short title and date, as the name above its lines."""
    title, dates = document.short_title(language), document.dates.get(language)
    title = title[:1].upper() + title[1:]
    if not dates:
        return title
    if "（" in dates or "(" in dates:
        return f"{title}{'，' if language == 'zh' else ', '}{dates}"
    return f"{title}（{dates}）" if language == "zh" else f"{title} ({dates})"
