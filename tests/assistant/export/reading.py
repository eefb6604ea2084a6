"""What a file that was written says, read by others than those who wrote it: its paragraphs, then its footnotes."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

import docx
from docx.oxml.ns import qn
from docx.table import Table
from lxml import etree, html
from markdown_it import MarkdownIt

BLOCKS = ("h1", "h2", "h3", "h4", "h5", "h6", "p", "li", "pre", "td", "th", "dt", "dd")
_WRITTEN = {qn("w:br"): "\n", qn("w:tab"): "\t"}


def part(file: bytes, name: str) -> etree._Element:
    """A part of a Word file as XML."""
    with ZipFile(BytesIO(file)) as archive:
        return etree.fromstring(archive.read(name))


def word_lines(file: bytes) -> list[str]:
    """The paragraphs of a Word file as python-docx finds them, ``[^1]`` where a footnote is referred to."""
    found: list[str] = []
    for block in docx.Document(BytesIO(file)).iter_inner_content():
        paragraphs = (
            [p for cell in block.rows[0].cells for p in cell.paragraphs] if isinstance(block, Table) else [block]
        )
        found += ["".join(_written(paragraph._p)) for paragraph in paragraphs]
    return found + [f"[^{number}]: {text}" for number, text in word_footnotes(file).items()]


def word_footnotes(file: bytes) -> dict[str, str]:
    """The text of each footnote of a Word file by its id, in the order of the part."""
    return {
        note.get(qn("w:id")): "".join(_written(note)).strip()
        for note in part(file, "word/footnotes.xml").iterchildren(qn("w:footnote"))
        if note.get(qn("w:type")) is None
    }


def word_references(file: bytes) -> list[str]:
    """The ids of footnotes as the text of a Word file refers to them."""
    return [mark.get(qn("w:id")) for mark in part(file, "word/document.xml").iter(qn("w:footnoteReference"))]


def markdown_lines(text: str) -> list[str]:
    """The blocks of a Markdown file as a reader of plain CommonMark shows them; footnotes are paragraphs to it."""
    page = markdown_page(text)
    return [_shown(block) for block in page.iter(*BLOCKS) if not (block.tag == "li" and block.find("p") is not None)]


def markdown_page(text: str) -> html.HtmlElement:
    """A Markdown file as a page, with raw HTML, links and tables as the reader would have them."""
    return html.fromstring(f"<main>{MarkdownIt('commonmark').enable(['table', 'strikethrough']).render(text)}</main>")


def _shown(block: html.HtmlElement) -> str:
    # Space at the end of a line is not seen.
    return "\n".join(line.rstrip() for line in str(block.text_content()).strip().split("\n"))


def _written(element: etree._Element) -> Iterator[str]:
    for each in element.iter(qn("w:t"), qn("w:br"), qn("w:tab"), qn("w:footnoteReference")):
        if each.tag == qn("w:footnoteReference"):
            yield f"[^{each.get(qn('w:id'))}]"
        else:
            yield _WRITTEN.get(each.tag, each.text or "")
