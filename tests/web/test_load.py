"""Many readers at once, over HTTP as the page asks: each gets the answer to its own question, or is told of no room."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from httpx_sse import aconnect_sse

from assistant import Assistant
from corpus.library import Library
from tests.loops import run
from tests.patience import PATIENCE
from tests.web.conftest import Site, serving
from tests.web.fake import DESTROYED, FakeAssistant
from web.application import ANSWERS_AT_ONCE, QUEUE_LENGTH

QUESTIONS = Path(__file__).parents[1] / "assistant" / "data" / "development.jsonl"
ASK = "/gradio_api/call/answer"


@dataclass(frozen=True)
class Reply:
    """What a client got: the status of its question, and its turn where it was taken up."""

    question: str
    id: str
    status: int
    turn: dict[str, Any] | None = None


async def ask(client: httpx.AsyncClient, question: str) -> Reply:
    """Asks as the page's own script does."""
    turn_id = uuid4().hex
    joined = await client.post(ASK, json={"data": [{"id": turn_id, "question": question, "language": "en"}]})
    if joined.status_code != 200:
        return Reply(question, turn_id, joined.status_code)
    states = []
    async with aconnect_sse(client, "GET", f"{ASK}/{joined.json()['event_id']}") as events:
        async for event in events.aiter_sse():
            if event.event in ("generating", "complete"):
                states += [state for state in json.loads(event.data) if state]
            assert event.event != "error", event.data
    assert states[-1]["done"]
    return Reply(question, turn_id, 200, states[-1]["turn"])


def all_at_once(site: Site, questions: Sequence[str]) -> list[Reply]:
    """Each question asked by a client of its own, at the same time."""

    async def asked() -> list[Reply]:
        limits = httpx.Limits(max_connections=None)
        async with httpx.AsyncClient(base_url=site.url, timeout=PATIENCE, limits=limits) as client:
            return await asyncio.gather(*(ask(client, question) for question in questions))

    return run(asked())


def questions(count: int) -> list[str]:
    """Different questions in both languages, answerable and not."""
    rows = [json.loads(line) for line in QUESTIONS.read_text("utf-8").splitlines()]
    return [row["question"] for row in rows if not row.get("history")][:count]


@pytest.fixture(scope="module")
def real(assistant: Assistant) -> Iterator[Site]:
    with serving(assistant, assistant.library) as running:
        yield running


def assert_own_answers(assistant: Assistant, replies: Sequence[Reply]) -> None:
    """Each reply is to its own question, and what one who asks alone is told."""
    for reply in replies:
        assert reply.turn is not None
        assert (reply.turn["id"], reply.turn["question"]) == (reply.id, reply.question)
        alone = assistant.ask(reply.question).to_dict()
        kept = reply.turn["answer"]
        for part in ("abstained", "reason", "sentences"):
            assert kept[part] == alone[part], reply.question
        assert [each["anchor"] for each in kept["citations"]] == [each["anchor"] for each in alone["citations"]]


def test_twenty_at_once_each_get_the_answer_to_their_own_question(real: Site) -> None:
    assert isinstance(real.assistant, Assistant)
    asked = questions(20)
    assert len(set(asked)) == 20
    replies = all_at_once(real, asked)
    assert [reply.status for reply in replies] == [200] * 20
    assert_own_answers(real.assistant, replies)


def test_fifty_at_once_are_answered_or_told_that_there_is_no_room(real: Site) -> None:
    assert isinstance(real.assistant, Assistant)
    replies = all_at_once(real, questions(50))
    assert {reply.status for reply in replies} <= {200, 503}
    answered = [reply for reply in replies if reply.status == 200]
    assert len(answered) >= QUEUE_LENGTH
    assert_own_answers(real.assistant, answered[:5])


def test_whoever_finds_no_room_is_told_while_the_others_still_wait(made: Library) -> None:
    assistant = FakeAssistant(made)

    async def asked(site: Site) -> list[Reply]:
        limits = httpx.Limits(max_connections=None)
        async with httpx.AsyncClient(base_url=site.url, timeout=PATIENCE, limits=limits) as client:
            waiting = [asyncio.create_task(ask(client, f"slow 销毁 {n}")) for n in range(50)]
            room = QUEUE_LENGTH + ANSWERS_AT_ONCE
            deadline = time.monotonic() + PATIENCE
            # Nobody has been answered yet when all that find no room are turned away.
            while sum(task.done() for task in waiting) < 50 - room and time.monotonic() < deadline:
                await asyncio.sleep(0.02)
            turned_away = [task.result() for task in waiting if task.done()]
            assert {reply.status for reply in turned_away} == {503}
            assert len(turned_away) >= 50 - room
            assert assistant.ended == 0
            # The pages themselves are served meanwhile.
            assert (await client.get("/")).status_code == 200
            assert (await client.get("/evidence?doc=wg6-2014-background&anchor=p59")).status_code == 200
            assistant.go.set()
            return await asyncio.gather(*waiting)

    with serving(assistant, made) as site:
        replies = run(asked(site))
    answered = [reply for reply in replies if reply.status == 200]
    assert len(answered) >= QUEUE_LENGTH
    for reply in answered:
        assert reply.turn is not None
        assert (reply.turn["id"], reply.turn["question"]) == (reply.id, reply.question)
        assert reply.turn["answer"]["sentences"][0]["text"] == DESTROYED[1]
