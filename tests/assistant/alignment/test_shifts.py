"""The changes that matter between two versions of a text, with the words they are."""

from __future__ import annotations

import pytest

from assistant.alignment.marking import changed_words
from assistant.alignment.shifts import shifts
from corpus.parse.spans import sentence_spans
from corpus.records import Language, Subitem, Unit


def unit(text: str, doc_id: str, language: Language, anchor: str = "p1") -> Unit:
    labels = [text.index(f"({letter})") for letter in "abcd" if f"({letter})" in text]
    ends = [*labels[1:], len(text)][: len(labels)]
    items = tuple(Subitem(text[s : s + 3], s, e) for s, e in zip(labels, ends, strict=True))
    return Unit(doc_id, anchor, "paragraph", "1", (), language, text, 1, sentence_spans(text), items)


def found(before: str, after: str, language: Language) -> list[tuple[str, str, str]]:
    a, b = [unit(before, "a", language)], [unit(after, "b", language)]
    made = shifts(a, b, language, changed_words(a, b, language))
    for shift in made:
        for said, place, text in ((shift.before, shift.a, before), (shift.after, shift.b, after)):
            assert said == (text[slice(*place[1])] if place else "")
    return [(shift.kind, shift.before, shift.after) for shift in made]


@pytest.mark.parametrize(
    ("language", "before", "after", "expected"),
    [
        ("zh", "各国应销毁枪支。", "各国应考虑销毁枪支。", [("softened", "应", "应考虑")]),
        ("zh", "鼓励各国销毁枪支。", "促请各国销毁枪支。", [("strengthened", "鼓励", "促请")]),
        # Two words for the same, and the same in other punctuation.
        ("zh", "敦促各国销毁枪支。", "促请各国销毁枪支；", []),
        ("zh", "各国应销毁枪支。", "呼吁各国销毁枪支。", [("duty_reworded", "应", "呼吁")]),
        ("zh", "缔约国应销毁枪支。", "各国应销毁枪支。", [("actor", "缔约国", "各国")]),
        ("zh", "各国应标识枪支。", "各国应标识枪支和弹药。", [("item_added", "", "和弹药")]),
        ("zh", "2027年6月30日前应报告。", "2028年6月30日前应报告。", [("date", "2027年6月30日", "2028年6月30日")]),
        ("zh", "记录保存10年。", "记录保存20年。", [("number", "10", "20")]),
        ("zh", "三个月内通知。", "六个月内通知。", [("number", "三", "六")]),
        ("zh", "各国应标识枪支。", "各国应标识枪支。各国还应保存弹药库存的电子档案。",
         [("duty_added", "", "各国还应保存弹药库存的电子档案")]),
        ("en", "States should destroy firearms.", "States should consider destroying firearms.",
         [("softened", "should", "should consider")]),
        ("en", "Encourages States to destroy firearms;", "Urges States to destroy firearms;",
         [("strengthened", "Encourages", "Urges")]),
        ("en", "States parties should destroy firearms.", "States should destroy firearms.",
         [("actor", "States parties", "States")]),
        ("en", "States should mark firearms.", "States should mark firearms and ammunition.",
         [("item_added", "", "and ammunition")]),
        ("en", "Reports are due on 30 June 2027.", "Reports are due on 31 July 2027.",
         [("date", "30 June 2027", "31 July 2027")]),
        ("en", "Records are kept for 10 years.", "Records are kept for 20 years.", [("number", "10", "20")]),
        ("en", "The target is 16.4.", "The target is set.", [("number", "16.4", "")]),
        # What only looks like a number or another one.
        ("en", "3D printing and COVID-19 in CTOC/COP/WG.6/2020/1.", "Printing in three dimensions.",
         [("number", "", "three")]),
        ("en", "It sold 1,045 arms", "It sold 1,045  arms", []),
        ("zh", "", "", []),
    ],
)  # fmt: skip
def test_what_matters(language: Language, before: str, after: str, expected: list[tuple[str, str, str]]) -> None:
    assert found(before, after, language) == expected


def test_members_of_labelled_lists() -> None:
    before = "Warnings should: (a) use local languages; (b) say when the flood is due; (c) name a telephone number."
    after = "Warnings should: (a) use local languages; (b) name a telephone number; (c) be free of charge."
    kinds = {(kind, a or b) for kind, a, b in found(before, after, "en")}
    assert ("item_dropped", "(b) say when the flood is due; ") in kinds
    assert ("item_added", "(c) be free of charge.") in kinds
    assert len([kind for kind, _ in kinds if kind.startswith("item")]) == 2


def test_one_that_became_two_keeps_its_duty_where_it_is_said_first() -> None:
    a = [unit("States parties should consider special units for tracing, which liaise with others.", "a", "en")]
    b = [
        unit("States should set up focal points, and these should liaise with others.", "b", "en", "p1"),
        unit("States should consider special units for tracing.", "b", "en", "p2"),
    ]
    made = shifts(a, b, "en", changed_words(a, b, "en"))
    assert [(s.kind, s.after, s.b and s.b[0]) for s in made if s.kind == "actor"] == [("actor", "States", "b#p2")]
    assert not [s for s in made if s.kind in ("softened", "strengthened")]


def test_a_word_of_one_has_moved_only_where_none_of_the_others_has_it() -> None:
    a = [unit("mark and trace firearms", "a", "en")]
    b = [unit("mark firearms", "b", "en", "p1"), unit("trace ammunition", "b", "en", "p2")]
    spans = changed_words(a, b, "en")
    words = {key: [each.text[slice(*span)] for span in spans[key]] for each in (*a, *b) for key in [each.anchor_id]}
    assert words["a#p1"] == ["and"]
    assert words["b#p1"] == []
    assert words["b#p2"] == ["ammunition"]


def test_texts_too_long_to_set_word_against_word_have_moved_whole() -> None:
    a, b = [unit("mark firearms " * 1000, "a", "en")], [unit("trace weapons " * 1000, "b", "en")]
    assert changed_words(a, b, "en") == {"a#p1": ((0, 14000),), "b#p1": ((0, 14000),)}
    assert changed_words(a, a, "en") == {"a#p1": ()}
