"""How well the ledger of who said what is kept: against what a reader found in some paragraphs.

``ledger.jsonl`` holds the rule of its halves and the paragraphs that were read in its first line, and then a line for
each sentence and act: who acts, by their keys, and the opening words of the sentence in both languages. Paragraphs with
an odd number are ``dev``, others ``test``. ``ledger-made.jsonl`` holds paragraphs made in the phrases of other
meetings, each in one language, with what they record; its halves go by the number of the paragraph in the file.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol, TypeVar

from pydantic import ConfigDict, TypeAdapter, ValidationError

from assistant.ledger import Act, Ledger
from assistant.ledger.paragraphs import recorded
from corpus.anchors import split_anchor_id
from corpus.library import Library
from corpus.parse.spans import sentence_spans
from corpus.records import Language, Unit
from eval.errors import DatasetError, at_line
from eval.judge import Score
from eval.lines import read_objects
from eval.parts import PartFigure
from eval.questions import SPLITS, Split
from eval.resample import estimate, ratio

GOLD: Final = Path(__file__).with_name("ledger.jsonl")
MADE: Final = Path(__file__).with_name("ledger-made.jsonl")

#: Of the entries of the ledger, those that are right, and of those that a reader finds, those that it has: by actor,
#: act and sentence; by actor, act and paragraph; by actor and paragraph. Of paragraphs that were made, by sentence.
FIGURES: Final = (
    "sentence_precision", "sentence_recall", "entry_precision", "entry_recall", "actor_precision", "actor_recall",
    "made_precision", "made_recall",
)  # fmt: skip
_EXPECTED: Final = "a file with a JSON object a line"
_Form = TypeVar("_Form")
_CLOSED = ConfigDict(extra="forbid")
_EXAMPLE: Final = (
    '{"document": "report", "anchor": "p1", "act": "stated", "actors": ["state/MX"], "zh": "…", "en": "…"}'
)


@dataclass(frozen=True)
class GoldLine:
    """An act in a sentence with all whose it is; ``zh`` and ``en`` are the sentence's opening words."""

    __pydantic_config__ = _CLOSED

    document: str
    anchor: str
    act: Act
    actors: tuple[str, ...]
    zh: str
    en: str


@dataclass(frozen=True)
class MadeParagraph:
    """A paragraph that was made, with what it records: the number of the sentence from 0, the actor's key, the act."""

    __pydantic_config__ = _CLOSED

    language: Language
    text: str
    entries: tuple[tuple[int, str, Act], ...]


@dataclass(frozen=True)
class Gold:
    """The paragraphs that were read, by their anchor ids, and what they record; and those that were made."""

    read: tuple[str, ...]
    lines: tuple[GoldLine, ...]
    made: tuple[MadeParagraph, ...] = ()


class Keeps(Protocol):
    """What keeps a ledger of a library."""

    @property
    def library(self) -> Library: ...

    def ledger(
        self, actor: str = "", topic: str = "", documents: Sequence[str] = (), *, language: Language | None = None
    ) -> Ledger: ...


#: An entry to compare: its paragraph, its actor, its act, and the place of its sentence.
_Entry = tuple[str, str, str, int]


def read_gold(path: Path = GOLD, made: Path | None = MADE) -> Gold:
    """What a reader found, and what was made.

    Raises:
        DatasetError: a file cannot be read, or a line is not of its form.
    """
    read: list[str] = []
    for _, entry in read_objects(path, _EXPECTED, _EXAMPLE):
        if "rule" in entry:
            read += [f"{doc_id}#{anchor}" for doc_id, anchors in entry["read"].items() for anchor in anchors]
    return Gold(tuple(read), tuple(_lines(path, GoldLine)), tuple(_lines(made, MadeParagraph) if made else ()))


def _lines(path: Path, form: type[_Form]) -> Iterable[_Form]:
    """The lines of a file behind the one that holds its rule."""
    adapter = TypeAdapter(form)
    for number, entry in read_objects(path, _EXPECTED, _EXAMPLE):
        if "rule" not in entry:
            try:
                yield adapter.validate_python(entry)
            except ValidationError as error:
                first = error.errors(include_url=False)[0]
                where = ".".join(map(str, first["loc"]))
                raise DatasetError(f"{at_line(path, number)}: {where}: {first['msg']}", "an entry", "mend it") from None


def split_of(anchor_id: str) -> Split:
    """The half of a paragraph: by its number, of a heading block as of 0."""
    _, anchor = split_anchor_id(anchor_id)
    return _odd_is_dev(int("".join(filter(str.isdigit, anchor)) or 0))


def _odd_is_dev(number: int) -> Split:
    return "dev" if number % 2 else "test"


def ledger_figures(keeping: Keeps, gold: Gold) -> tuple[PartFigure, ...]:
    """The figures of both halves over the paragraphs that were read.

    Raises:
        DatasetError: a sentence of the gold is not in the library.
    """
    expected = frozenset(each for line in gold.lines for each in _expected(keeping.library, line))
    read = frozenset(gold.read)
    found = frozenset(
        (entry.anchor, entry.actor.key, str(entry.act), entry.citation.start)
        for entry in keeping.ledger(language="zh").entries
        if entry.anchor in read
    )
    figures: list[PartFigure] = []
    for split in SPLITS:
        figures += _figures(split, _half(found, split), _half(expected, split))
        figures += _of_made(split, [each for n, each in enumerate(gold.made, 1) if _odd_is_dev(n) == split])
    return tuple(figures)


def _of_made(split: Split, made: Sequence[MadeParagraph]) -> list[PartFigure]:
    """The figures of paragraphs that were made."""
    had: set[_Entry] = set()
    wanted: set[_Entry] = set()
    for n, paragraph in enumerate(made):
        spans = sentence_spans(paragraph.text)
        unit = Unit("made", f"p{n}", "paragraph", str(n), (), paragraph.language, paragraph.text, n, spans)
        starts = {span.start: at for at, span in enumerate(spans)}
        found = recorded({paragraph.language: unit})
        had |= {(unit.anchor, e.actor.key, str(e.act), starts[e.spans[paragraph.language][0]]) for e in found}
        wanted |= {(unit.anchor, actor, str(act), at) for at, actor, act in paragraph.entries}
    return _both_ways(split, "made", had, wanted)


def _half(entries: Iterable[_Entry], split: Split) -> frozenset[_Entry]:
    return frozenset(entry for entry in entries if split_of(entry[0]) == split)


def _figures(split: Split, found: frozenset[_Entry], expected: frozenset[_Entry]) -> list[PartFigure]:
    views: dict[str, Callable[[_Entry], Hashable]] = {
        "sentence": lambda entry: entry, "entry": lambda entry: entry[:3], "actor": lambda entry: entry[:2],
    }  # fmt: skip
    figures: list[PartFigure] = []
    for name, view in views.items():
        had, wanted = {view(entry) for entry in found}, {view(entry) for entry in expected}
        figures += _both_ways(split, name, had, wanted)
    return figures


def _both_ways(split: Split, name: str, had: Set[Hashable], wanted: Set[Hashable]) -> list[PartFigure]:
    figures = []
    for kind, of, right in (("precision", had, wanted), ("recall", wanted, had)):
        scores = [Score(float(each in right), 1.0) for each in sorted(of, key=repr)]
        value = estimate(ratio(scores), len(scores))
        if value is not None:
            figures.append(PartFigure(split, f"{name}_{kind}", value))
    return figures


def _expected(library: Library, line: GoldLine) -> Iterable[_Entry]:
    anchor_id = f"{line.document}#{line.anchor}"
    unit = library.unit(line.document, line.anchor, "zh")
    starts = [s.start for s in unit.sentences if unit.text.startswith(line.zh, s.start)]
    if len(starts) != 1:
        raise DatasetError(f"{anchor_id} has no one sentence {line.zh!r}", "a sentence by its opening words", "mend it")
    return ((anchor_id, actor, str(line.act), starts[0]) for actor in line.actors)
