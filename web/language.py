"""The switch between the two languages of the interface, remembered in a cookie."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import RedirectResponse

from corpus.records import Language
from web.site import LANGUAGE_COOKIE, REMEMBERED_S


def routes() -> APIRouter:
    """``GET /language``: remembers the language and goes back to the page it was chosen on.

    Not POST: under the policy that no address is told to others, a browser sends a form with ``Origin: null``, which
    the guard takes for another site.
    """
    router = APIRouter()

    @router.get("/language", include_in_schema=False)
    def choose(language: Language, back: str = "/") -> RedirectResponse:
        response = RedirectResponse(back if is_local(back) else "/", status_code=303)
        response.set_cookie(LANGUAGE_COOKIE, language, max_age=REMEMBERED_S, samesite="lax", httponly=True)
        return response

    return router


def is_local(address: str) -> bool:
    """Whether an address is one of this site: a path, which no browser takes for another host."""
    # "//host" and "/\host" are other sites to a browser.
    return address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()
