"""A model that takes its time and says which process it works in, for workers that are killed."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from pathlib import Path

from embeddings.model import Encoded
from tests.letters import Letters


class Slow(Letters):
    """:class:`tests.letters.Letters`, a little slower, with a file by the name of its process in a folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        (folder / str(os.getpid())).touch()

    def encode_units(self, texts: Sequence[str], progress: bool = False) -> list[Encoded]:
        time.sleep(0.15)
        return super().encode_units(texts, progress)
