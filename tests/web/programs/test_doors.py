"""What of Gradio is open, and that all else is not there: no page, no upload, no file, no proxy."""

from __future__ import annotations

import pytest

from tests import patient
from tests.web.programs.conftest import Programs
from web.security import HEADERS


@pytest.mark.parametrize(
    "path",
    ["/gradio_api/file=/etc/passwd", "/gradio_api/file=../../../../etc/passwd", "/gradio_api/file/etc/passwd",
     "/gradio_api/file=%2e%2e%2f%2e%2e%2fetc%2fpasswd", "/gradio_api/file=http://127.0.0.1:9/",
     "/gradio_api/proxy=http://127.0.0.1:9/", "/gradio_api/stream/a/b/c/playlist-file", "/gradio_api/deep_link",
     "/gradio_api/upload_progress?upload_id=a", "/gradio_api/openapi.json", "/gradio_api/mcp/schema",
     "/gradio_api/mcp/sse", "/gradio_api/vibe-code", "/gradio_api/token", "/gradio_api/queue/status", "/monitoring",
     "/monitoring/summary", "/", "/static/fonts/x", "/assets/../../etc/passwd", "/theme.css", "/login_check",
     "/gradio_api/runs", "/gradio_api/app_id", "/gradio_api//file=/etc/passwd", "/manifest.json"],
)  # fmt: skip
def test_nothing_is_there(programs: Programs, path: str) -> None:
    response = patient.get(programs.url + path)
    assert response.status_code == 404
    assert "root:" not in response.text
    assert {name: response.headers.get(name) for name in HEADERS} == dict(HEADERS)


@pytest.mark.parametrize(
    "path",
    ["upload", "upload/", "component_server", "process_recording", "stream/a", "run/search", "api/search",
     "run-history/connect", "vibe-edit", "mcp/messages/", "queue/join/../upload"],
)  # fmt: skip
def test_nothing_is_taken(programs: Programs, path: str) -> None:
    response = patient.post(f"{programs.url}/gradio_api/{path}", files={"files": ("a.txt", b"uploaded")})
    assert response.status_code == 404


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [("GET", "mcp/", "POST"), ("DELETE", "mcp/", "POST"), ("GET", "call/search", "POST"), ("POST", "info", "GET"),
     ("PUT", "call/v2/ask", "POST")],
)  # fmt: skip
def test_another_method_is_refused(programs: Programs, method: str, path: str, allowed: str) -> None:
    response = patient.request(method, f"{programs.url}/gradio_api/{path}")
    assert response.status_code == 405
    assert allowed in response.headers["allow"].split(", ")


@pytest.mark.parametrize("path", ["/gradio_api/info", "/config"])
def test_what_clients_read_is_there(programs: Programs, path: str) -> None:
    response = patient.get(programs.url + path)
    assert response.status_code == 200
    assert {name: response.headers.get(name) for name in HEADERS} == dict(HEADERS)


@pytest.mark.parametrize("foreign", [{"host": "rebound.example.org"}, {"origin": "https://example.org"}])
@pytest.mark.parametrize("path", ["call/v2/search", "call/search", "queue/join", "cancel"])
def test_foreign_names_and_origins_are_refused(programs: Programs, path: str, foreign: dict[str, str]) -> None:
    response = patient.post(f"{programs.url}/gradio_api/{path}", json={"question": "x"}, headers=foreign)
    assert response.status_code == 421
    assert not [name for name in response.headers if name.startswith("access-control-")]
