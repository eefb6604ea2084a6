"""Encoding on a cluster: real workers, one of them killed; what is written is what this process would have written."""

from __future__ import annotations

import os
import re
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

pytest.importorskip("ray")

from corpus.errors import ClusterError
from corpus.library import Library
from embeddings.embed import embed_missing, missing
from embeddings.workers.build import embed_on_ray
from tests.embeddings.workers.slow import Slow
from tests.letters import Letters, add_texts
from tests.patience import in_time

# Ray warns of its own settings.
pytestmark = [pytest.mark.filterwarnings("ignore::DeprecationWarning"), pytest.mark.filterwarnings("ignore:.*Ray.*")]

TEXTS = [f"Seal {n} eats fish. It swims in the sea {n * n}." for n in range(120)]


@pytest.fixture(scope="module")
def head() -> Iterator[str]:
    """The address of a cluster of two processors on this machine, in processes of its own."""
    from ray.cluster_utils import Cluster

    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 2, "include_dashboard": False})
    yield cluster.address
    cluster.shutdown()


def library_of(folder: Path) -> Library:
    library = Library.open(folder)
    add_texts(library, "zoo", {"en": [*TEXTS, "x" * 700]})
    return library


def rows(library: Library) -> list[object]:
    """All vectors and token states."""
    return [
        row
        for table in ("vectors", "token_states")
        for row in library.connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2, 3, 4")
    ]


def test_a_worker_is_killed_and_nothing_is_lost_or_doubled(head: str, tmp_path: Path) -> None:
    """Begun here and stopped, gone on with there, a worker killed amid it: the rows are those of one quiet run here."""
    library, pids = library_of(tmp_path / "home"), tmp_path / "pids"
    pids.mkdir()
    killed: list[int] = []

    def kill(done: int, total: int, seconds_left: float | None) -> None:  # noqa: ARG001
        if done and not killed:
            alive = [int(path.name) for path in pids.iterdir() if Path(f"/proc/{path.name}").exists()]
            killed.append(max(alive))
            os.kill(killed[0], signal.SIGKILL)

    with pytest.raises(KeyboardInterrupt):
        embed_missing(library, Letters(patience=1), progress=False)
    left = len(missing(library, Letters()))
    assert 0 < left < len(TEXTS)
    load = partial(Slow, pids)
    assert embed_on_ray(library, Letters(), head, kill, load=load, workers=2, batch=5) == left
    # Two began, and one came in the place of the one that was killed.
    assert len(killed) == 1
    assert len(list(pids.iterdir())) >= 3
    assert missing(library, Letters()) == []
    quiet = library_of(tmp_path / "quiet")
    embed_missing(quiet, Letters(), progress=False)
    assert rows(library) == rows(quiet)
    # Where nothing is missing, no cluster is asked.
    assert embed_on_ray(library, Letters(), "nowhere", progress=False) == 0


@pytest.fixture
def refusing() -> Iterator[str]:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield f"127.0.0.1:{held.getsockname()[1]}"


@pytest.fixture
def silent() -> Iterator[str]:
    # Whoever connects waits in the queue: the connection stands, and nobody answers.
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"127.0.0.1:{server.getsockname()[1]}"


@pytest.fixture
def another() -> Iterator[str]:
    """A server that says something else."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            with suppress(OSError):
                taken, _ = server.accept()
                with taken:
                    taken.recv(1000)
                    taken.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

        thread = threading.Thread(target=answer)
        thread.start()
        yield f"127.0.0.1:{server.getsockname()[1]}"
        # Where nobody came, it waits no longer.
        server.shutdown(socket.SHUT_RDWR)
        thread.join()


@pytest.mark.parametrize("scheme", ["", "ray://"])
@pytest.mark.parametrize("server", ["refusing", "silent", "another"])
def test_a_cluster_that_does_not_answer_is_one_line_within_seconds(
    server: str, scheme: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    if (server, scheme) == ("silent", "ray://"):
        pytest.skip("it is waited for as long")
    library = library_of(tmp_path)
    address = scheme + request.getfixturevalue(server)
    # Ray itself would try for minutes.
    with in_time(), pytest.raises(ClusterError) as caught:
        embed_on_ray(library, Letters(), address, progress=False)
    assert "\n" not in str(caught.value)
    assert address in str(caught.value)
    # It says how long it waited; ten seconds are the most that anybody is to wait.
    waited = re.search(r"answers within (\d+) s", str(caught.value))
    assert waited
    assert int(waited[1]) < 10
    assert re.search(r"[一-鿿]", caught.value.message("zh"))


@pytest.mark.parametrize("address", ["", "nowhere", "host:port", "127.0.0.1:99999"])
def test_what_is_no_address_is_said(address: str, tmp_path: Path) -> None:
    with pytest.raises(ClusterError, match="host:port"):
        embed_on_ray(library_of(tmp_path), Letters(), address, progress=False)
