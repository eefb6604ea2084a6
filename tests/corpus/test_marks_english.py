"""Marks of footnotes in English text: superscripts, and figures glued to words as PDF extraction leaves them."""

from __future__ import annotations

import pytest

from corpus.coverage import measure_coverage
from corpus.parse.builder import Parsed
from corpus.parse.document import parse_version
from corpus.records import Document

RULE = "__________________"
# A preambular paragraph with the mark 1, and the same without it.
MARKED = [
    ("Recalling the Convention,¹ which is in force,", "Recalling the Convention, which is in force,"),
    ("Recalling the Convention¹ and its aims,", "Recalling the Convention and its aims,"),
    ("Recalling the Study of 2020,¹ issued in July,", "Recalling the Study of 2020, issued in July,"),
    ("Recalling the Study of 2020¹ and its aims,", "Recalling the Study of 2020 and its aims,"),
    ("Recalling the Convention1 and its aims,", "Recalling the Convention and its aims,"),
    ("Recalling the Agenda,1 and target 16.4,", "Recalling the Agenda, and target 16.4,"),
    ("Recalling the “Agenda”1 and its aims,", "Recalling the “Agenda” and its aims,"),
    ("Recalling the “Agenda”,1 and its aims,", "Recalling the “Agenda”, and its aims,"),
    ("Recalling the report (A/1),1 and its aims,", "Recalling the report (A/1), and its aims,"),
    ("Recalling the work of UNODC1 in 2020,", "Recalling the work of UNODC in 2020,"),
    ("Recalling the Study of 2020,1 issued in July,", "Recalling the Study of 2020, issued in July,"),
    ("Recalling the Convention,1", "Recalling the Convention,"),
]
# Figures that are no marks, though there is a note 1.
UNMARKED = [
    "Recalling resolution 10/1 and article 1 of it,",
    "Recalling target 1 and item 1 (a),",
    "Recalling A/60/88/Corr.1 and A/1/Add.1, with No.1 and vol.1,",
    "Recalling COVID-1 and the E.05.V.1 series,",
    "Recalling chapter 1, paragraphs 1 to 11, and 1,100 arms,",
    "Recalling the G1 group and the document CTOC/COP/WG.1 and WG.6/2021/1,",
    "Recalling 10¹ rounds and 5 m¹ of barrel,",
]


def _parse(documents: dict[str, Document], *paragraphs: str, notes: tuple[str, ...] = ("1 Note one.",)) -> Parsed:
    lines = ["Draft", "The Conference of the Parties to the Convention,", *paragraphs, "1. Urges States to join.", RULE]
    text = "\n\n".join([*lines, "\n".join(notes)])
    version = parse_version(documents["cop10-2020-draft-resolution"], "en", text.encode())
    assert measure_coverage(version).complete
    return version


@pytest.mark.parametrize(("marked", "plain"), MARKED)
def test_a_mark_is_taken_out_and_its_place_kept(documents: dict[str, Document], marked: str, plain: str) -> None:
    unit = _parse(documents, marked).units[1]
    assert unit.text == plain
    at = next(at for at, (one, other) in enumerate(zip(marked + " ", plain + " ", strict=False)) if one != other)
    assert [(note.mark, note.text, note.at) for note in unit.footnotes] == [("1", "Note one.", at)]


@pytest.mark.parametrize("text", UNMARKED)
def test_a_figure_that_is_no_mark_stays(documents: dict[str, Document], text: str) -> None:
    head, unit = _parse(documents, text).units[:2]
    assert unit.text == text
    assert unit.footnotes == ()
    assert [(note.text, note.at) for note in head.footnotes] == [("Note one.", None)]


def test_marks_follow_each_other_as_their_notes_do(documents: dict[str, Document]) -> None:
    version = _parse(
        documents,
        "Recalling the Programme2 of action and the Convention,1 which is in force,",
        "Recalling also the Instrument,2 and its aims,",
        notes=("1 Note one.", "2 Note two."),
    )
    assert [(unit.anchor, note.mark) for unit in version.units for note in unit.footnotes] == [
        ("pp1", "1"),
        ("pp2", "2"),
    ]
    assert "Programme2" in version.units[1].text


def test_a_superscript_is_a_mark_before_a_glued_figure_is(documents: dict[str, Document]) -> None:
    unit = _parse(documents, "Recalling the iARMS1 system and the Convention,¹ which is in force,").units[1]
    assert unit.text == "Recalling the iARMS1 system and the Convention, which is in force,"


def test_marks_of_two_digits_are_whole(documents: dict[str, Document]) -> None:
    notes = tuple(f"{number} Note {number}." for number in range(1, 13))
    words = " and ".join(f"the Thing{mark}" for mark in ("¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹", "¹⁰", "¹¹", "¹²"))
    unit = _parse(documents, f"Recalling {words},", notes=notes).units[1]
    assert unit.text == "Recalling " + " and ".join(["the Thing"] * 12) + ","
    assert [note.mark for note in unit.footnotes] == [str(number) for number in range(1, 13)]


def test_a_note_of_several_lines_is_one_note(documents: dict[str, Document]) -> None:
    version = _parse(documents, "Recalling the Convention,¹", notes=("1 United Nations, Treaty", "Series, vol. 2225."))
    assert version.units[1].footnotes[0].text == "United Nations, Treaty Series, vol. 2225."
