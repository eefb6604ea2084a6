"""Two texts side by side: which words are marked, and when marking them tells nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.web.documents import HOSTILE
from tests.web.drawn import Drawn
from tests.web.fake import SIDES, FakeAssistant
from web.asking.comparison import comparison_of


@pytest.mark.parametrize(
    ("named", "legend", "marked"),
    [
        ("alike", "differs", [["62"], ["63"]]),
        (
            "drafts",
            "differs",
            [["Invites", "make full", "tools for tracing;"], ["Urges", "investigate the", "darknet"]],
        ),
        ("same", "differs_nowhere", [[], []]),
        ("apart", "differs_everywhere", [[], []]),
        # Every word of a translation is another word.
        ("languages", "", [[], []]),
    ],
)
def test_the_words_are_marked_that_the_texts_do_not_share(
    fake: FakeAssistant, named: str, legend: str, marked: list[list[str]]
) -> None:
    comparison = comparison_of(fake.ask(f"differ {named}"))
    assert comparison is not None
    assert comparison.legend == legend
    assert comparison.numbers == {1, 2}
    for (citation, text), words, (_, quote) in zip(comparison.sides, marked, SIDES[named], strict=True):
        drawn = Drawn(text)
        assert drawn.marks == words
        assert drawn.text == citation.quote == quote


def test_hostile_text_stays_text_on_either_side(fake: FakeAssistant) -> None:
    comparison = comparison_of(fake.ask("differ hostile"))
    assert comparison is not None
    for citation, text in comparison.sides:
        assert set(Drawn(text).tags) <= {"mark"}
        assert Drawn(text).text == citation.quote
    assert comparison.sides[0][0].quote == HOSTILE


def test_what_compares_nothing_has_no_sides(fake: FakeAssistant) -> None:
    compared = fake.ask("differ alike")
    assert comparison_of(fake.ask("销毁")) is None
    assert comparison_of(fake.ask("who?")) is None
    assert comparison_of(replace(compared, compared=False)) is None
    # What a model worded is no text of a document.
    assert comparison_of(replace(compared, mode="llm")) is None
    assert comparison_of(replace(compared, citations=compared.citations[:1])) is None


def test_texts_without_characters_are_no_fault(fake: FakeAssistant) -> None:
    compared = fake.ask("differ alike")
    empty = tuple(replace(citation, quote="") for citation in compared.citations)
    comparison = comparison_of(replace(compared, citations=empty))
    assert comparison is not None
    assert comparison.legend == "differs_nowhere"
