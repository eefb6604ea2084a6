"""Writes pieces as a DOCX, with numbers typed or counted by Word's lists; and the parts python-docx has no call for."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence

import docx
from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph

from tests.corpus.readers.seeds import Mark, Piece

_LABELS = (
    (re.compile(r"[IVX]+\.\s"), "upperRoman", "%1."),
    (re.compile(r"[一二三四五六七八九十]+\.\s"), "chineseCounting", "%1."),
    (re.compile(r"[A-Z]\.\s"), "upperLetter", "%1."),
)


def write_docx(pieces: Sequence[Piece], symbol: str, masthead: Sequence[str] = (), automatic: bool = False) -> bytes:
    """A DOCX of the pieces with a masthead table, running heads and feet, and footnotes."""
    document = docx.Document()
    section = document.sections[0]
    section.header.paragraphs[0].text = symbol
    section.footer.paragraphs[0].text = "2/14\tV.20-04105"
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text = "United Nations"
    table.cell(0, 1).text = "\n".join((symbol, *masthead))
    lists = _Lists(document) if automatic else None
    notes: list[Mark] = []
    rows: list[tuple[str, ...]] = []
    for piece in [*pieces, None]:
        if rows and (piece is None or piece.kind != "row"):
            _table(document, rows)
            rows = []
        if piece is None:
            break
        if piece.kind == "row":
            rows.append(piece.cells)
            continue
        _paragraph(document, piece, lists, notes)
    if notes:
        _footnotes(document, notes)
    return saved(document)


def saved(document: Document) -> bytes:
    """The bytes of a document."""
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _paragraph(document: Document, piece: Piece, lists: _Lists | None, notes: list[Mark]) -> None:
    label, text = piece.label, piece.text
    paragraph = document.add_heading("", piece.level) if piece.kind == "heading" else document.add_paragraph()
    if lists is not None:
        for pattern, form, words in _LABELS:
            if piece.kind == "heading" and (found := pattern.match(text)):
                text = text[found.end() :]
                lists.number(paragraph, form, words, restart=found[0].strip() in ("A.", "I.", "一."))
        if piece.kind in ("numbered", "lettered", "point"):
            form = "lowerLetter" if piece.kind == "lettered" else "decimal"
            words = re.sub(r"\d+|(?<=\()[a-z]", "%1", label)
            restart = label in ("(a)", "1.")
            lists.number(paragraph, form, words, restart)
            label = ""
    at = -len(f"{label} " if label else "")
    whole = f"{label} {text}".strip() if label else text
    for mark in piece.marks:
        paragraph.add_run(whole[max(at, 0) : mark.at + (len(whole) - len(text))])
        at = mark.at + (len(whole) - len(text))
        notes.append(mark)
        _reference(paragraph, len(notes), mark)
    paragraph.add_run(whole[max(at, 0) :])


def _reference(paragraph: Paragraph, number: int, mark: Mark) -> None:
    run = paragraph.add_run()
    reference = OxmlElement("w:footnoteReference")
    reference.set(qn("w:id"), str(number))
    run._r.append(reference)
    if not mark.mark.isdigit():
        reference.set(qn("w:customMarkFollows"), "1")
        run.add_text(mark.mark)


def _footnotes(document: Document, notes: Sequence[Mark]) -> None:
    body = "".join(
        f'<w:footnote w:id="{number}"><w:p><w:r>'
        + ("<w:footnoteRef/>" if note.mark.isdigit() else f"<w:t>{note.mark}</w:t>")
        + f'</w:r><w:r><w:t xml:space="preserve"> {_escaped(note.text)}</w:t></w:r></w:p></w:footnote>'
        for number, note in enumerate(notes, 1)
    )
    separator = '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    blob = f'<?xml version="1.0"?><w:footnotes {nsdecls("w")}>{separator}{body}</w:footnotes>'.encode()
    part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, blob, document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _table(document: Document, rows: Sequence[tuple[str, ...]]) -> None:
    table = document.add_table(rows=len(rows), cols=3)
    merged = None
    for index, cells in enumerate(rows):
        if len(cells) == 1:
            table.cell(index, 0).merge(table.cell(index, 2)).text = cells[0]
            merged = None
            continue
        for column, words in enumerate(cells):
            table.cell(index, column).text = words
        if cells[0]:
            merged = table.cell(index, 0)
        elif merged is not None:
            # The time stands once over the rows of its meeting.
            merged = merged.merge(table.cell(index, 0))
            merged.text = merged.text.strip()


class _Lists:
    """Lists of the document's own: one abstract list a form, a new instance where the count starts again."""

    def __init__(self, document: Document) -> None:
        self._root = document.part.numbering_part.element
        for child in list(self._root):
            self._root.remove(child)
        self._abstract: dict[tuple[str, str], int] = {}
        self._num: dict[tuple[str, str], int] = {}
        self._nums = 0

    def number(self, paragraph: Paragraph, form: str, words: str, restart: bool) -> None:
        key = (form, words)
        if key not in self._abstract:
            self._abstract[key] = len(self._abstract) + 1
            abstract = parse_xml(
                f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{self._abstract[key]}"><w:lvl w:ilvl="0">'
                f'<w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{words}"/></w:lvl></w:abstractNum>'
            )
            first_num = self._root.find(qn("w:num"))
            self._root.append(abstract) if first_num is None else first_num.addprevious(abstract)
            restart = True
        if restart:
            self._nums += 1
            self._num[key] = self._nums
            self._root.append(
                parse_xml(
                    f'<w:num {nsdecls("w")} w:numId="{self._nums}"><w:abstractNumId w:val="{self._abstract[key]}"/>'
                    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
                )
            )
        properties = paragraph._p.get_or_add_pPr()
        properties.append(
            parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="{self._num[key]}"/></w:numPr>')
        )
