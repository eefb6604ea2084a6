"""What the server promises whoever asks: headers, refusals of what is foreign, pages for what is not there."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from app import bind, is_loopback
from corpus.errors import RapporteurError
from corpus.library import Library
from corpus.records import Document
from tests import patient
from tests.patience import PATIENCE, PROCESS
from tests.web.conftest import Site, serving
from tests.web.fake import FakeAssistant
from web.application import LARGEST_BODY
from web.security import HEADERS
from web.strings import strings

ROOT = Path(__file__).parents[2]
TURN = "0" * 32


class Faulty(Library):
    """A library whose documents cannot be read, as on a disk that fails."""

    def documents(self) -> tuple[Document, ...]:
        raise ZeroDivisionError("at /secret/path")


@pytest.fixture(scope="module")
def faulty(made: Library) -> Iterator[Site]:
    library = Faulty(made.folder)
    with serving(FakeAssistant(library), library) as running:
        yield running


def assert_guarded(response: httpx.Response) -> None:
    """The headers that every response carries, and no other that lets foreign pages in."""
    assert {name: response.headers.get(name) for name in HEADERS} == dict(HEADERS)
    assert not [name for name in response.headers if name.startswith("access-control-")]


def test_scripts_and_styles_are_files_of_the_site_alone() -> None:
    policy = dict(part.split(" ", 1) for part in HEADERS["content-security-policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
    assert not re.search(r"unsafe|\*|https?:|blob:", " ".join(policy.values()))


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 200),
        ("GET", "/?doc=wg6-2014-background&anchor=p59", 200),
        ("GET", "/evidence?doc=wg6-2014-background&anchor=p59", 200),
        ("GET", "/static/ask.js", 200),
        ("GET", "/static/base.css", 200),
        ("GET", "/static/nowhere.js", 404),
        ("GET", "/nowhere", 404),
        ("POST", "/nowhere", 404),
        ("POST", "/conversation", 422),
        ("GET", "/language", 422),
        ("DELETE", f"/feedback/{TURN}", 204),
        ("GET", "/config", 200),
        ("GET", "/gradio_api/info", 200),
        ("GET", "/gradio_api/nowhere", 404),
        ("POST", "/gradio_api/call/answer", 422),
    ],
)
def test_every_response_carries_the_headers(site: Site, method: str, path: str, status: int) -> None:
    response = patient.request(method, site.url + path)
    assert response.status_code == status
    assert_guarded(response)


@pytest.mark.parametrize("path", ["/conversation", "/feedback", "/export/word", "/gradio_api/call/answer"])
def test_a_body_over_the_limit_is_refused_with_the_headers(site: Site, path: str) -> None:
    response = patient.post(
        site.url + path, content=b"x" * (LARGEST_BODY + 1), headers={"content-type": "application/json"}
    )
    assert response.status_code == 413
    assert_guarded(response)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_fault_of_the_program_is_a_page_with_the_headers_and_no_trace(faulty: Site, language: str) -> None:
    words = strings(language).errors  # type: ignore[arg-type]
    response = patient.get(faulty.url, headers={"accept-language": language})
    assert response.status_code == 500
    assert words.internal in response.text
    assert words.internal_title in response.text
    assert "secret" not in response.text
    assert "Traceback" not in response.text
    assert_guarded(response)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    "path", ["/nowhere", "/documents/of/none/such", "/static/../site.py", "/ask.html", "/<script>"]
)
def test_what_is_not_there_is_a_page_in_the_readers_language(site: Site, path: str, language: str) -> None:
    words = strings(language)  # type: ignore[arg-type]
    response = patient.get(site.url + path, headers={"accept-language": language})
    assert response.status_code == 404
    assert response.headers["content-type"].startswith("text/html")
    assert words.errors.not_found in response.text
    assert f"<title>{words.site.page_title.format(page=words.errors.not_found)}</title>" in response.text
    assert "<script>window" not in response.text
    # With the way back to what is there.
    assert f'<a href="/">{words.site.ask}</a>' in response.text


def test_style_sheets_and_scripts_are_asked_for_anew_each_time(site: Site) -> None:
    names = [path.name for path in (ROOT / "web" / "static").iterdir()]
    assert {"ask.js", "base.css", "favicon.png"} <= set(names)
    for name in names:
        response = patient.get(f"{site.url}/static/{name}")
        assert response.status_code == 200
        assert response.headers["cache-control"] == "no-cache"
        kind = {"js": "text/javascript", "css": "text/css", "png": "image/png"}[name.rpartition(".")[2]]
        assert response.headers["content-type"].startswith(kind)
        again = patient.get(f"{site.url}/static/{name}", headers={"if-none-match": response.headers["etag"]})
        assert again.status_code == 304


@pytest.mark.parametrize(
    "path",
    ["/static/../site.py", "/static/%2e%2e/site.py", "/static/..%2fsite.py", "/static/..%5csite.py",
     "/static//etc/passwd", "/static/%2fetc/passwd", "/static/", "/static", "/static/.", "/static/%00",
     "/gradio_api/file=/etc/passwd", "/gradio_api/file=../../../../etc/passwd", "/gradio_api/file=https://example.org/x",
     "/gradio_api/file=%2e%2e%2f%2e%2e%2fetc%2fpasswd", "/file=/etc/passwd", "/gradio_api/upload", "/theme.css",
     "/gradio_api/proxy=https://example.org/"],
)  # fmt: skip
def test_no_other_file_is_handed_out(site: Site, path: str) -> None:
    # As it stands: httpx would mend the path before it sends it.
    with socket.create_connection(("127.0.0.1", int(site.url.rpartition(":")[2])), timeout=PATIENCE) as connection:
        connection.sendall(f"GET {path} HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n\r\n".encode())
        answer = b"".join(iter(lambda: connection.recv(65536), b"")).decode()
    assert re.match(r"HTTP/1.1 (400|403|404|405) ", answer)
    assert "root:" not in answer
    assert "language_of" not in answer


@pytest.mark.parametrize("origin", ["https://example.org", "null", "http://127.0.0.1.example.org", "file://", ""])
@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS"])
@pytest.mark.parametrize("path", ["/", "/conversation", "/gradio_api/call/answer"])
def test_a_foreign_origin_is_refused_and_gets_no_cors_header(site: Site, origin: str, method: str, path: str) -> None:
    headers = {"origin": origin, "access-control-request-method": "POST"}
    response = patient.request(method, site.url + path, headers=headers)
    assert response.status_code == 421
    assert_guarded(response)


def test_the_sites_own_origin_is_served_without_cors_headers(site: Site) -> None:
    for path in ("/", "/config"):
        response = patient.get(site.url + path, headers={"origin": site.url})
        assert response.status_code == 200
        assert_guarded(response)


@pytest.mark.parametrize(
    "host", ["rebound.example.org:7860", "127.0.0.1.example.org", "example.org", "127.0.0.1@evil", ""]
)
def test_an_outside_name_for_this_address_is_refused(site: Site, host: str) -> None:
    for path in ("/", "/static/ask.js", "/evidence", "/gradio_api/info"):
        assert patient.get(site.url + path, headers={"host": host}).status_code == 421


def test_the_computers_own_names_are_served(site: Site) -> None:
    port = site.url.rpartition(":")[2]
    for host in (f"127.0.0.1:{port}", f"localhost:{port}", f"LOCALHOST:{port}", "localhost", f"[::1]:{port}"):
        assert patient.get(site.url, headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    ("host", "own"),
    [("127.0.0.1", True), ("127.8.8.8", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("::", False),
     ("192.168.1.5", False), ("example.org", False), ("", False)],
)  # fmt: skip
def test_which_addresses_are_this_computers_own(host: str, own: bool) -> None:
    assert is_loopback(host) is own


def test_a_taken_port_is_named_with_what_to_do() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(RapporteurError, match=f"port {port} .*--port"):
            bind("127.0.0.1", port)


def test_a_refused_address_is_one_line_and_exit_code_1() -> None:
    command = [sys.executable, "app.py", "--host", "0.0.0.0"]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=PROCESS, check=False)
    assert ended.returncode == 1
    assert ended.stdout == ""
    assert ended.stderr.startswith("app: --host 0.0.0.0; expected 127.0.0.1")
    assert ended.stderr.count("\n") == 1
