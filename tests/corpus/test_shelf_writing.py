"""Adding where the disk is full, where another program writes, and where one was killed before."""

from __future__ import annotations

import resource
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from corpus.errors import HomeError
from corpus.library import Library
from corpus.shelf.adding import add_version
from corpus.shelf.files import FILES_FOLDER
from tests.patience import PATIENCE
from tests.shelf import add_paper, description, everything, files_of, reading_of


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """An empty library of the test's own."""
    return Library.open(tmp_path / "home")


@contextmanager
def files_limited_to(size: int) -> Iterator[None]:
    """No file may grow beyond ``size`` bytes: a write beyond fails as it does on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("large", ["file", "text"])
def test_a_full_disk_fails_the_addition_and_keeps_the_old_state(library: Library, large: str) -> None:
    add_paper(library, ["One."], "paper")
    before, files = everything(library), files_of(library)
    texts = ["word " * 200_000] if large == "text" else ["Two."]
    data = b"x" * (4_000_000 if large == "file" else 10)
    with files_limited_to(1_000_000), pytest.raises(HomeError) as caught:
        add_version(library, reading_of(texts), description("other"), data, "other.txt")
    assert "library is as it was" in str(caught.value)
    assert "空间" in caught.value.message("zh")
    assert (everything(library), files_of(library)) == (before, files)
    assert library.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert add_paper(library, ["Two."], "other").outcome == "new"


def test_a_second_writer_waits_for_the_first(library: Library) -> None:
    first = Library.open(library.folder)
    first.connection.execute("BEGIN IMMEDIATE")
    done = threading.Event()

    def second() -> None:
        add_paper(library, ["One."], "paper")
        done.set()

    writer = threading.Thread(target=second)
    writer.start()
    assert not done.wait(0.3)
    first.connection.execute("COMMIT")
    writer.join(PATIENCE)
    assert done.is_set()
    assert first.unit("paper", "p1").text == "One."


def test_a_second_writer_is_told_when_the_first_goes_on(library: Library) -> None:
    first = Library.open(library.folder)
    first.connection.execute("BEGIN IMMEDIATE")
    library.connection.execute("PRAGMA busy_timeout = 200")
    with pytest.raises(HomeError, match="end the other program") as caught:
        add_paper(library, ["One."], "paper")
    assert "关闭占用文件库的其他程序" in caught.value.message("zh")
    first.connection.execute("ROLLBACK")
    assert library.documents() == ()


def test_a_file_that_a_killed_process_left_goes_at_the_next_opening(library: Library) -> None:
    add_paper(library, ["One."], "paper")
    kept = files_of(library)
    for name in ("0" * 64, f".{'1' * 64}-17"):
        (library.folder / FILES_FOLDER / name).write_bytes(b"left")
    writer = Library.open(library.folder)
    assert files_of(library) == kept
    (library.folder / FILES_FOLDER / ("0" * 64)).write_bytes(b"left")
    writer.connection.execute("BEGIN IMMEDIATE")
    Library.open(library.folder)
    assert len(files_of(library)) == 2, "another process is writing, and may be about to name it"
    writer.connection.execute("ROLLBACK")
    Library.open(library.folder)
    assert files_of(library) == kept
