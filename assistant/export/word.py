"""A paper as a Word document with footnotes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.table import _Cell
from docx.text.paragraph import Paragraph as WordParagraph

from assistant.answer import Answer
from assistant.export.content import Columns, Paper, Paragraph, Run, Table, writable
from assistant.export.conversation import conversation_paper
from assistant.export.footnotes import Footnotes
from assistant.export.frame import as_bytes, empty_document
from assistant.export.styles import STYLES, TAGS
from corpus.records import Document as CorpusDocument
from corpus.records import Language


def to_word(
    turns: Sequence[tuple[str, Answer]], reader: Language, documents: Mapping[str, CorpusDocument], at: date
) -> bytes:
    """A conversation as a .docx file, see :func:`assistant.export.conversation.conversation_paper`."""
    return write_word(conversation_paper(turns, reader, documents, at))


def write_word(paper: Paper) -> bytes:
    """A paper as a .docx file; the same paper gives the same bytes."""
    document = empty_document(paper)
    footnotes = Footnotes(document)
    for block in paper.blocks:
        if isinstance(block, Paragraph):
            _write(document.add_paragraph(), block, footnotes)
        elif isinstance(block, Columns):
            _write_columns(document, block, footnotes)
        else:
            _write_table(document, block, footnotes)
    return as_bytes(document)


def _write_columns(document: Document, columns: Columns, footnotes: Footnotes) -> None:
    table = document.add_table(rows=1, cols=len(columns.columns), style="Table Grid")
    table.autofit = False
    # What it says is that the first row and column are headings, and they are not.
    table._tbl.tblPr.remove(table._tbl.tblPr.find(qn("w:tblLook")))
    for cell, paragraphs in zip(table.rows[0].cells, columns.columns, strict=True):
        _write_cell(cell, paragraphs, footnotes)


def _write_table(document: Document, table: Table, footnotes: Footnotes) -> None:
    written = document.add_table(rows=1 + len(table.rows), cols=len(table.head), style="Table Grid")
    # The heads stand again on every page that the table runs over.
    written.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for row, cells in zip(written.rows, (table.head, *table.rows), strict=True):
        row._tr.get_or_add_trPr().insert(0, OxmlElement("w:cantSplit"))
        for cell, paragraph in zip(row.cells, cells, strict=True):
            _write_cell(cell, (paragraph,), footnotes)


def _write_cell(cell: _Cell, paragraphs: Sequence[Paragraph], footnotes: Footnotes) -> None:
    # A cell comes with a paragraph.
    first = cell.paragraphs[0]
    for at, paragraph in enumerate(paragraphs):
        _write(cell.add_paragraph() if at else first, paragraph, footnotes)


def _write(into: WordParagraph, paragraph: Paragraph, footnotes: Footnotes) -> None:
    into.style = STYLES[paragraph.kind]
    for inline in paragraph.inlines:
        if isinstance(inline, Run):
            _write_run(into, inline)
        else:
            note = footnotes.add(into)
            for run in inline.runs:
                _write_run(note, run)


def _write_run(into: WordParagraph, run: Run) -> None:
    properties = into.add_run(writable(run.text))._r.get_or_add_rPr()
    language = {qn("w:val"): TAGS[run.language]}
    if run.language == "zh":
        # Quotation marks, dashes and dots are of the width of Chinese type only where it is said that they are Chinese.
        properties.append(OxmlElement("w:rFonts", {qn("w:hint"): "eastAsia"}))
        language[qn("w:eastAsia")] = TAGS["zh"]
    if run.mark == "gone":
        properties.append(OxmlElement("w:strike"))
    elif run.mark == "come":
        properties.append(OxmlElement("w:u", {qn("w:val"): "single"}))
    properties.append(OxmlElement("w:lang", language))
