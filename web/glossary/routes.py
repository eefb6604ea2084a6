"""The page of the glossary."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from web.finding import LONGEST
from web.glossary.matching import find_terms
from web.site import Site, language_of
from web.strings import strings


def routes(site: Site) -> APIRouter:
    """``GET /glossary``: all terms, or with ``?find=`` those that one means by it."""
    router = APIRouter()

    @router.get("/glossary", include_in_schema=False)
    def glossary(request: Request) -> HTMLResponse:
        language = language_of(request)
        query = request.query_params.get("find", "")[:LONGEST]
        return site.page(
            request,
            "glossary.html",
            title=strings(language).site.glossary,
            query=query,
            terms=find_terms(site.terms, query),
            columns=("zh", "en") if language == "zh" else ("en", "zh"),
        )

    return router
