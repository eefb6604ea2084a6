"""Bytes in, units out: line ends and byte order marks, texts cut short, and the refusals of what cannot be cited."""

from __future__ import annotations

import pytest

from corpus.coverage import measure_coverage
from corpus.errors import CorpusError, ParseError, SourceError
from corpus.home import BUNDLED_DATA
from corpus.parse.builder import Parsed
from corpus.parse.document import parse_version
from corpus.records import Document


def _source(doc_id: str) -> bytes:
    return (BUNDLED_DATA / doc_id / "zh.txt").read_bytes()


def test_line_ends_and_a_byte_order_mark_change_no_unit(
    documents: dict[str, Document], parsed: dict[str, Parsed], doc_id: str
) -> None:
    data = _source(doc_id)
    for same in (data.replace(b"\n", b"\r\n"), b"\xef\xbb\xbf" + data):
        version = parse_version(documents[doc_id], "zh", same)
        assert version.units == parsed[doc_id].units
        assert measure_coverage(version).complete


def test_a_text_that_begins_anywhere_is_parsed_whole_or_refused(documents: dict[str, Document], doc_id: str) -> None:
    lines = _source(doc_id).splitlines(keepends=True)
    parsed = 0
    for first in range(0, len(lines), 3):
        try:
            version = parse_version(documents[doc_id], "zh", b"".join(lines[first:]))
        except CorpusError:
            continue
        assert measure_coverage(version).complete, first
        parsed += 1
    assert parsed


def test_prose_under_a_heading_before_any_unit_is_kept(documents: dict[str, Document]) -> None:
    text = "一. 导言\n本文件没有标题。\n1. 第一段的文字。\n2. 第二段的文字。\n"
    version = parse_version(documents["wg6-2020-report"], "zh", text.encode())
    assert measure_coverage(version).complete
    assert any("本文件没有标题。" in unit.text for unit in version.units)
    assert [unit.text for unit in version.units if unit.kind == "paragraph"] == ["第一段的文字。", "第二段的文字。"]


def test_a_bold_paragraph_number_is_a_number(documents: dict[str, Document]) -> None:
    text = "会议报告\n一. 导言\n1. 第一段的文字。\n**2.** 第二段的文字。\n"
    version = parse_version(documents["wg6-2020-report"], "zh", text.encode())
    assert measure_coverage(version).complete
    assert [unit.text for unit in version.units if unit.kind == "paragraph"] == ["第一段的文字。", "第二段的文字。"]


def test_a_paragraph_under_a_repeated_number_is_no_second_paragraph(documents: dict[str, Document]) -> None:
    text = "会议报告\n一. 导言\n1. 第一段的文字。\n2. 通过了议程：\n1. 开幕；\n2. 闭幕。\n3. 第三段的文字。\n"
    units = parse_version(documents["wg6-2020-report"], "zh", text.encode()).units
    assert [unit.anchor for unit in units] == ["head", "p1", "p2", "p3"]
    assert units[2].text == "通过了议程：\n1. 开幕；\n2. 闭幕。"


def test_a_number_that_jumps_ahead_is_no_paragraph(documents: dict[str, Document]) -> None:
    text = "会议报告\n一. 导言\n1. 通过了议程：\n5. 闭幕。\n2. 第二段的文字。\n"
    units = parse_version(documents["wg6-2020-report"], "zh", text.encode()).units
    assert [unit.anchor for unit in units] == ["head", "p1", "p2"]
    assert units[1].text == "通过了议程：\n5. 闭幕。"


def test_a_footnote_finds_its_mark_on_its_own_page_and_not_in_an_ordinal(documents: dict[str, Document]) -> None:
    text = (
        "决议草案 \n缔约方会议， \n\n回顾《公约》1和《文书》2个附件， \n\n_______ \n 1 甲。 \n"
        " 又回顾第2号决议所载《议程》2及其目标， \n\n1. 吁请各国加入。 \n_______ \n 2 乙。 \n"
    )
    version = parse_version(documents["cop10-2020-draft-resolution"], "zh", text.encode())
    assert measure_coverage(version).complete
    assert [unit.text for unit in version.units if unit.kind == "preambular"] == [
        "回顾《公约》和《文书》2个附件，", "又回顾第2号决议所载《议程》及其目标，",
    ]  # fmt: skip
    assert [(u.anchor, n.mark, n.text, n.at) for u in version.units for n in u.footnotes] == [
        ("pp1", "1", "甲。", 6), ("pp2", "2", "乙。", 14),
    ]  # fmt: skip


def test_a_text_without_the_numbering_of_its_kind_is_refused_by_name(
    documents: dict[str, Document], doc_id: str
) -> None:
    with pytest.raises(ParseError, match=rf"{doc_id} \(zh\) has no paragraph that can be cited"):
        parse_version(documents[doc_id], "zh", "天气很好\n".encode())


def test_an_item_listed_twice_is_refused_by_its_anchor(documents: dict[str, Document]) -> None:
    text = "工作组 \n临时议程 \n1. 开幕。 \n1. 闭幕。 \n"
    with pytest.raises(ParseError, match="item1 twice"):
        parse_version(documents["wg6-2021-agenda"], "zh", text.encode())


@pytest.mark.parametrize(
    ("data", "words"), [(b"", "no text"), (b" \n\t\r\n", "no text"), ("报告".encode("gb18030"), "not UTF-8")]
)
def test_bytes_that_are_no_text_are_refused_by_name(documents: dict[str, Document], data: bytes, words: str) -> None:
    with pytest.raises(SourceError, match=words) as caught:
        parse_version(documents["wg6-2020-report"], "zh", data)
    assert "wg6-2020-report (zh)" in str(caught.value)


def _paragraphs(numbers: list[int]) -> bytes:
    return "\n".join(["会议报告", "一. 导言", *(f"{n}. 这是第{n}段的文字。" for n in numbers)]).encode()


def test_there_may_be_more_than_999_paragraphs(documents: dict[str, Document]) -> None:
    """Also those whose numbers could be years."""
    units = parse_version(documents["wg6-2020-report"], "zh", _paragraphs(list(range(1, 2103)))).units
    assert [unit.anchor for unit in units][1:] == [f"p{n}" for n in range(1, 2103)]


def test_paragraphs_after_a_lost_number_keep_their_own(documents: dict[str, Document]) -> None:
    units = parse_version(documents["wg6-2020-report"], "zh", _paragraphs([1, 2, 3, 5, 6, 7, 8])).units
    assert [unit.anchor for unit in units] == ["head", "p1", "p2", "p3", "p5", "p6", "p7", "p8"]
    assert {unit.anchor: unit.text for unit in units}["p5"] == "这是第5段的文字。"


def test_a_lost_number_is_one_among_those_that_could_be_years_too(documents: dict[str, Document]) -> None:
    """And a year that begins a line does not hide that others go on after it."""
    numbers = [*range(1, 1909), *range(1910, 1914)]
    units = parse_version(documents["wg6-2020-report"], "zh", _paragraphs(numbers)).units
    assert [unit.anchor for unit in units][-5:] == ["p1908", "p1910", "p1911", "p1912", "p1913"]
    units = parse_version(documents["wg6-2020-report"], "zh", _paragraphs([1, 2, 3, 5, 2014, 6, 7])).units
    assert [unit.anchor for unit in units] == ["head", "p1", "p2", "p3", "p5", "p6", "p7"]


@pytest.mark.parametrize("items", [[5, 6], [8, 9, 10, 11], [2, 3, 4]], ids=["too few", "too far", "behind"])
def test_a_list_inside_a_paragraph_is_not_what_follows_a_lost_number(
    documents: dict[str, Document], items: list[int]
) -> None:
    units = parse_version(documents["wg6-2020-report"], "zh", _paragraphs([1, 2, 3, *items, 4, 5])).units
    assert [unit.anchor for unit in units] == ["head", "p1", "p2", "p3", "p4", "p5"]


@pytest.mark.parametrize(("before", "year"), [(3, 1900), (1898, 1900), (1901, 1901), (2013, 2015)])
def test_a_year_where_a_line_begins_is_no_number(documents: dict[str, Document], before: int, year: int) -> None:
    """But where it is the next, for it is that far likelier."""
    text = _paragraphs(list(range(1, before + 1))) + f"\n会议的年份是\n{year}. 其后另有一句。".encode()
    units = parse_version(documents["wg6-2020-report"], "zh", text).units
    assert units[-1].anchor == f"p{before}"
    assert units[-1].text.endswith(f"{year}. 其后另有一句。")
