"""The page of briefing notes, what it shows anew when its reader changes something, and its files."""

from __future__ import annotations

from datetime import date
from typing import Final, Literal
from urllib.parse import quote

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response

from assistant.briefing.records import Note
from assistant.export.briefing import note_paper
from assistant.export.markdown import write_markdown
from assistant.export.word import write_word
from corpus.errors import LibraryError, RapporteurError
from corpus.records import Document, Language
from web.briefing.items import items_of
from web.briefing.request import Made, read_wanted
from web.briefing.view import Preview, preview
from web.security import by_a_script
from web.site import Site, language_of
from web.strings import strings
from web.waiting import NotYetError, Room, not_yet, place_of

Format = Literal["markdown", "word"]
_TYPES: Final[dict[Format, tuple[str, str]]] = {
    "markdown": ("md", "text/markdown; charset=utf-8"),
    "word": ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
}


def routes(site: Site) -> APIRouter:
    """``GET /brief`` the page; ``POST /brief`` the note anew; ``GET`` and ``POST /brief/{form}`` the note as a file."""
    router = APIRouter(dependencies=[Depends(by_a_script)], include_in_schema=False)
    # Each note takes seconds.
    room = Room()

    @router.get("/brief")
    def page(request: Request) -> Response:
        seen, reader, wanted = site.of(request), language_of(request), read_wanted(request.query_params)
        failure, shown = "", None
        if not wanted.is_empty:
            made = Made(**wanted.model_dump())
            try:
                with room.turn(place_of(request)):
                    shown = _shown(seen, _note(seen, made, reader, again=True), made)
            except NotYetError as told:
                return not_yet(seen, request, told)
            except RapporteurError as error:
                failure = error.message(reader)
        return seen.page(
            request, "brief.html", title=strings(reader).site.brief, wanted=wanted, shown=shown, failure=failure,
            documents=seen.library.documents(), items=items_of(seen.library, reader), worded=seen.assistant.worded,
        )  # fmt: skip

    @router.post("/brief")
    def anew(request: Request, made: Made) -> Response:
        seen, reader = site.of(request), language_of(request)
        try:
            with room.turn(place_of(request)):
                shown = _shown(seen, _note(seen, made, reader), made)
        except NotYetError as told:
            return not_yet(seen, request, told)
        except RapporteurError as error:
            return _refused(error, reader)
        return HTMLResponse(seen.fragment("briefing/note.html", reader, shown=shown, wanted=made))

    @router.get("/brief/{form}")
    def as_made(request: Request, form: Format) -> Response:
        wanted = read_wanted(request.query_params)
        return in_turn(request, form, Made(**wanted.model_dump()))

    @router.post("/brief/{form}")
    def export(request: Request, form: Format, made: Made) -> Response:
        return in_turn(request, form, made)

    def in_turn(request: Request, form: Format, made: Made) -> Response:
        try:
            with room.turn(place_of(request)):
                return _file(site.of(request), form, made, language_of(request))
        except NotYetError as told:
            return not_yet(site.of(request), request, told)

    return router


def _note(seen: Site, made: Made, reader: Language, again: bool = False) -> Note:
    """The note; ``again`` says whether a language model that fell short of it is asked once more.

    It is where a note is asked for, and not with all that its reader does to it.
    """
    language = made.language or (reader if made.item.strip() else None)
    polish = made.polish and seen.assistant.worded
    return seen.assistant.brief(made.topic, made.item, made.documents, language, made.choices, polish, again)


def _shown(seen: Site, note: Note, made: Made) -> Preview:
    return preview(note, _documents(seen), date.today(), made.off, made.pinned)


def _file(seen: Site, form: Format, made: Made, reader: Language) -> Response:
    """The note as a file, written anew from the library; refused where it is not what its reader saw."""
    try:
        note = _note(seen, made, reader)
    except RapporteurError as error:
        return _refused(error, reader)
    if made.shown is not None and made.shown != tuple(line.id for s in note.sections for line in s.lines):
        words = strings(reader).brief
        return JSONResponse({"message": words.changed_wording if made.polish else words.changed}, 409)
    paper = note_paper(note, _documents(seen), date.today())
    written = write_word(paper) if form == "word" else write_markdown(paper).encode()
    ending, media_type = _TYPES[form]
    name = f"{strings(note.language).brief.file_name}-{date.today().isoformat()}.{ending}"
    return Response(
        written, media_type=media_type, headers={"content-disposition": f"attachment; filename*=utf-8''{quote(name)}"}
    )


def _documents(seen: Site) -> dict[str, Document]:
    return {document.doc_id: document for document in seen.library.documents()}


def _refused(error: RapporteurError, reader: Language) -> JSONResponse:
    status = 404 if isinstance(error, LibraryError) else 422
    return JSONResponse({"message": error.message(reader)}, status)
