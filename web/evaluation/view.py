"""A summary as the page shows it, every number and name in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from corpus.records import LANGUAGES, Document, Language
from web.evaluation import numbers
from web.evaluation.cells import Cell, amount, cell_of
from web.evaluation.claims import Claim, advice, claims
from web.evaluation.naming import figure_name, figure_note, kind_name, scope_name
from web.evaluation.shortfalls import Shortfall, shortfalls
from web.evaluation.summary import EVERY, Scope, Split, Summary
from web.strings import strings

#: The columns of a table of figures.
SCOPES: Final[tuple[Scope, ...]] = (EVERY, *LANGUAGES)


@dataclass(frozen=True)
class Row:
    """What a line of a table is of, what that is, and its figures, None where one is undefined."""

    key: str
    name: str
    note: str
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True)
class EvaluationView:
    """What the template draws of a summary. ``released`` is the summary that ships with the project, if any."""

    summary: Summary
    released: Summary | None
    documents: Sequence[Document]
    language: Language

    @property
    def asked(self) -> str:
        """How many questions of which language were asked."""
        counts = {code: self.whole(self.summary.count("test", code)) for code in LANGUAGES}
        return strings(self.language).evaluation.asked.format(n=self.whole(self.summary.count("test")), **counts)

    @property
    def measured(self) -> str:
        """When, and on which computer."""
        say = strings(self.language).evaluation
        text = say.released if self.summary.origin == "release" else say.here
        return text.format(version=self.summary.program, date=numbers.date(self.summary.made, self.language))

    @property
    def moment(self) -> str:
        """When, to the minute."""
        day, time = (write(self.summary.made, self.language) for write in (numbers.date, numbers.time))
        return strings(self.language).evaluation.record_time.format(date=day, time=time)

    @property
    def differs(self) -> str:
        """In what a run on this computer is not that of the release; nothing where it is."""
        words, now, then = strings(self.language), self.summary, self.released
        if then is None or now.origin == "release":
            return ""
        differences = {
            words.evaluation.differs_questions: now.questions.fingerprint != then.questions.fingerprint,
            words.evaluation.differs_model: now.model != then.model,
            words.evaluation.differs_program: now.program != then.program,
            words.evaluation.differs_documents: now.documents != then.documents,
        }
        return words.site.list_stop.join(text for text, found in differences.items() if found)

    @property
    def fallen(self) -> list[str]:
        """The figures that the gate does not let pass."""
        text, language = strings(self.language).evaluation.gate_row, self.language
        return [
            text.format(
                figure=figure_name(row.figure, language),
                language=scope_name(row.language, language),
                value=amount(row.figure, row.value, language),
                floor=amount(row.figure, row.floor, language),
                baseline=amount(row.figure, row.baseline, language),
            )
            for row in (self.summary.gate.fallen if self.summary.gate else ())
        ]

    @property
    def speed(self) -> str:
        """How fast the answers came; nothing where the summary does not say."""
        say = strings(self.language).evaluation
        took = {row.percentile: self.whole(row.value) for row in self.summary.latency_ms if row.split == "test"}
        text = say.speed_released if self.summary.origin == "release" else say.speed_here
        return text.format(**took) if {"p50", "p95"} <= took.keys() else ""

    def claims(self) -> list[Claim]:
        """What the figures say, in sentences."""
        return claims(self.summary, self.language)

    def advice(self) -> list[str]:
        """What follows from them for a reader."""
        return advice(self.summary, self.language)

    def columns(self) -> list[str]:
        """The heads of a table of figures."""
        return [scope_name(scope, self.language) for scope in SCOPES]

    def rows(self, split: Split) -> list[Row]:
        """The figures of a half, over all its questions and by language."""
        return [
            Row(
                key,
                figure_name(key, self.language),
                figure_note(key, self.language),
                tuple(self._cell(split, key, scope) for scope in SCOPES),
            )
            for key in self.summary.names(split)
        ]

    def kind_columns(self) -> list[str]:
        """The heads of the table by kind."""
        return [figure_name(key, self.language) for key in self.summary.names("test", by_kind=True)]

    def kinds(self) -> list[Row]:
        """The main figures by kind of question; the note is how many questions it has."""
        keys = self.summary.names("test", by_kind=True)
        return [
            Row(
                kind,
                kind_name(kind, self.language),
                self.whole(self.summary.count("test", EVERY, kind)),
                tuple(self._cell("test", key, EVERY, kind) for key in keys),
            )
            for kind in self.summary.kinds("test")
        ]

    def shortfalls(self) -> list[Shortfall]:
        """The questions of the development half whose answers fall short."""
        return shortfalls(self.summary, self.documents, self.language)

    def whole(self, number: float) -> str:
        """A count, or whole milliseconds."""
        return numbers.whole(number, self.language)

    def _cell(self, split: Split, key: str, scope: Scope, kind: str = EVERY) -> Cell | None:
        figure = self.summary.figure(split, key, scope, kind)
        return cell_of(figure, self.language) if figure else None
