"""The whole application: the pages, what programs call, and the guard before both."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final, Protocol

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import PlainTextResponse, Response
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp

from corpus.glossary import Term, glossary
from corpus.library import Library
from web import language
from web.access import NOBODY, Reader
from web.accounts import routes as login
from web.accounts.accounts import Accounts
from web.accounts.gate import Gate
from web.adding import routes as adding
from web.adding.staging import Staging
from web.asking import evidence, exporting, feedback
from web.asking import routes as asking
from web.asking.answering import answering
from web.briefing import routes as briefing
from web.comparing import routes as comparing
from web.documents import removing
from web.documents import routes as documents
from web.evaluation import routes as evaluation
from web.glossary import routes as terms_looked_up
from web.nowhere import Nowhere
from web.positions import routes as positions
from web.programs import functions as programs
from web.programs.mount import mount_programs
from web.security import LOOPBACK_NAMES, Guard
from web.site import Answers, Site, language_of
from web.static_files import Files
from web.strings import strings

logger = logging.getLogger(__name__)

#: Questions that wait before one more is turned away, and how many are answered at a time.
QUEUE_LENGTH: Final = 32
ANSWERS_AT_ONCE: Final = 2

#: The largest body that is read, in bytes: a conversation of a hundred turns has less than a quarter of it.
LARGEST_BODY: Final = 4_000_000


class Assistant(Answers, programs.Answers, Protocol):
    """What pages and programs need of an assistant together."""

    @property
    def library(self) -> Library:
        """The library that it answers from."""

    def seen_by(self, reader: str) -> Assistant:
        """The assistant for one reader, to whom what others own is not there."""


def build_application(
    assistant: Assistant,
    library: Library,
    names: tuple[str, ...] = LOOPBACK_NAMES,
    queue_length: int = QUEUE_LENGTH,
    answers_at_once: int = ANSWERS_AT_ONCE,
    terms: Sequence[Term] | None = None,
    accounts: Accounts | None = None,
    staging: Staging | None = None,
) -> FastAPI:
    """The application, ready for uvicorn.

    Args:
        assistant: What answers the questions and finds the evidence.
        library: The documents it answers from.
        names: The host names under which the page is served.
        queue_length: Questions that may wait; one more is told at once that there is no room.
        answers_at_once: Questions answered at the same time.
        terms: What the glossary lists; the project's own terms where None.
        accounts: Who may log in; where None there is no login, and whoever asks may do everything.
        staging: Where files wait that readers are adding; of the usual bounds where None.
    """
    application = _Guarded(names, accounts)
    sight = _sight(assistant) if accounts else None
    site = Site(assistant, library, glossary().terms if terms is None else terms, staging=staging or Staging())
    if accounts and sight:
        # What is drawn for nobody in particular holds no more than all share.
        site = replace(site, sight=sight, whole=library).seen_by(NOBODY)
        application.include_router(login.routes(site, accounts))
    for room in (
        asking,
        evidence,
        exporting,
        feedback,
        documents,
        adding,
        removing,
        terms_looked_up,
        evaluation,
        comparing,
        briefing,
        positions,
    ):
        application.include_router(room.routes(site))
    application.include_router(language.routes())
    application.mount("/static", Files())
    application.router.routes.append(Nowhere())
    _answer_errors(application, site)
    mount_programs(
        application, assistant, library, sight=sight, private={"answer": answering(site)}, queue_length=queue_length,
        answers_at_once=answers_at_once,
    )  # fmt: skip
    return application


def _sight(assistant: Assistant) -> Callable[[Reader], tuple[Assistant, Library]]:
    """What each reader sees."""

    def seen(reader: Reader) -> tuple[Assistant, Library]:
        seeing = assistant.seen_by(reader.name)
        return seeing, seeing.library

    return seen


class _Guarded(FastAPI):
    """An application whose every response passes the guard, those to faults and to bodies too large included."""

    def __init__(self, names: tuple[str, ...], accounts: Accounts | None) -> None:
        super().__init__(docs_url=None, redoc_url=None, openapi_url=None, max_body_size=LARGEST_BODY)
        self._names, self._accounts = names, accounts

    def build_middleware_stack(self) -> ASGIApp:
        stack = super().build_middleware_stack()
        return Guard(Gate(stack, self._accounts) if self._accounts else stack, self._names)


def _answer_errors(application: FastAPI, site: Site) -> None:
    """Pages for what is not there and for what goes wrong, in the reader's language."""

    @application.exception_handler(HTTPException)
    async def refused(request: Request, error: HTTPException) -> Response:
        words = strings(language_of(request)).errors
        message = words.not_found_note.format(path=request.url.path)
        return site.page(request, "error.html", status=error.status_code, title=words.not_found, message=message)

    @application.exception_handler(RequestValidationError)
    async def malformed(request: Request, error: RequestValidationError) -> Response:  # noqa: ARG001
        # What was sent is not said back: it may be anything, even what cannot be sent.
        return PlainTextResponse("This is not of the form that the page sends.\n", 422)

    @application.exception_handler(Exception)
    async def failed(request: Request, error: Exception) -> Response:
        logger.error("a page could not be shown", exc_info=error)
        words = strings(language_of(request)).errors
        return site.page(request, "error.html", status=500, title=words.internal_title, message=words.internal)
