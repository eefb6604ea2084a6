"""The real assistant over the bundled documents, opened once for all tests, and copies of its home to change."""

from __future__ import annotations

import os

# One thread of arithmetic a process, in the workers and in what they start: these are as many as the processors, and
# more threads fight over them, which takes a question twice the time. Libraries read it as they are first loaded.
os.environ.setdefault("OMP_NUM_THREADS", "1")

from corpus.garbage import collect_seldom, keep_what_is_there

# Half a million objects are loaded and collected as tests before the first of them runs.
collect_seldom()

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from filelock import FileLock

from assistant import Assistant
from corpus.dictionary import dictionary
from corpus.home import BUNDLED_DATA
from corpus.library import LIBRARY_FILE, Library
from corpus.sync import sync_folder
from embeddings.build import INDEX_FOLDER, ensure_index
from embeddings.centres import sample_centres
from embeddings.model import MODEL_VARIABLE, Encoder

#: Where the workers begin: one makes the home that most others wait for while the others do what needs none; and what
#: takes long is not left to the end, where one worker would do it while the others are done.
_FIRST = (
    "tests/eval/test_gate_catches.py",
    "tests/corpus/",
    "tests/embeddings/",
    "tests/eval/test_keeping_figures.py",
    "tests/assistant/test_languages.py",
    "tests/web/asking/test_asking_page.py",
    "tests/web/asking/test_conversation_page.py",
    "tests/web/asking/test_evidence_page.py",
    "tests/web/test_own_process.py",
    "tests/web/accounts/",
    "tests/web/test_accessibility.py",
    "tests/web/test_reader_in_browser.py",
    "tests/assistant/",
    "tests/eval/",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Puts the tests in the order in which the workers are soonest done, file by file."""

    def place(item: pytest.Item) -> int:
        return next((n for n, first in enumerate(_FIRST) if item.nodeid.startswith(first)), len(_FIRST))

    items.sort(key=place)


def pytest_collection_finish() -> None:
    """Lets what the tests leave behind be collected as usual, without looking through all that was loaded."""
    keep_what_is_there()


@pytest.fixture(scope="session", autouse=True)
def _dictionary(shared_folder: Path) -> None:
    """The dictionary of the machine, written before any test: whichever first needed it would hear how far it is."""
    with FileLock(shared_folder / "dictionary.lock"):
        dictionary()


@pytest.fixture(scope="session")
def bundled_model() -> Iterator[None]:
    """The bundled model, and no other, for as long as the session lasts."""
    with pytest.MonkeyPatch.context() as environment:
        environment.delenv(MODEL_VARIABLE, raising=False)
        environment.delenv("RAPPORTEUR_LLM", raising=False)
        yield


@pytest.fixture(scope="session")
def bundled_encoder(bundled_model: None) -> Encoder:  # noqa: ARG001
    """The encoder that :func:`assistant` searches with."""
    return Encoder.load()


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that the workers of one run share, for what is made once: by the first to come while the others wait."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def know_centres(shared_folder: Path, bundled_model: None) -> Callable[[Path], None]:  # noqa: ARG001
    """A function that tells the library of a home, if need be a new one, the centres of the fixed sample.

    They are of the model alone, and a library of few passages measures them as it is indexed, on 414 sentences, which
    takes as long as 50 questions.
    """

    def know(home: Path) -> None:
        measured = shared_folder / "centres"
        with FileLock(f"{measured}.lock"):
            library = Library.open(measured)
            if not library.connection.execute("SELECT * FROM centres").fetchall():
                sample_centres(library, Encoder.load())
            rows = library.connection.execute("SELECT * FROM centres").fetchall()
            library.connection.close()
        library = Library.open(home)
        with library.writing("the centres", kept="there are none") as connection:
            connection.executemany("INSERT OR REPLACE INTO centres VALUES (?, ?, ?, ?)", rows)
        library.connection.close()

    return know


@pytest.fixture(scope="session")
def built_home(shared_folder: Path, know_centres: Callable[[Path], None]) -> Path:
    """A home as the assistant makes one: library, vectors and index. For reading only; about a minute to make.

    Its library also knows the centres of the fixed sample, for copies of it in which documents lack a version.
    """
    home = shared_folder / "built-home"
    with FileLock(f"{home}.lock"):
        if not (home / INDEX_FOLDER).exists():
            know_centres(home)
            library = Library.open(home)
            sync_folder(library, BUNDLED_DATA)
            ensure_index(library, Encoder.load(), progress=False)
            library.connection.close()
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
