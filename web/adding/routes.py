"""What the page asks for while documents are added: files come in, are looked at, confirmed or let go of."""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, HTTPException, Query, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from corpus.errors import RapporteurError
from corpus.readers import limits
from corpus.readers.refusals import shown_name, too_large
from corpus.records import Language
from corpus.shelf.fetching import is_symbol
from web.access import reader_of
from web.adding import refusals
from web.adding.confirming import confirm, filled_of
from web.adding.form import Filled
from web.adding.staging import Staged
from web.adding.view import drawn, plain_ones, plan_of
from web.security import by_a_script
from web.site import Site, language_of

#: The largest body that is taken for a file, in bytes, and how much of a larger one is read to let the refusal through.
LARGEST_UPLOAD: Final = limits.LARGEST_FILE
_DRAINED: Final = 3 * LARGEST_UPLOAD


class Symbol(BaseModel):
    """A document to be fetched by its symbol."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    symbol: Annotated[str, Field(max_length=200)]
    language: Language


def routes(site: Site) -> APIRouter:
    """``/adding``: the files of the reader who asks, and what becomes of them."""
    router = APIRouter(prefix="/adding", dependencies=[Depends(by_a_script)], include_in_schema=False)
    staging = site.staging

    @router.get("")
    def look(request: Request, known: Annotated[str, Query(max_length=20_000)] = "") -> JSONResponse:
        """The files as they stand; ``known`` names those that the page has, each with its version."""
        reader, language = reader_of(request), language_of(request)
        files = staging.of(reader.name)
        versions = dict(each.rsplit(".", 1) for each in known.split(",") if "." in each)
        entries = drawn(site.of(request), reader, files, language, versions)
        # What may be confirmed together is looked for anew only where something changed.
        changed = any("html" in each for each in entries) or versions.keys() != {each["id"] for each in entries}
        news = {"plain": len(plain_ones(site, reader, files))} if changed else {}
        busy = any(each["busy"] for each in entries)
        return _answer(files=entries, busy=busy, generation=site.library.generation(), **news)

    @router.post("/files", max_body_size=_DRAINED)
    async def upload(
        request: Request, name: Annotated[str, Query(max_length=1000)], size: Annotated[int, Query(ge=0)]
    ) -> JSONResponse:
        """Takes a file, its bytes the body; of one that is too large only its size is sent."""
        owner, language = reader_of(request).name, language_of(request)
        called = shown_name(name)
        try:
            with staging.room(owner, min(size, LARGEST_UPLOAD)):
                if size > LARGEST_UPLOAD:
                    staged = staging.refuse(owner, called, too_large(called, size))
                    return _answer(id=staged.id)
                data = await _body(request)
                if data is None:
                    return _refused(too_large(called, LARGEST_UPLOAD + 1), language, 413)
                if len(data) != size:
                    # It did not arrive whole, or is not what was announced.
                    raise HTTPException(422)
                return _answer(id=staging.put(owner, called, data).id)
        except RapporteurError as error:
            return _refused(error, language, 409)

    @router.post("/symbols")
    def fetched(request: Request, asked: Symbol) -> JSONResponse:
        """Takes a symbol, whose document is fetched."""
        owner, language, symbol = reader_of(request).name, language_of(request), asked.symbol.strip()
        try:
            if not is_symbol(symbol):
                return _answer(message=refusals.no_symbol(symbol).message(language))
            with staging.room(owner, 0):
                return _answer(id=staging.put_symbol(owner, symbol, asked.language).id)
        except RapporteurError as error:
            return _refused(error, language, 409)

    @router.put("/files/{staged_id}")
    def fill(request: Request, staged_id: str, filled: Filled) -> JSONResponse:
        """Keeps the form as it stands, and says what adding it so would do."""
        staged = _own(request, staged_id)
        if staged.reading is None:
            raise HTTPException(404)
        staging.fill(staged, filled)
        language = language_of(request)
        plan = plan_of(site.of(request), reader_of(request), staged, filled, language)
        return _answer(plan=site.fragment("adding/plan.html", language, plan=plan))

    @router.post("/files/{staged_id}/confirm")
    def add(request: Request, staged_id: str, filled: Filled) -> JSONResponse:
        """Adds a file as its form stands; whether it was, the page sees when it looks."""
        staged = _own(request, staged_id)
        if staged.state != "read":
            raise HTTPException(404)
        return _answer(added=confirm(site.shelf, staging, reader_of(request), staged, filled))

    @router.post("/confirm")
    def add_all(request: Request) -> JSONResponse:
        """Adds the files that there is nothing to check in, one after the other; one may bear on the next."""
        reader = reader_of(request)
        count = 0
        for staged in staging.of(reader.name):
            if plain_ones(site, reader, [staged]):
                count += confirm(site.shelf, staging, reader, staged, filled_of(staged))
        return _answer(added=count)

    @router.delete("/files/{staged_id}")
    def discard(request: Request, staged_id: str) -> JSONResponse:
        """Lets go of a file."""
        if not staging.drop(reader_of(request).name, staged_id):
            raise HTTPException(404)
        return _answer()

    def _own(request: Request, staged_id: str) -> Staged:
        staged = staging.get(reader_of(request).name, staged_id)
        if staged is None:
            raise HTTPException(404)
        return staged

    return router


async def _body(request: Request) -> bytes | None:
    """The body, None where it is larger than a file may be; then it is read all the same, and not kept."""
    data, read = bytearray(), 0
    async for chunk in request.stream():
        read += len(chunk)
        if read <= LARGEST_UPLOAD:
            data += chunk
        else:
            data.clear()
    return bytes(data) if read <= LARGEST_UPLOAD else None


def _answer(**content: Any) -> JSONResponse:
    return JSONResponse(content, headers={"cache-control": "no-store"})


def _refused(error: RapporteurError, language: Language, status: int) -> JSONResponse:
    return JSONResponse({"message": error.message(language)}, status, headers={"cache-control": "no-store"})
