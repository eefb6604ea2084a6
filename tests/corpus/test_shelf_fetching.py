"""Documents by their symbol, from a server that behaves as the Official Document System does."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from corpus.errors import ShelfError
from corpus.shelf.fetching import LARGEST, Patience, fetch, is_symbol
from tests.patience import LONG, PATIENCE, in_time

PDF = b"%PDF-1.7 a document"
SYMBOL = "CTOC/COP/WG.6/2020/4"
#: No more than a moment for the next bytes, and no more for all of them.
READ_SOON, ALL_SOON = Patience(read=0.3), Patience(read=PATIENCE, total=0.6)
#: What a server waits for that says nothing more.
over = threading.Event()


class DocumentSystem(BaseHTTPRequestHandler):
    """``/access`` leads by a redirect to ``/doc/LANG``, whose answer is what the symbol asks for."""

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        if address.path == "/access":
            asked = {name: values[0] for name, values in parse_qs(address.query).items()}
            assert asked["t"] == "pdf"
            self._to(f"/doc/{asked['l']}/{asked['s'].replace('/', '_')}")
            return
        *_, language, symbol = address.path.split("/")
        answers.get(symbol, lambda handler, language: handler.answer(PDF + language.encode()))(self, language)

    def answer(self, data: bytes, status: int = 200, length: int | None = None) -> None:
        self.send_response(status)
        self.send_header("content-length", str(len(data) if length is None else length))
        self.end_headers()
        self.wfile.write(data)

    def _to(self, address: str) -> None:
        self.send_response(302)
        self.send_header("location", address)
        self.send_header("content-length", "0")
        self.end_headers()

    def again(self, language: str) -> None:
        self._to(f"/doc/{language}/A_LOOP")

    def steps(self, language: str) -> None:
        left = int(self.path.rsplit("_", 1)[1])
        self._to(f"/doc/{language}/A_STEPS_{left - 1}" if left else f"/doc/{language}/A_LAST")

    def slow(self, _: str) -> None:
        over.wait(LONG)

    def drip(self, _: str) -> None:
        self.send_response(200)
        self.end_headers()
        last = time.monotonic() + LONG
        while time.monotonic() < last:
            self.wfile.write(b"%PDF-")
            self.wfile.flush()
            over.wait(0.1)

    def endless(self, _: str) -> None:
        self.send_response(200)
        self.end_headers()
        for _n in range(LARGEST // 1_000_000 + 5):
            self.wfile.write(PDF + b"x" * 1_000_000)

    def to_file(self, _: str) -> None:
        self._to("file:///etc/passwd")

    def log_message(self, *_: object) -> None:
        """Nothing is printed; the reader may have gone away."""


answers: dict[str, Callable[[DocumentSystem, str], None]] = {
    "A_UNPUBLISHED": lambda handler, _: handler.answer(b""),
    "A_DOCX": lambda handler, _: handler.answer(b"PK\x03\x04 a document"),
    "A_DOC": lambda handler, _: handler.answer(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 a document"),
    "A_PAGE": lambda handler, _: handler.answer(b"<!DOCTYPE html><title>Sorry</title>"),
    "A_MISSING": lambda handler, _: handler.answer(b"Not found", 404),
    "A_BROKEN": lambda handler, _: handler.answer(PDF, 500),
    "A_LARGE": lambda handler, _: handler.answer(PDF, length=LARGEST + 1),
    "A_TORN": lambda handler, _: handler.answer(PDF, length=1000),
    "A_ENDLESS": DocumentSystem.endless,
    "A_LOOP": DocumentSystem.again,
    "A_SLOW": DocumentSystem.slow,
    "A_DRIP": DocumentSystem.drip,
    "A_FILE": DocumentSystem.to_file,
    **{f"A_STEPS_{n}": DocumentSystem.steps for n in range(6)},
}


class Quiet(ThreadingHTTPServer):
    """Says nothing where a reader goes away before the end."""

    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        return


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with Quiet(("127.0.0.1", 0), DocumentSystem) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/access"
        over.set()
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_symbol_leads_to_its_file_in_the_language_asked_for(address: str, language: str) -> None:
    fetched = fetch(SYMBOL, language, address)  # type: ignore[arg-type]
    assert fetched.data == PDF + language.encode()
    assert fetched.name == f"CTOC-COP-WG.6-2020-4-{language}.pdf"


def test_the_address_may_be_set_in_the_environment(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAPPORTEUR_UN_DOCUMENTS", address)
    assert fetch(SYMBOL, "en").data == PDF + b"en"


def test_a_docx_is_named_so_by_its_bytes(address: str) -> None:
    assert fetch("A/DOCX", "en", address).name == "A-DOCX-en.docx"


def test_redirects_are_followed_to_the_fifth(address: str) -> None:
    assert fetch("A/STEPS/3", "en", address).data == PDF + b"en"
    with pytest.raises(ShelfError, match="redirected more than 5 times"):
        fetch("A/STEPS/5", "en", address)


@pytest.mark.parametrize(
    ("symbol", "words", "zh"),
    [
        ("A/UNPUBLISHED", "not published in English", "没有已发布的英文文本"),
        ("A/DOC", "Word file of the old format", "旧版Word文件"),
        ("A/PAGE", "a web page came", "网页"),
        ("A/MISSING", "status 404", "404"),
        ("A/BROKEN", "status 500", "500"),
        ("A/LARGE", "larger than 20 MB", "超过20MB"),
        ("A/ENDLESS", "larger than 20 MB", "超过20MB"),
        ("A/LOOP", "redirected more than 5 times", "转接超过5次"),
        ("A/SLOW", "too slow", "响应过慢"),
        ("A/DRIP", "too slow", "响应过慢"),
        ("A/FILE", "address of the kind file:", "非网页地址"),
        ("A/TORN", "broke off", "连接中断"),
    ],
)
def test_what_is_no_document_is_said_in_both_languages(address: str, symbol: str, words: str, zh: str) -> None:
    patience = {"A/SLOW": READ_SOON, "A/DRIP": ALL_SOON}.get(symbol)
    with in_time(), pytest.raises(ShelfError, match=words) as caught:
        fetch(symbol, "en", address, patience)
    assert symbol in str(caught.value)
    assert zh in caught.value.message("zh")
    assert "127.0.0.1" not in str(caught.value)


def test_without_a_network_it_says_so() -> None:
    with pytest.raises(ShelfError, match=r"was not reached.*network connection"):
        fetch(SYMBOL, "en", "http://127.0.0.1:9/access")
    with pytest.raises(ShelfError, match="address of the kind ftp:"):
        fetch(SYMBOL, "en", "ftp://127.0.0.1/access")


@pytest.mark.parametrize(
    "text", ["A/RES/75/1", SYMBOL, "CTOC/COP/2020/L.4/Rev.1", "S/RES/1325(2000)", "A/75/6(Sect.1)"]
)
def test_symbols_are_told_from_paths(text: str) -> None:
    assert is_symbol(text)


@pytest.mark.parametrize("text", ["report.pdf", "/A/RES/75/1", "docs/report", "A", "../A/B", "A//B", "A/B C", ""])
def test_paths_are_no_symbols(text: str) -> None:
    assert not is_symbol(text)
