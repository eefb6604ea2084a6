"""What a topic speaks of, in the words of delegates and of the documents."""

from __future__ import annotations

import pytest

from assistant.briefing.weights import BRIEFING
from assistant.briefing.wording import wording
from assistant.concepts import held
from assistant.question import read_question
from corpus.records import Language
from corpus.words import segmenter


def speaks(topic: str, text: str, language: Language) -> list[float]:
    """How surely a text speaks of each thing of a topic."""
    worded = wording(read_question(topic, ()), language)
    words = frozenset(segmenter().words(text))
    return [held(concept, words) for concept in worded.concepts]


@pytest.mark.parametrize(
    ("topic", "text", "language"),
    [
        ("追查赃款", "收集关于洗钱的情报", "zh"),
        ("追查赃款", "investigations into illicit assets", "en"),
        ("buying guns over the web", "the online trade", "en"),
        ("疫情", "the COVID-19 pandemic", "en"),
        ("gangs", "有组织犯罪集团", "zh"),
    ],
)
def test_what_delegates_call_otherwise_is_known_less_surely(topic: str, text: str, language: Language) -> None:
    assert BRIEFING.everyday in speaks(topic, text, language)


def test_the_words_of_a_topic_are_the_surest() -> None:
    assert max(speaks("追查赃款", "赃款", "zh")) == 1


def test_two_words_for_one_thing_are_one_thing() -> None:
    assert len(wording(read_question("women and girls", ()), "en").concepts) == 1


def test_a_word_that_shapes_a_topic_counts_for_little() -> None:
    worded = wording(read_question("对妇女的影响", ()), "zh")
    counts = {concept[0].words: count for concept, count in zip(worded.concepts, worded.counts, strict=True)}
    assert counts == {("妇女",): 1.0, ("影响",): BRIEFING.shaping}


def test_a_term_is_one_thing_in_both_languages() -> None:
    topic = read_question("the Arms Trade Treaty", ())
    assert [len(wording(topic, language).concepts) for language in ("en", "zh")] == [1, 1]
    assert speaks("the Arms Trade Treaty", "武器贸易条约", "zh") == [1.0]
    assert speaks("the Arms Trade Treaty", "trade", "en") == [BRIEFING.of_term]
