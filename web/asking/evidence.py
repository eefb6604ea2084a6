"""The evidence panel: a unit in its document, in one language or both, with its neighbours around it."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from assistant.answer import Citation, Evidence
from assistant.citing import cite, quotation
from corpus.anchors import standing_at
from corpus.errors import RapporteurError, UnknownDocumentError
from corpus.records import Language, Unit
from web.asking.losses import why_lost, why_removed
from web.asking.view import MOST, View, read_view
from web.passage import Span
from web.site import Answers, Site, language_of
from web.strings import strings

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Panel:
    """What the panel draws: the unit with its neighbours, the same unit in the other language, where the quote is.

    ``lost`` says that words were quoted which are no longer there.
    """

    view: View
    evidence: Evidence
    citation: Citation
    other: Evidence | None
    span: Span | None
    lost: bool

    @property
    def versions(self) -> tuple[Evidence, ...]:
        """The unit in each language there is: the official text first; where both are or neither is, the Chinese."""
        both = [self.evidence, *([self.other] if self.other else [])]
        return tuple(sorted(both, key=lambda each: (not each.official, each.unit.language != "zh")))

    @property
    def rows(self) -> tuple[tuple[Unit, tuple[str, ...]], ...]:
        """The units in reading order, each with the headings that begin before it."""
        headings: tuple[str, ...] = ()
        rows = []
        for unit in (*self.evidence.before, self.evidence.unit, *self.evidence.after):
            rows.append((unit, unit.heading_path if unit.heading_path != headings else ()))
            headings = unit.heading_path
        return tuple(rows)

    def cited_as(self, convention: Language) -> str:
        """The citation of the unit as it is written in the manner of a language."""
        evidence = self.evidence
        return cite(evidence.document, evidence.unit.anchor, convention, official=evidence.official)

    def quoted_as(self, convention: Language) -> str:
        """The quoted words, or the whole unit where none are, with their citation and standing."""
        document = self.evidence.document
        return quotation(self.citation, document, convention, standing_at(document, self.evidence.unit.anchor))

    def further(self, side: str) -> View | None:
        """The view with more units on a side; None where the document begins or ends there."""
        shown, asked = (
            (len(self.evidence.before), self.view.before) if side == "before" else
            (len(self.evidence.after), self.view.after)
        )  # fmt: skip
        return None if shown < asked or asked >= MOST else self.view.more("before" if side == "before" else "after")


def find_panel(assistant: Answers, view: View, reader: Language) -> Panel:
    """What a view shows.

    Raises:
        UnknownDocumentError, UnknownAnchorError: there is no such unit.
    """
    evidence = assistant.evidence(view.anchor_id, view.language or reader, reader, view.before, view.after)
    shown = evidence.unit.language
    wanted: Language = "en" if shown == "zh" else "zh"
    other = assistant.evidence(view.anchor_id, wanted, reader, 0, 0)
    holds = view.mark is not None and shown == (view.language or shown) and view.mark.holds(evidence.unit.text)
    span = (view.mark.start, view.mark.end) if holds and view.mark else None
    start, end = span or (0, len(evidence.unit.text))
    return Panel(
        replace(view, doc_id=evidence.document.doc_id, language=shown),
        evidence,
        assistant.cite(view.anchor_id, shown, start, end, reader=reader),
        # Where there is no version in the wanted language, the assistant gives the one there is.
        other if other.unit.language != shown else None,
        span,
        view.mark is not None and not holds,
    )


def panel_context(site: Site, view: View | None, language: Language) -> dict[str, Any]:
    """What the template ``parts/panel.html`` needs: a panel, or what is said instead of one."""
    if view is None:
        return {"panel": None, "panel_failure": None}
    words = strings(language)
    try:
        panel = find_panel(site.assistant, view, language)
        quoted_in = view.language or panel.evidence.unit.language
        lost = why_lost(site.library, view.anchor_id, quoted_in, "", words) if panel.lost else ""
        return {"panel": panel, "panel_failure": None, "lost": lost}
    except UnknownDocumentError as error:
        removed = why_removed(site.library, view.doc_id, words)
        return {"panel": None, "panel_failure": removed or error.message(language)}
    except RapporteurError as error:
        return {"panel": None, "panel_failure": error.message(language)}
    except Exception:
        logger.exception("the evidence of a citation could not be shown")
        return {"panel": None, "panel_failure": strings(language).errors.internal}


def routes(site: Site) -> APIRouter:
    """``GET /evidence``: the panel alone, for the same query that opens it with the page."""
    router = APIRouter()

    @router.get("/evidence", include_in_schema=False)
    def evidence(request: Request) -> HTMLResponse:
        language = language_of(request)
        context = panel_context(site.of(request), read_view(request.query_params), language)
        return HTMLResponse(site.fragment("parts/panel.html", language, **context))

    return router
