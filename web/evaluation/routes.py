"""The page of the evaluation."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from web.evaluation.summary import RELEASED, read_file, read_summary
from web.evaluation.view import EvaluationView
from web.site import Site, language_of
from web.strings import strings


def routes(site: Site, released: Path = RELEASED) -> APIRouter:
    """``GET /evaluation``: the figures of the last run on this computer, else of the release, else how to get some."""
    router = APIRouter()

    @router.get("/evaluation", include_in_schema=False)
    def page(request: Request) -> HTMLResponse:
        language = language_of(request)
        summary = read_summary(site.library.folder, released)
        view = (
            EvaluationView(summary, read_file(released), site.of(request).library.documents(), language)
            if summary
            else None
        )
        return site.page(request, "evaluation.html", title=strings(language).site.evaluation, view=view)

    return router
