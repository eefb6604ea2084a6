"""``python app.py`` in a process of its own, over the real documents: how far it grows, and whom it speaks to."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from tests.loops import run
from tests.patience import PATIENCE
from tests.web.test_load import Reply, ask, questions
from web.application import QUEUE_LENGTH

ROOT = Path(__file__).parents[2]
#: How far the memory of the server may grow while fifty ask at once, in bytes.
MOST_GROWTH = 200 * 1024 * 1024
LOOPBACK = re.compile(r"\('(?:127\.\d+\.\d+\.\d+|::1|localhost)'|b?'(?:127\.\d+\.\d+\.\d+|::1|localhost)'|None")

# Runs the application as the command does, and writes down whom its process connects to or looks up.
LISTENING_IN = """
import contextlib, runpy, socket, sys
heard = open(sys.argv.pop(1), "a", buffering=1, encoding="utf-8")
ASKS = ("socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "socket.gethostbyname")
sys.addaudithook(lambda event, given: event in ASKS and print(event, repr(given[-1] if "connect" in event
    or "send" in event else given[0]), file=heard) and None)
with contextlib.suppress(OSError):
    socket.create_connection(("127.0.0.1", 9), 1)
sys.argv[0] = "app.py"
runpy.run_path("app.py", run_name="__main__")
"""


@dataclass(frozen=True)
class Server:
    """The application in a process of its own: its address, its process, and what it asked the network for."""

    url: str
    process: subprocess.Popen[str]
    heard: Path

    def memory(self, figure: str) -> int:
        """Bytes of memory: ``VmRSS`` as it is, ``VmHWM`` the most there was since the last ``forget``."""
        status = Path(f"/proc/{self.process.pid}/status").read_text("utf-8")
        found = re.search(rf"^{figure}:\s+(\d+) kB$", status, re.MULTILINE)
        assert found
        return int(found[1]) * 1024

    def forget(self) -> None:
        """Counts the most memory anew from here."""
        Path(f"/proc/{self.process.pid}/clear_refs").write_text("5", "utf-8")


@pytest.fixture(scope="module")
def server(built_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    if not Path("/proc/self/clear_refs").exists():
        pytest.skip("how much memory another process takes is read from /proc, which there is on Linux alone")
    heard = tmp_path_factory.mktemp("network") / "heard"
    # As many threads of arithmetic as a person's server has; the tests keep to one.
    environment = {name: value for name, value in os.environ.items() if name != "OMP_NUM_THREADS"}
    process = subprocess.Popen(
        [sys.executable, "-c", LISTENING_IN, str(heard), "--port", "0"],
        cwd=ROOT, env={**environment, "RAPPORTEUR_HOME": str(built_home)}, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    url = process.stdout.readline().strip().rstrip("/")
    assert url.startswith("http://127.0.0.1:"), "the application did not start"
    yield Server(url, process, heard)
    process.send_signal(signal.SIGINT)
    assert process.wait(PATIENCE) == 0
    process.stdout.close()


async def asked_at_once(server: Server, asked: Sequence[str]) -> list[Reply]:
    limits = httpx.Limits(max_connections=None)
    async with httpx.AsyncClient(base_url=server.url, timeout=PATIENCE, limits=limits) as client:
        return await asyncio.gather(*(ask(client, question) for question in asked))


def test_fifty_at_once_cost_no_error_and_less_than_200_mb(server: Server) -> None:
    asked = questions(50)
    # What a question loads stays for good, such as the pages of the model's weights that hold its words; only what
    # comes on top of that is growth by many. So each is asked alone first.
    for question in asked:
        assert run(asked_at_once(server, [question]))[0].status == 200
    before = server.memory("VmRSS")
    server.forget()
    for _ in range(2):
        replies = run(asked_at_once(server, asked))
        assert {reply.status for reply in replies} <= {200, 503}
        answered = [reply for reply in replies if reply.status == 200]
        assert len(answered) >= QUEUE_LENGTH
        assert all(reply.turn is not None and reply.turn.get("failure") is None for reply in answered)
    growth = server.memory("VmHWM") - before
    sys.stdout.write(f"grew by {growth / 2**20:.0f} MB from {before / 2**20:.0f} MB\n")
    assert growth < MOST_GROWTH
    assert run(asked_at_once(server, asked[:1]))[0].status == 200


def test_nothing_beyond_this_computer_is_asked_for_anything(server: Server) -> None:
    with httpx.Client(base_url=server.url, timeout=PATIENCE) as client:
        for page in (
            "/", "/documents", "/documents/wg6-2020-report?find=枪支", "/glossary", "/evaluation",
            "/evidence?doc=wg6-2020-report&anchor=dp10", "/config", "/gradio_api/info",
        ):  # fmt: skip
            assert client.get(page).status_code == 200, page
        turn = run(asked_at_once(server, ["报告讨论要点10怎么说？"]))[0].turn
        for form in ("word", "markdown"):
            assert client.post(f"/export/{form}", json={"turns": [turn]}).status_code == 200
        call = {"jsonrpc": "2.0", "id": 1, "method": "tools/call"}
        call["params"] = {"name": "search", "arguments": {"question": "firearms"}}  # type: ignore[assignment]
        accepted = {"accept": "application/json, text/event-stream"}
        assert "structuredContent" in client.post("/gradio_api/mcp/", json=call, headers=accepted).text
    heard = server.heard.read_text("utf-8").splitlines()
    assert "socket.connect ('127.0.0.1', 9)" in heard, "the one connection that was made to be heard of"
    assert [line for line in heard if not LOOPBACK.search(line)] == []
    assert beyond_loopback(server.process.pid) == []


def beyond_loopback(pid: int) -> list[str]:
    """The sockets that a process has open, libraries in C included, whose either end is not this computer's own."""
    own = {str(each.readlink()) for each in Path(f"/proc/{pid}/fd").iterdir() if each.is_symlink()}
    found = []
    for table in ("tcp", "tcp6", "udp", "udp6"):
        for line in Path(f"/proc/{pid}/net/{table}").read_text("ascii").splitlines()[1:]:
            local, remote, inode = (line.split()[at] for at in (1, 2, 9))
            if f"socket:[{inode}]" in own and not all(map(_is_own, (local, remote))):
                found.append(f"{table} {local} {remote}")
    return found


def _is_own(address: str) -> bool:
    """Whether an address of the kernel's tables, least byte first, is of loopback, or none."""
    host = address.partition(":")[0]
    return host.endswith("7F") or set(host) == {"0"} or host == "0" * 24 + "01000000"
