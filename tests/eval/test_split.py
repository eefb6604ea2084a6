"""The halves of a question set: alike in every kind and language, and the same whatever comes later."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from random import Random

import pytest

from corpus.records import Language
from eval.questions import GoldQuestion, Split
from eval.split import split_in_halves
from tests.eval.outcomes import asked


def question(name: str, kind: str = "fact", language: Language = "en", split: Split = "test") -> GoldQuestion:
    return replace(asked(name), kind=kind, language=language, split=split)


def by_id(questions: list[GoldQuestion]) -> dict[str, Split]:
    return {each.id: each.split for each in questions}


def mixed(count: int) -> list[GoldQuestion]:
    """Questions of uneven strata: many facts in English, few lists in Chinese."""
    random = Random(count)
    languages: list[Language] = random.choices(["zh", "en"], weights=[1, 3], k=count)
    kinds = random.choices(["fact", "list"], weights=[4, 1], k=count)
    return [
        question(f"q{at}", kind, language) for at, (kind, language) in enumerate(zip(kinds, languages, strict=True))
    ]


@pytest.mark.parametrize("count", [1, 2, 3, 10, 41, 100])
def test_each_kind_and_language_is_halved(count: int) -> None:
    questions = mixed(count)
    halved = split_in_halves(questions)
    found = Counter((each.kind, each.language, each.split) for each in halved)
    for kind, language in {(each.kind, each.language) for each in questions}:
        assert abs(found[kind, language, "dev"] - found[kind, language, "test"]) <= 1


def test_nothing_but_the_half_changes_and_no_question_is_lost() -> None:
    questions = mixed(30)
    halved = split_in_halves(iter(questions))
    plain = {each.id: each for each in questions}
    assert len(halved) == 30
    assert {each.id: replace(each, split="test") for each in halved} == plain


def test_the_order_of_the_questions_and_the_half_they_had_do_not_matter() -> None:
    questions = mixed(40)
    shuffled = [replace(each, split="dev") for each in Random(1).sample(questions, 40)]
    assert by_id(split_in_halves(questions)) == by_id(split_in_halves(shuffled))


def test_an_odd_question_may_fall_to_either_half() -> None:
    # Each is alone of its kind: were they all of one half, it would be larger by one for each kind.
    alone = split_in_halves(question(f"q{at}", kind=f"kind {at}") for at in range(200))
    # 100 are expected; 6 standard deviations of √(200 / 4) are 42.
    assert 58 <= Counter(each.split for each in alone)["dev"] <= 142


def test_a_question_once_in_a_half_stays_when_others_are_added() -> None:
    first = split_in_halves(mixed(20))
    added = [question(f"new {at}") for at in range(15)]
    later = by_id(split_in_halves([*added, *first], decided=[each.id for each in first]))
    assert {each.id: later[each.id] for each in first} == by_id(first)
    assert later.keys() == by_id(first).keys() | {each.id for each in added}


def test_new_questions_go_where_there_are_fewer() -> None:
    old = [question("old 1", split="test"), question("old 2", split="test"), question("old 3", split="test")]
    new = [question("new 1"), question("new 2"), question("new 3")]
    decided = ["old 1", "old 2", "old 3", "no such question"]
    assert by_id(split_in_halves([*old, *new], decided)) == {
        "old 1": "test", "old 2": "test", "old 3": "test", "new 1": "dev", "new 2": "dev", "new 3": "dev",
    }  # fmt: skip
    # Those of another kind have no say.
    other = [question("other 1", kind="list"), question("other 2", kind="list")]
    halved = by_id(split_in_halves([*old, *other], decided))
    assert {halved["other 1"], halved["other 2"]} == {"dev", "test"}


def test_no_questions_have_no_halves() -> None:
    assert split_in_halves([]) == []
