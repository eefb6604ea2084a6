"""What a model is asked besides: to look at its sentences once more, and to put a question in other words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from assistant import EarlierTurn
from assistant.generate.neutral import neutral
from assistant.generate.settings import Settings
from assistant.generate.writing import Writer
from assistant.growing import Asked as Searched
from assistant.growing import Found
from tests.assistant.generate.scripted import (
    ALSO_TRUE,
    DESTROYED,
    JOINED,
    QUESTION,
    TRUE,
    Ask,
    texts,
    written,
)  # fmt: skip
from tests.llm_server import ModelServer, Reply


def test_the_judge_only_removes(ask: Ask, server: ModelServer, settings: Settings) -> None:
    judging = replace(settings, judge=True)
    sentences = written((TRUE, DESTROYED), (ALSO_TRUE, JOINED), ("销毁了2,000支枪支。", DESTROYED))
    *_, kept = ask(sentences, "0", to=judging)
    assert texts(kept) == [TRUE, ALSO_TRUE]
    # The sentence that did not stand is not put before the judge.
    assert "2,000" not in server.asked[1].said
    *_, one = ask(sentences, "<think>2?</think> 2", to=judging)
    assert (texts(one), one.mode) == ([TRUE], "llm")
    assert ALSO_TRUE in one.removed
    (none,) = ask(sentences, "1, 2", to=judging)
    assert (none.mode, none.shortfall) == ("extractive", "unsupported")
    *_, silent = ask(sentences, Reply(status=403), to=judging)
    assert texts(silent) == [TRUE, ALSO_TRUE]


def test_a_question_is_searched_for_in_the_models_words_too_and_shown(ask: Ask, settings: Settings) -> None:
    rewriting = replace(settings, rewrite=True)
    vague = "2012年5月处理掉的那些家伙一共有多少？"
    *_, answer = ask(QUESTION, written((TRUE, DESTROYED)), question=vague, to=rewriting)
    assert (answer.question, answer.rewritten) == (vague, QUESTION)
    assert answer.to_dict()["rewritten"] == QUESTION
    assert texts(answer) == [TRUE]


def test_a_follow_up_is_put_into_words_that_stand_alone(
    find: Callable[[Searched], Found], server: ModelServer, settings: Settings
) -> None:
    server.play(QUESTION, written((TRUE, DESTROYED)))
    earlier = EarlierTurn("2012年5月开展了哪些活动？", cited=("wg6-2014-background#p59",))
    asked = Searched("那当时弄没了的一共有几支？", (earlier,))
    assert find(asked).whole.abstained
    *_, answer = Writer(replace(settings, rewrite=True)).write(find(asked), find)
    assert server.asked[0].said.splitlines() == [neutral(earlier.question), neutral(asked.question)]
    assert (answer.question, answer.rewritten, texts(answer)) == (asked.question, QUESTION, [TRUE])


@pytest.mark.parametrize(
    "said",
    [
        "2013年5月销毁了多少支枪支？",
        "阿根廷2012年5月销毁了多少支枪支？",
        "2012年销毁了1,045支吗？",
        "???",
        "一\n二",
        "",
    ],
)
def test_a_rewritten_question_that_names_more_or_less_is_not_searched_for(
    ask: Ask, server: ModelServer, settings: Settings, said: str
) -> None:
    *_, answer = ask(said, written((TRUE, DESTROYED)), to=replace(settings, rewrite=True))
    assert answer.rewritten is None
    assert texts(answer) == [TRUE]
    assert len(server.asked) == 2
