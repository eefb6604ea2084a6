"""The functions as tools of the Model Context Protocol, with typed results.

Gradio's own server lists the tools and speaks the protocol. It gives results as Python writes them and calls itself by
the name in a request's Host header; here results are JSON, in text and as structured content that is held against a
published schema, and each call goes through the same queue as over HTTP, within this process.
"""

from __future__ import annotations

import json
from typing import Any, Final

import httpx
from gradio.mcp import GradioMCPServer
from httpx_sse import EventSource
from mcp import types
from mcp.server.lowlevel import Server
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.types import ASGIApp, Receive, Scope, Send

from web.access import READER, Reader
from web.programs.caller import caller_of
from web.programs.errors import BUSY, INTERNAL, language_among

INSTRUCTIONS: Final = """\
Rapporteur answers questions about the documents of a United Nations meeting, in Chinese or English, by quoting them. \
Call list_documents to see what can be asked, ask for an answer with citations, search for more to read, show_unit for \
a cited unit in its place. Repeat an answer only with the labels of what it cites, and say what the text is worth: its \
standing, and that a text is an unofficial translation where official is false. Where ask abstained, the documents do \
not answer the question; do not answer it from the leads."""

_ONLY_READS: Final = types.ToolAnnotations(
    readOnlyHint=True, destructiveHint=False, idempotentHint=True, openWorldHint=False
)


class Tools(GradioMCPServer):
    """Every public function of a Blocks as a tool, with the schema of its arguments and of its result."""

    def create_mcp_server(self) -> Server[Any, Any]:
        """The server of the protocol; it answers what it is asked for under ``/gradio_api/mcp/``."""
        server: Server[Any, Any] = Server("Rapporteur", instructions=INSTRUCTIONS)
        server.list_tools()(self._list)  # type: ignore[no-untyped-call]
        server.call_tool()(self._call)
        return server

    def launch_mcp_on_sse(self, app: Starlette, subpath: str, root_path: str) -> None:
        """Puts the server under a path of Gradio's application: the streamable HTTP transport, and no other."""
        self.root_path, self._programs = root_path, app
        app.mount(subpath, Starlette(routes=[Mount("/", app=self.handle_streamable_http)]))

    async def _list(self) -> list[types.Tool]:
        return [
            types.Tool(
                name=path.lstrip("/"),
                description=told["description"],
                inputSchema=_input_schema(told["parameters"]),
                outputSchema=told["returns"][0]["type"],
                annotations=_ONLY_READS,
            )
            for path, told in self.api_info["named_endpoints"].items()
        ]

    async def _call(
        self, name: str, arguments: dict[str, Any]
    ) -> tuple[list[types.TextContent], dict[str, Any]] | types.CallToolResult:
        if f"/{name}" not in self.api_info["named_endpoints"]:
            return _failed(f"There is no tool {name!r}")
        transport = httpx.ASGITransport(_passed_on(self._programs, caller_of(self.mcp_server.request_context.request)))
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1", timeout=None) as programs:
            # Half a character goes as its escape, which httpx would not write.
            body, kind = json.dumps(arguments).encode(), {"content-type": "application/json"}
            joined = await programs.post(f"/gradio_api/call/v2/{name}", content=body, headers=kind)
            if joined.status_code == httpx.codes.SERVICE_UNAVAILABLE:
                return _failed(BUSY.get(language_among(arguments)))
            joined.raise_for_status()
            events = await programs.get(f"/gradio_api/call/{name}/{joined.json()['event_id']}")
        last = list(EventSource(events).iter_sse())[-1]
        data = json.loads(last.data)
        if last.event == "complete":
            text = json.dumps(data[0], ensure_ascii=False, indent=2)
            return [types.TextContent(type="text", text=text)], data[0]
        told = data.get("error") if isinstance(data, dict) else None
        return _failed(told or INTERNAL.get(language_among(arguments)))


def _passed_on(programs: ASGIApp, reader: Reader) -> ASGIApp:
    """The programs, called for the reader whom the call of a tool comes from."""

    async def called(scope: Scope, receive: Receive, send: Send) -> None:
        await programs({**scope, READER: reader}, receive, send)

    return called


def _failed(message: str) -> types.CallToolResult:
    return types.CallToolResult(content=[types.TextContent(type="text", text=message)], isError=True)


def _input_schema(parameters: list[dict[str, Any]]) -> dict[str, Any]:
    properties = {}
    for parameter in parameters:
        properties[parameter["parameter_name"]] = dict(parameter["type"])
        if parameter["parameter_has_default"]:
            properties[parameter["parameter_name"]]["default"] = parameter["parameter_default"]
    return {
        "type": "object",
        "properties": properties,
        "required": [p["parameter_name"] for p in parameters if not p["parameter_has_default"]],
        "additionalProperties": False,
    }
