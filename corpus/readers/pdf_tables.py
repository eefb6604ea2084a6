"""Tables of a PDF, told by runs that begin at the same places on lines that follow each other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from corpus.readers.masthead import is_masthead_line
from corpus.readers.pdf_lines import Line, Run, parted

# Points by which the beginnings of one column may differ.
_ALIGNED = 4.0
# A row's first line stands this much further from the line before than a wrapped line does.
_ROW_GAP = 1.18
_LABEL = re.compile(
    r"\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5}|[一二三四五六七八九十]{1,3})[.)、．]|[㈠-㈩•▪–—-]|\(\w{1,3}\)"
)


@dataclass
class Row:
    """A row as the lines of its cells."""

    cells: dict[int, list[str]] = field(default_factory=dict)

    def lines(self) -> tuple[tuple[str, ...], ...]:
        return tuple(tuple(self.cells[column]) for column in sorted(self.cells))


def is_labelled(line: Line) -> bool:
    """Whether a line is a label with its text after a gap, and no row of a table."""
    return len(line.runs) == 2 and _LABEL.fullmatch(line.runs[0].text) is not None


def is_masthead(line: Line) -> bool:
    """Whether a line of several runs is of a masthead: its sides have nothing to do with each other."""
    return len(line.runs) > 1 and any(is_masthead_line(run.text) for run in line.runs)


def table_at(lines: Sequence[Line], start: int, pitch: float) -> tuple[int, list[Row]] | None:
    """The table that begins at a line: the index after its last line and its rows; None where none begins."""
    first = lines[start]
    if len(first.runs) < 2 or is_labelled(first) or is_masthead(first):
        return None
    # The wrapped head of a column can show a place that its first line does not.
    near = [line for line in lines[start : start + 3] if len(line.runs) > 1 and line.page == first.page]
    starts = _places([run.x0 for line in near if not is_labelled(line) for run in line.runs])
    first = parted(first, starts, _ALIGNED)
    end, several = start + 1, 1
    found = [first]
    while end < len(lines):
        line, before = parted(lines[end], starts, _ALIGNED), lines[end - 1]
        if line.column != first.column or _below(before, line) > 3.5 * pitch:
            break
        if not all(_column(run, starts) is not None for run in line.runs):
            break
        if len(line.runs) == 1 and _column(line.runs[0], starts) == 0 and _ends_table(lines, end, starts):
            break
        several += len(line.runs) > 1
        found.append(line)
        end += 1
    if several < 2:
        return None
    return end, _rows(found, starts, pitch)


def _places(found: Sequence[float]) -> list[float]:
    places: list[float] = []
    for x in sorted(found):
        if not places or x - places[-1] > _ALIGNED:
            places.append(x)
    return places


def _ends_table(lines: Sequence[Line], at: int, starts: list[float]) -> bool:
    """Whether no row follows a line that stands in the first column alone: it is text after the table."""
    for line in lines[at + 1 : at + 4]:
        if len(line.runs) > 1 and line.page == lines[at].page:
            return not all(_column(run, starts) is not None for run in line.runs) or is_labelled(line)
    return True


def _column(run: Run, starts: list[float]) -> int | None:
    return next((index for index, x in enumerate(starts) if abs(run.x0 - x) <= _ALIGNED), None)


def _rows(lines: Sequence[Line], starts: list[float], pitch: float) -> list[Row]:
    """Lines as rows: a wrapped line stands below the one before it in its column as lines do, a row further."""
    gaps = [_below(before, line) for before, line in pairwise(lines)]
    spaced = max(gaps) > _ROW_GAP * pitch
    rows: list[Row] = []
    last: dict[int, float] = {}
    page = lines[0].page
    for line in lines:
        columns = [_column(run, starts) or 0 for run in line.runs]
        if spaced and line.page == page:
            begins = all(last.get(c, float("inf")) - line.base > _ROW_GAP * pitch for c in columns)
        else:
            begins, last = columns[0] == 0 or len(columns) > 1, {}
        if begins or not rows:
            rows.append(Row())
        for column, run in zip(columns, line.runs, strict=True):
            rows[-1].cells.setdefault(column, []).append(run.text)
            last[column] = line.base
        page = line.page
    return rows


def _below(before: Line, line: Line) -> float:
    """How far a line stands below another, 0 on the next page."""
    return before.base - line.base if before.page == line.page else 0.0
