"""The page of who said what, and what it shows as a file."""

from __future__ import annotations

from datetime import date
from typing import Final, Literal
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from starlette.exceptions import HTTPException

from assistant.export.markdown import write_markdown
from assistant.export.position_strings import KIND_NAMES
from assistant.export.positions import positions_paper, positions_table
from assistant.export.word import write_word
from assistant.ledger import ACT_NAMES, Entry
from corpus.errors import UnknownActorError, UnknownDocumentError
from corpus.records import Language
from web.positions.view import LINES, Asked, acts_of, choices, shown
from web.site import Site, language_of
from web.strings import strings

Format = Literal["word", "markdown", "table"]
_TYPES: Final[dict[Format, tuple[str, str]]] = {
    "markdown": ("md", "text/markdown; charset=utf-8"),
    "word": ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "table": ("csv", "text/csv; charset=utf-8"),
}


def routes(site: Site) -> APIRouter:
    """``GET /positions`` is the page; under it ``word``, ``markdown`` and ``table`` are its entries as a file."""
    router = APIRouter()

    @router.get("/positions", include_in_schema=False)
    def page(request: Request) -> HTMLResponse:
        seen, asked, language = site.of(request), Asked.of(request.query_params), language_of(request)
        every = seen.assistant.ledger(language=language).entries
        documents = {document.doc_id: document for document in seen.library.documents()}
        refused, status, entries = "", 200, every
        try:
            entries = _entries(seen, asked, language)
        except (UnknownActorError, UnknownDocumentError) as error:
            refused, status, entries = error.message(language), 404, ()
        every = tuple(entry for entry in every if entry.citation.document.id in documents)
        found = shown([entry for entry in entries if entry.citation.document.id in documents], documents, language)
        pages = max(1, -(-len(found) // LINES))
        at = min(asked.page, pages)
        return seen.page(
            request,
            "positions.html",
            status=status,
            title=strings(language).positions.name,
            asked=asked,
            refused=refused,
            chosen=_actor(entries, asked),
            total=len(every),
            count=len(entries),
            lines=found[(at - 1) * LINES : at * LINES],
            sentences=len(found),
            at=at,
            pages=pages,
            actors=[(KIND_NAMES[language][kind], of) for kind, of in choices(every, language)],
            acts=acts_of(every, language),
            documents=[
                each for each in documents.values() if any(e.citation.document.id == each.doc_id for e in every)
            ],
        )

    @router.get("/positions/{form}", include_in_schema=False)
    def export(request: Request, form: Format) -> Response:
        seen, asked, language = site.of(request), Asked.of(request.query_params), language_of(request)
        documents = {document.doc_id: document for document in seen.library.documents()}
        try:
            entries = [e for e in _entries(seen, asked, language) if e.citation.document.id in documents]
        except (UnknownActorError, UnknownDocumentError):
            raise HTTPException(404) from None
        today = date.today()
        if form == "table":
            made = positions_table(entries, language, documents)
        else:
            paper = positions_paper(entries, language, documents, today, _narrowed(asked, entries, language))
            made = write_word(paper) if form == "word" else write_markdown(paper).encode()
        ending, media_type = _TYPES[form]
        name = f"{strings(language).positions.file_name}-{today.isoformat()}.{ending}"
        headers = {"content-disposition": f"attachment; filename*=utf-8''{quote(name)}"}
        return Response(made, media_type=media_type, headers=headers)

    return router


def _entries(site: Site, asked: Asked, language: Language) -> tuple[Entry, ...]:
    documents = (asked.doc,) if asked.doc else ()
    return asked.entries(site.assistant.ledger(asked.actor, asked.topic, documents, language=language).entries)


def _actor(entries: tuple[Entry, ...], asked: Asked) -> str:
    """The key of the actor that is asked for, however it was written."""
    return entries[0].actor.key if entries and asked.actor else asked.actor


def _narrowed(asked: Asked, entries: list[Entry], language: Language) -> str:
    """What the entries are narrowed to, in the reader's words."""
    words = strings(language)
    actor = entries[0].actor.name(language) if entries and asked.actor else asked.actor
    act = next((name.get(language) for act, name in ACT_NAMES.items() if act == asked.act), "")
    document = entries[0].citation.document.short_title if entries and asked.doc else asked.doc
    say = words.positions
    named = ((say.actor, actor), (say.topic, asked.topic), (say.act, act), (say.document, document))
    stop = "：" if language == "zh" else ": "
    return words.site.list_stop.join(f"{name}{stop}{value}" for name, value in named if value)
