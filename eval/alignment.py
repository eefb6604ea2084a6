"""How well documents are compared: against what a reader found to correspond in some pairs of them.

``alignment.jsonl`` holds a line for each pair of documents: what corresponds, each with what became of it (by language
where that differs), the links that one reader makes and another does not (``optional``, which count neither way), and
the changes that matter (``shifts``). What is in no pair is new or dropped. The half of a pair goes by the number of its
first point, of a new one by its own: odd is ``dev``, even is ``test``. The pair ``warning`` is of two drafts made with
known edits (``eval/drafts``), which are in no index and compared by their words alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, Protocol, TypeVar

from pydantic import ConfigDict, TypeAdapter, ValidationError

from assistant.alignment import Change, Comparison, ShiftKind
from assistant.alignment.opening import Comparing
from corpus.anchors import split_anchor_id
from corpus.records import LANGUAGES, Language
from eval.errors import DatasetError, at_line
from eval.judge import Score
from eval.lines import read_objects
from eval.parts import PartFigure
from eval.questions import SPLITS, Split
from eval.resample import Estimate, estimate, ratio

GOLD: Final = Path(__file__).with_name("alignment.jsonl")
DRAFTS: Final = Path(__file__).with_name("drafts")
_OF_DRAFTS: Final = "warning"

#: Figures, each of points of the test half: of what was linked, of what should have been, …
FIGURES: Final = (
    "link_precision", "link_recall", "pair_precision", "pair_recall", "alone_precision", "alone_recall",
    "shift_precision", "shift_recall",
)  # fmt: skip
#: The changes that matter which are listed for each pair; members of lists are not.
_LISTED: Final[frozenset[ShiftKind]] = frozenset({"softened", "strengthened", "actor", "number", "date"})
_CLOSED = ConfigDict(extra="forbid")
_EXAMPLE: Final = '{"id": "drafts", "a": "one", "b": "two", "pairs": [{"a": ["p1"], "b": ["p2"], "change": "same"}]}'
_Thing = TypeVar("_Thing")


@dataclass(frozen=True)
class GoldPair:
    """Anchors that correspond, and what became of them; of each language where it is not the same in both."""

    __pydantic_config__ = _CLOSED

    a: tuple[str, ...]
    b: tuple[str, ...]
    change: Change | dict[Language, Change]

    def became(self, language: Language) -> Change:
        """What became of the point in the texts of a language."""
        return self.change[language] if isinstance(self.change, dict) else self.change


@dataclass(frozen=True)
class GoldAlignment:
    """What corresponds in two documents; ``shifts`` names changes that matter by the first anchor of their pair."""

    __pydantic_config__ = _CLOSED

    id: str
    a: str
    b: str
    pairs: tuple[GoldPair, ...]
    optional: tuple[tuple[str, str], ...] = ()
    shifts: tuple[tuple[str, ShiftKind], ...] = ()
    note: str = ""

    @property
    def links(self) -> frozenset[tuple[str, str]]:
        """Each two anchors that correspond."""
        return frozenset((x, y) for pair in self.pairs for x in pair.a for y in pair.b)


class Compares(Protocol):
    """What compares documents."""

    def compare(self, a: str, b: str, language: Language | None = None) -> Comparison: ...


def read_gold(path: Path = GOLD) -> tuple[GoldAlignment, ...]:
    """What a reader found to correspond.

    Raises:
        DatasetError: the file cannot be read, or a line is not of that form.
    """
    adapter, found = TypeAdapter(GoldAlignment), []
    for number, entry in read_objects(path, "a file with a JSON object a line", _EXAMPLE):
        try:
            found.append(adapter.validate_python(entry))
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            where = ".".join(map(str, first["loc"]))
            raise DatasetError(f"{at_line(path, number)}: {where}: {first['msg']}", "a pair", "mend it") from None
    return tuple(found)


def alignment_figures(comparing: Compares, gold: Sequence[GoldAlignment]) -> tuple[PartFigure, ...]:
    """Every figure of either half that is defined, over all pairs of documents in both languages."""
    found: dict[tuple[Split, str], list[Score]] = {}
    with TemporaryDirectory() as home:
        drafts = Comparing.open(Path(home), DRAFTS)
        for each in gold:
            for language in LANGUAGES:
                by = drafts if each.id == _OF_DRAFTS else comparing
                for split, figure, right in judged(each, by.compare(each.a, each.b, language)):
                    found.setdefault((split, figure), []).append(Score(float(right), 1.0))
        drafts.library.connection.close()
    return tuple(
        PartFigure(split, figure, value)
        for split in SPLITS
        for figure in FIGURES
        if (value := _estimated(found.get((split, figure), ()))) is not None
    )


def _estimated(scores: Sequence[Score]) -> Estimate | None:
    return estimate(ratio(scores), len(scores))


def judged(gold: GoldAlignment, comparison: Comparison) -> Iterator[tuple[Split, str, bool]]:
    """Each thing that counts for a figure, and whether it is right."""
    met = [(_anchors(pair.a), _anchors(pair.b), pair) for pair in comparison.pairs if pair.a and pair.b]
    optional, right = frozenset(gold.optional), gold.links
    links = {(x, y) for a, b, _ in met for x in a for y in b}
    yield from _both_ways("link", links - optional, right, lambda link: link[0])

    pairs = {each for a, b, pair in met if (each := _without(a, b, pair.change, optional))}
    expected = {(pair.a, pair.b, pair.became(comparison.language)) for pair in gold.pairs}
    yield from _both_ways("pair", pairs, expected, lambda pair: pair[0][0])

    yield from _both_ways("alone", *_alone(gold, comparison), lambda point: point[1])
    if gold.shifts:
        found = {
            (a[0], shift.kind)
            for a, b, pair in met
            for shift in pair.shifts
            if shift.kind in _LISTED and _without(a, b, pair.change, optional)
        }
        yield from _both_ways("shift", found, set(gold.shifts), lambda shift: shift[0])


def _alone(gold: GoldAlignment, comparison: Comparison) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """Points without counterpart, as found and as they should be, of those that are not beside what is compared.

    Those that one reader links and another does not are left out.
    """
    found: set[tuple[str, str]] = {
        (pair.change, anchor)
        for pair in comparison.pairs
        if not (pair.a and pair.b) and not comparison.is_beside(pair)
        for anchor in (*_anchors(pair.a), *_anchors(pair.b))
    }
    shown = {each for pair in comparison.pairs if not comparison.is_beside(pair) for each in (*pair.a, *pair.b)}
    ours = {split_anchor_id(each)[1] for each in shown if each.startswith(f"{gold.a}#")}
    theirs = {split_anchor_id(each)[1] for each in shown if each.startswith(f"{gold.b}#")}
    expected = {("dropped", x) for x in ours - {x for pair in gold.pairs for x in pair.a}}
    expected |= {("new", y) for y in theirs - {y for pair in gold.pairs for y in pair.b}}
    doubtful = {("dropped", x) for x, _ in gold.optional} | {("new", y) for _, y in gold.optional}
    return found - doubtful, expected - doubtful


def _both_ways(
    name: str, found: Iterable[_Thing], expected: Iterable[_Thing], anchor: Callable[[_Thing], str]
) -> Iterator[tuple[Split, str, bool]]:
    """Of what was found whether it is right, and of what is right whether it was found."""
    had, wanted = frozenset(found), frozenset(expected)
    yield from ((half(anchor(each)), f"{name}_precision", each in wanted) for each in had)
    yield from ((half(anchor(each)), f"{name}_recall", each in had) for each in wanted)


def half(anchor: str) -> Split:
    """The half that a point is in: odd numbers are for development, even ones for the test."""
    return "dev" if int(re.findall(r"\d+", anchor)[-1]) % 2 else "test"


def _anchors(anchor_ids: Sequence[str]) -> tuple[str, ...]:
    return tuple(split_anchor_id(each)[1] for each in anchor_ids)


def _without(
    a: Sequence[str], b: Sequence[str], change: Change, links: frozenset[tuple[str, str]]
) -> tuple[tuple[str, ...], tuple[str, ...], Change] | None:
    """What corresponds without the points that are there by such links alone; None where nothing is left."""
    ours = tuple(x for x in a if any((x, y) not in links for y in b))
    theirs = tuple(y for y in b if any((x, y) not in links for x in a))
    if not ours or not theirs:
        return None
    alone = len(ours) == len(theirs) == 1 and change in ("split", "merged")
    return ours, theirs, "reworded" if alone else change
