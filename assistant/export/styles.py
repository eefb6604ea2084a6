"""The styles of a Word document: type as it is set in either language, on the names that Word knows."""

from __future__ import annotations

from dataclasses import dataclass

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.xmlchemy import BaseOxmlElement

from assistant.export.content import Kind
from corpus.records import Language

#: The style of each kind of paragraph, by the name that Word gives it.
STYLES: dict[Kind, str] = {
    "title": "Title",
    "date": "Date",
    "remark": "Remark",
    "heading": "Heading 1",
    "subheading": "Heading 2",
    "label": "Label",
    "body": "Body Text",
    "item": "List Bullet",
    "cell": "Cell",
}
FOOTNOTE_TEXT, FOOTNOTE_REFERENCE = "FootnoteText", "FootnoteReference"
#: Text tags of the languages, as Word proofs by them.
TAGS: dict[Language, str] = {"zh": "zh-CN", "en": "en-GB"}

# Those of the styles that Word does not come with.
_OWN = ("Remark", "Label", "Cell")
_LATIN, _SONG, _HEI = "Times New Roman", "SimSun", "SimHei"


@dataclass(frozen=True)
class _Style:
    """A paragraph style: sizes in half points, spacing in twentieths of a point, lines in 240ths of one.

    ``level`` is the rank of a heading in the outline; ``listed`` and ``indent`` are as the format writes them.
    """

    name: str
    size: int
    line: int
    before: int
    after: int
    aligned: str = "left"
    heading: bool = False
    level: int | None = None
    listed: str = ""
    indent: str = ""

    @property
    def style_id(self) -> str:
        """The name as ids of styles are written: heading 1 is Heading1, footnote text FootnoteText."""
        return "".join(word[:1].upper() + word[1:] for word in self.name.split())


def _rows(language: Language) -> tuple[_Style, ...]:
    chinese = language == "zh"
    size, line = (24, 360) if chinese else (22, 288)
    # Running text begins two characters in, as Chinese papers do; English spread over a narrow column would have holes.
    first = '<w:ind w:firstLineChars="200" w:firstLine="480"/>' if chinese else ""
    aligned = "both" if chinese else "left"
    bullet = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    return (
        _Style("Title", 36, 300, 0, 120, "center", heading=True),
        _Style("Date", size, 300, 0, 200, "center"),
        _Style("Remark", size - 4, 288, 0, 160),
        _Style("heading 1", size + 4, 300, 360, 120, heading=True, level=0),
        _Style("heading 2", size + 1, 300, 200, 80, heading=True, level=1),
        _Style("Label", size, 300, 60, 60, heading=True),
        _Style("Body Text", size, line, 0, 120, aligned, indent=first),
        _Style("List Bullet", size, line, 0, 60, listed=bullet),
        _Style("Cell", size - 4, 264, 30, 30),
        _Style("footnote text", 18, 252, 0, 40, aligned),
        _Style("footer", 18, 240, 0, 0, "center"),
    )


def styles(language: Language) -> BaseOxmlElement:
    """The styles element of a document whose reader reads a language."""
    rows = "".join(_paragraph_style(row, bold=language == "en") for row in _rows(language))
    return parse_xml(
        f"<w:styles {nsdecls('w')}><w:docDefaults><w:rPrDefault><w:rPr>{_fonts(_SONG)}"
        f'<w:sz w:val="22"/><w:szCs w:val="22"/><w:lang w:val="{TAGS["en"]}" w:eastAsia="{TAGS["zh"]}" w:bidi="ar-SA"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:semiHidden/></w:style>'
        f'{rows}<w:style w:type="character" w:styleId="{FOOTNOTE_REFERENCE}"><w:name w:val="footnote reference"/>'
        '<w:basedOn w:val="DefaultParagraphFont"/><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
        f"{_TABLES}</w:styles>"
    )


def bullets() -> BaseOxmlElement:
    """The numbering element, with the one list that the styles use."""
    return parse_xml(
        f'<w:numbering {nsdecls("w")}><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="singleLevel"/>'
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:pStyle w:val="ListBullet"/>'
        '<w:lvlText w:val="•"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="420" w:hanging="420"/></w:pPr>'
        f'<w:rPr><w:rFonts w:ascii="{_LATIN}" w:hAnsi="{_LATIN}" w:cs="{_LATIN}" w:hint="default"/></w:rPr></w:lvl>'
        '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )


def _paragraph_style(row: _Style, bold: bool) -> str:
    # Chinese headings are told by their type, 黑体; made bold as well it would fill in.
    weight = "<w:b/><w:bCs/>" if row.heading and bold else ""
    keep = "<w:keepNext/><w:keepLines/>" if row.heading else ""
    outline = "" if row.level is None else f'<w:outlineLvl w:val="{row.level}"/>'
    own = ' w:customStyle="1"' if row.name in _OWN else ""
    return (
        f'<w:style w:type="paragraph"{own} w:styleId="{row.style_id}"><w:name w:val="{row.name}"/>'
        f'<w:basedOn w:val="Normal"/><w:next w:val="{"BodyText" if row.heading else row.style_id}"/><w:qFormat/>'
        f'<w:pPr>{keep}{row.listed}<w:spacing w:before="{row.before}" w:after="{row.after}" w:line="{row.line}"'
        f' w:lineRule="auto"/>{row.indent}<w:jc w:val="{row.aligned}"/>{outline}</w:pPr>'
        f'<w:rPr>{_fonts(_HEI if row.heading else _SONG)}{weight}<w:sz w:val="{row.size}"/>'
        f'<w:szCs w:val="{row.size}"/></w:rPr></w:style>'
    )


def _fonts(east_asian: str) -> str:
    return f'<w:rFonts w:ascii="{_LATIN}" w:hAnsi="{_LATIN}" w:eastAsia="{east_asian}" w:cs="{_LATIN}"/>'


_EDGES = "".join(
    f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
    for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_MARGINS = "".join(
    f'<w:{side} w:w="{width}" w:type="dxa"/>'
    for side, width in (("top", 0), ("left", 108), ("bottom", 0), ("right", 108))
)
_TABLES = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:semiHidden/>'
    f'<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>{_MARGINS}</w:tblCellMar></w:tblPr></w:style>'
    '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/>'
    f"<w:tblPr><w:tblBorders>{_EDGES}</w:tblBorders></w:tblPr></w:style>"
    '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/><w:semiHidden/></w:style>'
)
