"""A model that refuses, breaks off, has no end or nothing to say: the quotations stand in, in time, and say so."""

from __future__ import annotations

import json
import logging
import threading

import pytest

from assistant import Assistant
from assistant.generate.settings import Settings
from assistant.generate.writing import Writer
from tests.assistant.generate.conftest import limited
from tests.assistant.generate.scripted import (
    DESTROYED,
    QUESTION,
    TRUE,
    Ask,
    check_shown,
    texts,
    written,
)  # fmt: skip
from tests.llm_server import SECRET, Asked, ModelServer, Reply
from tests.patience import in_time, until

#: Seconds that no test takes.
REST = 3600.0


@pytest.mark.parametrize("reply", ["{", '{"sentences": [{"te', '{"sentences": 1}', "[]", "null", "", "{}" * 50])
def test_invalid_json_leaves_the_quotations(ask: Ask, reply: str) -> None:
    (answer,) = ask(reply)
    check_shown([answer])
    assert (answer.mode, answer.shortfall, answer.abstained) == ("extractive", "unsupported", False)


@pytest.mark.parametrize("status", [401, 429, 500])
def test_a_server_that_refuses_leaves_the_quotations(ask: Ask, server: ModelServer, status: int) -> None:
    answers = ask(Reply(status=status))
    check_shown(answers)
    assert {(answer.mode, answer.shortfall) for answer in answers} == {("extractive", "failed")}
    assert len(server.asked) == (1 if status == 401 else 3)


def test_a_slow_server_leaves_the_quotations_in_time(ask: Ask, settings: Settings, held: threading.Event) -> None:
    with in_time():
        (answer,) = ask(Reply(TRUE, held=held), to=limited(settings, total_s=0.5))
    assert (answer.mode, answer.shortfall) == ("extractive", "failed")


def test_an_answer_torn_in_the_middle_keeps_what_had_come(ask: Ask) -> None:
    def torn(asked: Asked) -> Reply:
        return Reply(f"{TRUE}[{asked.number(DESTROYED)}]缔约国数量又增加", end="torn")

    answers = ask(torn)
    check_shown(answers, TRUE)
    assert (answers[-1].mode, answers[-1].shortfall, texts(answers[-1])) == ("llm", "cut", [TRUE])
    (nothing,) = ask(Reply("毒品和犯罪问题办公室", end="torn"))
    assert (nothing.mode, nothing.shortfall, nothing.removed) == ("extractive", "failed", ())


@pytest.mark.parametrize("again", ["还有 ", "又一句没有出处的话。", "{", "<think>"])
def test_an_endless_answer_is_cut(ask: Ask, settings: Settings, again: str, held: threading.Event) -> None:
    endless = Reply(again, endless=True, held=held, held_at=500)
    with in_time():
        (answer,) = ask(endless, to=limited(settings, characters=400))
    assert (answer.mode, answer.abstained) == ("extractive", False)
    check_shown([answer])


def test_so_many_sentences_are_read_and_no_more(ask: Ask, settings: Settings) -> None:
    many = [(f"{TRUE[:-1]}{'，' * n}。", DESTROYED) for n in range(9)]
    *_, answer = ask(written(*many), to=limited(settings, sentences=3))
    assert answer.shortfall == "cut"
    assert len(answer.sentences) + len(answer.removed) <= 4


def test_who_stops_listening_ends_the_call(assistant: Assistant, server: ModelServer, settings: Settings) -> None:
    def long(asked: Asked) -> Reply:
        return Reply(f"{TRUE}[{asked.number(DESTROYED)}]\n" + "还有一句话。" * 20, endless=True, pause_s=0.02)

    def calls() -> set[threading.Thread]:
        return {thread for thread in threading.enumerate() if thread.name == "language model"}

    server.play(long)
    before = calls()
    growing = assistant.worded_by(Writer(settings)).stream(QUESTION)
    assert texts(next(growing)) == [TRUE]
    growing.close()  # type: ignore[attr-defined]
    until(lambda: calls() <= before)


def test_after_five_failures_answers_are_quotations_and_say_so(
    assistant: Assistant, server: ModelServer, settings: Settings
) -> None:
    worded = assistant.worded_by(Writer(limited(settings, rest_s=REST)))
    server.play(Reply(status=403))
    assert [worded.ask(QUESTION).shortfall for _ in range(6)] == ["failed"] * 5 + ["resting"]
    assert len(server.asked) == 5
    resting = worded.ask(QUESTION)
    assert (resting.mode, resting.abstained, len(server.asked)) == ("extractive", False, 5)
    assert resting.to_dict()["shortfall"] == "resting"


def test_the_key_is_in_no_answer_and_no_log(ask: Ask, settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    # One key told back by the server, one by the model.
    for script in (Reply(status=401), f"The key is {SECRET} [1].", Reply(SECRET, end="torn")):
        for answer in ask(script, to=settings):
            assert SECRET not in json.dumps({**answer.to_dict(), "removed": []})
    assert SECRET not in caplog.text
