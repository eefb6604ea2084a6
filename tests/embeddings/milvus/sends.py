"""A process that sends a library and kills itself after two batches: ``-m tests.embeddings.milvus.sends HOME FILE``."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from corpus.library import Library
from embeddings.milvus.sending import ensure_sent
from tests.embeddings.served import Lite
from tests.letters import Letters


def say(done: int, total: int, seconds_left: float | None) -> None:  # noqa: ARG001
    if done:
        os.write(1, f"sent {done}\n".encode())
    if done == 200:
        os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    ensure_sent(Library.open(Path(sys.argv[1])), Letters(), Lite.at(Path(sys.argv[2])).server, say, 100)
