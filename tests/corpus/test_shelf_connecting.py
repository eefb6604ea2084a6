"""Where fetching a document may lead, and how long: never into the reader's own network, never beyond its deadline."""

from __future__ import annotations

import datetime
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpcore
import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from corpus.errors import ShelfError
from corpus.shelf.connecting import InsideError, Limits, connections, limits_for
from corpus.shelf.fetching import Patience, fetch
from tests.patience import LONG, PATIENCE, in_time

PDF = b"%PDF-1.7 a document"
SYMBOL = "A/RES/75/1"
#: Addresses that no answer from outside may lead to, however they are spelt.
INSIDE = [
    "127.0.0.1", "127.8.8.8", "localhost", "localhost.", "sub.localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0",
    "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "[fe80::1]", "[fd00::1]", "224.0.0.1",
    "2130706433", "0x7f.1", "127.1",
]  # fmt: skip
OPEN = ["93.184.215.14", "[2606:2800:21f:cb07:6820:80da:af6b:8b2c]"]


class Server(ThreadingHTTPServer):
    """Keeps what it was asked for; says nothing where a reader goes away before the end."""

    daemon_threads = True
    leads_to = ""

    def __init__(self, handler: type[BaseHTTPRequestHandler]) -> None:
        super().__init__(("127.0.0.1", 0), handler)
        self.asked: list[str] = []

    def handle_error(self, *_: object) -> None:
        return


class Handler(BaseHTTPRequestHandler):
    """Redirects where its server says; else gives a document, or drips a byte at a time for as long as one listens."""

    server: Server

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        if self.server.leads_to and not self.path.endswith("/there"):
            self.send_response(302)
            self.send_header("location", self.server.leads_to)
            self.end_headers()
        elif "DRIP%2FHEAD" in self.path:
            self.wfile.write(b"HTTP/1.1 200 OK\r\n")
            self._drip(b"x-more: 1\r\n")
        elif "DRIP%2FBODY" in self.path:
            self.send_response(200)
            self.end_headers()
            self._drip(b"%")
        else:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(PDF)

    def _drip(self, drop: bytes) -> None:
        last = time.monotonic() + LONG
        while time.monotonic() < last:
            self.wfile.write(drop)
            self.wfile.flush()
            time.sleep(0.05)

    def log_message(self, *_: object) -> None:
        """Nothing is printed."""


@contextmanager
def running(tls: ssl.SSLContext | None = None) -> Iterator[Server]:
    with Server(Handler) as server:
        if tls:
            server.socket = tls.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as made:
        yield made


@pytest.fixture
def proxied(server: Server, monkeypatch: pytest.MonkeyPatch) -> Server:
    """A server that answers, as a proxy does, for whatever name there is outside."""
    for name in ("no_proxy", "NO_PROXY", "HTTP_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{server.server_port}")
    return server


@pytest.mark.parametrize("host", INSIDE)
def test_a_redirect_from_outside_leads_nowhere_inside(proxied: Server, host: str) -> None:
    with running() as own:
        proxied.leads_to = f"http://{host}:{own.server_port}/admin"
        with pytest.raises(ShelfError, match="inside your own network") as caught:
            fetch(SYMBOL, "en", "http://documents.example/access")
        assert "转往本地网络内的地址" in caught.value.message("zh")
        assert host not in str(caught.value)
        assert own.asked == []
    assert proxied.asked == ["http://documents.example/access?s=A%2FRES%2F75%2F1&l=en&t=pdf"]


def test_a_redirect_from_outside_to_outside_is_followed(proxied: Server) -> None:
    proxied.leads_to = "http://files.example/there"
    assert fetch(SYMBOL, "en", "http://documents.example/access").data == PDF
    assert proxied.asked[1:] == ["http://files.example/there"]


def test_a_server_of_ones_own_network_may_lead_about_in_it(server: Server) -> None:
    server.leads_to = f"http://localhost:{server.server_port}/there"
    assert fetch(SYMBOL, "en", f"http://127.0.0.1:{server.server_port}/access").data == PDF


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "0.0.0.0", "127.1"])
def test_without_a_proxy_what_a_name_leads_to_is_looked_at_before_anything_is_sent(server: Server, host: str) -> None:
    url = httpx.URL(f"http://{host}:{server.server_port}/there")
    outside = Limits(time.monotonic() + PATIENCE, inside=False)
    with connections(url, outside) as pool, pytest.raises(InsideError):
        pool.request("GET", str(url))
    assert server.asked == []
    with connections(url, Limits(time.monotonic() + PATIENCE, inside=True)) as pool:
        plain = f"http://127.0.0.1:{server.server_port}/there"
        assert pool.request("GET", plain).content == PDF


@pytest.mark.parametrize(("hosts", "inside"), [(INSIDE, True), (OPEN, False)])
def test_which_addresses_are_inside(hosts: list[str], inside: bool) -> None:
    for host in hosts:
        if "localhost" not in host:
            assert limits_for(httpx.URL(f"http://{host}/"), 0).inside is inside, host


@pytest.mark.parametrize("symbol", ["DRIP/HEAD", "DRIP/BODY"])
def test_what_drips_is_left_at_the_deadline_however_little_it_gave(server: Server, symbol: str) -> None:
    patience = Patience(connect=PATIENCE, read=PATIENCE, total=0.6)
    # The server would go on for minutes.
    with in_time(), pytest.raises(ShelfError, match="too slow"):
        fetch(symbol, "en", f"http://127.0.0.1:{server.server_port}/access", patience)


def test_a_deadline_that_has_passed_opens_nothing(server: Server) -> None:
    url = httpx.URL(f"http://127.0.0.1:{server.server_port}/there")
    with connections(url, Limits(time.monotonic() - 1, inside=True)) as pool, pytest.raises(httpcore.TimeoutException):
        pool.request("GET", str(url))
    assert server.asked == []


def test_a_certificate_that_proves_nothing_is_said_to_be_that(tmp_path: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "documents.example")])
    today = datetime.datetime.now(datetime.UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(today).not_valid_after(today + datetime.timedelta(days=1))
    form = serialization.Encoding.PEM
    kept = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    file = tmp_path / "server.pem"
    file.write_bytes(key.private_bytes(form, *kept) + made.sign(key, hashes.SHA256()).public_bytes(form))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    with running(context) as server:
        with pytest.raises(ShelfError, match="certificate of the server is not valid") as caught:
            fetch(SYMBOL, "en", f"https://127.0.0.1:{server.server_port}/access")
        assert "服务器证书无效" in caught.value.message("zh")
        assert server.asked == []
