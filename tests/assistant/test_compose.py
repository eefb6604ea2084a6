"""Passages to quotes: always spans of a unit, whole lists, and the sentence that a pointing-back one needs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.compose import quote_sentences, quote_whole
from assistant.question import read_question
from assistant.retrieve import Passage
from assistant.weights import COMPOSITION
from assistant.words import WordIndex
from corpus.library import Library
from corpus.records import Sentence, Subitem, Unit

FILLER = "各代表团就其他事项广泛地交换了意见，主席随后对讨论情况作了简要回顾。" * 3
LONG = COMPOSITION.short_unit


def unit_of(*sentences: str, anchor: str = "p1", subitems: tuple[Subitem, ...] = ()) -> Unit:
    """A paragraph of these sentences."""
    spans, at = [], 0
    for sentence in sentences:
        spans.append(Sentence(at, at + len(sentence)))
        at += len(sentence)
    return Unit("doc", anchor, "paragraph", "1", (), "zh", "".join(sentences), 1, tuple(spans), subitems)


def passage(unit: Unit, score: float, *cosines: float) -> Passage:
    return Passage(unit, score, score, (), 1.0, dict(enumerate(cosines)))


@pytest.fixture
def quoted(tmp_path: Path) -> Callable[..., list[str]]:
    """A function that gives the quotes for a question, after looking that each is the span it says."""
    # Where there are no units, all words are equally rare.
    index = WordIndex(Library.open(tmp_path))

    def quote(question: str, *passages: Passage) -> list[str]:
        quotes = quote_sentences(read_question(question, ()), passages, index)
        for each in quotes:
            assert 0 <= each.start < each.end <= len(each.unit.text)
            assert each.text == each.unit.text[each.start : each.end]
        return [each.text for each in quotes]

    return quote


def test_a_unit_that_was_looked_up_is_quoted_whole() -> None:
    units = [unit_of("甲。", "乙。"), unit_of(FILLER, anchor="p2")]
    quotes = quote_whole([passage(unit, 1.0) for unit in units])
    assert [(q.unit, q.start, q.end) for q in quotes] == [(unit, 0, len(unit.text)) for unit in units]


def test_a_short_unit_is_quoted_whole(quoted: Callable[..., list[str]]) -> None:
    assert quoted("企鹅吃什么", passage(unit_of("企鹅吃磷虾。", "天气很冷。"), 1.0, 0.9, 0.1)) == [
        "企鹅吃磷虾。天气很冷。"
    ]


def test_of_a_long_unit_the_sentence_that_answers_is_quoted(quoted: Callable[..., list[str]]) -> None:
    unit = unit_of(FILLER, "企鹅以磷虾为食。", FILLER)
    assert len(unit.text) > LONG
    assert quoted("企鹅以什么为食？", passage(unit, 1.0, 0.2, 0.9, 0.1)) == ["企鹅以磷虾为食。"]


def test_a_sentence_that_points_back_brings_the_one_before(quoted: Callable[..., list[str]]) -> None:
    unit = unit_of(FILLER, "一位嘉宾作了发言。", "他说企鹅以磷虾为食。", FILLER)
    assert quoted("企鹅以什么为食？", passage(unit, 1.0, 0.1, 0.2, 0.9, 0.1)) == [
        "一位嘉宾作了发言。他说企鹅以磷虾为食。"
    ]


def test_a_list_is_never_cut(quoted: Callable[..., list[str]]) -> None:
    head, items = "企鹅的食物如下：\n", ["(a) 磷虾；\n", f"(b) 小鱼；{FILLER * 2}\n", "(c) 鱿鱼。"]
    starts = [len(head) + len("".join(items[:n])) for n in range(3)]
    subitems = tuple(Subitem(item[:3], start, start + len(item)) for item, start in zip(items, starts, strict=True))
    unit = unit_of(head, *items, subitems=subitems)
    assert len(unit.text) > LONG
    assert quoted("企鹅的食物有哪些？", passage(unit, 1.0, 0.9, 0.1, 0.1, 0.1)) == [unit.text]


def test_a_passage_far_behind_the_best_is_left_out_and_one_beside_it_joins(quoted: Callable[..., list[str]]) -> None:
    best, other = unit_of("企鹅以磷虾为食。"), unit_of("企鹅也以小鱼为食。", anchor="p2")
    question = "企鹅以什么为食？"
    assert quoted(question, passage(best, 1.0, 0.9), passage(other, 0.1, 0.9)) == ["企鹅以磷虾为食。"]
    assert quoted(question, passage(best, 1.0, 0.9), passage(other, 0.999, 0.9)) == [best.text, other.text]


def test_no_more_is_quoted_than_an_answer_has_room_for(quoted: Callable[..., list[str]]) -> None:
    units = [unit_of("企鹅以磷虾为食。", anchor=f"p{n}") for n in range(20)]
    assert 1 <= len(quoted("企鹅以什么为食？", *(passage(unit, 1.0, 0.9) for unit in units))) <= COMPOSITION.sentences


def test_a_comparison_takes_the_second_passage_however_far_behind(quoted: Callable[..., list[str]]) -> None:
    best, other = unit_of("企鹅以磷虾为食。"), unit_of("海豹以小鱼为食。", anchor="p2")
    passages = (passage(best, 1.0, 0.9), passage(other, 0.1, 0.9))
    assert quoted("企鹅和海豹的食物有何不同？", *passages) == [best.text, other.text]
    assert quoted("企鹅的食物是什么？", *passages) == [best.text]


def test_a_further_sentence_joins_only_where_it_says_something_of_what_is_asked(
    quoted: Callable[..., list[str]],
) -> None:
    unit = unit_of(FILLER, "企鹅以磷虾为食。", FILLER, "企鹅在夏天也捕食小鱼。", FILLER)
    answer = quoted("企鹅以什么为食？", passage(unit, 1.0, 0.1, 0.9, 0.1, 0.6, 0.1))
    assert answer == ["企鹅以磷虾为食。", "企鹅在夏天也捕食小鱼。"]


def test_every_paragraph_that_says_something_is_quoted_where_all_are_asked_for(
    quoted: Callable[..., list[str]],
) -> None:
    units = [unit_of(f"企鹅在第{n}个月以磷虾为食。", anchor=f"p{n}") for n in range(1, 6)]
    passages = [passage(unit, 1.0 - n / 50, 0.9) for n, unit in enumerate(units)]
    assert quoted("列出谈到企鹅以磷虾为食的所有段落。", *passages) == [unit.text for unit in units]
    assert len(quoted("企鹅在第1个月以什么为食？", *passages)) < len(units)


def test_beside_a_paragraph_that_is_the_list_nothing_is_quoted(quoted: Callable[..., list[str]]) -> None:
    other = passage(unit_of("企鹅的食物有哪些还不清楚。", anchor="p2"), 0.999, 0.9)
    question = "企鹅的食物有哪些？"
    assert quoted(question, passage(unit_of("企鹅的食物如下：磷虾、小鱼。"), 1.0, 0.9), other) == [
        "企鹅的食物如下：磷虾、小鱼。"
    ]
    assert len(quoted(question, passage(unit_of("企鹅的食物有磷虾。"), 1.0, 0.9), other)) == 2
