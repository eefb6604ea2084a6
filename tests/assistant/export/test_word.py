"""A paper as Word will find it: its parts, its styles, its languages, its columns; hostile text in it."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm

from assistant.export.content import Columns, Footnote, Kind, Paper, Paragraph, Run
from assistant.export.markdown import write_markdown
from assistant.export.word import write_word
from corpus.records import LANGUAGES, Language
from tests.assistant.export.made import DAY
from tests.assistant.export.reading import markdown_lines, part, word_footnotes, word_lines, word_references
from tests.assistant.export.test_markdown import HOSTILE

NAMES: dict[Kind, str] = {
    "title": "Title", "date": "Date", "remark": "Remark", "heading": "Heading 1", "subheading": "Heading 2",
    "label": "Label", "body": "Body Text", "item": "List Bullet",
}  # fmt: skip
# The order of the elements of paragraph and run properties in the format's schema.
PARAGRAPH_ORDER = "pStyle keepNext keepLines numPr spacing ind contextualSpacing jc outlineLvl".split()
RUN_ORDER = "rStyle rFonts b bCs sz szCs vertAlign lang".split()


def paper(reader: Language = "zh") -> Paper:
    """Each kind of paragraph in both languages, footnotes, and two columns."""
    blocks: list[Paragraph | Columns] = [
        Paragraph(kind, (Run(f"“{kind}”一\n二", "zh"), Run(" and ", "en"), Footnote((Run("注 一", "zh"),))))
        for kind in NAMES
    ]
    sides = tuple(
        (Paragraph("label", (Run(name, "zh"),)), Paragraph("body", (Run(name, "zh"), Footnote((Run("注 二", "zh"),)))))
        for name in "甲乙"
    )
    return Paper("会议文件", reader, DAY, (*blocks, Columns(sides), blocks[-1]))


def opened(file: bytes) -> Document:
    return docx.Document(BytesIO(file))


@pytest.mark.parametrize("reader", LANGUAGES)
def test_the_text_is_that_of_the_markdown(reader: Language) -> None:
    seen = [" ".join(line.split()) for line in word_lines(write_word(paper(reader)))]
    assert seen == [" ".join(line.split()) for line in markdown_lines(write_markdown(paper(reader)))]


def test_each_footnote_is_referred_to_once_and_in_order() -> None:
    file = write_word(paper())
    numbers = [str(n) for n in range(1, len(NAMES) + 2 + 1 + 1)]
    assert word_references(file) == numbers
    assert list(word_footnotes(file)) == numbers


def test_footnotes_are_a_part_that_word_finds() -> None:
    document = opened(write_word(paper()))
    notes = document.part.part_related_by(RELATIONSHIP_TYPE.FOOTNOTES)
    assert notes.partname == "/word/footnotes.xml"
    assert notes.content_type == CONTENT_TYPE.WML_FOOTNOTES
    footnotes = part(write_word(paper()), "word/footnotes.xml")
    kinds = {note.get(qn("w:id")): note.get(qn("w:type")) for note in footnotes}
    assert {each: kind for each, kind in kinds.items() if kind} == {"-1": "separator", "0": "continuationSeparator"}
    assert len(kinds) == len(footnotes)
    named = document.settings.element.findall(f"{qn('w:footnotePr')}/{qn('w:footnote')}")
    assert [each.get(qn("w:id")) for each in named] == ["-1", "0"]


def test_a_footnote_begins_with_its_number_in_its_own_style() -> None:
    footnotes = part(write_word(paper()), "word/footnotes.xml")
    for note in [note for note in footnotes if note.get(qn("w:type")) is None]:
        (paragraph,) = note
        assert paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}").get(qn("w:val")) == "FootnoteText"
        assert paragraph.find(qn("w:r")).find(qn("w:footnoteRef")) is not None
    for root in (footnotes, part(write_word(paper()), "word/document.xml")):
        for mark in [*root.iter(qn("w:footnoteReference")), *root.iter(qn("w:footnoteRef"))]:
            assert mark.getparent().find(f"{qn('w:rPr')}/{qn('w:rStyle')}").get(qn("w:val")) == "FootnoteReference"


@pytest.mark.parametrize("reader", LANGUAGES)
def test_every_style_that_is_used_is_there_and_headings_have_their_rank(reader: Language) -> None:
    file = write_word(paper(reader))
    document = opened(file)
    assert [p.style.name for p in document.paragraphs if p.style] == [*NAMES.values(), "List Bullet"]
    known = {style.get(qn("w:styleId")) for style in document.styles.element.findall(qn("w:style"))}
    used = {
        each.get(qn("w:val"))
        for name in ("document", "footnotes", "footer1", "numbering", "styles")
        for tag in ("w:pStyle", "w:rStyle", "w:tblStyle", "w:basedOn", "w:next")
        for each in part(file, f"word/{name}.xml").iter(qn(tag))
    }
    assert used <= known
    ranks = {style.name: style.element.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}") for style in document.styles}
    assert {name: rank.get(qn("w:val")) for name, rank in ranks.items() if rank is not None} == {
        "Heading 1": "0", "Heading 2": "1",
    }  # fmt: skip


def test_a_list_is_a_list() -> None:
    document = opened(write_word(paper()))
    numbered = document.styles["List Bullet"].element.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}")
    lists = document.part.numbering_part.element
    (number,) = lists.findall(qn("w:num"))
    (abstract,) = lists.findall(qn("w:abstractNum"))
    assert numbered.get(qn("w:val")) == number.get(qn("w:numId"))
    assert number.find(qn("w:abstractNumId")).get(qn("w:val")) == abstract.get(qn("w:abstractNumId"))


@pytest.mark.parametrize("reader", LANGUAGES)
def test_both_scripts_have_their_type_and_each_run_its_language(reader: Language) -> None:
    file = write_word(paper(reader))
    styles = part(file, "word/styles.xml")
    fonts = list(styles.iter(qn("w:rFonts")))
    assert {(each.get(qn("w:ascii")), each.get(qn("w:hAnsi"))) for each in fonts} == {("Times New Roman",) * 2}
    assert {each.get(qn("w:eastAsia")) for each in fonts} == {"SimSun", "SimHei"}
    default = styles.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    assert default.find(qn("w:rFonts")).get(qn("w:eastAsia")) == "SimSun"
    assert default.find(qn("w:lang")).get(qn("w:eastAsia")) == "zh-CN"
    for name in ("document", "footnotes"):
        for run in part(file, f"word/{name}.xml").iter(qn("w:r")):
            text = "".join(each.text or "" for each in run.iter(qn("w:t")))
            if text.strip():
                chinese = "and" not in text
                assert run.find(f"{qn('w:rPr')}/{qn('w:lang')}").get(qn("w:val")) == ("zh-CN" if chinese else "en-GB")
                hint = run.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
                assert (hint is not None and hint.get(qn("w:hint")) == "eastAsia") == chinese


def test_the_page_is_a4_with_its_number_at_the_foot() -> None:
    (section,) = opened(write_word(paper())).sections
    # Word counts in twentieths of a point.
    assert round(section.page_width / Mm(1)) == 210
    assert round(section.page_height / Mm(1)) == 297
    (field,) = section.footer._element.iter(qn("w:fldSimple"))
    assert field.get(qn("w:instr")).split() == ["PAGE"]


def test_the_properties_are_those_of_the_paper() -> None:
    for reader, language, product in (("zh", "zh-CN", "报告员"), ("en", "en-GB", "Rapporteur")):
        properties = opened(write_word(paper(reader))).core_properties
        assert (properties.title, properties.language, properties.author) == ("会议文件", language, product)
        assert properties.created == properties.modified == datetime(2026, 3, 9, tzinfo=UTC)
        assert properties.comments == properties.keywords == ""


def test_the_same_paper_is_the_same_bytes_and_nothing_of_a_template_is_in_it() -> None:
    file = write_word(paper())
    assert write_word(paper()) == file
    with ZipFile(BytesIO(file)) as archive:
        assert archive.testzip() is None
        assert sorted(archive.namelist()) == sorted([
            "[Content_Types].xml", "_rels/.rels", "docProps/core.xml", "word/_rels/document.xml.rels",
            "word/document.xml", "word/styles.xml", "word/numbering.xml", "word/settings.xml", "word/theme/theme1.xml",
            "word/footer1.xml", "word/footnotes.xml",
        ])  # fmt: skip


def test_columns_are_the_cells_of_one_row() -> None:
    (table,) = opened(write_word(paper())).tables
    (row,) = table.rows
    assert not table.autofit
    assert len({cell.width for cell in row.cells}) == 1
    assert [[p.text for p in cell.paragraphs] for cell in row.cells] == [["甲", "甲"], ["乙", "乙"]]
    assert [[p.style.name for p in cell.paragraphs if p.style] for cell in row.cells] == [["Label", "Body Text"]] * 2


@pytest.mark.parametrize("reader", LANGUAGES)
def test_properties_stand_in_the_order_of_the_schema(reader: Language) -> None:
    file = write_word(paper(reader))
    for name in ("document", "footnotes", "styles", "footer1"):
        root = part(file, f"word/{name}.xml")
        for tag, order in (("w:pPr", PARAGRAPH_ORDER), ("w:rPr", RUN_ORDER)):
            for properties in root.iter(qn(tag)):
                names = [each.tag.rpartition("}")[2] for each in properties]
                assert names == sorted(set(names), key=order.index), name
                assert properties.getparent().index(properties) == 0 or name == "styles"


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_as_it_is(text: str) -> None:
    run = Run(text, "en")
    file = write_word(Paper(text, "en", DAY, (Paragraph("body", (run, Footnote((run,)))),)))
    assert word_lines(file) == [f"{text}[^1]", f"[^1]: {text.strip()}"]
    assert opened(file).core_properties.title == " ".join(text.split())


def test_what_xml_cannot_carry_is_left_out() -> None:
    text = "a\x00b\x1b[31mc\x0b\x0cd\ud800e\ufffff\r\ng\rh\ti"
    file = write_word(Paper(text, "en", DAY, (Paragraph("body", (Run(text, "en"), Footnote((Run(text, "en"),)))),)))
    assert word_lines(file) == ["ab[31mcdef\ng\nh\ti[^1]", "[^1]: ab[31mcdef\ng\nh\ti"]
    assert opened(file).core_properties.title == "ab[31mcdef g h i"


def test_a_title_longer_than_its_property_can_be_is_cut_there() -> None:
    assert opened(write_word(Paper("长" * 300, "zh", DAY, ()))).core_properties.title == "长" * 255


def test_a_paper_with_nothing_in_it_opens() -> None:
    file = write_word(Paper("", "en", DAY, ()))
    assert word_lines(file) == []
    assert word_footnotes(file) == {}
