"""A server that is down, silent or not ours: one line in both languages within ten seconds, and answers go on."""

from __future__ import annotations

import logging
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from tests.logs import told

pytest.importorskip("milvus_lite")

from assistant import Assistant
from corpus.errors import VectorServerError
from corpus.library import Library
from embeddings.guarded import GuardedVectors
from embeddings.milvus.schema import UNITS, Place, collection
from embeddings.milvus.search import MilvusVectors
from embeddings.milvus.server import Server
from embeddings.milvus.settings import (
    ADDRESS_VARIABLE,
    LOCAL_VARIABLE,
    MilvusSettings,
)
from embeddings.opening import ensure_vectors
from tests.embeddings.milvus.slow import SlowWay
from tests.embeddings.served import Lite
from tests.letters import Letters, add_texts
from tests.patience import PATIENCE, PROCESS, in_time, until

ROOT = Path(__file__).parents[3]
#: The longest that nothing may answer before one is told so.
LIMIT_SECONDS = 10.0
#: How long a server may take where it is to answer, on a machine that does much besides; still soon over where it
#: keeps silent. What comes late comes long after that, and before the connection is given up for other reasons.
AMPLE = {"seconds": 30.0, "opening_seconds": PATIENCE, "reading_seconds": 4.0}
LATE = 8.0
CHINESE = re.compile(r"[一-鿿]")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    library = Library.open(tmp_path_factory.mktemp("home"))
    add_texts(library, "zoo", {"en": ["Seals eat fish.", "Whales sing to whales."], "zh": ["海豹吃鱼。", "鲸唱歌。"]})
    return library


@pytest.fixture
def refusing() -> Iterator[str]:
    """The address of a port that nothing listens at."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{held.getsockname()[1]}"


@pytest.fixture
def taken() -> list[socket.socket]:
    """The connections that a silent server took."""
    return []


@pytest.fixture
def silent(taken: list[socket.socket]) -> Iterator[str]:
    """The address of a server that accepts whoever comes and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def accept() -> None:
            try:
                while True:
                    taken.append(server.accept()[0])
            except OSError:
                pass

        thread = threading.Thread(target=accept, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
        server.shutdown(socket.SHUT_RDWR)
        thread.join()
        for each in taken:
            each.close()


@pytest.fixture
def foreign(library: Library, tmp_path: Path) -> str:
    """A file of Milvus Lite in which the alias of the library names a collection of another schema."""
    from pymilvus import DataType, MilvusClient

    path = tmp_path / "foreign.db"
    client = MilvusClient(str(path))
    place = Place(library.identity(), "letters")
    schema = MilvusClient.create_schema()
    schema.add_field("row", DataType.INT64, is_primary=True)
    schema.add_field("vector", DataType.FLOAT_VECTOR, dim=8)
    units = collection(place.build("other"), UNITS)
    client.create_collection(units, schema=schema)
    client.create_alias(units, place.alias)
    client.close()
    return str(path)


@pytest.mark.parametrize("server", ["refusing", "silent", "foreign"])
def test_the_local_index_answers_and_one_line_says_why(
    server: str,
    request: pytest.FixtureRequest,
    library: Library,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    taken: list[socket.socket],
) -> None:
    address = request.getfixturevalue(server)
    monkeypatch.setenv(ADDRESS_VARIABLE, address)
    with in_time():
        vectors = ensure_vectors(library, Letters(), progress=False)
    assert isinstance(vectors, GuardedVectors)
    assert not vectors.served
    tried = len(taken)
    assert bool(tried) == (server == "silent")
    assistant = Assistant(library, Letters(), vectors)
    assert assistant.search("Whales sing to whales.")[0].anchor == "zoo#p2"
    # Who asks does not wait for the server again.
    assert len(taken) == tried
    (line,) = [record.getMessage() for record in told(caplog, "embeddings") if record.levelno >= logging.WARNING]
    assert "\n" not in line
    assert "this machine answers" in line
    assert ("another schema" if server == "foreign" else "does not answer") in line
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("server", ["refusing", "silent", "foreign"])
def test_without_a_local_index_it_is_an_error_in_both_languages(
    server: str, request: pytest.FixtureRequest, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(ADDRESS_VARIABLE, request.getfixturevalue(server))
    monkeypatch.setenv(LOCAL_VARIABLE, "0")
    with in_time(), pytest.raises(VectorServerError) as caught:
        ensure_vectors(library, Letters(), progress=False)
    for language in ("en", "zh"):
        message = caught.value.message(language)
        assert "\n" not in message
        assert bool(CHINESE.search(message)) == (language == "zh")


def test_a_silent_server_is_waited_for_as_long_as_is_set_and_no_longer(silent: str) -> None:
    usual = MilvusSettings(silent)
    assert max(usual.seconds, usual.opening_seconds) < LIMIT_SECONDS
    # Of itself the client waits ten seconds.
    with in_time(LIMIT_SECONDS - 1), pytest.raises(VectorServerError, match="does not answer"):
        Server.connect(replace(usual, seconds=0.5))


def test_a_server_that_is_slow_or_goes_away_is_left_and_taken_up_again(
    library: Library, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Milvus Lite as a process of its own, slowed down, killed and started again, while questions are asked."""
    with a_port() as port, SlowWay(port, LATE).passing() as way:
        process = started(tmp_path / "data", port)
        try:
            settings = MilvusSettings(f"http://127.0.0.1:{way.port}", **AMPLE)
            local = ensure_vectors(library, Letters(), progress=False)
            lite = Lite(Server.connect(settings))
            guarded = GuardedVectors(
                lambda: MilvusVectors.open(Server.connect(settings), library, library.generation(), "letters"),
                lambda: local, lite.send(library, Letters()), rest=0.2,
            )  # fmt: skip
            assistant = Assistant(library, Letters(), guarded)

            def answered(served: bool) -> bool:
                with in_time():
                    assert assistant.search("Whales sing to whales.")[0].anchor == "zoo#p2"
                return guarded.served == served

            def left() -> int:
                return sum("does not answer" in record.getMessage() for record in told(caplog, "embeddings"))

            assert answered(served=True)
            way.open.clear()
            # Another question, since what was fetched for the first need not be fetched again.
            assert assistant.search("Seals eat fish.")[0].anchor == "zoo#p1"
            assert (guarded.served, left()) == (False, 1)
            way.open.set()
            until(lambda: answered(served=True), PROCESS)
            process.kill()
            process.wait()
            assert answered(served=False)
            assert left() == 2
            process = started(tmp_path / "data", port)
            until(lambda: answered(served=True), PROCESS)
            lite.server.close()
        finally:
            process.kill()
            process.wait()


def started(data: Path, port: int) -> subprocess.Popen[bytes]:
    """Milvus Lite as a server of its own at a port, ready to be asked."""
    process = subprocess.Popen(
        [sys.executable, "-m", "milvus_lite", "server", "--data-dir", str(data), "--port", str(port)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    until(lambda: answers(port), PROCESS)
    return process


def answers(port: int) -> bool:
    with socket.socket() as door:
        return door.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def a_port() -> Iterator[int]:
    """A port that nobody else is given, at which a server of its own may listen, end and listen again."""
    with socket.socket() as held:
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        held.bind(("127.0.0.1", 0))
        yield int(held.getsockname()[1])
