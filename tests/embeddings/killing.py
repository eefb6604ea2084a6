"""A process that changes a library for ever, in children made to be killed: ``python -m tests.embeddings.killing``.

For each line ``HOME SEED`` it forks a child, says its process id, and the child says what it is about to do before it
does it; when the child is gone, it says ``dead``. Everything is loaded once, so that a child is there in milliseconds.
"""

from __future__ import annotations

import contextlib
import os
import random
import sys
from pathlib import Path

from corpus.errors import ShelfError, UnknownDocumentError
from corpus.library import Library
from corpus.records import Language
from corpus.shelf.adding import add_version
from corpus.shelf.removing import remove, restore
from corpus.words import segmenter
from embeddings.build import ensure_index
from tests.letters import Letters
from tests.shelf import description, reading_of

PAPER = "paper"
#: What is done at random.
STEPS = ("add", "add", "remove", "restore", "remove for good", "rebuild")
#: The texts that a version may have; all of one number or none.
TEXTS: dict[Language, tuple[tuple[str, ...], ...]] = {
    "zh": tuple(tuple(f"第{n}稿第{p}段：缔约国应标记枪支。" for p in range(12)) for n in range(3)),
    "en": tuple(tuple(f"Draft {n}, paragraph {p}: mark firearms." for p in range(12)) for n in range(3)),
}


def data_of(language: Language, number: int) -> bytes:
    """The bytes of a version's file."""
    return "\n".join(TEXTS[language][number]).encode() * 20


def add(library: Library, language: Language, number: int) -> None:
    """Adds one version of the paper."""
    reading = reading_of(TEXTS[language][number], language)
    add_version(library, reading, description(PAPER), data_of(language, number), f"{number}.txt")


def _change_for_ever(home: Path, seed: int) -> None:
    chance, library, encoder = random.Random(seed), Library.open(home), Letters()
    while True:
        step = chance.choice(STEPS)
        os.write(1, f"{step}\n".encode())
        with contextlib.suppress(ShelfError, UnknownDocumentError):
            if step == "add":
                add(library, chance.choice(("zh", "en")), chance.randrange(3))
            elif step == "restore":
                restore(library, PAPER)
            elif step == "rebuild":
                ensure_index(library, encoder, progress=False)
            else:
                remove(library, PAPER, for_good=step != "remove")


def main() -> None:
    segmenter()
    os.write(1, b"ready\n")
    for line in sys.stdin:
        home, seed = line.split()
        child = os.fork()
        if child == 0:
            try:
                _change_for_ever(Path(home), int(seed))
            except BaseException as error:
                os.write(1, f"error {error!r}\n".encode())
            os._exit(1)
        os.write(1, f"{child}\n".encode())
        os.waitpid(child, 0)
        os.write(1, b"dead\n")


if __name__ == "__main__":
    main()
