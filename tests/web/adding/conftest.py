"""The pages of the documents with what adds to them, for several readers, without a server."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from bs4 import BeautifulSoup, Tag
from fastapi import FastAPI
from starlette.testclient import TestClient
from starlette.types import ASGIApp, Receive, Scope, Send

import web.adding.routes
import web.documents.removing
from corpus.library import Library
from corpus.records import Language
from tests.patience import PROCESS, until
from tests.web.fake import FakeAssistant
from web.access import Reader
from web.adding.staging import Staging
from web.documents import routes as documents
from web.security import Guard
from web.site import Site

#: Whom each name in the header of a test's request stands for.
READERS = {"": Reader(), "anna": Reader("anna"), "bei": Reader("bei"), "guest": Reader("guest", librarian=False)}


class _Named:
    """Says who asks, as a login would."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            names = [value.decode() for name, value in scope["headers"] if name == b"x-test-reader"]
            scope["rapporteur.reader"] = READERS[names[0] if names else ""]
        await self.app(scope, receive, send)


@dataclass
class Desk:
    """Adds documents over HTTP, as a reader and in a language."""

    library: Library
    staging: Staging = field(default_factory=Staging)
    language: Language = "en"

    def __post_init__(self) -> None:
        self.assistant = FakeAssistant(self.library)
        application = FastAPI()
        site = Site(self.assistant, self.library, (), staging=self.staging)
        for room in (documents, web.adding.routes, web.documents.removing):
            application.include_router(room.routes(site))
        application.add_middleware(_Named)
        application.add_middleware(Guard)
        self.client = TestClient(application, base_url="http://127.0.0.1")

    def request(
        self, method: str, address: str, content: bytes | None = None, reader: str = "", **headers: str
    ) -> httpx.Response:
        """What the server says to a request that a script of the page may send."""
        sent = {"accept-language": self.language, "content-type": "application/octet-stream", "x-test-reader": reader}
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        response: Any = self.client.request(method, address, content=content, headers={**sent, **named})
        return response  # type: ignore[no-any-return]

    def send(self, method: str, address: str, body: Any = None, reader: str = "") -> httpx.Response:
        """What the server says to JSON."""
        return self.request(method, address, json.dumps(body).encode(), reader, content_type="application/json")

    def upload(self, name: str, data: bytes, size: int | None = None, reader: str = "") -> httpx.Response:
        """What the server says to a file, of which the page says it has that size."""
        query = httpx.QueryParams(name=name, size=len(data) if size is None else size)
        return self.request("POST", f"/adding/files?{query}", data, reader)

    def look(self, reader: str = "") -> dict[str, Any]:
        """How the files stand."""
        looked: dict[str, Any] = self.request("GET", "/adding", reader=reader).json()
        return looked

    def settled(self, reader: str = "") -> dict[str, Any]:
        """How the files stand once none goes on by itself."""
        until(lambda: not self.look(reader)["busy"], PROCESS)
        return self.look(reader)

    def file(self, staged_id: str) -> Tag:
        """A file as it is drawn."""
        (html,) = [file["html"] for file in self.look()["files"] if file["id"] == staged_id]
        item = BeautifulSoup(html, "lxml").li
        assert item is not None
        return item

    def read(self, name: str, data: bytes) -> str:
        """The id of a file that was uploaded and read."""
        staged_id: str = self.upload(name, data).json()["id"]
        self.settled()
        return staged_id

    def form(self, staged_id: str) -> dict[str, Any]:
        """The form as it is filled in."""
        item = self.file(staged_id)
        values: dict[str, Any] = {box["name"]: box["value"] for box in item.select("input:not([type=radio])")}
        for choice in item.select("select"):
            chosen = choice.select_one("option[selected]") or choice.option
            values[str(choice["name"])] = chosen["value"]
        return values | {"official": item.select_one("[name=official][checked]")["value"] == "yes"}

    def confirm(self, staged_id: str, reader: str = "", **changed: Any) -> bool:
        """Whether a file was added with the form as it is filled in, some of it changed."""
        answer = self.send("POST", f"/adding/files/{staged_id}/confirm", self.form(staged_id) | changed, reader)
        assert answer.status_code == 200, answer.text
        return bool(answer.json()["added"])


@pytest.fixture
def desk(own_library: Library) -> Desk:
    """A desk over the made documents, which the test may change."""
    return Desk(own_library)


@pytest.fixture
def desk_of(own_library: Library) -> Callable[..., Desk]:
    """A desk whose files wait in a place of the test's own."""
    return lambda **options: Desk(own_library, **options)


def said(tag: Tag | None) -> str:
    """The text of a piece of a page on one line."""
    assert tag is not None
    return " ".join(tag.get_text(" ").split())
