"""Several at once, and one killed: a library is always as it was or as it is to be."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from threading import Barrier

import pytest

from corpus.home import BUNDLED_DATA
from corpus.library import LIBRARY_FILE, Library
from corpus.sync import sync_folder
from tests.patience import PROCESS, until

ROOT = Path(__file__).parents[2]
DRAFT = "cop10-2020-draft-resolution"
CHAIR = "wg6-2020-chair-summary"
Start = Callable[..., subprocess.Popen[str]]

_SYNC = """
import sys
from pathlib import Path
from corpus.library import Library
from corpus.sync import sync_folder
from corpus.words import segmenter
segmenter()
print("ready", flush=True)
if not sys.stdin.readline():
    sys.exit("the test went away")
"""
_OPEN_EACH = (
    _SYNC
    + """
for line in sys.stdin:
    try:
        library = Library.open(Path(line.strip()))
        print(library.generation(), flush=True)
    except Exception as error:
        print(repr(error.__cause__ or error), flush=True)
"""
)
_ONCE = _SYNC + "sync_folder(Library.open(Path(sys.argv[1])), Path(sys.argv[2]))"
_FOREVER = f"""{_SYNC}
library = Library.open(Path(sys.argv[1]))
while True:
    for data in sys.argv[2:]:
        sync_folder(library, Path(data))
"""


@pytest.fixture
def start() -> Iterator[Start]:
    """A function that starts a Python process of a script; what still runs at the end of the test is killed."""
    with ExitStack() as processes:

        def start_one(script: str, *arguments: Path) -> subprocess.Popen[str]:
            process = processes.enter_context(
                subprocess.Popen(
                    [sys.executable, "-c", script, *map(str, arguments)], cwd=ROOT, text=True,
                    stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                )
            )  # fmt: skip
            processes.callback(process.kill)
            return process

        yield start_one


def _go(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("go\n")
    process.stdin.flush()


def _wait_until_ready(process: subprocess.Popen[str]) -> None:
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"


def _texts(library: Library) -> dict[str, str]:
    return {
        f"{u.anchor_id} {u.language}": u.text
        for document in library.documents()
        for u in library.units(document.doc_id)
    }


def _assert_whole(library: Library) -> None:
    connection = library.connection
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    units = {row[0] for row in connection.execute("SELECT id FROM units")}
    assert {row[0] for row in connection.execute("SELECT rowid FROM unit_words")} == units
    assert {row[0] for row in connection.execute("SELECT DISTINCT unit_id FROM sentences")} == units


def test_processes_open_the_same_empty_home_at_once(tmp_path: Path, start: Start) -> None:
    processes = [start(_OPEN_EACH) for _ in range(4)]
    for process in processes:
        _wait_until_ready(process)
        _go(process)
    replies: Counter[str] = Counter()
    for attempt in range(60):
        for process in processes:
            assert process.stdin is not None
            process.stdin.write(f"{tmp_path / str(attempt)}\n")
        for process in processes:
            assert process.stdin is not None
            process.stdin.flush()
        for process in processes:
            assert process.stdout is not None
            replies[process.stdout.readline().strip()] += 1
    assert replies == {"0": 240}


def test_three_processes_fill_the_same_empty_home_at_once(tmp_path: Path, start: Start) -> None:
    processes = [start(_ONCE, tmp_path / "home", BUNDLED_DATA) for _ in range(3)]
    for process in processes:
        _wait_until_ready(process)
    for process in processes:
        _go(process)
    for process in processes:
        _, errors = process.communicate(timeout=PROCESS)
        assert errors == ""
        assert process.returncode == 0
    library = Library.open(tmp_path / "home")
    assert len(_texts(library)) == 594
    _assert_whole(library)


def test_threads_open_the_same_empty_home_at_once(tmp_path: Path) -> None:
    threads = 8
    for attempt in range(20):
        barrier = Barrier(threads)

        def open_together(home: Path = tmp_path / str(attempt), barrier: Barrier = barrier) -> int:
            barrier.wait()
            return Library.open(home).generation()

        with ThreadPoolExecutor(threads) as pool:
            opened = [pool.submit(open_together) for _ in range(threads)]
            assert [future.result() for future in opened] == [0] * threads


def test_threads_fill_the_same_library_at_once(tmp_path: Path) -> None:
    library = Library.open(tmp_path / "home")
    with ThreadPoolExecutor(4) as pool:
        reports = [future.result() for future in [pool.submit(sync_folder, library, BUNDLED_DATA) for _ in range(4)]]
    assert len(_texts(library)) == 594
    assert sum(report.units_written for report in reports) == 594
    _assert_whole(library)


def test_a_reader_sees_old_or_new_while_another_process_writes(
    tmp_path: Path, copy_of: Callable[..., Path], start: Start
) -> None:
    one, both = copy_of(CHAIR, into="one"), copy_of(CHAIR, DRAFT, into="both")
    library = Library.open(tmp_path / "home")
    sync_folder(library, one)
    writer = start(_FOREVER, tmp_path / "home", both, one)
    _wait_until_ready(writer)
    _go(writer)
    seen: set[int] = set()

    def both_seen() -> bool:
        seen.add(library.connection.execute("SELECT count(*) FROM units").fetchone()[0])
        return len(seen) > 1

    until(both_seen)
    assert seen == {58, 58 + 90}


def test_a_sync_that_is_killed_leaves_the_old_or_the_new_state(
    tmp_path: Path, copy_of: Callable[..., Path], start: Start
) -> None:
    one, both = copy_of(CHAIR, into="one"), copy_of(CHAIR, DRAFT, into="both")
    states = []
    for data in (one, both):
        library = Library.open(tmp_path / f"{data.name}-home")
        sync_folder(library, data)
        states.append(_texts(library))
    home = tmp_path / "home"
    Library.open(home)
    processes = [start(_FOREVER, home, both, one) for _ in range(4)]
    for process in processes:
        _wait_until_ready(process)
    for attempt, process in enumerate(processes):
        _go(process)
        time.sleep(0.05 + 0.037 * attempt)
        process.send_signal(signal.SIGKILL)
        assert process.communicate()[1] == ""
        assert process.returncode == -signal.SIGKILL
        survivor = Library.open(home)
        assert _texts(survivor) in [{}, *states]
        _assert_whole(survivor)
        survivor.connection.close()
    library = Library.open(home)
    sync_folder(library, both)
    assert _texts(library) == states[1]
    assert (home / LIBRARY_FILE).is_file()
