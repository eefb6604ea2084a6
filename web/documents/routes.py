"""The pages of the documents: all of them as a table, and each one to read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, cast
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from corpus.anchors import labels
from corpus.errors import UnknownDocumentError
from corpus.readers.limits import LARGEST_FILE
from corpus.records import LANGUAGES, Document, Language, Unit
from corpus.shelf.batch import MOST_FILES
from web.access import reader_of
from web.adding import view as adding
from web.asking.filters import kind_name
from web.asking.losses import why_removed
from web.asking.view import View
from web.documents.outline import outline
from web.documents.reading import blocks, count, covered, places
from web.documents.removing import changeable, notice, recoverable
from web.documents.table import COLUMNS, is_whole, official_first, read_choice, table, whole_first
from web.finding import LONGEST
from web.site import Site, language_of
from web.strings import strings

Shown = Literal["zh", "en", "both"]
_SHOWN: Final = (*LANGUAGES, "both")


@dataclass(frozen=True)
class Asked:
    """What an address asks for of a document: in which language, and with what looked for."""

    doc_id: str
    shown: Shown
    words: str

    def address(self, shown: Shown | None = None, anchor: str = "", words: bool = True) -> str:
        """The address of the document in the same or another language, at an anchor where one is given."""
        query: dict[str, str] = {"text": shown or self.shown}
        if self.words and words:
            query["find"] = self.words
        return f"/documents/{quote(self.doc_id)}?{urlencode(query)}" + (f"#{anchor}" if anchor else "")

    def view(self, language: Language, anchor: str) -> View:
        """The unit beside the questions, in the same languages as here."""
        return View(self.doc_id, anchor, language, both=self.shown == "both")


def routes(site: Site) -> APIRouter:
    """``GET /documents`` is the table, ``GET /documents/{doc_id}`` a document to read."""
    router = APIRouter()

    @router.get("/documents", include_in_schema=False)
    def documents(request: Request) -> HTMLResponse:
        words = strings(language_of(request))
        seen, query = site.of(request), request.query_params
        library = seen.library
        held = library.documents()
        choice = read_choice(query)
        rows = table(held, library.unit_counts(), choice, words)
        reader, language = reader_of(request), language_of(request)
        gone = recoverable(site.shelf, reader)
        files = site.staging.of(reader.name)
        return site.page(
            request,
            "documents.html",
            title=words.site.documents,
            held=len(held),
            rows=rows,
            choice=choice,
            columns=COLUMNS,
            official_first=official_first,
            is_whole=is_whole,
            notice=notice(library, query.get("removed", ""), query.get("restored", ""), gone),
            gone=gone,
            may_change=changeable(site.shelf, reader),
            files=[adding.shown(seen, reader, staged, language) for staged in files],
            plain=len(adding.plain_ones(site, reader, files)),
            generation=library.generation(),
            most_files=MOST_FILES,
            largest=LARGEST_FILE,
        )

    @router.get("/documents/{doc_id}", include_in_schema=False)
    def document(request: Request, doc_id: str) -> Response:
        seen = site.of(request)
        library = seen.library
        try:
            found = library.document(doc_id)
        except UnknownDocumentError:
            return _elsewhere(seen, request, doc_id)
        versions = {version.language: library.units(doc_id, version.language) for version in official_first(found)}
        return _reader(site, request, found, {language: units for language, units in versions.items() if units})

    return router


def _elsewhere(site: Site, request: Request, doc_id: str) -> Response:
    """The document that one was made one with, or what is said of one that was removed.

    Raises:
        HTTPException: there never was one of that id, as far as is known.
    """
    words = strings(language_of(request))
    present = site.library.present_id(doc_id)
    if present != doc_id:
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"/documents/{quote(present)}{query}")
    message = why_removed(site.library, doc_id, words)
    if not message:
        raise HTTPException(404)
    return site.page(request, "error.html", status=404, title=words.losses.not_here, message=message)


def _reader(
    site: Site, request: Request, document: Document, versions: Mapping[Language, tuple[Unit, ...]]
) -> HTMLResponse:
    reader = language_of(request)
    words = strings(reader)
    asked = _asked(document.doc_id, request.query_params, reader, versions)
    shown = {code: units for code, units in versions.items() if asked.shown in (code, "both")}
    notes = whole_first(document)
    found = places(shown, notes, asked.words)
    leading = reader if reader in shown else next(iter(shown), reader)
    order = [unit for units in list(versions.values())[:1] for unit in units]
    return site.page(
        request,
        "reader.html",
        title=document.short_title(reader),
        document=document,
        kind=kind_name(document.kind, words),
        versions=official_first(document),
        notes=[(note, "" if is_whole(note) else labels(covered(note, order), reader)) for note in notes],
        may_change=changeable(site.shelf, reader_of(request)),
        asked=asked,
        shown=tuple(shown),
        official={version.language: version.official for version in document.versions},
        others=tuple(code for code in versions if code not in shown),
        blocks=blocks(found),
        outline=outline(found, leading, words),
        matches=count(found),
        found=[place for place in found if count((place,))],
        elsewhere=[
            (code, n)
            for code, units in versions.items()
            if asked.words and code not in shown and (n := count(places({code: units}, (), asked.words)))
        ],
    )


def _asked(
    doc_id: str, query: Mapping[str, str], reader: Language, versions: Mapping[Language, tuple[Unit, ...]]
) -> Asked:
    """What an address asks for; in no language, the reader's own where there is that version, else the first.

    Raises:
        HTTPException: it asks for a language that there is no version in.
    """
    shown = query.get("text") or (reader if reader in versions else next(iter(versions), reader))
    if shown not in _SHOWN or (shown != "both" and versions and shown not in versions):
        raise HTTPException(404)
    return Asked(doc_id, cast(Shown, shown), " ".join(query.get("find", "").split())[:LONGEST])
