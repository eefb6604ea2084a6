"""What holds of every route there is, whoever added it: the headers, and that no address leads to a file or away."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from corpus.library import Library
from tests import patient
from tests.loops import run
from tests.patience import PATIENCE
from tests.web.conftest import Site
from tests.web.fake import FakeAssistant
from web.application import LARGEST_BODY, build_application
from web.security import HEADERS

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
#: What stands in the place of a part of an address, and must lead to no file of this computer and to no other site.
ELSEWHERE = (
    "/etc/passwd", "//etc/passwd", "../../../../../../etc/passwd", "..%2f..%2f..%2f..%2f..%2fetc%2fpasswd",
    "%2e%2e%2f%2e%2e%2f%2e%2e%2f%2e%2e%2f%2e%2e%2fetc%2fpasswd", "..%5c..%5c..%5cetc%5cpasswd", "%2fetc%2fpasswd",
    "%252e%252e%252f%252e%252e%252fetc%252fpasswd", "..%c0%af..%c0%afetc%c0%afpasswd", "file:///etc/passwd",
    "file:%2f%2f%2fetc%2fpasswd", "http://127.0.0.1:9/x", "http:%2f%2f127.0.0.1:9%2fx", "https:%2f%2fexample.org",
    "%5c%5cexample.org%5cx", "%00", "library.sqlite3", "..%2flibrary.sqlite3",
)  # fmt: skip
#: What a browser reads as one whole part of an address: no file there, whatever the answer.
SECRETS = re.compile(rb"root:.*:0:0:|SQLite format 3|^import ", re.MULTILINE)


#: Names under which a query may give a document, a place, a file, or where to go next.
QUERIED = ("doc", "anchor", "q", "find", "sort", "path", "file", "url", "back", "next", "sent")


@dataclass(frozen=True)
class Route:
    """An address with its parts in braces, and the methods it is asked with."""

    path: str
    methods: frozenset[str]


def routes_of(routes: list[Any], before: str = "") -> Iterator[Route]:
    """Every route of an application, those of applications mounted in it and of Gradio's included."""
    for route in routes:
        path = before + (getattr(route, "path", "") or "")
        if getattr(route, "methods", None):
            yield Route(path, frozenset(route.methods))
        inner = getattr(route, "original_router", None) or getattr(route, "app", None)
        yield from routes_of(list(getattr(inner, "routes", None) or ()), path)


@pytest.fixture(scope="module")
def routes(made: Library) -> list[Route]:
    async def built() -> list[Route]:
        # Where no loop is running, Gradio makes one and never closes it.
        return list(routes_of(list(build_application(FakeAssistant(made), made).routes)))

    return sorted(set(run(built())), key=lambda route: (route.path, sorted(route.methods)))


def filled(path: str, part: str) -> str:
    """An address whose parts in braces are all the same; with none, the part comes after it."""
    if "{" in path:
        return re.sub(r"\{[^}]*\}", lambda _: part, path)
    return f"{path.rstrip('/')}/{part}"


def raw(site: Site, method: str, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and what comes at first, to an address exactly as it stands: httpx would mend it."""
    host, _, port = site.url.removeprefix("http://").rpartition(":")
    lines = {"host": f"{host}:{port}", "connection": "close", "content-length": "0", **headers}
    with socket.create_connection((host, int(port)), timeout=PATIENCE) as connection:
        said = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        connection.sendall(f"{method} {path} HTTP/1.1\r\n{said}\r\n".encode("latin-1"))
        answer = b""
        # Streams go on for as long as one listens; the beginning tells.
        while b"\r\n\r\n" not in answer and (piece := connection.recv(65536)):
            answer += piece
        head, _, body = answer.partition(b"\r\n\r\n")
        first, *rest = head.decode("latin-1").split("\r\n")
        named = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in rest)}
        length = named.get("content-length", "")
        while method != "HEAD" and length.isdigit() and len(body) < int(length) and (piece := connection.recv(65536)):
            body += piece
    return int(first.split()[1]), named, body


def assert_guarded(headers: dict[str, str], told: str) -> None:
    assert {name: headers.get(name) for name in HEADERS} == dict(HEADERS), told
    assert not [name for name in headers if name.startswith("access-control-")], told


def test_the_routes_of_the_pages_and_of_gradio_are_known(routes: list[Route]) -> None:
    paths = {route.path for route in routes}
    assert {"/", "/documents", "/documents/{doc_id}", "/evidence", "/glossary", "/language", "/export/{form}"} <= paths
    assert {"/gradio_api/upload", "/gradio_api/proxy={url_path:path}"} <= paths
    assert len(paths) > 40


def test_every_answer_of_every_route_has_the_headers(site: Site, routes: list[Route]) -> None:
    statuses = set()
    for route in routes:
        for method in METHODS:
            status, headers, body = raw(site, method, filled(route.path, "x") if "{" in route.path else route.path)
            assert_guarded(headers, f"{method} {route.path}: {status}")
            assert b"Traceback" not in body
            assert status < 500, f"{method} {route.path}"
            statuses.add(status)
    assert {200, 404, 405, 422} <= statuses


@pytest.mark.parametrize("origin", ["https://example.org", "null"])
def test_no_route_answers_a_foreign_site_or_under_a_foreign_name(site: Site, routes: list[Route], origin: str) -> None:
    for route in routes:
        path = filled(route.path, "x") if "{" in route.path else route.path
        for method in ("GET", "POST", "OPTIONS"):
            for foreign in ({"origin": origin}, {"host": "rebound.example.org"}):
                status, headers, _ = raw(site, method, path, **foreign)
                assert status == 421, f"{method} {path} {foreign}"
                assert_guarded(headers, f"{method} {path} {foreign}")


def test_no_route_hands_out_a_file_or_leads_away(site: Site, routes: list[Route]) -> None:
    for route in routes:
        for part in ELSEWHERE:
            path = filled(route.path, part)
            status, headers, body = raw(site, "GET", path)
            assert status >= 400, f"{path}: {status}"
            assert not SECRETS.search(body), path
            assert "location" not in headers, path
            assert_guarded(headers, path)


def test_what_a_query_names_is_neither_read_nor_gone_to(site: Site, routes: list[Route]) -> None:
    for path in sorted({route.path for route in routes if "GET" in route.methods and "{" not in route.path}):
        for part in ELSEWHERE:
            address = f"{path}?language=zh&" + "&".join(f"{name}={part}" for name in QUERIED)
            status, headers, body = raw(site, "GET", address)
            assert status < 500, address
            assert not SECRETS.search(body), address
            assert re.match(r"/(?![/\\])", headers.get("location", "/")), address
            assert_guarded(headers, address)


def test_a_request_for_a_web_socket_is_a_request_like_any_other(site: Site, routes: list[Route]) -> None:
    wanted = {
        "connection": "Upgrade",
        "upgrade": "websocket",
        "sec-websocket-version": "13",
        "sec-websocket-key": "eA==",
    }
    for path in ("/", "/nowhere", "/config", "/gradio_api/queue/join"):
        assert path == "/nowhere" or path in {route.path for route in routes}
        status, headers, _ = raw(site, "GET", path, **wanted)
        assert status != 101
        assert_guarded(headers, path)
        status, headers, _ = raw(site, "GET", path, **wanted, origin="https://example.org")
        assert status == 421
        assert_guarded(headers, path)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_a_body_too_large_is_refused_wherever_it_is_sent_with_the_headers(
    site: Site, routes: list[Route], method: str
) -> None:
    taking = (route.path for route in routes if method in route.methods and ":path}" not in route.path)
    for path in sorted({filled(each, "x") if "{" in each else each for each in taking}):
        told = {"content-type": "application/json"}
        response = patient.request(method, site.url + path, content=b"x" * (LARGEST_BODY + 1), headers=told)
        assert 400 <= response.status_code < 500, path
        assert_guarded(dict(response.headers), path)
