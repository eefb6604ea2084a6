"""A unit's text on the page: its marked words are the span and nothing else, and all of it is its text."""

from __future__ import annotations

from itertools import pairwise

import pytest

from corpus.library import Library
from corpus.records import Footnote, Subitem, Unit
from tests.web.documents import BACKGROUND, HOSTILE, UNITS, made_unit
from tests.web.drawn import Drawn
from web.passage import Span, marked_text, text_with_marks


def spans_of(unit: Unit) -> list[Span]:
    """Each sentence, listed part and neighbouring pair of them, the whole, and spans of no meaning all through it."""
    length = len(unit.text)
    pieces = sorted((each.start, each.end) for each in (*unit.sentences, *unit.subitems))
    pairs = [(one[0], other[1]) for one, other in pairwise(pieces) if one[0] < other[1]]
    step = max(7, length // 12)
    odd = [(start, min(start + width, length)) for start in range(0, length, step) for width in (1, 11, 80)]
    return [(0, length), *pieces, *pairs, *odd]


def assert_marked_exactly(unit: Unit) -> None:
    for start, end in spans_of(unit):
        drawn = Drawn(marked_text(unit, (start, end)))
        assert drawn.marks == [unit.text[start:end]], (unit.anchor_id, unit.language, start, end)
        assert drawn.text == unit.text, (unit.anchor_id, unit.language, start, end)
        assert set(drawn.tags) <= {"mark", "br", "sup"}
    assert Drawn(marked_text(unit)).text == unit.text
    assert Drawn(marked_text(unit)).marks == []


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: f"{unit.anchor_id}-{unit.language}")
def test_every_span_of_a_made_unit_is_marked_exactly(unit: Unit) -> None:
    assert_marked_exactly(unit)


def test_every_span_of_every_unit_of_the_documents_is_marked_exactly(held: Library) -> None:
    units = [unit for document in held.documents() for unit in held.units(document.doc_id)]
    assert len(units) > 500
    assert any(unit.subitems for unit in units)
    assert any(note.at is not None for unit in units for note in unit.footnotes)
    for unit in units:
        assert_marked_exactly(unit)


def test_listed_parts_begin_a_line_except_inside_the_mark() -> None:
    unit = made_unit(
        BACKGROUND, "p1", "zh", (), "共有：(a)一；(b)二。",
        subitems=(Subitem("(a)", 3, 8), Subitem("(b)", 8, 13)), footnotes=(Footnote("4", "见附件。", 7),),
    )  # fmt: skip
    assert marked_text(unit) == '共有：<br>(a)一<sup data-mark="4"></sup>；<br>(b)二。'
    assert marked_text(unit, (3, 13)) == '共有：<br><mark>(a)一<sup data-mark="4"></sup>；(b)二。</mark>'
    assert marked_text(unit, (5, 9)) == '共有：<br>(a<mark>)一<sup data-mark="4"></sup>；(</mark>b)二。'


def test_a_list_whose_lines_are_there_gets_no_second_break() -> None:
    unit = made_unit(BACKGROUND, "p1", "zh", (), "甲：\n(a)一", subitems=(Subitem("(a)", 3, 7),))
    assert marked_text(unit) == "甲：\n(a)一"


@pytest.mark.parametrize("at", [None, -1, 99])
def test_a_footnote_without_a_place_is_not_drawn_in_the_text(at: int | None) -> None:
    unit = made_unit(BACKGROUND, "p1", "zh", (), "一段。", footnotes=(Footnote("4", "见附件。", at),))
    assert marked_text(unit) == "一段。"


def test_the_mark_of_a_footnote_is_no_part_of_what_is_copied_and_runs_nothing() -> None:
    unit = made_unit(BACKGROUND, "p1", "zh", (), "一段。", footnotes=(Footnote(HOSTILE, "", 1),))
    drawn = Drawn(marked_text(unit, (0, 3)))
    assert drawn.tags == ["mark", "sup"]
    assert drawn.attributes == [("data-mark", HOSTILE)]
    assert drawn.text == "一段。"


def test_several_spans_are_each_marked_and_the_text_stays_whole() -> None:
    text = "a<b> & 枪支 c"
    drawn = Drawn(text_with_marks(text, [(0, 2), (5, 6), (7, 9)]))
    assert drawn.marks == ["a<", "&", "枪支"]
    assert drawn.text == text
    assert text_with_marks(text, ()) == "a&lt;b&gt; &amp; 枪支 c"
