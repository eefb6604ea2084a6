"""The real assistant over the bundled documents, opened once for all tests, and copies of its home to change."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from filelock import FileLock

from assistant import Assistant
from corpus.library import LIBRARY_FILE
from embeddings.build import INDEX_FOLDER
from embeddings.model import MODEL_VARIABLE, Encoder

#: Where the workers begin: one makes the home that most others wait for while the others do what needs none; and what
#: takes long is not left to the end, where one worker would do it while the others are done.
_FIRST = ("tests/eval/test_gate_catches.py", "tests/corpus/", "tests/web/test_accessibility.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Puts the tests in the order in which the workers are soonest done, file by file."""

    def place(item: pytest.Item) -> int:
        return next((n for n, first in enumerate(_FIRST) if item.nodeid.startswith(first)), len(_FIRST))

    items.sort(key=place)


@pytest.fixture(scope="session")
def bundled_model() -> Iterator[None]:
    """The bundled model for as long as the session lasts, whichever the environment names; with patient threads.

    Torch's threads wait for each other spinning. Where other processes want the processor, that makes a question take a
    second instead of a twentieth; its library of threads reads the variable as torch is first loaded.
    """
    with pytest.MonkeyPatch.context() as environment:
        environment.delenv(MODEL_VARIABLE, raising=False)
        environment.setenv("OMP_WAIT_POLICY", "PASSIVE")
        yield


@pytest.fixture(scope="session")
def bundled_encoder(bundled_model: None) -> Encoder:  # noqa: ARG001
    """The encoder that :func:`assistant` searches with."""
    return Encoder.load()


@pytest.fixture(scope="session")
def built_home(tmp_path_factory: pytest.TempPathFactory, bundled_model: None) -> Path:  # noqa: ARG001
    """A home that the assistant was opened in: library, vectors and index. For reading only; about a minute to make."""
    # The workers of one run share it: the first to come makes it while the others wait.
    shared = tmp_path_factory.getbasetemp()
    home = (shared.parent if "PYTEST_XDIST_WORKER" in os.environ else shared) / "built-home"
    with FileLock(f"{home}.lock"):
        if not (home / INDEX_FOLDER).exists():
            Assistant.open(home, progress=False)
    return home


@pytest.fixture(scope="session")
def assistant(built_home: Path) -> Assistant:
    """The real assistant over the five bundled documents."""
    return Assistant.open(built_home, progress=False)


@pytest.fixture
def copy_home(built_home: Path, tmp_path: Path) -> Callable[[], Path]:
    """A function that copies the built home to a folder of the test's own, with nothing left to embed."""

    def copy() -> Path:
        home = tmp_path / "home"
        shutil.copytree(built_home / INDEX_FOLDER, home / INDEX_FOLDER)
        # The library is open, so its file alone may lack what is still in the write-ahead log.
        with (
            closing(sqlite3.connect(built_home / LIBRARY_FILE)) as source,
            closing(sqlite3.connect(home / LIBRARY_FILE)) as target,
        ):
            source.backup(target)
        return home

    return copy
