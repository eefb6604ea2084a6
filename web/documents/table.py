"""The documents of the library as rows of a table: put in order, and narrowed to those that have some words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, cast, get_args
from urllib.parse import urlencode

from corpus.records import LANGUAGES, Document, Language, StandingNote, UnitKind, Version
from web.asking.filters import kind_name
from web.collation import collated
from web.finding import LONGEST, fold
from web.strings import Words, strings

Column = Literal["title", "symbol", "year", "kind", "units"]
Order = Literal["asc", "desc"]
COLUMNS: Final = get_args(Column)


@dataclass(frozen=True)
class Row:
    """A document of the table; ``counts`` has how many units of each kind it holds, its heading block left out."""

    document: Document
    kind: str
    counts: Mapping[UnitKind, int]

    @property
    def units(self) -> int:
        """How many units can be cited."""
        return sum(self.counts.values())

    @property
    def versions(self) -> tuple[Version, ...]:
        """The language versions, official ones first."""
        return official_first(self.document)

    @property
    def notes(self) -> tuple[StandingNote, ...]:
        """The standing notes, those on the whole document first."""
        return whole_first(self.document)

    @property
    def notes_shown(self) -> int:
        """How many notes are shown at once: those on the whole document, else one."""
        return max(1, sum(is_whole(note) for note in self.document.standing))


@dataclass(frozen=True)
class Choice:
    """How a reader wants the table: in which order, and with which words; without a column as the library has it."""

    column: Column | None = None
    order: Order = "asc"
    words: str = ""

    def address(self, column: Column) -> str:
        """The address of the table sorted by a column; the other way round where it is so already."""
        order = "desc" if (self.column, self.order) == (column, "asc") else "asc"
        words = {"q": self.words} if self.words else {}
        return f"/documents?{urlencode({**words, 'sort': column, 'order': order})}"

    def sorted(self, column: Column) -> str:
        """The value of ``aria-sort`` for a column."""
        return ("ascending" if self.order == "asc" else "descending") if self.column == column else "none"


def read_choice(query: Mapping[str, str]) -> Choice:
    """What an address asks for; what it says and cannot be is left out."""
    column = query.get("sort")
    return Choice(
        cast(Column, column) if column in COLUMNS else None,
        "desc" if query.get("order") == "desc" else "asc",
        " ".join(query.get("q", "").split())[:LONGEST],
    )


def table(
    documents: Sequence[Document], counts: Mapping[str, Mapping[UnitKind, int]], choice: Choice, words: Words
) -> tuple[Row, ...]:
    """The rows that have every word of the choice, in its order; where equal, in that of the library."""
    rows = [Row(each, kind_name(each.kind, words), _citable(counts.get(each.doc_id, {}))) for each in documents]
    wanted = [fold(word).text for word in choice.words.split()]
    if wanted:
        rows = [row for row in rows if _has(row, wanted)]
    if choice.column is None:
        return tuple(rows)
    key, language = _KEYS[choice.column], words.language
    rows.sort(key=lambda row: key(row, language), reverse=choice.order == "desc")
    # What has no symbol stands last, whichever way the others go.
    return tuple(sorted(rows, key=lambda row: choice.column == "symbol" and not row.document.symbol))


def official_first(document: Document) -> tuple[Version, ...]:
    """The language versions of a document: the official ones first, of these the Chinese one."""
    return tuple(sorted(document.versions, key=lambda each: (not each.official, LANGUAGES.index(each.language))))


def whole_first(document: Document) -> tuple[StandingNote, ...]:
    """The standing notes of a document, those on all of it first."""
    return tuple(sorted(document.standing, key=lambda note: not is_whole(note)))


def is_whole(note: StandingNote) -> bool:
    """Whether a note is on the whole document."""
    return "*" in note.covers


def _citable(counts: Mapping[UnitKind, int]) -> dict[UnitKind, int]:
    return {kind: count for kind, count in counts.items() if kind != "head"}


def _has(row: Row, wanted: Sequence[str]) -> bool:
    """Whether every word is in what a row says or its document is known by, in either language."""
    document = row.document
    texts = (document.titles, document.short_titles, document.body, document.session, document.dates, document.place)
    parts = [document.doc_id, document.symbol or "", *document.aliases]
    for language in LANGUAGES:
        parts += [kind_name(document.kind, strings(language)), *(text.get(language) for text in texts)]
    said = fold("\n".join(parts)).text
    return all(word in said for word in wanted)


_KEYS: Final[dict[Column, Callable[[Row, Language], Any]]] = {
    "title": lambda row, language: collated(row.document.title(language), language),
    "symbol": lambda row, _: row.document.symbol or "",
    "year": lambda row, _: row.document.year,
    "kind": lambda row, language: collated(row.kind, language),
    "units": lambda row, _: row.units,
}
