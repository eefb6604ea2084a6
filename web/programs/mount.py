"""The functions on Gradio: its queue, its HTTP API with server-sent events, and tools of the Model Context Protocol."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final, get_type_hints

import gradio as gr
from fastapi import FastAPI
from gradio.components.api_component import Api
from gradio.events import api
from starlette.middleware import Middleware

from corpus.library import Library
from web.programs.doors import Doors
from web.programs.errors import told
from web.programs.functions import Answers, Functions, Sight
from web.programs.refusals import REFUSALS
from web.programs.schema import schema_of
from web.programs.tools import Tools

#: Calls that wait before one more is turned away, and how many questions are answered at a time.
QUEUE_LENGTH, ANSWERS_AT_ONCE = 32, 2

#: The most a call may send, in bytes: eight earlier answers with all they cite take a fraction of it.
LARGEST_CALL: Final = 2_000_000

# Looking up takes no time, and need not wait for answers.
_ANSWERING, _LOOKING_UP, _LOOKED_UP_AT_ONCE = "answering", "looking up", 4

_NONE: Final[Mapping[str, Callable[..., Any]]] = MappingProxyType({})


def mount_programs(
    application: FastAPI,
    assistant: Answers,
    library: Library,
    *,
    sight: Sight | None = None,
    private: Mapping[str, Callable[..., Any]] = _NONE,
    queue_length: int = QUEUE_LENGTH,
    answers_at_once: int = ANSWERS_AT_ONCE,
    mcp: bool = True,
) -> None:
    """Adds the functions to an application, under ``/gradio_api/``; its own routes must stand before.

    Args:
        application: What serves them; guard it with :class:`web.security.Guard`.
        assistant: What answers and searches.
        library: What documents are listed from.
        sight: What each reader sees, where readers have documents of their own.
        private: More functions by name, with type hints, called as ``/gradio_api/call/NAME`` and nowhere listed: the
            page's own. They wait in the same queue and are among the ``answers_at_once``.
        queue_length: Calls that may wait; one more is told at once that there is no room.
        answers_at_once: Questions answered at the same time, and searches among them.
        mcp: Whether the functions are tools of the Model Context Protocol, too, at ``/gradio_api/mcp/``.
    """
    functions = Functions(assistant, library, sight)
    with gr.Blocks(title="Rapporteur", analytics_enabled=False, mode="server") as blocks:
        for function in functions.answering:
            _offer(blocks, function, _ANSWERING, answers_at_once)
        for function in functions.looking_up:
            _offer(blocks, function, _LOOKING_UP, _LOOKED_UP_AT_ONCE)
        for name, function in private.items():
            api(
                function,
                api_name=name,
                api_visibility="private",
                concurrency_id=_ANSWERING,
                concurrency_limit=answers_at_once,
            )
    # Not open: a call that went past the queue would go past its limits.
    blocks.queue(max_size=queue_length, default_concurrency_limit=answers_at_once, api_open=False)

    settings: dict[str, Any] = {
        "middleware": [Middleware(Doors)],
        "exception_handlers": dict(REFUSALS),
        "max_body_size": LARGEST_CALL,
    }
    if mcp:
        blocks.mcp_server_obj = Tools(blocks)
        settings["lifespan"] = blocks.mcp_server_obj.lifespan
    gr.mount_gradio_app(
        application,
        blocks,
        path="/",
        app_kwargs=settings,
        show_error=False,
        ssr_mode=False,
        mcp_server=False,
        footer_links=[],
        run_history=False,
        pwa=False,
        enable_monitoring=False,
    )


def _offer(blocks: gr.Blocks, function: Callable[..., Any], group: str, limit: int) -> None:
    api(
        told(function),
        api_name=function.__name__,
        concurrency_id=group,
        concurrency_limit=limit,
    )
    # Gradio's own schemas know neither bounds nor fields that may be left out.
    offered = list(blocks.fns.values())[-1]
    hints = get_type_hints(function, include_extras=True)
    for component, name in zip((*offered.inputs, *offered.outputs), hints, strict=True):
        assert isinstance(component, Api)
        component._api_info = schema_of(hints[name])
