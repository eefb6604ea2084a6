"""Answers that a language model worded, as the page shows them: what stands, what was removed, which mode it was."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any, get_args

import pytest

from assistant import Answer, Assistant
from assistant.answer import Shortfall
from assistant.generate.settings import Limits, Settings
from assistant.generate.writing import Writer
from corpus.records import LANGUAGES, Language
from tests.llm_server import SECRET, Asked, Reply, model_server
from tests.web.documents import HOSTILE
from tests.web.drawn import Drawn
from tests.web.fake import FakeAssistant
from web.asking.answering import answering
from web.asking.drawing import draw_turn
from web.asking.kept import KeptTurn, keep, made_anew
from web.asking.turns import Turn
from web.site import Site as Pages
from web.strings import strings

ID = "0123456789abcdef" * 2
SHORTFALLS = {"unsupported": "unsupported", "failed": "unavailable", "resting": "resting", "cut": "cut"}


def turn_with(fake: FakeAssistant, **more: Any) -> Turn:
    return Turn(ID, "cryptocurrencies", replace(fake.ask("cryptocurrencies"), **more))


def removed_part(html: str) -> str:
    found = re.search(r'<details class="removed">.*?</details>', html, re.DOTALL)
    assert found
    return found[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_removed_stands_in_a_closed_line_of_its_own(
    pages: Pages, fake: FakeAssistant, language: Language
) -> None:
    words = strings(language).answer
    html = draw_turn(pages, turn_with(fake, removed=(HOSTILE, "Buy it.")), language)
    line = removed_part(html)
    assert words.removed_many.format(n=2) in line
    assert html.count("Buy it.") == 1
    assert "<del>Buy it.</del>" in line
    assert HOSTILE[:60] in Drawn(html).text
    assert not [tag for tag in ("<script", "<img", "<a ") if tag in line]
    assert words.removed_one in draw_turn(pages, turn_with(fake, removed=("Buy it.",)), language)
    assert "removed" not in draw_turn(pages, turn_with(fake), language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_model_fell_short_of_is_said(pages: Pages, fake: FakeAssistant, language: Language) -> None:
    assert set(SHORTFALLS) == set(get_args(Shortfall))
    words = strings(language).answer
    for shortfall, key in SHORTFALLS.items():
        drawn = Drawn(draw_turn(pages, turn_with(fake, shortfall=shortfall), language)).text
        assert [words[each] in drawn for each in SHORTFALLS.values()] == [each == key for each in SHORTFALLS.values()]
    html = draw_turn(pages, turn_with(fake, rewritten=f"What of {HOSTILE}?"), language)
    assert words.rewritten.format(question=f"What of {HOSTILE}?") in Drawn(html).text


def test_a_reload_shows_the_same(pages: Pages, fake: FakeAssistant) -> None:
    turn = turn_with(fake, removed=("Buy it.", HOSTILE), shortfall="cut", rewritten="What of it?")
    (again,) = made_anew((KeptTurn.model_validate(json.loads(json.dumps(keep(turn)))),), fake)
    assert again == turn
    assert draw_turn(pages, again, "zh") == draw_turn(pages, turn, "zh")


def test_the_page_shows_what_stands_and_neither_key_nor_falsehood(
    assistant: Assistant, caplog: pytest.LogCaptureFixture
) -> None:
    true, false = "毒品和犯罪问题办公室于2012年5月参加了1,045支枪支的销毁工作。", "2012年5月销毁了2,045支枪支。"

    def said(asked: Asked) -> Reply:
        n = asked.number("1,045")
        return Reply(f"{false}[{n}]{true}[{n}]密钥是{SECRET}。[{n}]<script>alert(1)</script>[{n}]")

    with model_server() as server:
        settings = Settings("openai:scripted", server.url, SECRET, limits=Limits(backoff_s=0.01))
        worded = assistant.worded_by(Writer(settings))
        answer = answering(Pages(worded, assistant.library))
        asked = {"id": ID, "question": "2012年5月销毁了多少支枪支？", "language": "zh"}
        server.play(said)
        *growing, last = answer(asked)
        assert growing
        for event in (*growing, last):
            assert true in event["html"]
            assert all(each not in without_removed(event["html"]) for each in (false, SECRET, "<script"))
        assert (last["turn"]["answer"]["mode"], last["done"]) == ("llm", True)
        assert strings("zh").answer.by_model in last["html"]
        server.play(Reply(status=401))
        *_, quoted = answer(asked)
    assert strings("zh").answer.unavailable in quoted["html"]
    assert SECRET not in json.dumps(quoted) + caplog.text


def without_removed(html: str) -> str:
    return re.sub(r'<details class="removed">.*?</details>', "", html, flags=re.DOTALL)


def test_the_contract_has_the_number_of_what_was_removed_alone(fake: FakeAssistant) -> None:
    turn = turn_with(fake, removed=("Buy it.",))
    assert isinstance(turn.outcome, Answer)
    assert turn.outcome.to_dict()["removed"] == 1
    assert "Buy it." not in json.dumps(turn.outcome.to_dict())
