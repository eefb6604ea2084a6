"""Writes pieces as a PDF line by line, as a printing office sets pages: heads, feet, notes at page ends, hyphens."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from corpus.records import Language
from tests.corpus.readers.seeds import Mark, Piece

_WIDTH, _HEIGHT = A4
_MARGIN, _TOP, _BOTTOM, _GUTTER = 90.0, 770.0, 90.0, 24.0
_SIZE, _LEADING, _NOTE, _SPACING = 10.0, 12.5, 8.0, 6.0
_TABLE = (0.0, 110.0, 160.0)
# What may not begin a Chinese line.
_CLOSING = "，。、；：？！）》”’」』〕】"


@dataclass
class _Atom:
    """The least that a line is broken at: a word, an ideograph, or one with the note's mark that hangs on it."""

    text: str
    space: bool
    mark: Mark | None = None


def write_pdf(
    pieces: Sequence[Piece], symbol: str, language: Language, masthead: Sequence[str] = (), columns: int = 1
) -> bytes:
    """A PDF of the pieces with a masthead, running heads and feet, and footnotes at the ends of their pages."""
    writer = _Writer(symbol, language, columns)
    writer.masthead(masthead)
    for piece in pieces:
        writer.piece(piece)
    return writer.finish()


class _Writer:
    def __init__(self, symbol: str, language: Language, columns: int) -> None:
        self._symbol, self._language, self._columns = symbol, language, columns
        self._font = self._bold = "STSong-Light"
        if language == "zh":
            pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
        else:
            self._font, self._bold = "Times-Roman", "Times-Bold"
        self._buffer = io.BytesIO()
        self._canvas = Canvas(self._buffer, pagesize=A4, invariant=True)
        self._page, self._column, self._y, self._floor = 1, 0, _TOP, _BOTTOM
        self._notes: list[Mark] = []
        self._width = (_WIDTH - 2 * _MARGIN - (columns - 1) * _GUTTER) / columns
        self._heads()

    def masthead(self, lines: Sequence[str]) -> None:
        self._canvas.setFont(self._font, 14)
        self._canvas.drawString(_MARGIN, self._y, "United Nations")
        self._canvas.setFont(self._font, _SIZE)
        self._canvas.drawRightString(_WIDTH - _MARGIN, self._y, self._symbol)
        self._canvas.line(_MARGIN, self._y - 6, _WIDTH - _MARGIN, self._y - 6)
        self._y -= 24
        for line in lines:
            self._canvas.drawString(_WIDTH - _MARGIN - 110, self._y, line)
            self._y -= _LEADING
        self._y -= 10

    def piece(self, piece: Piece) -> None:
        if piece.kind == "row":
            self._row(piece.cells)
            return
        bold, size = piece.kind in ("head", "heading", "point"), _SIZE
        indent = 0.0 if piece.kind != "lettered" else 24.0
        label = piece.label
        heading = piece.kind == "heading" and re.match(
            r"(?:[IVX]+|[A-Z]|[一二三四五六七八九十]+|\d+)\.\s|\([a-z]\)\s", piece.text
        )
        text, shift = piece.text, 0
        if heading:
            label, text, shift = heading[0].strip(), piece.text[heading.end() :], heading.end()
        font = self._bold if bold else self._font
        marks = [Mark(m.at - shift, m.mark, m.text) for m in piece.marks]
        first = 24.0 if label and text else 0.0
        if label and first < pdfmetrics.stringWidth(label, font, size) + 3:
            first = pdfmetrics.stringWidth(label, font, size) + 8
        lines = self._broken(_atoms(text, marks), font, size, self._width - indent, first)
        for index, line in enumerate(lines or [[]]):
            # A note whose mark the text lacks stands at the end of the page all the same.
            notes = [m for m in marks if m.at <= 0 and index == 0] + [atom.mark for atom in line if atom.mark]
            self._room(notes)
            x = self._x() + indent
            if index == 0 and label:
                self._draw(x, label, font, size)
            self._line(x + (first if index == 0 else 0), line, font, size)
            self._y -= _LEADING
        self._y -= _SPACING

    def finish(self) -> bytes:
        self._end_column()
        self._canvas.save()
        return self._buffer.getvalue()

    def _x(self) -> float:
        return _MARGIN + self._column * (self._width + _GUTTER)

    def _row(self, cells: tuple[str, ...]) -> None:
        starts = _TABLE if len(cells) == 3 else (0.0,)
        ends = (*(s - 8 for s in starts[1:]), self._width)
        broken = [
            self._broken(_atoms(cell, []), self._font, _SIZE, end - start, 0.0)
            for cell, start, end in zip(cells, starts, ends, strict=True)
        ]
        for index in range(max(len(lines) for lines in broken)):
            self._room([])
            for lines, start in zip(broken, starts, strict=True):
                if index < len(lines):
                    self._line(self._x() + start, lines[index], self._font, _SIZE)
            self._y -= _LEADING
        self._y -= _SPACING

    def _room(self, notes: Sequence[Mark | None]) -> None:
        """A new column or page where the line and its notes do not fit."""
        needed = sum(self._note_height(note) for note in notes if note) + (8 if notes and not self._notes else 0)
        if self._y - _LEADING < self._floor + needed:
            self._end_column()
            self._floor, self._notes = _BOTTOM, []
            if self._column + 1 < self._columns:
                self._column += 1
                self._y = _TOP if self._page > 1 else self._first
            else:
                self._canvas.showPage()
                self._page, self._column, self._y = self._page + 1, 0, _TOP
                self._heads()
        for note in notes:
            if note:
                self._floor += self._note_height(note) + (8 if not self._notes else 0)
                self._notes.append(note)

    @property
    def _first(self) -> float:
        return _TOP - 34

    def _note_lines(self, note: Mark) -> list[list[_Atom]]:
        return self._broken(_atoms(note.text, []), self._font, _NOTE, self._width - 10, 0.0)

    def _note_height(self, note: Mark) -> float:
        return len(self._note_lines(note)) * (_NOTE + 2)

    def _heads(self) -> None:
        self._canvas.setFont(self._font, 8)
        if self._page > 1:
            self._canvas.drawString(_MARGIN, 805, self._symbol)
        if self._page > 1:
            self._canvas.drawRightString(_WIDTH - _MARGIN, 40, f"{self._page}/99")
            self._canvas.drawString(_MARGIN, 40, "V.20-04105")
        else:
            self._canvas.drawString(_MARGIN, 40, "V.20-04105 (C)    050820    060820")
            self._canvas.drawString(_MARGIN, 28, "*2004105*")
            words = "请回收" if self._language == "zh" else "Please recycle"
            self._canvas.drawRightString(_WIDTH - _MARGIN, 28, words)

    def _end_column(self) -> None:
        if not self._notes:
            return
        y = self._floor - 10
        left = self._x()
        self._canvas.line(left, y + 9, left + 100, y + 9)
        for note in self._notes:
            self._canvas.setFont(self._font, 5.5)
            self._canvas.drawString(left + 2, y + 3, note.mark)
            for line in self._note_lines(note):
                self._line(left + 10, line, self._font, _NOTE, y)
                y -= _NOTE + 2

    def _line(self, x: float, line: Sequence[_Atom], font: str, size: float, y: float | None = None) -> None:
        y = self._y if y is None else y
        run = ""
        for index, atom in enumerate(line):
            run += (" " if atom.space and index else "") + atom.text
            if atom.mark or index == len(line) - 1:
                x = self._draw(x, run, font, size, y)
                run = ""
            if atom.mark:
                self._canvas.setFont(font, size * 0.6)
                self._canvas.drawString(x, y + size * 0.35, atom.mark.mark)
                x += pdfmetrics.stringWidth(atom.mark.mark, font, size * 0.6)

    def _draw(self, x: float, text: str, font: str, size: float, y: float | None = None) -> float:
        self._canvas.setFont(font, size)
        self._canvas.drawString(x, self._y if y is None else y, text)
        return x + pdfmetrics.stringWidth(text, font, size)

    def _broken(self, atoms: list[_Atom], font: str, size: float, width: float, first: float) -> list[list[_Atom]]:
        lines: list[list[_Atom]] = []
        line: list[_Atom] = []
        room = width - first
        for atom in atoms:
            needed = pdfmetrics.stringWidth((" " if atom.space and line else "") + atom.text, font, size)
            if needed > room and line and atom.text[0] not in _CLOSING:
                head, rest = _hyphenated(atom, font, size, room)
                if head:
                    line.append(head)
                lines.append(line)
                line, room, atom = [], width, rest
                needed = pdfmetrics.stringWidth(atom.text, font, size)
            line.append(atom)
            room -= needed
        return [*lines, line] if line else lines


def _hyphenated(atom: _Atom, font: str, size: float, room: float) -> tuple[_Atom | None, _Atom]:
    """A long English word in two at a hyphen of its own or a new one, where the first part fits."""
    for at in range(len(atom.text) - 4, 3, -1):
        own = atom.text[at - 1] == "-"
        if not (own or (atom.text[at - 2 : at + 2].isalpha() and atom.text.islower() and atom.text.isascii())):
            continue
        head = atom.text[:at] + ("" if own else "-")
        if pdfmetrics.stringWidth(" " + head, font, size) <= room:
            return _Atom(head, atom.space), _Atom(atom.text[at:], False, atom.mark)
    return None, atom


def _atoms(text: str, marks: Sequence[Mark]) -> list[_Atom]:
    """Words and ideographs; a note's mark hangs on the atom it follows, which ends there."""
    ends = {mark.at: mark for mark in marks}
    atoms: list[_Atom] = []
    for match in (
        re.finditer(r"[\u2e80-\uffef\u2018\u2019\u201c\u201d\u2014\u2026]|[^\s\u2e80-\uffef]+", text)
        if (re.search(r"[\u4e00-\u9fff]", text))
        else re.finditer(r"\S+", text)
    ):
        start = match.start()
        cuts = [at for at in sorted(ends) if start < at < match.end()]
        for begin, end in zip([start, *cuts], [*cuts, match.end()], strict=True):
            space = begin == start and start > 0 and text[start - 1].isspace()
            atoms.append(_Atom(text[begin:end], space, ends.get(end)))
    return atoms
