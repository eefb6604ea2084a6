"""The page that compares two documents, and the comparison as a file."""

from __future__ import annotations

from datetime import date
from typing import Final, Literal
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from starlette.exceptions import HTTPException

from assistant.alignment import Comparison
from assistant.alignment.words import CHANGE_NAMES, MOVED, summary
from assistant.citations import is_official
from assistant.export.comparison import comparison_paper, standing_of
from assistant.export.markdown import write_markdown
from assistant.export.word import write_word
from corpus.errors import ComparisonError, UnknownDocumentError
from corpus.records import LANGUAGES, Document, StandingNote
from web.comparing.view import MATTERS, MOVED_ONLY, SHOWN, Asked, shown
from web.documents.table import whole_first
from web.site import Site, language_of
from web.strings import strings
from web.waiting import NotYetError, Room, not_yet, place_of

Format = Literal["markdown", "word"]
_TYPES: Final[dict[Format, tuple[str, str]]] = {
    "markdown": ("md", "text/markdown; charset=utf-8"),
    "word": ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
}


def routes(site: Site) -> APIRouter:
    """``GET /compare?a=…&b=…`` is the page, ``GET /compare/word`` and ``GET /compare/markdown`` the same as a file."""
    router = APIRouter()
    # Long documents take seconds.
    room = Room()

    @router.get("/compare", include_in_schema=False)
    def page(request: Request) -> Response:
        seen, asked = site.of(request), Asked.of(request.query_params)
        documents = seen.library.documents()
        refused, status, comparison = "", 200, None
        if asked.a and asked.b:
            try:
                with room.turn(place_of(request)):
                    comparison = _compared(seen, request, asked)
            except NotYetError as told:
                return not_yet(seen, request, told)
            except UnknownDocumentError as error:
                refused, status = error.message(language_of(request)), 404
            except ComparisonError as error:
                refused, status = error.message(language_of(request)), 400
        return _page(seen, request, asked, documents, comparison, refused, status)

    @router.get("/compare/{form}", include_in_schema=False)
    def export(request: Request, form: Format) -> Response:
        seen, asked, language = site.of(request), Asked.of(request.query_params), language_of(request)
        try:
            with room.turn(place_of(request)):
                comparison = _compared(seen, request, asked)
        except NotYetError as told:
            return not_yet(seen, request, told)
        except (UnknownDocumentError, ComparisonError):
            raise HTTPException(404) from None
        today = date.today()
        paper = comparison_paper(comparison, language, today)
        made = write_word(paper) if form == "word" else write_markdown(paper).encode()
        ending, media_type = _TYPES[form]
        name = f"{strings(language).comparing.file_name}-{today.isoformat()}.{ending}"
        headers = {"content-disposition": f"attachment; filename*=utf-8''{quote(name)}"}
        return Response(made, media_type=media_type, headers=headers)

    return router


def _compared(site: Site, request: Request, asked: Asked) -> Comparison:
    """The comparison in the language that is asked for, else the reader's where both texts are in it."""
    return site.assistant.compare(asked.a, asked.b, asked.text or language_of(request))


def _page(
    site: Site, request: Request, asked: Asked, documents: tuple[Document, ...], comparison: Comparison | None,
    refused: str, status: int,
) -> HTMLResponse:  # fmt: skip
    language = language_of(request)
    words = strings(language)
    view = shown(comparison, asked, language) if comparison else None
    heads = [
        (document, is_official(document, comparison.language), _notes(comparison, document))
        for document in ((comparison.a, comparison.b) if comparison else ())
        if comparison
    ]
    names: dict[str, str] = {change: name.get(language) for change, name in CHANGE_NAMES.items()}
    names |= {MOVED_ONLY: MOVED.get(language), MATTERS: words.comparing.matters}
    return site.page(
        request,
        "compare.html",
        status=status,
        title=words.comparing.name,
        asked=asked,
        documents=documents,
        refused=refused,
        view=view,
        heads=heads,
        summary=summary(comparison, language) if comparison else "",
        filters=[(each, names[each], view.counts[each]) for each in SHOWN if view and view.counts[each]],
        languages=_common(comparison),
    )


def _notes(comparison: Comparison, document: Document) -> list[StandingNote]:
    """What a text is worth as far as it is compared."""
    fitting = standing_of(comparison, document)
    return [note for note in whole_first(document) if note.text in fitting]


def _common(comparison: Comparison | None) -> list[str]:
    """The languages that both documents are in."""
    if comparison is None:
        return []
    sides = [{version.language for version in document.versions} for document in (comparison.a, comparison.b)]
    return [each for each in LANGUAGES if all(each in side for side in sides)]
