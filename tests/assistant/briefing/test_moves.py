"""How the text moved: points that correspond beside each other, what is not on the topic named and not quoted."""

from __future__ import annotations

import pytest

from assistant.alignment.compare import compare
from assistant.alignment.records import Comparison
from assistant.briefing.draft import Drafted
from assistant.briefing.moves import compared, lines
from assistant.briefing.relevance import OnTopic
from corpus.library import Library
from corpus.records import Language
from tests.assistant.briefing.notes import CHAIR, REPORT, whole_of

DRAFT = "cop10-2020-draft-resolution"


def on_topic(library: Library, *anchor_ids: str) -> list[OnTopic]:
    units = [library.unit(*each.split("#"), "zh") for each in anchor_ids]
    return [OnTopic(unit, (whole_of(unit),), (whole_of(unit),), 1.0, 1.0) for unit in units]


def moved(library: Library, *anchor_ids: str) -> list[Drafted]:
    comparison = compare(library, None, CHAIR, REPORT, "zh")
    return lines([comparison], on_topic(library, *anchor_ids), "3D打印枪支", "zh")


def test_points_that_correspond_stand_beside_each_other_with_the_words_that_moved(texts: Library) -> None:
    found = moved(texts, f"{CHAIR}#dp8", f"{REPORT}#dp10")
    earlier, later = (line for line in found if line.kind == "quote")
    assert (earlier.cited[0].unit.anchor_id, later.cited[0].unit.anchor_id) == (f"{CHAIR}#dp8", f"{REPORT}#dp10")
    assert earlier.beside == later.beside != ""
    assert [earlier.text[start:end] for start, end in earlier.changed]
    assert "为了填补" in "".join(later.text[start:end] for start, end in later.changed)
    said = [line.text for line in found if line.kind == "fixed"]
    assert said[0].startswith("左为较早的文本")
    assert "2020年主席的总结讨论要点8 → 2020年会议报告讨论要点10：改写。" in said


def test_a_point_that_is_not_on_the_topic_is_named_and_not_quoted(texts: Library) -> None:
    found = moved(texts, f"{REPORT}#dp10")
    assert [line.kind for line in found] == ["label", "fixed"]
    assert "2020年主席的总结讨论要点8没有提到“3D打印枪支”，不引" in found[1].text


def test_a_point_of_one_text_alone_is_named(texts: Library) -> None:
    found = moved(texts, f"{CHAIR}#dp8", f"{REPORT}#dp10", f"{REPORT}#dp15")
    assert "2020年会议报告讨论要点15：在2020年主席的总结中没有找到对应的段落。" in [line.text for line in found]


def test_where_nothing_on_the_topic_corresponds_there_is_nothing(texts: Library) -> None:
    assert moved(texts, f"{REPORT}#dp15") == []


@pytest.mark.parametrize(
    ("anchors", "pairs"),
    [
        ((f"{REPORT}#dp10", f"{CHAIR}#dp8", f"{DRAFT}#op14"), [(CHAIR, REPORT), (REPORT, DRAFT)]),
        ((f"{REPORT}#dp10", f"{DRAFT}#op14"), [(REPORT, DRAFT)]),
        ((f"{REPORT}#dp10", "wg6-2014-background#p85"), []),
        ((f"{REPORT}#dp10",), []),
    ],
)
def test_each_text_is_compared_with_the_next_in_time_of_the_same_matter(
    texts: Library, anchors: tuple[str, ...], pairs: list[tuple[str, str]]
) -> None:
    asked: list[tuple[str, str]] = []

    def asking(a: str, b: str, language: Language) -> Comparison:
        asked.append((a, b))
        return Comparison(texts.document(a), texts.document(b), language, ())

    compared(on_topic(texts, *anchors), texts, asking, "zh")
    assert asked == pairs
