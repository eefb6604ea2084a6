"""Segments of a page become lines in reading order: columns one after the other, runs of one line side by side."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.readers.pdf_text import Segment

# All in sizes of the line's type. A mark is set this much smaller and higher than its line.
_MARK_SIZE, _MARK_RAISED = 0.8, 0.15
_SAME_LINE = 0.45
#: A note is set this much smaller than the text.
SMALLER = 0.93
_SPACE = 0.12
#: A gap that no justified line has: cells of a table, a label and its text, the two sides of a masthead.
_APART = 1.1
# A page in columns: lines on both sides, each filling this much of its column; lines that may cross the gutter.
_STRETCH = 0.8
_FEWEST_LINES, _FILL, _CROSSING, _NARROWEST_GUTTER = 5, 0.6, 0.1, 8.0
_MARK = re.compile(r"\d{1,3}|[*∗†‡§]{1,3}|[a-z]")
_PICTOGRAPHS = re.compile(r"[\u2e80-\uffef]")


@dataclass(frozen=True)
class Run:
    """Part of a line without a wide gap: its text with the marks set in it as (offset, mark)."""

    text: str
    x0: float
    x1: float
    marks: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class Line:
    """A line: its runs from left to right, its base line (from below), its size, its page from 0 and its column.

    ``left`` and ``right`` are the edges of its column. ``lead`` is a mark that stands before its text;
    ``segments`` are what it was made of.
    """

    runs: tuple[Run, ...]
    base: float
    size: float
    bold: bool
    page: int = 0
    column: int = 0
    lead: str = ""
    segments: tuple[Segment, ...] = ()

    @property
    def text(self) -> str:
        return " ".join(run.text for run in self.runs)

    @property
    def x0(self) -> float:
        return self.runs[0].x0

    @property
    def x1(self) -> float:
        return self.runs[-1].x1

    @property
    def marks(self) -> tuple[tuple[int, str], ...]:
        """The marks with their offsets in the whole line's text."""
        found, at = [], 0
        for run in self.runs:
            found += [(at + offset, mark) for offset, mark in run.marks]
            at += len(run.text) + 1
        return tuple(found)


def lines_across(segments: Sequence[Segment], number: int) -> list[Line]:
    """The lines of a page from top to bottom, across all of it."""
    return [line for group in _grouped(segments) if (line := _line(group, number, 0)).runs or line.lead]


def gutter_of(pages: Sequence[Sequence[Segment]], size: float) -> list[float | None]:
    """Where the gutter of each page lies, None where its text is in one column.

    A last page with a column and no more has the gutter of the others: one document is set in one way. ``size`` is that
    of the text, for notes may stand across both columns.
    """
    texts = [_stretches([s for s in page if s.size >= SMALLER * size]) for page in pages]
    found = [_gutter(text) for text in texts]
    sure = sorted(x for x in found if x is not None)
    if len(sure) * 3 < len(pages) or not sure:
        return found
    usual = sure[len(sure) // 2]
    return [
        x if x is not None else usual if _splits(text, usual) else None for x, text in zip(found, texts, strict=True)
    ]


def lines_in_order(
    segments: Sequence[Segment], number: int, gutter: float | None, across: frozenset[Segment] = frozenset()
) -> list[Line]:
    """The lines of a page's text in reading order, column by column; what is ``across`` parts the columns."""
    lines: list[Line] = []
    for column, part in _columns(segments, gutter, across):
        lines += [_line(group, number, column) for group in _grouped(part)]
    return [line for line in lines if line.runs]


def _stretches(segments: Sequence[Segment]) -> list[Segment]:
    """Segments that stand side by side on one line as one: fonts change within a line, columns do not."""
    stretches: list[Segment] = []
    for group in _grouped(segments):
        for index, segment in enumerate(group):
            last = stretches[-1] if index else None
            if last is not None and segment.x0 - last.x1 < _STRETCH * segment.size:
                stretches[-1] = replace(last, x1=max(last.x1, segment.x1))
            else:
                stretches.append(segment)
    return stretches


def _splits(segments: Sequence[Segment], x: float) -> bool:
    return sum(s.x0 < x < s.x1 for s in segments) <= _CROSSING * len(segments)


def _columns(
    segments: Sequence[Segment], gutter: float | None, across: frozenset[Segment]
) -> list[tuple[int, list[Segment]]]:
    """The segments by the part of the page they are read in: across it (0), its left (1), its right (2), and so on."""
    ordered = sorted(segments, key=lambda s: -s.base)
    if gutter is None:
        return [(0, ordered)]
    parts: list[tuple[int, list[Segment]]] = []
    left: list[Segment] = []
    right: list[Segment] = []
    for segment in [*ordered, None]:
        crosses = segment is None or segment in across
        if segment is not None and not crosses and segment.x1 <= gutter:
            left.append(segment)
        elif segment is not None and not crosses and segment.x0 >= gutter:
            right.append(segment)
        else:
            # What crosses the gutter parts what is above it from what is below.
            parts += [(1, left), (2, right)]
            left, right = [], []
            if segment is not None:
                parts.append((0, [segment]))
    return _merged([part for part in parts if part[1]])


def _merged(parts: list[tuple[int, list[Segment]]]) -> list[tuple[int, list[Segment]]]:
    """Parts of one column that follow each other as one."""
    merged: list[tuple[int, list[Segment]]] = []
    for column, segments in parts:
        if merged and merged[-1][0] == column:
            merged[-1] = (column, merged[-1][1] + segments)
        else:
            merged.append((column, segments))
    return merged


def _gutter(segments: Sequence[Segment]) -> float | None:
    """Where the gutter of a page in two columns of prose lies; None where it is in one, or a table."""
    if len(segments) < 2 * _FEWEST_LINES:
        return None
    low, high = min(s.x0 for s in segments), max(s.x1 for s in segments)
    places = [low + (high - low) * step / 100 for step in range(30, 71)]
    crossings = [sum(s.x0 < x < s.x1 for s in segments) for x in places]
    crossing = min(crossings)
    clear = [x for x, count in zip(places, crossings, strict=True) if count == crossing]
    x = clear[len(clear) // 2]
    left, right = [s for s in segments if s.x1 <= x], [s for s in segments if s.x0 >= x]
    if crossing > _CROSSING * len(segments) or min(len(left), len(right)) < _FEWEST_LINES:
        return None
    inner_left, inner_right = max(s.x1 for s in left), min(s.x0 for s in right)
    filled = all(
        sum(s.x1 - s.x0 for s in side) >= _FILL * width * len({round(s.base) for s in side})
        for side, width in ((left, inner_left - low), (right, high - inner_right))
    )
    overlap = min(max(s.base for s in left), max(s.base for s in right)) - max(
        min(s.base for s in left), min(s.base for s in right)
    )
    extent = min(max(s.base for s in side) - min(s.base for s in side) for side in (left, right))
    if inner_right - inner_left < _NARROWEST_GUTTER or not filled or overlap < 0.5 * extent:
        return None
    return (inner_left + inner_right) / 2


def _grouped(segments: Sequence[Segment]) -> list[list[Segment]]:
    """Segments of one line together; a raised mark goes with the line it is raised over."""
    groups: list[list[Segment]] = []
    for segment in sorted(segments, key=lambda s: (-s.base, s.x0)):
        for group in reversed(groups[-3:]):
            main = max(group, key=lambda s: s.size)
            if abs(main.base - segment.base) < _SAME_LINE * max(main.size, segment.size):
                group.append(segment)
                break
        else:
            groups.append([segment])
    return [sorted(group, key=lambda s: s.x0) for group in groups]


def _line(group: list[Segment], page: int, column: int) -> Line:
    # The line is that of most of its characters.
    weight: dict[tuple[float, float, bool], int] = {}
    for s in group:
        key = (round(s.size, 1), s.base, s.bold)
        weight[key] = weight.get(key, 0) + len(s.text)
    size, base, bold = max(weight, key=lambda key: weight[key])
    runs, lead = _runs(group, base, size, ())
    return Line(runs, base, size, bold, page, column, lead, tuple(group))


def parted(line: Line, starts: Sequence[float], tolerance: float) -> Line:
    """The line with its runs parted also where a segment begins at one of these places: cells may almost touch."""
    breaks = tuple(s.x0 for s in line.segments if any(abs(s.x0 - start) <= tolerance for start in starts))
    return replace(line, runs=_runs(line.segments, line.base, line.size, breaks)[0] or line.runs)


def _runs(group: Sequence[Segment], base: float, size: float, breaks: tuple[float, ...]) -> tuple[tuple[Run, ...], str]:
    """The runs of a line with the marks raised over it, and a mark that stands before them."""
    runs: list[Run] = []
    lead = ""
    last: Segment | None = None
    for segment in group:
        is_mark = (
            segment.size < _MARK_SIZE * size
            and segment.base - base > _MARK_RAISED * size
            and _MARK.fullmatch(segment.text) is not None
        )
        gap = segment.x0 - last.x1 if last else 0.0
        if is_mark:
            if runs and gap < _APART * size:
                run = runs[-1]
                runs[-1] = Run(run.text, run.x0, segment.x1, (*run.marks, (len(run.text), segment.text)))
            else:
                lead = segment.text
        elif not runs or gap > _APART * size or segment.x0 in breaks:
            runs.append(Run(segment.text, segment.x0, segment.x1))
        else:
            run = runs[-1]
            spaced = gap > _SPACE * size and not (_PICTOGRAPHS.match(segment.text) and _PICTOGRAPHS.match(run.text[-1]))
            runs[-1] = Run(run.text + (" " if spaced else "") + segment.text, run.x0, segment.x1, run.marks)
        last = segment
    return tuple(runs), lead
