"""What the server promises whoever asks: headers, refusals of what is foreign, a full queue, one line for a mistake."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, expect

from app import bind, is_loopback
from corpus.errors import RapporteurError
from tests.web.conftest import Site, serving
from tests.web.fake import FakeAssistant
from web.security import HEADERS
from web.strings import strings

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("path", ["/", "/config", "/web/page.js", "/web/style.css", "/theme.css", "/nowhere"])
def test_every_response_carries_the_headers(site: Site, path: str) -> None:
    response = httpx.get(site.url + path)
    assert {name: response.headers.get(name) for name in HEADERS} == dict(HEADERS)


@pytest.mark.parametrize("origin", ["https://example.org", "null", "http://127.0.0.1.example.org"])
@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS"])
def test_a_foreign_origin_is_refused_and_gets_no_cors_header(site: Site, origin: str, method: str) -> None:
    headers = {"origin": origin, "access-control-request-method": "POST"}
    response = httpx.request(method, site.url + "/gradio_api/run/predict", headers=headers)
    assert response.status_code == 421
    assert not [name for name in response.headers if name.startswith("access-control-")]


def test_own_origin_is_served_without_cors_headers(site: Site) -> None:
    response = httpx.get(site.url + "/config", headers={"origin": site.url})
    assert response.status_code == 200
    assert not [name for name in response.headers if name.startswith("access-control-")]


def test_an_outside_name_for_this_address_is_refused(site: Site) -> None:
    assert httpx.get(site.url, headers={"host": "rebound.example.org:7860"}).status_code == 421
    assert httpx.get(site.url.replace("127.0.0.1", "localhost")).status_code == 200


@pytest.mark.parametrize(
    "path",
    ["/etc/passwd", "../../../../etc/passwd", "%2e%2e%2f%2e%2e%2fetc%2fpasswd", "file:///etc/passwd",
     "http://127.0.0.1:9/", "https://example.org/x"],
)  # fmt: skip
def test_no_file_is_handed_out(site: Site, path: str) -> None:
    response = httpx.get(f"{site.url}/gradio_api/file={path}")
    assert response.status_code in (403, 404)
    assert "root:" not in response.text


@pytest.mark.filterwarnings("ignore:.*no_silent_downcasting")
def test_one_question_more_than_fits_is_told_at_once_and_answered_later(open_page: Callable[..., Page]) -> None:
    assistant = FakeAssistant()
    with serving(assistant, queue_length=1, answers_at_once=1) as full:
        pages = []
        for waiting in range(3):
            page = open_page("en-GB", url=full.url)
            page.get_by_role("textbox").fill("slow, cryptocurrencies")
            page.get_by_role("textbox").press("Enter")
            expect(page.locator(".turn")).to_have_count(1)
            # The first is taken up and leaves the queue, the second stays in it.
            if waiting == 0:
                page.wait_for_timeout(500)
            pages.append(page)
        expect(pages[2].locator(".turn.failed")).to_contain_text(strings("en").busy)
        expect(pages[2].get_by_role("textbox")).to_have_value("slow, cryptocurrencies")
        assistant.go.set()
        for page in pages[:2]:
            expect(page.locator(".turn.answered")).to_have_count(1)
        pages[2].get_by_role("textbox").press("Enter")
        expect(pages[2].locator(".turn.answered")).to_have_count(1)


@pytest.mark.filterwarnings("ignore:.*no_silent_downcasting")
def test_a_lost_connection_is_said(open_page: Callable[..., Page]) -> None:
    with serving(FakeAssistant()) as leaving:
        page = open_page("zh-CN", url=leaving.url)
    page.get_by_role("textbox").fill("还在吗")
    page.get_by_role("textbox").press("Enter")
    expect(page.get_by_role("alert")).to_have_text(strings("zh").disconnected)
    expect(page.get_by_role("textbox")).to_have_value("还在吗")


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
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 1
    assert ended.stdout == ""
    assert ended.stderr.startswith("app: --host 0.0.0.0; expected 127.0.0.1")
    assert ended.stderr.count("\n") == 1
