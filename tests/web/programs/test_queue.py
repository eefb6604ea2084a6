"""The queue that all calls share: how many are answered at a time, a full one, and callers who leave."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client

from corpus.library import Library
from tests import patient
from tests.loops import run
from tests.patience import PATIENCE, until
from tests.web.programs.conftest import Programs, serving
from tests.web.programs.known import KnownAnswers
from web.programs.errors import BUSY


class Growing:
    """A private function that gives one value after another, as the page's answers grow; ``go`` lets one step pass."""

    def __init__(self) -> None:
        self.go = threading.Semaphore(0)
        self.steps, self.closed = 0, threading.Event()

    def grow(self, sent: dict[str, Any]) -> Iterator[dict[str, Any]]:
        try:
            for step in range(sent["steps"]):
                self.go.acquire(timeout=PATIENCE)
                self.steps += 1
                yield {"step": step, "nothing": None}
        finally:
            self.closed.set()


def join(programs: Programs, question: str) -> str:
    """Puts a search into the queue, and gives its event id."""
    event_id = programs.post("search", {"question": question}).json()["event_id"]
    assert isinstance(event_id, str)
    return event_id


def start(programs: Programs, steps: int) -> str:
    """Starts the private function, and gives its event id."""
    joined = patient.post(f"{programs.url}/gradio_api/call/grow", json={"data": [{"steps": steps}]})
    event_id = joined.json()["event_id"]
    assert isinstance(event_id, str)
    return event_id


def test_no_more_are_answered_at_a_time_than_there_is_room_for(answers: KnownAnswers, library: Library) -> None:
    growing = Growing()
    with serving(answers, library, private={"grow": growing.grow}, answers_at_once=2) as programs:
        events = [join(programs, f"slow {n}") for n in range(4)]
        asked = programs.post("ask", {"question": "slow 4"}).json()["event_id"]
        grown = start(programs, 1)
        growing.go.release()
        until(lambda: len(answers.asked) == 2)
        # Looking up does not wait for them.
        assert programs.call("show_unit", anchor="wg6-2020-report#dp10")["number"] == "10"
        assert (len(answers.asked), growing.steps) == (2, 0)
        answers.go.set()
        assert all(programs.events("search", event)[0][0] == "complete" for event in events)
        assert programs.events("ask", asked)[0][0] == "complete"
        assert programs.events("grow", grown)[-1] == ("complete", [{"step": 0, "nothing": None}])
    assert answers.most == 2


def test_a_full_queue_is_told_at_once_and_takes_calls_again_later(answers: KnownAnswers, library: Library) -> None:
    with serving(answers, library, queue_length=1, answers_at_once=1) as programs:
        running = join(programs, "slow")
        until(lambda: len(answers.asked) == 1)
        waiting = join(programs, "slow too")
        # Nobody lets the slow one go on before this is told.
        refused = programs.post("search", {"question": "one too many"})
        assert refused.status_code == 503
        assert refused.json() == {"detail": "Queue is full. Max size is 1 and size is 1."}
        assert run(told_by_tool(programs, "枪支")) == BUSY.zh
        assert run(told_by_tool(programs, "firearms")) == BUSY.en
        answers.go.set()
        assert [programs.events("search", event)[-1][0] for event in (running, waiting)] == ["complete"] * 2
        assert programs.call("search", question="one too many")["hits"]
    assert [asked["question"] for asked in answers.asked] == ["slow", "slow too", "one too many"]


async def told_by_tool(programs: Programs, question: str) -> str:
    """What the tool says of a question it does not take."""
    async with streamable_http_client(programs.tools) as (read, write, _), ClientSession(read, write) as session:
        await session.initialize()
        result = await session.call_tool("search", {"question": question})
    assert result.isError
    assert result.content[0].type == "text"
    return result.content[0].text


def test_a_private_function_streams_each_value_and_its_last_again(library: Library, answers: KnownAnswers) -> None:
    growing = Growing()
    growing.go.release(3)
    with serving(answers, library, private={"grow": growing.grow}) as programs:
        values = [{"step": step, "nothing": None} for step in range(3)]
        expected = [("generating", [value]) for value in values] + [("complete", [values[-1]])]
        assert programs.events("grow", start(programs, 3)) == expected
        assert "/grow" not in programs.published()
        everything = patient.get(f"{programs.url}/gradio_api/info?all_endpoints=true").text
        assert '"/ask"' in everything
        assert "grow" not in everything


def test_when_a_reader_leaves_the_function_is_stopped_and_its_place_is_free(
    answers: KnownAnswers, library: Library
) -> None:
    growing = Growing()
    with serving(answers, library, private={"grow": growing.grow}, answers_at_once=1) as programs:
        event_id = start(programs, 100)
        address = f"{programs.url}/gradio_api/call/grow/{event_id}"
        with patient.stream("GET", address) as response:
            growing.go.release()
            assert next(response.iter_lines()) == "event: generating"
        waiting = join(programs, "next")
        # The step under way ends, and no other begins.
        growing.go.release(50)
        assert programs.events("search", waiting)[-1][0] == "complete"
        assert growing.closed.wait(PATIENCE)
        assert growing.steps <= 3


def test_who_leaves_while_waiting_leaves_the_queue(answers: KnownAnswers, library: Library) -> None:
    with serving(answers, library, queue_length=1, answers_at_once=1) as programs:
        running = join(programs, "slow")
        until(lambda: len(answers.asked) == 1)
        waiting = join(programs, "never answered")
        assert programs.post("search", {"question": "full"}).status_code == 503
        address = f"{programs.url}/gradio_api/call/search/{waiting}"
        # Who begins to listen leaves before anything is there.
        with patient.stream("GET", address) as response:
            assert response.status_code == 200
        taken: list[httpx.Response] = []
        until(lambda: taken.append(programs.post("search", {"question": "later"})) or not taken[-1].is_error)
        answers.go.set()
        assert programs.events("search", running)[-1][0] == "complete"
        assert programs.events("search", taken[-1].json()["event_id"])[-1][0] == "complete"
    assert [asked["question"] for asked in answers.asked] == ["slow", "later"]


def test_a_tool_whose_caller_leaves_while_waiting_leaves_the_queue(answers: KnownAnswers, library: Library) -> None:
    async def impatient(programs: Programs) -> None:
        # By then it has a place; nothing would come of it however long it waited.
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(told_by_tool(programs, "never answered"), 2)

    with serving(answers, library, queue_length=1, answers_at_once=1) as programs:
        running = join(programs, "slow")
        until(lambda: len(answers.asked) == 1)
        run(impatient(programs))
        taken: list[httpx.Response] = []
        until(lambda: taken.append(programs.post("search", {"question": "later"})) or not taken[-1].is_error)
        answers.go.set()
        assert programs.events("search", running)[-1][0] == "complete"
        assert programs.events("search", taken[-1].json()["event_id"])[-1][0] == "complete"
    assert [asked["question"] for asked in answers.asked] == ["slow", "later"]
