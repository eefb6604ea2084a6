"""What Anna added is there for Anna alone: no route, function or tool of the application gives Ben a word of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from fastapi.routing import APIRoute
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client

from assistant import Assistant
from corpus.feedback import all_feedback
from corpus.library import Library
from corpus.shelf.owners import owned, share
from tests.loops import run
from tests.patience import PATIENCE
from tests.web.accounts.people import PASSWORDS, accounts_in
from tests.web.accounts.private import (
    QUESTIONS,
    SECRETS,
    SYMBOL,
    assistant_over,
    called,
    client_of,
    in_words,
    kept_turn,
    library_in,
    shown,
)
from tests.web.conftest import Site, serving
from web.access import Reader
from web.application import build_application


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return library_in(tmp_path_factory.mktemp("private"), with_annas=True)


@pytest.fixture(scope="module")
def plan(library: Library) -> str:
    """The id of Anna's document."""
    (document,) = owned(library, "anna")
    return document.doc_id


@pytest.fixture(scope="module")
def running(library: Library, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with serving(assistant_over(library), library, accounts=accounts_in(tmp_path_factory.mktemp("users"))) as site:
        yield site


@pytest.fixture
def anna(running: Site) -> Iterator[httpx.Client]:
    with client_of(running, "anna") as client:
        yield client


@pytest.fixture(params=["ben", "lin"])
def other(request: pytest.FixtureRequest, running: Site) -> Iterator[httpx.Client]:
    """Another reader, and a librarian."""
    with client_of(running, request.param) as client:
        yield client


def routes_of(library: Library, folder: Path) -> list[tuple[str, str]]:
    """Every method and path of the application's own, as they are registered."""

    async def built() -> list[tuple[str, str]]:
        application = build_application(assistant_over(library), library, accounts=accounts_in(folder))
        return sorted((method, route.path) for route in own(application.routes) for method in route.methods)

    def own(routes: Iterable[Any]) -> Iterator[APIRoute]:
        for route in routes:
            if isinstance(route, APIRoute):
                yield route
            # A router that was taken in stands for its routes.
            elif router := getattr(route, "original_router", None):
                yield from own(router.routes)

    return run(built())


def requests_to(method: str, path: str, plan: str) -> Iterator[dict[str, Any]]:
    """Requests that a route could answer with what Anna owns: her document named in every way there is."""
    turn = kept_turn(plan)
    for address in {re.sub(r"{[^}]*}", value, path) for value in (plan, turn["id"], "word", "markdown")}:
        if method != "GET":
            for body in (
                {"turns": [turn]}, {"turn": turn, "vote": "up"}, {"topic": "zeppelin registry"},
                {"topic": "zeppelin registry", "documents": [plan]}, {"doc_id": plan, "id": plan, "document": plan},
            ):  # fmt: skip
                yield {"method": method, "url": address, "json": body}
        for query in (
            {}, {"doc": plan, "anchor": "p1", "before": "9", "after": "9", "both": "1"}, {"q": "zeppelin"},
            {"find": "zeppelin", "text": "en"}, {"text": "both"}, {"topic": "zeppelin registry"},
            {"sort": "title", "q": plan}, {"id": plan},
        ):  # fmt: skip
            yield {"method": method, "url": address, "params": query}


@pytest.fixture(scope="module")
def walked(library: Library, plan: str, tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, dict[str, Any]]]:
    """Requests to every route but those of the login, each with the route's path."""
    routes = routes_of(library, tmp_path_factory.mktemp("walking"))
    assert {("GET", "/"), ("GET", "/documents/{doc_id}"), ("POST", "/conversation"), ("GET", "/evidence")} <= set(
        routes
    )
    return [
        (path, request)
        for method, path in routes
        if path not in ("/login", "/logout")
        for request in requests_to(method, path, plan)
    ]


def test_every_route_is_walked_and_none_tells_of_it(
    other: httpx.Client, walked: list[tuple[str, dict[str, Any]]]
) -> None:
    for _, request in walked:
        response = other.request(**request)
        assert response.status_code != 500, request
        found = SECRETS.search(shown(response))
        assert not found, (request, found)


def test_the_same_asked_by_her_tells_of_it(anna: httpx.Client, walked: list[tuple[str, dict[str, Any]]]) -> None:
    """Else the requests could have told nobody."""
    told = set[str]()
    for path, request in walked:
        if request["method"] == "GET" and path not in told and SECRETS.search(shown(anna.request(**request))):
            told.add(path)
    assert {"/", "/brief", "/brief/{form}", "/documents", "/documents/{doc_id}", "/evidence"} <= told


def test_her_own_conversation_and_papers_have_it(anna: httpx.Client, plan: str) -> None:
    body = {"turns": [kept_turn(plan)]}
    for path in ("/conversation", "/export/word", "/export/markdown"):
        assert "hydrogen permits" in shown(anna.post(path, json=body))


def test_a_document_of_anothers_is_as_one_that_is_nowhere(other: httpx.Client, plan: str) -> None:
    for path in ("/documents/{}", "/documents/{}?text=en", "/evidence?doc={}&anchor=p1", "/?doc={}&anchor=p1"):
        one, nowhere = other.get(path.format(plan)), other.get(path.format("nowhere-abcdef"))
        assert one.status_code == nowhere.status_code
        assert one.text.replace(plan, "nowhere-abcdef") == nowhere.text


def every_call(published: dict[str, Any], plan: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Calls of every function there is, its arguments filled in by their names."""
    earlier = {"question": "What is the zeppelin registry?", "citations": [{"anchor": f"{plan}#p1"}]}
    for path, told in published.items():
        names = {each["parameter_name"] for each in told["parameters"]}
        for question in QUESTIONS if "question" in names else ("",):
            for documents in (None, [plan], ["report"]) if "documents" in names else (None,):
                values = {
                    "question": question.format(plan=plan, symbol=SYMBOL), "documents": documents, "k": 50,
                    "anchor": f"{plan}#p1", "before": 5, "after": 5, "language": "en",
                    "history": [earlier] if documents is None else None,
                }  # fmt: skip
                assert names <= values.keys(), f"{path} takes {names - values.keys()}, which this test must fill in"
                yield path.lstrip("/"), {name: values[name] for name in names}


def test_every_function_is_called_and_none_tells_of_it(other: httpx.Client, anna: httpx.Client, plan: str) -> None:
    published = other.get("/gradio_api/info").json()["named_endpoints"]
    told = set()
    for name, arguments in every_call(published, plan):
        said = in_words(called(other, name, arguments))
        assert not SECRETS.search(said), (name, arguments)
        if name not in told and SECRETS.search(in_words(called(anna, name, arguments))):
            told.add(name)
    assert told == {"ask", "search", "show_unit", "list_documents"}


def test_the_pages_own_question_box_tells_nothing_of_it(other: httpx.Client, anna: httpx.Client, plan: str) -> None:
    def asked(question: str, **filters: Any) -> list[dict[str, Any]]:
        earlier = [{"question": "What is the zeppelin registry?", "cited": [f"{plan}#p1"]}]
        return [{"id": uuid4().hex, "question": question, "language": "en", "earlier": earlier, "filters": filters}]

    for question in (*QUESTIONS, "And the next paragraph?"):
        for filters in ({}, {"documents": [plan]}, {"kinds": ["background"]}, {"years": [1999]}):
            said = in_words(called(other, "answer", asked(question.format(plan=plan, symbol=SYMBOL), **filters)))
            assert not SECRETS.search(said), (question, filters)
    assert "hydrogen" in called(anna, "answer", asked(QUESTIONS[0]))


def test_the_tools_of_the_protocol_tell_nothing_of_it(running: Site, plan: str) -> None:
    async def tools(name: str) -> str:
        auth = httpx.BasicAuth(name, PASSWORDS[name])
        async with (
            httpx.AsyncClient(auth=auth, timeout=PATIENCE) as http,
            streamable_http_client(f"{running.url}/gradio_api/mcp/", http_client=http) as (read, write, _),
            ClientSession(read, write) as session,
        ):
            await session.initialize()
            said = [
                await session.call_tool("ask", {"question": QUESTIONS[0]}),
                await session.call_tool("search", {"question": "zeppelin registry", "k": 50}),
                await session.call_tool("show_unit", {"anchor": f"{plan}#p1", "before": 5, "after": 5}),
                await session.call_tool("list_documents", {"language": "zh"}),
            ]
            return json.dumps([each.model_dump(mode="json") for each in said], ensure_ascii=False)

    assert not SECRETS.search(run(tools("ben")))
    assert len(SECRETS.findall(run(tools("anna")))) > 3


def test_answers_are_those_of_a_library_without_it(running: Site, tmp_path: Path, plan: str) -> None:
    without = assistant_over(library_in(tmp_path, with_annas=False))
    assert isinstance(running.assistant, Assistant)
    seen = running.assistant.seen_by("ben")
    alone = without.seen_by("ben")
    assert {each.titles.en for each in seen.library.documents()} == {"Report of the meeting", "Gondola register"}
    for question in (each.format(plan=plan, symbol=SYMBOL) for each in QUESTIONS):
        one, other = (each.ask(question).to_dict() for each in (seen, alone))
        for said in ("abstained", "reason", "understood", "notes", "sentences"):
            assert one.get(said) == other.get(said), (question, said)
        assert [each["anchor"] for each in one["citations"]] == [each["anchor"] for each in other["citations"]]
        hits = [[(hit.anchor) for hit in each.search(question)] for each in (seen, alone)]
        assert set(hits[0]) == set(hits[1])


def test_feedback_is_kept_with_its_reader_and_taken_back_by_nobody_else(
    running: Site, anna: httpx.Client, other: httpx.Client, plan: str
) -> None:
    turn = kept_turn(plan)
    assert anna.post("/feedback", json={"turn": turn, "vote": "up"}).status_code == 204
    other.delete(f"/feedback/{turn['id']}")
    other.post("/feedback", json={"turn": turn, "vote": "down", "comment": "not mine"})
    (kept,) = [each for each in all_feedback(running.library) if each.id == turn["id"]]
    assert (kept.by, kept.vote, kept.comment) == ("anna", "up", "")
    assert "hydrogen" in kept.answer
    anna.delete(f"/feedback/{turn['id']}")
    assert turn["id"] not in {each.id for each in all_feedback(running.library)}


def test_what_is_shared_is_there_for_all_at_once(tmp_path: Path) -> None:
    library = library_in(tmp_path, with_annas=True)
    assistant = assistant_over(library)
    (document,) = owned(library, "anna")
    with serving(assistant, library, accounts=accounts_in(tmp_path)) as running, client_of(running, "ben") as ben:
        assert ben.get(f"/documents/{document.doc_id}").status_code == 404
        share(library, document.doc_id)
        assert "hydrogen" in ben.get(f"/documents/{document.doc_id}?text=en").text


@pytest.mark.parametrize(
    ("reader", "changes"),
    [(Reader(), {"": True, "anna": True, "ben": True}), (Reader("anna", librarian=False), {"": False, "anna": True}),
     (Reader("anna", librarian=False), {"ben": False}), (Reader("lin"), {"": True, "lin": True, "anna": False}),
     (Reader(librarian=False), {"": False, "anna": False})],
)  # fmt: skip
def test_who_may_change_what(reader: Reader, changes: dict[str, bool]) -> None:
    assert {owner: reader.may_change(owner) for owner in changes} == changes
