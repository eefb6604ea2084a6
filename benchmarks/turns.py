"""Systems run one after the other over shelves of texts, each in a process and an environment of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.environments import NotMadeError, environment
from benchmarks.shelves import Asked, Shelf

ROOT = Path(__file__).resolve().parent.parent
#: Where adapters are, with the harness that runs them.
PEERS = ROOT / "benchmarks" / "peers"


@dataclass(frozen=True)
class Peer:
    """A system: its adapter for documents and that for passages, and whether it is served vectors over HTTP.

    ``requirements`` is the folder of its environment, empty for that of the project.
    """

    name: str
    requirements: str
    documents: str
    passages: str = ""
    served: bool = False


@dataclass(frozen=True)
class Answered:
    """A question, how long its search took, and the file and text of the first result; empty where there was none."""

    asked: Asked
    ms: float
    file: str
    text: str
    anchors: tuple[str, ...]


@dataclass(frozen=True)
class Run:
    """One process of one system over one shelf."""

    import_s: float
    index_s: float
    index_cpu_s: float
    peak_mb: float
    answered: tuple[Answered, ...]


class Turns:
    """Runs systems one after the other, each in a process and an environment of its own; keeps why one could not."""

    def __init__(
        self, scratch: Path, pythons: dict[str, str], model: str, server: Callable[[], tuple[int, int]],
        gpu_packages: bool = False,
    ) -> None:  # fmt: skip
        """``pythons`` are interpreters by version; ``server`` gives the port and process of the embeddings."""
        self._scratch, self._pythons, self._model, self._server = scratch, pythons, model, server
        self._gpu_packages = gpu_packages
        self.refused: dict[str, str] = {}

    def run(self, peer: Peer, adapter: str, shelf: Shelf) -> Run | None:
        """What a system did, None where it cannot be run."""
        if peer.name in self.refused:
            return None
        try:
            return self._run(peer, PEERS / adapter, shelf)
        except NotMadeError as error:
            self.refused[peer.name] = str(error)
            print(f"{peer.name} not run: {error}", file=sys.stderr)
            return None

    def _run(self, peer: Peer, adapter: Path, shelf: Shelf) -> Run:
        surroundings = {**os.environ, "HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1"}
        surroundings.pop("RAPPORTEUR_MODEL", None)
        python, beside = sys.executable, []
        if peer.requirements:
            requirements, folder = PEERS / peer.requirements / "requirements.txt", self._scratch / peer.requirements
            python = str(environment(requirements, folder, self._pythons, self._gpu_packages))
        else:
            surroundings["PYTHONPATH"] = str(ROOT)
        if peer.served:
            port, process = self._server()
            surroundings["EMBEDDINGS_URL"], beside = f"http://127.0.0.1:{port}/v1", [process]
        with TemporaryDirectory(prefix="peers-") as home:
            job, results = Path(home) / "job.json", Path(home) / "results.jsonl"
            questions, fresh = Path(home) / "questions.jsonl", Path(home) / "home"
            fresh.mkdir()
            shelf.write_questions(questions)
            said = {"folder": shelf.folder, "model": self._model, "home": fresh, "questions": questions}
            job.write_text(
                json.dumps({**{k: str(v) for k, v in said.items()}, "results": str(results), "beside": beside})
            )
            command = [python, "-P", str(PEERS / "harness.py"), str(adapter), str(job)]
            done = subprocess.run(command, env=surroundings, cwd=home, capture_output=True, text=True, check=False)
            if done.returncode:
                raise NotMadeError((done.stderr.strip().splitlines() or ["it ended without a word"])[-1][:300])
            measured, *lines = map(json.loads, results.read_text(encoding="utf-8").splitlines())
        by_id = {each.id: each for each in shelf.asked}
        return Run(**measured, answered=tuple(answered(by_id[line["id"]], line, shelf) for line in lines))


def answered(asked: Asked, line: dict[str, Any], shelf: Shelf) -> Answered:
    """A line of a system's results, judged."""
    first = (line["found"] or [{"file": "", "text": ""}])[0]
    anchors = tuple(shelf.anchors(first["file"], first["text"])) if first["file"] else ()
    return Answered(asked, line["ms"], first["file"], first["text"], anchors)


@contextmanager
def embedding_server(model: str) -> Iterator[Callable[[], tuple[int, int]]]:
    """A function that starts the service of embeddings when it is first called, and gives its port and process."""
    with ExitStack() as stack:
        started: list[tuple[int, int]] = []

        def server() -> tuple[int, int]:
            if not started:
                command = [sys.executable, str(PEERS / "embedding_server.py"), model]
                process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
                stack.callback(process.wait)
                stack.callback(process.terminate)
                assert process.stdout is not None
                started.append((int(process.stdout.readline()), process.pid))
            return started[0]

        yield server
