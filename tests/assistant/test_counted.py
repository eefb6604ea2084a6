"""The thing that a question asks the number of, and whether a text has a number beside it."""

from __future__ import annotations

import pytest

from assistant.counted import counted, has_number_beside
from corpus.records import Language


@pytest.mark.parametrize(
    ("question", "language", "thing"),
    [
        ("How many trawlers did Norway inspect?", "en", "trawlers"),
        ("What was the number of lighthouses repaired in 2011?", "en", "lighthouses"),
        ("Of the forty sailors rescued, how many were cooks?", "en", "cooks"),
        ("挪威检查了多少艘渔船?", "zh", "渔船"),
        ("表决时有几票反对?", "zh", "票"),
    ],
)
def test_what_is_counted(question: str, language: Language, thing: str) -> None:
    assert thing in counted(question, language)


@pytest.mark.parametrize(
    ("question", "language"),
    [("How many people came?", "en"), ("来了多少人?", "zh"), ("Who came?", "en"), ("谁来了?", "zh")],
)
def test_nothing_that_could_be_looked_for(question: str, language: Language) -> None:
    assert counted(question, language) == ()


@pytest.mark.parametrize(
    ("text", "language", "beside"),
    [
        ("Norway inspected 40 foreign trawlers.", "en", True),
        ("Norway inspected forty trawlers.", "en", True),
        # The number is that of something else, or of the year, or the one that the question gives.
        ("Norway inspected trawlers in 12 harbours.", "en", False),
        ("Norway inspected trawlers.", "en", False),
        ("In 2011 trawlers were inspected.", "en", False),
    ],
)
def test_a_number_beside_it(text: str, language: Language, beside: bool) -> None:
    question = "How many trawlers did Norway inspect in 2011?"
    assert has_number_beside("trawlers", text, question, language, "en") == beside


@pytest.mark.parametrize(
    ("text", "beside"),
    [
        ("销毁了 40 支枪支。", True),
        ("共有四十支枪支。", True),
        ("有 12 个国家在会上谈到枪支。", False),
        ("许多枪支被销毁。", False),
    ],
)
def test_a_number_beside_it_in_chinese(text: str, beside: bool) -> None:
    assert has_number_beside("枪支", text, "销毁了多少枪支?", "zh", "zh") == beside


def test_across_languages_by_the_glossary() -> None:
    """枪支 is firearms, and also guns."""
    assert has_number_beside("枪支", "They destroyed 40 firearms.", "销毁了多少枪支?", "en", "zh")
    assert not has_number_beside("枪支", "They spoke of firearms on 40 occasions.", "销毁了多少枪支?", "en", "zh")
