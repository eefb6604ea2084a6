"""The Word document that a paper is written in: its page, styles, settings and properties, and its bytes."""

from __future__ import annotations

from datetime import UTC, datetime, time
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.rel import Relationships
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm

from assistant.export.content import Paper, writable
from assistant.export.footnotes import Footnotes
from assistant.export.strings import strings
from assistant.export.styles import TAGS, bullets, styles

# All that python-docx's own template is needed for: its picture, its fonts and its second set of styles stay behind.
_KEPT = {
    RELATIONSHIP_TYPE.OFFICE_DOCUMENT,
    RELATIONSHIP_TYPE.CORE_PROPERTIES,
    RELATIONSHIP_TYPE.STYLES,
    RELATIONSHIP_TYPE.NUMBERING,
    RELATIONSHIP_TYPE.SETTINGS,
    RELATIONSHIP_TYPE.THEME,
}
_WORD_2013 = "15"
_LONGEST_PROPERTY = 255
# The first day that an archive can bear: the same paper is the same bytes whenever it is written.
_NO_DAY = (1980, 1, 1, 0, 0, 0)


def empty_document(paper: Paper) -> Document:
    """A document with nothing in it yet: A4, a page number at the foot, its properties those of the paper."""
    document = docx.Document()
    for rels in (document.part.package.rels, document.part.rels):
        _keep(rels)
    _replace(document.styles.element, styles(paper.language))
    _replace(document.part.numbering_part.element, bullets())
    _replace(document.settings.element, _settings())
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(28)
    section.top_margin = section.bottom_margin = Mm(26)
    section.header_distance = section.footer_distance = Mm(15)
    _number_pages(document)
    _describe(document, paper)
    return document


def as_bytes(document: Document) -> bytes:
    """The bytes of a document, the same for the same document."""
    written, packed = BytesIO(), BytesIO()
    document.save(written)
    with ZipFile(written) as source, ZipFile(packed, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = ZipInfo(name, _NO_DAY)
            part.compress_type, part.create_system = ZIP_DEFLATED, 0
            target.writestr(part, source.read(name))
    return packed.getvalue()


def _keep(rels: Relationships) -> None:
    for r_id in [r_id for r_id, rel in rels.items() if rel.reltype not in _KEPT]:
        del rels[r_id]


def _replace(element: BaseOxmlElement, by: BaseOxmlElement) -> None:
    for child in list(element):
        element.remove(child)
    for child in list(by):
        element.append(child)


def _settings() -> BaseOxmlElement:
    return parse_xml(
        f'<w:settings {nsdecls("w")}><w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/>'
        f'<w:characterSpacingControl w:val="compressPunctuation"/>{Footnotes.setting()}<w:compat><w:useFELayout/>'
        f'<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word"'
        f' w:val="{_WORD_2013}"/></w:compat><w:themeFontLang w:val="{TAGS["en"]}" w:eastAsia="{TAGS["zh"]}"/>'
        '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )


def _number_pages(document: Document) -> None:
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.style = "footer"
    field = f'<w:fldSimple {nsdecls("w")} w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    paragraph._p.append(parse_xml(field))


def _describe(document: Document, paper: Paper) -> None:
    properties = document.core_properties
    day = datetime.combine(paper.at, time(), UTC)
    properties.title = " ".join(writable(paper.title).split())[:_LONGEST_PROPERTY]
    properties.language = TAGS[paper.language]
    properties.author = properties.last_modified_by = strings(paper.language).product
    properties.comments = properties.keywords = properties.subject = properties.category = ""
    properties.created = properties.modified = day
    properties.revision = 1
