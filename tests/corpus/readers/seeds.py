"""The bundled documents as plain pieces that a test can write in any form, and what reading them back must give."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.parse.builder import Parsed
from corpus.records import Language, Unit

#: Symbols as the documents would bear them.
SYMBOLS = {
    "wg6-2021-agenda": "CTOC/COP/WG.6/2021/1",
    "wg6-2020-report": "CTOC/COP/WG.6/2020/4",
    "wg6-2014-background": "CTOC/COP/WG.6/2014/3",
    "cop10-2020-draft-resolution": "CTOC/COP/2020/L.7/Rev.1",
    "wg6-2020-chair-summary": "CTOC/COP/WG.6/2020/3/Add.1",
}


@dataclass(frozen=True)
class Mark:
    """A footnote's mark in a piece."""

    at: int
    mark: str
    text: str


@dataclass(frozen=True)
class Piece:
    """A paragraph as it is printed: its label apart, so that a writer may number it itself."""

    kind: str  # head, heading, numbered, lettered, point, plain, row
    label: str
    text: str
    level: int = 0
    marks: tuple[Mark, ...] = ()
    cells: tuple[str, ...] = ()


def pieces_of(parsed: Parsed, language: Language) -> list[Piece]:
    """The paragraphs of a parsed document in order, headings where they change."""
    pieces: list[Piece] = []
    path: tuple[str, ...] = ()
    day = time = ""
    for unit in parsed.units:
        same = 0
        while same < min(len(path), len(unit.heading_path)) and path[same] == unit.heading_path[same]:
            same += 1
        for level, words in enumerate(unit.heading_path[same:], same + 1):
            pieces.append(Piece("heading", "", words, level))
        path = unit.heading_path
        if unit.kind == "table_row":
            if day == "":
                header = ("日期和时间", "议程项目", "标题或说明") if language == "zh" else _COLUMNS
                pieces.append(Piece("row", "", "", cells=header))
            this_day, this_time, item, words = unit.text.split(" | ")
            if this_day != day:
                pieces.append(Piece("row", "", "", cells=(this_day,)))
                time = ""
            pieces.append(Piece("row", "", "", cells=("" if this_time == time else this_time, item, words)))
            day, time = this_day, this_time
        else:
            pieces += _of_unit(unit, language)
    return pieces


_COLUMNS = ("Date and time", "Agenda item", "Title or description")


def _of_unit(unit: Unit, language: Language) -> list[Piece]:
    lines = unit.text.split("\n")
    marks, at = [], 0
    by_line: list[tuple[Mark, ...]] = []
    for line in lines:
        marks = [
            Mark((note.at or 0) - at, note.mark, note.text)
            for note in unit.footnotes
            if at <= (note.at if note.at is not None else 0) <= at + len(line)
        ]
        by_line.append(tuple(marks))
        at += len(line) + 1
    if unit.kind == "head":
        return [Piece("head", "", line, marks=m) for line, m in zip(lines, by_line, strict=True)]
    first = lines[0]
    if unit.kind in ("paragraph", "operative"):
        begun = [Piece("numbered", f"{unit.number}.", first, marks=by_line[0])]
    elif unit.kind == "discussion_point":
        label = f"讨论要点 {unit.number}" if language == "zh" else f"Discussion point {unit.number}"
        begun = [Piece("point", label, ""), Piece("plain", "", first, marks=by_line[0])]
    elif unit.kind == "item":
        letter = unit.number.partition("(")[2]
        begun = [Piece("lettered" if letter else "numbered", f"({letter}" if letter else f"{unit.number}.", first)]
    else:
        begun = [Piece("plain", "", first, marks=by_line[0])]
    return begun + [Piece("plain", "", line, marks=m) for line, m in zip(lines[1:], by_line[1:], strict=True)]


def told(unit: Unit) -> tuple[str, str, tuple[str, ...], tuple[tuple[str, str, int | None], ...]]:
    """What of a unit must come back: anchor, text and headings without white space, notes with their places."""

    def close(text: str) -> str:
        return "".join(text.split())

    notes = tuple(
        (n.mark, close(n.text), None if n.at is None else len(close(unit.text[: n.at]))) for n in unit.footnotes
    )
    return unit.anchor, close(unit.text), tuple(close(h) for h in unit.heading_path), notes
