"""The page of positions over the bundled documents, read over HTTP and served to a browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from fastapi import FastAPI
from httpx import Response
from starlette.testclient import TestClient

import web.positions.routes
from corpus.library import Library
from corpus.records import Language
from tests.web.documents import TERMS
from tests.web.fake import FakeAssistant
from tests.web.reading import reading_application, serving_pages
from web.site import Site

#: Gets an address in a language.
Get = Callable[[str, Language], Response]


@pytest.fixture(scope="session")
def application(held: Library) -> FastAPI:
    made = reading_application(held, TERMS)
    made.include_router(web.positions.routes.routes(Site(FakeAssistant(held), held, TERMS)))
    return made


@pytest.fixture(scope="session")
def get(application: FastAPI) -> Get:
    client = TestClient(application, base_url="http://127.0.0.1")
    return lambda address, language: client.get(address, headers={"accept-language": language})


@pytest.fixture(scope="session")
def positions_url(application: FastAPI) -> Iterator[str]:
    with serving_pages(application) as url:
        yield url
