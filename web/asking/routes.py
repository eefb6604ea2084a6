"""The page that questions are asked on, and the conversation that a browser kept, drawn anew."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from corpus.records import Language
from web.asking.drawing import draw_conversation
from web.asking.evidence import panel_context
from web.asking.filters import choices
from web.asking.kept import Conversation, made_anew
from web.asking.view import read_view
from web.site import Site, language_of
from web.strings import strings

#: What a first-time reader may ask; always all shown, the reader's language first.
EXAMPLES: Final[dict[Language, tuple[str, ...]]] = {
    "zh": ("第八次会议何时开幕？", "2012年5月销毁了多少支枪支？", "报告讨论要点10怎么说？"),
    "en": (
        "How many tracing requests did South Africa report?",
        "Which paragraph of the draft resolution mentions cryptocurrencies?",
        "Who chaired the July 2020 meeting?",
    ),
}


def routes(site: Site) -> APIRouter:
    """``GET /`` is the page; ``POST /conversation`` draws the turns that the browser kept."""
    router = APIRouter()

    @router.get("/", include_in_schema=False)
    def page(request: Request) -> HTMLResponse:
        seen, language = site.of(request), language_of(request)
        order: tuple[Language, ...] = ("zh", "en") if language == "zh" else ("en", "zh")
        return site.page(
            request,
            "ask.html",
            examples=[(code, example) for code in order for example in EXAMPLES[code]],
            choices=choices(seen.library.documents(), strings(language)),
            **panel_context(seen, read_view(request.query_params), language),
        )

    @router.post("/conversation", include_in_schema=False)
    def conversation(request: Request, kept: Conversation) -> HTMLResponse:
        seen = site.of(request)
        return HTMLResponse(draw_conversation(seen, made_anew(kept.turns, seen.assistant), language_of(request)))

    return router
