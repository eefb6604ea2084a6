"""What a model writes to sentences and numbers: whole ones alone, however the pieces fall."""

from __future__ import annotations

import pytest

from assistant.generate.drafts import Drafted, Drafts, without_thought
from tests.patience import little_work

CHINESE = "2012年5月参加了1,045支枪支的销毁工作。[1]工作组建议缔约国[2]加强追踪［1、3］。没有依据的话。"
ENGLISH = "UNODC took part in May 2012 [1]. Mr. Smith of the U.S. said so at 3.15 p.m. [2][3] The last one 【4】."
OBJECT = '{"sentences": [{"text": "A first. [2]", "citations": [1]}, {"text": "第二句，完。", "citations": [3, "x"]}]}'

SENTENCES = {
    CHINESE: [
        Drafted("2012年5月参加了1,045支枪支的销毁工作。", (1,)),
        Drafted("工作组建议缔约国加强追踪。", (2, 1, 3)),
        Drafted("没有依据的话。", ()),
    ],
    ENGLISH: [
        Drafted("UNODC took part in May 2012.", (1,)),
        Drafted("Mr. Smith of the U.S. said so at 3.15 p.m.", (2, 3)),
        Drafted("The last one.", (4,)),
    ],
    OBJECT: [Drafted("A first.", (1, 2)), Drafted("第二句，完。", (3,))],
}


def read(text: str, piece: int = 1000, whole: bool = True) -> list[Drafted]:
    drafts = Drafts()
    found = [d for at in range(0, len(text), piece) for d in drafts.feed(text[at : at + piece])]
    return [*found, *drafts.end(whole)]


@pytest.mark.parametrize("piece", [1, 3, 7, 1000])
@pytest.mark.parametrize("text", SENTENCES, ids=["zh", "en", "json"])
def test_the_sentences_are_the_same_however_the_pieces_fall(text: str, piece: int) -> None:
    assert read(text, piece) == SENTENCES[text]


@pytest.mark.parametrize("text", SENTENCES, ids=["zh", "en", "json"])
def test_a_sentence_comes_before_the_rest_is_there(text: str) -> None:
    drafts = Drafts()
    first = next(at for at in range(len(text)) if list(drafts.feed(text[at])) == SENTENCES[text][:1])
    assert first < len(text) - 8


@pytest.mark.parametrize("end", range(1, len(OBJECT) - 2, 5))
def test_of_an_answer_that_was_cut_off_no_half_sentence_is_left(end: int) -> None:
    for text, whole in SENTENCES.items():
        found = read(text[:end], whole=False)
        assert found == whole[: len(found)]
        assert len(found) < len(whole)


def test_what_is_no_sentence_is_none() -> None:
    assert read('{"sentences": nonsense [1]. Hello.') == []
    assert read('{"sentences": [1, null, {"text": 3}, {"citations": [1]}]}') == []
    assert read('{"answer": "text [1]"}') == []
    assert read("") == []


def test_what_stands_around_an_answer_is_left_out() -> None:
    assert read(f"```json\n{OBJECT}\n```") == SENTENCES[OBJECT]
    assert read("<think>First [1]. Then.</think>\nSo it is [2].", 2) == [Drafted("So it is.", (2,))]
    assert read("<think>For ever [1]. And ever.") == []
    assert read("## Heading\n- **One** thing [1].\n* Another [2].") == [
        Drafted("Heading", ()), Drafted("One thing.", (1,)), Drafted("Another.", (2,)),
    ]  # fmt: skip
    assert without_thought("<thinking>0</thinking> 3") == " 3"


def test_characters_that_show_nothing_are_not_shown() -> None:
    assert read("A\u200b b\u202e c\x07 [1].") == [Drafted("A b c.", (1,))]


@pytest.mark.parametrize(
    "again",
    [
        "{",
        '{"sentences": [',
        '{"sentences": [{"text": [',
        "[",
        "[[",
        ".",
        " ",
        "\n",
        "[1",
        "[1]",
        "。[1] ",
        "<think>",
        "a. ",
    ],
)
def test_no_answer_takes_long_to_read(again: str) -> None:
    """As long as one may be, in the pieces that servers send."""
    with little_work(4):
        read((again * 6000)[:6000], 8)


def test_an_object_that_is_nested_without_end_is_none() -> None:
    assert read('{"sentences": [{"text": ' + "[" * 5000) == []
    assert read('{"sentences": ' + "[" * 5000) == []
