"""Killed at any moment of adding, removing, bringing back and indexing, a library is the old one or the new one.

``KILLS=100 python -m pytest tests/embeddings/test_killed.py -s`` kills a hundred times and says amid what.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from corpus.library import Library
from corpus.shelf.files import FILES_FOLDER
from corpus.shelf.versions import versions_of
from embeddings.build import ensure_index
from tests.embeddings.killing import PAPER, STEPS, TEXTS, add, data_of
from tests.letters import Letters
from tests.shelf import add_paper

ROOT = Path(__file__).parents[2]
KILLS = int(os.environ.get("KILLS", "25"))
#: The longest that a child is left at a step before it is killed, in seconds: more than most take.
LONGEST = 0.04


@pytest.fixture
def changer() -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.embeddings.killing"],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert said_by(process) == "ready"
    yield process
    process.kill()
    process.communicate()


def said_by(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def killed_amid(process: subprocess.Popen[str], home: Path, seed: int) -> str:
    """What a child was doing when it was killed: mostly what it is the turn of, at any moment of that or just after."""
    turn, chance = STEPS[seed % len(STEPS)], random.Random(seed)
    assert process.stdin is not None
    process.stdin.write(f"{home} {seed}\n")
    process.stdin.flush()
    # The child may speak before its parent says which it is.
    heard = []
    while not (line := said_by(process)).isdigit():
        heard.append(line)
    while turn not in heard:
        heard.append(said_by(process))
    # Most soon after it began, for most steps are over in milliseconds.
    time.sleep(LONGEST * chance.random() ** 3)
    os.kill(int(line), signal.SIGKILL)
    while (line := said_by(process)) != "dead":
        heard.append(line)
    assert not [line for line in heard if line.startswith("error")]
    return heard[-1] if heard else "opening"


def assert_whole(library: Library) -> None:
    """The rows agree with one another, the paper is one that was added, and the files are those that are named."""
    connection = library.connection
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    units = {row[0] for row in connection.execute("SELECT id FROM units")}
    assert {row[0] for row in connection.execute("SELECT rowid FROM unit_words")} == units
    assert {row[0] for row in connection.execute("SELECT DISTINCT unit_id FROM sentences")} == units
    assert len(library.units("other")) == 2
    held = {document.doc_id: document for document in library.documents()}
    assert held.keys() <= {"other", PAPER}
    versions = versions_of(library, PAPER)
    assert (
        {v.language for v in versions} == {v.language for v in held[PAPER].versions} if PAPER in held else not versions
    )
    for version in versions:
        texts = tuple(unit.text for unit in library.units(PAPER, version.language))
        number = TEXTS[version.language].index(texts)
        assert version.sha256 == sha256(data_of(version.language, number)).hexdigest()
        assert version.name == f"{number}.txt"
    rows = connection.execute("SELECT sha256 FROM versions UNION SELECT sha256 FROM removed_versions")
    files = {path.name: path.read_bytes() for path in (library.folder / FILES_FOLDER).iterdir()}
    assert files.keys() == {row[0] for row in rows}
    assert all(sha256(data).hexdigest() == name for name, data in files.items())


def test_a_library_that_was_killed_at_any_moment_is_the_old_one_or_the_new_one(
    tmp_path: Path, changer: subprocess.Popen[str]
) -> None:
    library = Library.open(tmp_path)
    add_paper(library, ["Seals eat fish.", "Whales sing."], "other")
    add(library, "zh", 0)
    ensure_index(library, Letters(), progress=False)
    amid: Counter[str] = Counter()
    for seed in range(KILLS):
        amid[killed_amid(changer, tmp_path, seed)] += 1
        survivor = Library.open(tmp_path)
        assert_whole(survivor)
        snapshot = ensure_index(survivor, Letters(), progress=False)
        assert snapshot.unit_count == sum(len(survivor.units(d.doc_id)) for d in survivor.documents())
        assert snapshot.generation == survivor.generation()
        assert [path.name for path in (tmp_path / "index").iterdir() if path.name.startswith(".")] == []
        survivor.connection.close()
    sys.stdout.write(f"killed {KILLS} times amid {dict(amid)}\n")
    assert len(amid) > 2
