"""Documents that leave the library from the page, and come back within a day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse

from corpus.errors import RapporteurError, UnknownDocumentError
from corpus.library import Library
from corpus.records import Document
from corpus.shelf.owners import owners
from corpus.shelf.removing import Removed, remove, removed_documents, restore
from corpus.shelf.upkeep import GRACE
from web.access import Reader, reader_of
from web.security import by_a_script
from web.site import Site, language_of


@dataclass(frozen=True)
class Recoverable:
    """A document that was removed, and for how many hours more it can be brought back, at least one."""

    document: Document
    hours: int


@dataclass(frozen=True)
class Notice:
    """What was just done to a document, to be said on top of the table; it can be undone where it was removed."""

    document: Document
    removed: bool


def routes(site: Site) -> APIRouter:
    """``DELETE /documents/{doc_id}`` removes a document, ``POST /removed/{doc_id}/restore`` brings it back."""
    router = APIRouter(dependencies=[Depends(by_a_script)], include_in_schema=False)

    @router.delete("/documents/{doc_id}")
    def take_away(request: Request, doc_id: str) -> JSONResponse:
        try:
            remove(site.shelf, doc_id, owners=reader_of(request).owners)
        except RapporteurError as error:
            return _refused(request, error)
        return JSONResponse({})

    @router.post("/removed/{doc_id}/restore")
    def bring_back(request: Request, doc_id: str) -> JSONResponse:
        try:
            restore(site.shelf, doc_id, owners=reader_of(request).owners)
        except RapporteurError as error:
            return _refused(request, error)
        return JSONResponse({})

    return router


def recoverable(library: Library, reader: Reader) -> list[Recoverable]:
    """The documents that a reader can bring back, what went last first."""
    return [Recoverable(each.document, _hours_left(each)) for each in removed_documents(library, reader.owners)]


def notice(library: Library, removed: str, restored: str, gone: Sequence[Recoverable]) -> Notice | None:
    """What an address says was just done, where it is so."""
    for each in gone:
        if each.document.doc_id == removed:
            return Notice(each.document, removed=True)
    try:
        return Notice(library.document(restored), removed=False) if restored else None
    except UnknownDocumentError:
        return None


def changeable(library: Library, reader: Reader) -> Callable[[Document], bool]:
    """Whether a reader may remove a document of the library, or one that was removed and is theirs."""
    of = owners(library)
    return lambda document: reader.may_change(of.get(document.doc_id, reader.name))


def _hours_left(removed: Removed) -> int:
    ends = datetime.fromisoformat(removed.removed_at.replace("Z", "+00:00")) + GRACE
    return max(1, round((ends - datetime.now(UTC)).total_seconds() / 3600))


def _refused(request: Request, error: RapporteurError) -> JSONResponse:
    status = 404 if isinstance(error, UnknownDocumentError) else 409
    return JSONResponse({"message": error.message(language_of(request))}, status)
