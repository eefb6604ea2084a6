"""The footnotes of a Word document, which python-docx does not write: their part, its two rules, and their marks."""

from __future__ import annotations

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph

from assistant.export.styles import FOOTNOTE_REFERENCE, FOOTNOTE_TEXT

# Word's own ids of the rule above footnotes and of the one above those that run over from the page before.
_RULES = (("separator", -1), ("continuationSeparator", 0))


class Footnotes:
    """The footnotes part of a document, made empty; numbers begin at 1."""

    def __init__(self, document: Document) -> None:
        rules = "".join(
            f'<w:footnote w:type="{rule}" w:id="{number}"><w:p><w:pPr><w:spacing w:after="0" w:line="240"'
            f' w:lineRule="auto"/></w:pPr><w:r><w:{rule}/></w:r></w:p></w:footnote>'
            for rule, number in _RULES
        )
        element = parse_xml(f"<w:footnotes {nsdecls('w', 'r')}>{rules}</w:footnotes>")
        package = document.part.package
        self._part = XmlPart(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, element, package)
        document.part.relate_to(self._part, RELATIONSHIP_TYPE.FOOTNOTES)
        self._count = 0

    @staticmethod
    def setting() -> str:
        """The element of the settings that names the rules."""
        rules = "".join(f'<w:footnote w:id="{number}"/>' for _, number in _RULES)
        return f"<w:footnotePr>{rules}</w:footnotePr>"

    def add(self, paragraph: Paragraph) -> Paragraph:
        """Puts the mark of a new footnote at the end of a paragraph, and gives the paragraph to write its text in."""
        self._count += 1
        _mark(paragraph, OxmlElement("w:footnoteReference", {qn("w:id"): str(self._count)}))
        footnote = parse_xml(
            f'<w:footnote {nsdecls("w")} w:id="{self._count}"><w:p><w:pPr><w:pStyle w:val="{FOOTNOTE_TEXT}"/></w:pPr>'
            "</w:p></w:footnote>"
        )
        self._part.element.append(footnote)
        text = Paragraph(footnote[0], paragraph)
        _mark(text, OxmlElement("w:footnoteRef"))
        text.add_run(" ")
        return text


def _mark(paragraph: Paragraph, element: BaseOxmlElement) -> None:
    run = paragraph.add_run()._r
    run.style = FOOTNOTE_REFERENCE
    run.append(element)
