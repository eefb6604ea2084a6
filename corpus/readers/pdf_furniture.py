"""Running heads, footers and page numbers of a PDF: what repeats at the edges of its pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from corpus.readers.furniture import is_furniture, is_page_number, is_symbol
from corpus.readers.pdf_lines import Line

# Lines at either edge that may be furniture, and the share of a page's height that the edges are.
_DEEP, _EDGE = 4, 0.14
_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(r"[ivxl]{1,6}|\d{1,4}")


def part_furniture(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> tuple[list[list[Line]], list[str]]:
    """The lines of each page without its furniture, and the texts of what was taken."""
    edges = [_edges(lines, height) for lines, height in zip(pages, heights, strict=True)]
    seen = Counter(key for lines in edges for key in {key for line in lines for key in _keys(line)})
    # On facing pages a head stands on every other page only.
    needed = max(2, round(0.3 * len(pages)))
    kept: list[list[Line]] = []
    taken: list[str] = []
    for lines, at_edges in zip(pages, edges, strict=True):
        dropped = {
            id(line)
            for line in at_edges
            if any(seen[key] >= needed for key in _keys(line)) or _surely(line) or _NUMBER.fullmatch(line.text)
        }
        taken += [run.text for line in lines if id(line) in dropped for run in line.runs]
        kept.append([line for line in lines if id(line) not in dropped])
    return kept, taken


def _edges(lines: Sequence[Line], height: float) -> list[Line]:
    by_height = sorted(lines, key=lambda line: -line.base)
    top = [line for line in by_height[:_DEEP] if line.base > (1 - _EDGE) * height]
    bottom = [line for line in by_height[-_DEEP:] if line.base < _EDGE * height]
    return top + bottom


def _keys(line: Line) -> set[str]:
    """What a line repeats: its height and words, its numbers as they are or as they rise by one a page.

    "Discussion point 6" and "Discussion point 11" at the tops of pages are no running head.
    """
    numbers = list(_DIGITS.finditer(line.text))
    place = f"{round(line.base / 12)} "
    keys = {place + line.text}
    for number in {id(n): n for n in (*numbers[:1], *numbers[-1:])}.values():
        relative = int(number[0][:6]) - line.page
        keys.add(f"{place}{line.text[: number.start()]}<{relative}>{line.text[number.end() :]}")
    return keys


def _surely(line: Line) -> bool:
    texts = [run.text for run in line.runs]
    return all(is_furniture(text) or is_page_number(text) or (line.page and is_symbol(text)) for text in texts)
