"""The tools of the Model Context Protocol, called with its own client through the guard."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Awaitable, Callable
from typing import Any

import jsonschema
import pytest
from mcp import ClientSession, types
from mcp.client.streamable_http import streamable_http_client

from corpus.library import Library
from tests import patient
from tests.loops import run as run_apart
from tests.patience import PROCESS
from tests.web.programs.conftest import ROOT, Programs, serving
from tests.web.programs.known import CITED, KnownAnswers
from tests.web.programs.test_functions import CALLS, closed
from web.programs.errors import INTERNAL

LISTING = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
HEADERS = {"accept": "application/json, text/event-stream"}


def with_session(programs: Programs, use: Callable[[ClientSession], Awaitable[Any]], url: str = "") -> Any:
    """What a function makes of a session with the tools."""

    async def run() -> Any:
        async with (
            streamable_http_client(url or programs.tools) as (read, write, _),
            ClientSession(read, write) as session,
        ):
            await session.initialize()
            return await use(session)

    return run_apart(run())


def call(programs: Programs, name: str, **arguments: Any) -> types.CallToolResult:
    """What a tool gives; the client itself holds it against the tool's schema."""
    result = with_session(programs, lambda session: session.call_tool(name, arguments))
    assert isinstance(result, types.CallToolResult)
    return result


def text_of(result: types.CallToolResult) -> str:
    """The one text of a result."""
    (content,) = result.content
    assert isinstance(content, types.TextContent)
    return content.text


def test_the_tools_are_the_public_functions_with_their_schemas(programs: Programs) -> None:
    listed = with_session(programs, lambda session: session.list_tools())
    published = programs.published()
    assert [f"/{tool.name}" for tool in listed.tools] == list(published)
    for tool in listed.tools:
        function = published[f"/{tool.name}"]
        assert tool.description == function["description"]
        assert tool.outputSchema == function["returns"][0]["type"]
        parameters = {p["parameter_name"]: p for p in function["parameters"]}
        assert tool.inputSchema["properties"].keys() == parameters.keys()
        assert tool.inputSchema["required"] == [
            name for name, p in parameters.items() if not p["parameter_has_default"]
        ]
        jsonschema.Draft202012Validator.check_schema(tool.inputSchema)
        assert tool.annotations is not None
        assert tool.annotations.readOnlyHint


def test_a_language_model_is_told_how_to_use_them(programs: Programs) -> None:
    async def instructions(session: ClientSession) -> Any:
        return await session.initialize()

    told = with_session(programs, instructions)
    assert told.serverInfo.name == "Rapporteur"
    for name in ("list_documents", "ask", "search", "show_unit", "standing", "unofficial translation"):
        assert name in told.instructions


@pytest.mark.parametrize(("name", "arguments"), CALLS)
def test_a_tool_gives_what_the_function_gives_as_text_and_as_structure(
    programs: Programs, name: str, arguments: dict[str, Any]
) -> None:
    result = call(programs, name, **arguments)
    assert not result.isError
    assert result.structuredContent == programs.call(name, **arguments)
    assert json.loads(text_of(result)) == result.structuredContent
    jsonschema.validate(result.structuredContent, closed(programs.published()[f"/{name}"]["returns"][0]["type"]))


def test_chinese_stands_in_the_text_as_it_is_written(programs: Programs) -> None:
    assert "讨论要点10" in text_of(call(programs, "show_unit", anchor=CITED))


def test_a_follow_up_takes_earlier_results(programs: Programs) -> None:
    first = call(programs, "ask", question="What does it say?").structuredContent
    second = call(programs, "ask", question="And then?", history=[first]).structuredContent
    assert second is not None
    assert second["understood"] == "And then? (What does it say?)"


@pytest.mark.parametrize(
    ("name", "arguments", "told"),
    [
        ("ask", {"question": ""}, "问题是空的"),
        ("ask", {"question": "word " * 401}, "expected at most 2,000"),
        ("show_unit", {"anchor": "wg6-2020-report#p999", "language": "en"}, "has no 'p999'"),
        ("search", {"question": "crash"}, INTERNAL.en),
        ("search", {"question": "x", "k": 99}, "99 is greater than the maximum of 50"),
        ("search", {"question": "x", "page": 2}, "'page' was unexpected"),
        ("search", {}, "'question' is a required property"),
        ("nosuch", {}, "There is no tool 'nosuch'"),
    ],
)
def test_a_mistake_is_told(programs: Programs, name: str, arguments: dict[str, Any], told: str) -> None:
    result = call(programs, name, **arguments)
    assert result.isError
    assert told in text_of(result)
    assert result.structuredContent is None


def test_no_private_function_is_a_tool(answers: KnownAnswers, library: Library) -> None:
    def hidden(sent: str) -> str:
        return f"hidden {sent}"

    with serving(answers, library, private={"hidden": hidden}) as programs:
        listed = with_session(programs, lambda session: session.list_tools())
        assert "hidden" not in [tool.name for tool in listed.tools]
        result = call(programs, "hidden", sent="x")
        assert (result.isError, text_of(result)) == (True, "There is no tool 'hidden'")


def test_they_can_be_left_out(answers: KnownAnswers, library: Library) -> None:
    with serving(answers, library, mcp=False) as programs:
        assert patient.post(programs.tools, json=LISTING, headers=HEADERS).status_code == 404
        assert programs.call("search", question="枪支", k=1)["hits"]


def test_the_address_may_stand_without_its_last_stroke(programs: Programs) -> None:
    listed = with_session(programs, lambda session: session.list_tools(), programs.tools.rstrip("/"))
    assert len(listed.tools) == 4


@pytest.mark.parametrize(
    "foreign",
    [{"host": "rebound.example.org:7860"}, {"origin": "https://example.org"}, {"origin": "null"},
     {"host": "127.0.0.1.example.org"}],
)  # fmt: skip
def test_foreign_names_and_origins_are_refused(programs: Programs, foreign: dict[str, str]) -> None:
    assert patient.post(programs.tools, json=LISTING, headers=HEADERS).status_code == 200
    assert patient.post(programs.tools, json=LISTING, headers=HEADERS | foreign).status_code == 421


def test_serving_and_calling_prints_nothing_and_stays_on_this_computer(library: Library) -> None:
    command = [sys.executable, "-m", "tests.web.programs.alone", str(library.folder)]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=PROCESS, check=False)
    assert (ended.stdout, ended.stderr) == ("['127.0.0.1']\n", "")
