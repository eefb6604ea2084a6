"""Annexes whose numbering starts anew, documents that begin midway, and numbers that come twice: no anchor twice."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from corpus.anchors import anchor_kind, label
from corpus.coverage import measure_coverage
from corpus.library import Library
from corpus.readers.assemble import parse_source, read_form
from corpus.readers.reading import Reading
from corpus.readers.source import source_of_text
from corpus.records import Language
from corpus.shelf.adding import add_version
from tests.corpus.readers.write_docx import saved
from tests.shelf import description

REPORT: dict[Language, list[str]] = {
    "en": [
        "Report of the Working Group", "I. Introduction",
        "1. The Group met in Vienna.", "2. It elected its Chair.", "3. It adopted the report.",
        "Annex I", "Recommendations",
        "1. States should mark firearms.", "(a) At manufacture;", "(b) At import.", "2. States should keep records.",
        "They should keep them for ten years.",
        "Annex II", "1. The Chair opened the meeting.", "2. The Chair closed the meeting.",
    ],
    "zh": [
        "工作组的报告", "一. 导言",
        "1. 工作组在维也纳举行了会议。", "2. 工作组选出了主席。", "3. 工作组通过了报告。",
        "附件一", "建议",
        "1. 各国应对枪支打标。", "(a) 在制造时；", "(b) 在进口时。", "2. 各国应保存记录。",
        "记录应保存十年。",
        "附件二", "1. 主席宣布会议开幕。", "2. 主席宣布会议闭幕。",
    ],
}  # fmt: skip
ANCHORS = ["head", "p1", "p2", "p3", "annex1.p1", "annex1.p2", "u1", "annex2.p1", "annex2.p2"]


def text_of(lines: list[str]) -> bytes:
    return "\n\n".join(lines).encode()


def docx_of(lines: list[str]) -> bytes:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    return saved(document)


def read(lines: list[str], form: str = "text") -> Reading:
    data = docx_of(lines) if form == "docx" else text_of(lines)
    return read_form(data, "docx" if form == "docx" else "text", f"a.{form}", None)


def anchors(lines: list[str], form: str = "text") -> list[str]:
    return [unit.anchor for unit in read(lines, form).units]


@pytest.mark.parametrize("form", ["text", "docx"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_paragraphs_of_two_annexes_have_anchors_of_their_own(language: Language, form: str) -> None:
    reading = read(REPORT[language], form)
    units = {unit.anchor: unit for unit in reading.units}
    assert list(units) == ANCHORS
    first, second = units["annex1.p1"], units["annex2.p2"]
    assert (first.kind, first.number) == ("paragraph", "1")
    assert [item.label for item in first.subitems] == ["(a)", "(b)"]
    assert first.heading_path[0] == REPORT[language][5]
    assert second.text == REPORT[language][-1].partition(" ")[2]
    assert label("annex2.p2", language) == ("附件二，第2段" if language == "zh" else "annex II, para. 2")
    assert all(anchor_kind(anchor) == unit.kind for anchor, unit in units.items())


@pytest.mark.parametrize("language", ["zh", "en"])
def test_such_a_document_is_added_and_found_by_its_anchors(tmp_path: Path, language: Language) -> None:
    library = Library.open(tmp_path / "home")
    reading = read(REPORT[language], "docx")
    add_version(library, reading, description("report"), docx_of(REPORT[language]), "report.docx")
    assert library.unit("report", "annex2.p1").text != library.unit("report", "p1").text
    context = library.connection.execute("SELECT context FROM units WHERE anchor = 'annex2.p1'").fetchone()[0]
    assert ("附件二，第1段" if language == "zh" else "annex II, para. 1") in context


def test_both_languages_have_the_same_anchors() -> None:
    assert anchors(REPORT["zh"], "docx") == anchors(REPORT["en"], "docx") == ANCHORS


def test_an_annex_without_a_number_a_second_of_its_name_and_an_appendix() -> None:
    lines = [*REPORT["en"][:5], "Annex", "1. States should mark firearms.", "2. States should keep records."]
    assert anchors(lines)[4:] == ["annex.p1", "annex.p2"]
    again = [*lines, "Annex", "1. The Chair opened the meeting.", "Appendix", "1. The Chair closed the meeting."]
    assert anchors(again)[4:] == ["annex.p1", "annex.p2", "u1", "u2"]


def test_numbers_that_do_not_follow_each_other_make_no_anchors_in_an_annex() -> None:
    lines = [*REPORT["en"][:5], "Annex", "7. States should mark firearms.", "1. They should.", "1. They should not."]
    assert anchors(lines)[4:] == ["u1", "annex.p1", "u2"]


def test_an_annex_of_a_resolution_has_numbered_paragraphs_too() -> None:
    lines = [
        "The General Assembly,", "Recalling its resolutions,", "Noting the report,", "1. Decides to meet;",
        "2. Requests a report.", "Annex", "Rules", "1. The Chair opens the meeting.", "2. The Chair closes it.",
    ]  # fmt: skip
    assert anchors(lines, "docx") == ["pp1", "pp2", "op1", "op2", "u1", "annex.p1", "annex.p2"]


@pytest.mark.parametrize("form", ["text", "docx"])
def test_an_extract_keeps_the_numbers_of_its_paragraphs(form: str) -> None:
    lines = [f"{n}. The Group considered matter {n} of its agenda." for n in range(15, 20)]
    assert anchors(["Extract of the report", *lines], form) == ["head", *(f"p{n}" for n in range(15, 20))]
    # A year or a reference at the beginning of a line begins no document.
    apart = ["15. The Group considered its agenda.", "40. The Group met again.", "7. The Group closed its meeting."]
    assert not any(anchor.startswith("p") for anchor in anchors(apart, form))


@pytest.mark.parametrize("form", ["text", "docx"])
def test_numbers_that_come_twice_make_no_two_units_of_an_anchor(form: str) -> None:
    part = [f"{n}. The Group considered matter {n}." for n in (1, 2, 3)]
    found = anchors(["Report", *part, "Part two", *part, "Part three", *part], form)
    assert len(set(found)) == len(found)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_character_of_an_annex_lands_once(language: Language) -> None:
    _, parsed = parse_source(source_of_text("\n\n".join(REPORT[language])), language)
    assert measure_coverage(parsed).complete
