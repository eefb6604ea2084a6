"""The conversation as a file for a delegate's own papers: Word with footnotes, or Markdown."""

from __future__ import annotations

from datetime import date
from typing import Final, Literal
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import Response

from assistant.answer import Answer
from assistant.export import to_markdown, to_word
from web.asking.kept import Conversation, made_anew
from web.site import Site, language_of
from web.strings import strings

Format = Literal["markdown", "word"]

_TYPES: Final[dict[Format, tuple[str, str]]] = {
    "markdown": ("md", "text/markdown; charset=utf-8"),
    "word": ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
}


def routes(site: Site) -> APIRouter:
    """``POST /export/word`` and ``POST /export/markdown``: the turns that the browser kept, as a file."""
    router = APIRouter()

    @router.post("/export/{form}", include_in_schema=False)
    def export(request: Request, form: Format, kept: Conversation) -> Response:
        seen, language, today = site.of(request), language_of(request), date.today()
        turns = [
            (turn.question, turn.outcome)
            for turn in made_anew(kept.turns, seen.assistant)
            if isinstance(turn.outcome, Answer)
        ]
        documents = {document.doc_id: document for document in seen.library.documents()}
        render = to_word if form == "word" else to_markdown
        made = render(turns, language, documents, today)
        ending, media_type = _TYPES[form]
        name = f"{strings(language).ask.file_name}-{today.isoformat()}.{ending}"
        headers = {"content-disposition": f"attachment; filename*=utf-8''{quote(name)}"}
        return Response(made, media_type=media_type, headers=headers)

    return router
