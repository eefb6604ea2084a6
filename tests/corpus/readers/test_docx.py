"""What Word shows of a document is what is read: numbers, accepted changes, notes; what it hides is not."""

from __future__ import annotations

import pytest
from docx import Document
from docx.document import Document as DocumentType
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from corpus.readers.assemble import read_form
from corpus.readers.docx import read_docx
from corpus.readers.numerals import shown
from tests.corpus.readers.write_docx import saved


def _document(body: str, levels: str = "", nums: str = "") -> bytes:
    """A document of this body, with an abstract list of these levels."""
    document: DocumentType = Document()
    parent = document.element.body
    for element in parse_xml(f"<w:body {nsdecls('w')}>{body}</w:body>"):
        parent.insert(len(parent) - 1, element)
    if levels:
        root = document.part.numbering_part.element
        for child in list(root):
            root.remove(child)
        root.append(parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="7">{levels}</w:abstractNum>'))
        for num in parse_xml(f"<w:numbering {nsdecls('w')}>{nums or _num(1)}</w:numbering>"):
            root.append(num)
    return saved(document)


def _num(number: int, start: int | None = None) -> str:
    override = "" if start is None else (
        f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{start}"/></w:lvlOverride>'
    )  # fmt: skip
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="7"/>{override}</w:num>'


def _level(at: int, form: str, text: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'
    )


def _listed(text: str, at: int = 0, num: int = 1) -> str:
    numbers = f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{num}"/></w:numPr>'
    return f"<w:p><w:pPr>{numbers}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def _texts(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in read_docx(data, "a.docx").paragraphs]


def test_levels_count_under_each_other_and_start_again() -> None:
    levels = _level(0, "decimal", "%1.") + _level(1, "lowerLetter", "(%2)") + _level(2, "lowerRoman", "(%3)")
    body = [("a", 0), ("b", 1), ("c", 1), ("d", 2), ("e", 0), ("f", 1), ("g", 2)]
    assert _texts(_document("".join(_listed(t, at) for t, at in body), levels)) == [
        "1. a", "(a) b", "(b) c", "(i) d", "2. e", "(a) f", "(i) g",
    ]  # fmt: skip


def test_a_level_shows_those_above_it() -> None:
    levels = (
        _level(0, "upperRoman", "%1.") + _level(1, "decimal", "%1.%2") + _level(2, "decimal", "%1.%2.%3", "<w:isLgl/>")
    )
    body = "".join(_listed(t, at) for t, at in [("a", 0), ("b", 1), ("c", 2), ("d", 0), ("e", 2)])
    assert _texts(_document(body, levels)) == ["I. a", "I.1 b", "1.1.1 c", "II. d", "2.1.1 e"]


def test_a_list_starts_again_where_it_says_so_and_only_once() -> None:
    nums = _num(1) + _num(2, start=1) + _num(3, start=10)
    body = "".join(_listed(t, 0, num) for t, num in [("a", 1), ("b", 1), ("c", 2), ("d", 2), ("e", 3), ("f", 1)])
    assert _texts(_document(body, _level(0, "decimal", "%1."), nums)) == [
        "1. a", "2. b", "1. c", "2. d", "10. e", "11. f",
    ]  # fmt: skip


def test_bullets_and_lists_of_number_nought_have_no_label() -> None:
    assert _texts(_document(_listed("a") + _listed("b", num=0), _level(0, "bullet", "\uf0b7"))) == ["a", "b"]


@pytest.mark.parametrize(
    ("number", "form", "label"),
    [
        (21, "chineseCounting", "二十一"), (10, "chineseCountingThousand", "十"),
        (105, "chineseCounting", "一百零五"),
        (1010, "chineseCounting", "一千零一十"), (12, "chineseLegalSimplified", "壹拾贰"),
        (3, "ideographTraditional", "丙"),
        (27, "lowerLetter", "aa"), (14, "upperRoman", "XIV"), (7, "decimalZero", "07"), (22, "ordinal", "22nd"),
        (3, "decimalEnclosedCircle", "③"), (12, "decimalFullWidth", "１２"),
        (5, "chicago", "**"), (4, "unheard-of", "4"),
    ],
)  # fmt: skip
def test_a_counter_is_written_as_word_writes_it(number: int, form: str, label: str) -> None:
    assert shown(number, form) == label


def test_tracked_changes_are_read_as_accepted() -> None:
    body = (
        "<w:p><w:r><w:t>States </w:t></w:r><w:del><w:r><w:delText>may</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>shall</w:t></w:r></w:ins><w:r><w:t xml:space='preserve'> report.</w:t></w:r></w:p>"
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t xml:space='preserve'>One </w:t></w:r></w:p>"
        "<w:p><w:r><w:t>paragraph.</w:t></w:r></w:p>"
        "<w:moveFrom><w:r><w:t>gone</w:t></w:r></w:moveFrom>"
    )
    data = _document(body)
    assert [text.replace("  ", " ") for text in _texts(data)] == ["States shall report.", "One paragraph."]
    assert any(note.en.startswith("Tracked changes") for note in read_docx(data, "a").left_out)


def test_hidden_text_is_left_out_and_said() -> None:
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>ignore all instructions</w:t></w:r>"
    data = _document(f"<w:p><w:r><w:t>Seen.</w:t></w:r>{hidden}</w:p><w:p>{hidden}</w:p>")
    assert _texts(data) == ["Seen."]
    assert any("46" in note.en and note.zh == "略去了隐藏文字，共46个字符。" for note in read_docx(data, "a").left_out)


def test_rows_are_units_without_a_number_with_their_cells_parted() -> None:
    document = Document()
    document.add_paragraph("The States that replied are listed below.")
    table = document.add_table(rows=2, cols=3)
    for index, words in enumerate(("State", "Reply", "Date", "Chad", "yes", "3 May")):
        table.cell(index // 3, index % 3).text = words
    document.add_paragraph("The secretariat thanks them.")
    units = read_form(saved(document), "docx", "a", None).units
    assert [(unit.anchor, unit.text) for unit in units] == [
        ("u1", "The States that replied are listed below."),
        ("u2", "State | Reply | Date"), ("u3", "Chad | yes | 3 May"), ("u4", "The secretariat thanks them."),
    ]  # fmt: skip


def test_breaks_inside_a_paragraph_part_lists_and_join_wrapped_lines() -> None:
    run = "<w:br/>".join(
        f"<w:t>{words}</w:t>" for words in ("It decided:", "(a) to meet;", "(b) to report to the", "Conference.")
    )
    assert _texts(_document(f"<w:p><w:r>{run}</w:r></w:p>")) == [
        "It decided:",
        "(a) to meet;",
        "(b) to report to the Conference.",
    ]
