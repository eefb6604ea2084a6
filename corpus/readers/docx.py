"""A DOCX becomes paragraphs: numbers as shown, tracked changes as accepted, footnotes at their marks.

python-docx opens the package and gives the elements; what it does not read (numbering, notes, changes, hidden text) is
read from them here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn

from corpus.readers.docx_notes import Notes
from corpus.readers.docx_numbering import Numbering, value
from corpus.readers.docx_package import Package, open_docx
from corpus.readers.docx_runs import Runs, Text
from corpus.readers.docx_styles import Style, Styles, numbering_of, outline_level
from corpus.readers.left_out import Omissions
from corpus.readers.paragraphs import Extract, Note, Paragraph
from corpus.readers.pieces import pieces_of, title_table

_WORDS = re.compile(r"[A-Za-z]{3}|[\u4e00-\u9fff]{2}")
_WRAPPERS = {qn(tag) for tag in ("w:sdt", "w:sdtContent", "w:customXml", "w:ins", "w:moveTo", "w:smartTag")}


def read_docx(data: bytes, name: str) -> Extract:
    """The paragraphs of a DOCX in reading order.

    Raises:
        SourceError: it is damaged, unpacks too far or declares entities.
    """
    return _Reader(open_docx(data, name)).extract()


class _Reader:
    def __init__(self, package: Package) -> None:
        self._package = package
        self._styles = Styles(package.styles)
        self._numbering = Numbering(package.numbering)
        self._omitted = Omissions()
        notes = Notes(package.footnotes, package.endnotes, package.settings, package.body)
        self._runs = Runs(self._styles, notes, self._omitted)
        self._styled = False
        self._held: Text | None = None

    def extract(self) -> Extract:
        paragraphs = tuple(self._blocks(self._package.body))
        furniture = tuple(
            text.string.strip()
            for root in self._package.margins
            for element in root.iter(qn("w:p"))
            for text in [self._runs.text(element, count=False)]
            if text.string.strip()
        )
        self._omitted.running = len(set(furniture))
        self._omitted.comments = self._package.has_comments
        return Extract(paragraphs, furniture, self._omitted.in_words(), self._styled)

    def _blocks(self, parent: Any) -> Iterator[Paragraph]:
        for element in parent:
            if element.tag == qn("w:p"):
                yield from self._paragraph(element)
            elif element.tag == qn("w:tbl"):
                yield from self._table(element)
            elif element.tag in _WRAPPERS:
                yield from self._blocks(element)

    def _paragraph(self, element: Any) -> Iterator[Paragraph]:
        properties = element.find(qn("w:pPr"))
        key = (value(properties, "w:pStyle") if properties is not None else None) or self._styles.default
        style = self._styles.get(key)
        text = self._runs.text(element, hidden=bool(style.hidden))
        if self._held is not None:
            text, self._held = self._held + text, None
        if style.contents:
            self._omitted.contents += bool(text.string.strip())
            return
        if _mark_deleted(properties):
            # The end of the paragraph was struck out: it runs on in the next one.
            self._held = text
            return
        level = style.level if properties is None else outline_level(properties, style.level)
        label = self._label(properties, key, style)
        # An empty paragraph counts on; its label stands for text only where it has words (讨论要点 3).
        if text.string.strip() or _WORDS.search(label):
            text = Text(label) + text
            self._styled = self._styled or bool(level)
            yield from pieces_of(Paragraph(text.string, level, text.notes))
        for box in text.boxes:
            yield from self._blocks(box)

    def _label(self, properties: Any | None, key: str, style: Style) -> str:
        num, level = (None, None) if properties is None else numbering_of(properties)
        if num is None and style.num is not None:
            num, level = style.num, style.num_level if level is None else level
            level = self._numbering.level_of_style(key) if level is None else level
        if num is None or num == "0":
            return ""
        return self._numbering.label(num, level or 0)

    def _table(self, table: Any) -> Iterator[Paragraph]:
        rows = [row for row in self._rows(table) if row]
        if title_table([[p.text for p in cell] for row in rows for cell in row]) or all(len(row) == 1 for row in rows):
            yield from (paragraph for row in rows for cell in row for paragraph in cell)
            return
        for row in rows:
            notes: tuple[Note, ...] = tuple(note for cell in row for p in cell for note in p.notes)
            yield Paragraph("", notes=notes, cells=tuple(tuple(_line(p) for p in cell) for cell in row))

    def _rows(self, table: Any) -> Iterator[list[list[Paragraph]]]:
        for row in _children(table, qn("w:tr")):
            properties = row.find(qn("w:trPr"))
            if properties is not None and properties.find(qn("w:del")) is not None:
                self._omitted.deleted += 1
                continue
            cells = []
            for cell in _children(row, qn("w:tc")):
                cell_properties = cell.find(qn("w:tcPr"))
                merge = None if cell_properties is None else cell_properties.find(qn("w:vMerge"))
                if merge is not None and merge.get(qn("w:val")) != "restart":
                    continue
                paragraphs = list(self._blocks(cell))
                if paragraphs:
                    cells.append(paragraphs)
            yield cells


def _line(paragraph: Paragraph) -> str:
    return paragraph.text or " ".join(line for cell in paragraph.cells for line in cell)


def _children(parent: Any, tag: str) -> Iterator[Any]:
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _children(child, tag)


def _mark_deleted(properties: Any | None) -> bool:
    if properties is None:
        return False
    runs = properties.find(qn("w:rPr"))
    return runs is not None and (runs.find(qn("w:del")) is not None or runs.find(qn("w:moveFrom")) is not None)
