"""The page to log in on, and logging out."""

from __future__ import annotations

import math
from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from web.access import reader_of
from web.accounts.accounts import Accounts, Refused
from web.accounts.gate import LOGIN, SESSION_COOKIE, address_of
from web.language import is_local
from web.site import Site, language_of
from web.strings import strings

#: Characters of an address that is come back to.
_LONGEST: Final = 2_000


def routes(site: Site, accounts: Accounts) -> APIRouter:
    """``GET /login`` and ``POST /login`` let a user in, ``POST /logout`` out."""
    router = APIRouter()

    @router.get(LOGIN, include_in_schema=False)
    def login(request: Request) -> Response:
        wanted = _local(request.query_params.get("next", ""))
        # A program that looks at a link before it opens it, as Word does, opens the address where it ended up.
        if reader_of(request).name:
            return RedirectResponse(wanted, 303)
        return _page(site, request, wanted)

    @router.post(LOGIN, include_in_schema=False)
    async def enter(request: Request) -> Response:
        async with request.form(max_files=0, max_fields=8) as form:
            name, password = (str(form.get(field, "")) for field in ("name", "password"))
        # In the address, where it stays when a wrong password is followed by a change of language.
        wanted = _local(request.query_params.get("next", ""))
        entered = await accounts.enter(name, password, address_of(request))
        if isinstance(entered, Refused):
            return _page(site, request, wanted, name, entered)
        accounts.leave(request.cookies.get(SESSION_COOKIE, ""))
        response = RedirectResponse(wanted, 303)
        response.set_cookie(
            SESSION_COOKIE, entered.token, path="/", httponly=True,
            secure=request.url.scheme == "https",
            # Not strict: a citation opened from a paper or a mail would meet the login though its reader is logged in.
            samesite="lax",
        )  # fmt: skip
        return response

    @router.post("/logout", include_in_schema=False)
    def leave(request: Request) -> Response:
        accounts.leave(request.cookies.get(SESSION_COOKIE, ""))
        response = RedirectResponse(LOGIN, 303)
        response.delete_cookie(SESSION_COOKIE, path="/", httponly=True, samesite="lax")
        return response

    return router


def _page(site: Site, request: Request, wanted: str, name: str = "", refused: Refused | None = None) -> Response:
    words = strings(language_of(request)).login
    said, status = "", 200
    if refused is not None and refused.seconds:
        said, status = words.too_often.format(n=math.ceil(refused.seconds / 60)), 429
    elif refused is not None:
        said, status = words.wrong, 401
    response = site.page(
        request, "login.html", status=status, title=words.title, name=name[:200], wanted=wanted, said=said
    )
    if refused is not None and refused.seconds:
        response.headers["retry-after"] = str(refused.seconds)
    return response


def _local(address: str) -> str:
    """An address of this site to come back to; never another, nor the login again."""
    if len(address) > _LONGEST or not is_local(address) or address.startswith((LOGIN, "/logout")):
        return "/"
    return address
