"""Words found in texts however they are set, and where exactly they stand there."""

from __future__ import annotations

from itertools import pairwise

import pytest

from corpus.library import Library
from corpus.records import Footnote, Subitem, Unit
from web.finding import fold, spans_of
from web.passage import listed_text


@pytest.mark.parametrize(
    ("text", "query", "found"),
    [
        ("2020 年 7 月 16 日和2020年7月", "2020年7月", ["2020 年 7 月", "2020年7月"]),
        ("2020年7月", "2020 年 7 月", ["2020年7月"]),
        ("弹药、 爆炸物", "弹药、爆炸物", ["弹药、 爆炸物"]),
        ("枪支 \n及其零部件", "枪支及其", ["枪支 \n及其"]),
        ("The Firearms Protocol", "firearms  PROTOCOL", ["Firearms Protocol"]),
        ("the firearms\nprotocol", "firearms protocol", ["firearms\nprotocol"]),
        ("the firearmsprotocol", "firearms protocol", []),
        ("ＵＮＯＤＣ与unodc", "UNODC", ["ＵＮＯＤＣ", "unodc"]),
        ("（CTOC/COP）", "(ctoc", ["（CTOC"]),
        ("Chair’s summary", "chair's", ["Chair’s"]),
        ("10–12 May", "10-12", ["10–12"]),
        ("Côte d’Ivoire", "cote d'ivoire", ["Côte d’Ivoire"]),
        ("co\u0302te", "cote", ["co\u0302te"]),
        ("cote\u0301 and", "cote", ["cote\u0301"]),
        ("oﬃce", "f", ["ﬃ"]),
        ("oﬃce", "office", ["oﬃce"]),
        ("soft\u00adware", "software", ["soft\u00adware"]),
        ("aaaa", "aa", ["aa", "aa"]),
        ("anything", "  ", []),
        ("", "x", []),
    ],
)
def test_words_are_found_as_they_stand(text: str, query: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in spans_of(text, query)] == found


def test_every_span_of_every_text_is_the_words_looked_for(held: Library) -> None:
    found = 0
    for document in held.documents():
        for unit in held.units(document.doc_id):
            for query in ("枪支", "7月16日", "in", "the  Working Group"):
                spans = spans_of(unit.text, query)
                assert all(fold(unit.text[start:end]).text == fold(query).text for start, end in spans)
                assert all(before[1] <= after[0] for before, after in pairwise(spans))
                found += len(spans)
    assert found > 1000


def _unit(text: str, *parts: str, notes: tuple[tuple[str, int], ...] = ()) -> Unit:
    items = tuple(Subitem(part.split(")")[0] + ")", text.index(part), text.index(part) + len(part)) for part in parts)
    footnotes = tuple(Footnote(mark, "note", at) for mark, at in notes)
    return Unit("d", "p1", "paragraph", "1", (), "en", text, 0, subitems=items, footnotes=footnotes)


def test_listed_parts_are_blocks_and_what_follows_them_is_none() -> None:
    unit = _unit("Both: (a) one; (b) two. After.", "(a) one; ", "(b) two. ")
    assert listed_text(unit) == 'Both: <span class="part">(a) one; </span><span class="part">(b) two. </span>After.'


def test_marks_stay_whole_across_parts_and_beside_footnote_marks() -> None:
    unit = _unit("Both: (a) one; (b) two", "(a) one; ", "(b) two", notes=(("1", 13), ("2", 22)))
    assert listed_text(unit, [(0, 4), (10, 18)]) == (
        "<mark>Both</mark>: "
        '<span class="part">(a) <mark>one<sup data-mark="1"></sup>; (b)</mark> two<sup data-mark="2"></sup></span>'
    )


def test_text_of_a_document_is_no_markup() -> None:
    assert listed_text(_unit("<b>&</b>"), [(0, 3)]) == "<mark>&lt;b&gt;</mark>&amp;&lt;/b&gt;"
