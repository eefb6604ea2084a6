"""Names of files and titles that mislead, hide, climb out of their folder or cannot even be printed."""

from __future__ import annotations

import os
import sys
import unicodedata
from hashlib import sha256
from pathlib import Path

import pytest

from corpus.__main__ import application
from corpus.library import Library
from corpus.readers.refusals import shown_name
from corpus.shelf.adding import add_version
from corpus.shelf.description import shown
from corpus.shelf.files import FILES_FOLDER
from corpus.shelf.versions import versions_of
from tests.commands import run_here
from tests.shelf import description, files_of, reading_of

#: What a name may hold, and no line of output may: controls, marks of direction, half characters, ends of lines.
NEVER_SHOWN = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


def hidden_in(text: str) -> set[str]:
    return {f"U+{ord(c):04X}" for c in text if unicodedata.category(c) in NEVER_SHOWN}


def test_no_character_that_misleads_is_ever_shown() -> None:
    every = [chr(code) for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code)) in NEVER_SHOWN]
    assert {"\u202e", "\u2066", "\u061c", "\u200b", "\u00ad", "\x1b", "\x9b", "\ud800", "\U000e0041"} <= set(every)
    mixed = "a" + "b".join(every) + "c"
    assert hidden_in(shown(mixed)) == set()
    assert hidden_in(shown_name(mixed)) == set()


@pytest.mark.parametrize(
    "name",
    ["../../x", "..\\..\\x", "/etc/passwd", "C:\\x", ".", "..", "", "\u202etxt.exe", "a\u2066b\u2069.txt", "\ud800.txt",
     "\x00", "名" * 300 + ".txt", "x" * 300, "CON", "a\nb.txt", "<script>.txt", "'; DROP TABLE versions; --"],
)  # fmt: skip
def test_a_file_of_any_name_is_kept_under_its_content_alone(tmp_path: Path, name: str) -> None:
    library = Library.open(tmp_path / "home")
    before = set(tmp_path.rglob("*"))
    assert add_version(library, reading_of(["One."]), description("paper"), b"One.", name).outcome == "new"
    assert files_of(library) == {sha256(b"One.").hexdigest()}
    assert {path.parent for path in set(tmp_path.rglob("*")) - before if path.is_file()} == {
        library.folder / FILES_FOLDER
    }
    kept = versions_of(library, "paper")[0].name
    assert hidden_in(kept) == set()
    assert len(kept) <= 200
    assert library.unit("paper", "p1").text == "One."


def test_what_the_command_says_of_files_has_nothing_hidden_in_it(tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    for name, data in (
        (b"\x1b[31mred.txt", b""), ("\u202etxt.exe.txt".encode(), b""), (b"a\nb.txt", b""), (b"\xff\xfe.txt", b""),
        ("\u061cgood\u2066.txt".encode(), b"1. Seals eat fish in the sea."),
    ):  # fmt: skip
        with open(os.path.join(os.fsencode(folder), name), "wb") as file:  # noqa: PTH118, PTH123
            file.write(data)
    done = run_here(application, "corpus", tmp_path / "home", "add", str(folder))
    assert done.returncode == 1
    lines = (done.stdout + done.stderr).splitlines()
    assert {hidden for line in lines for hidden in hidden_in(line)} == set()
    failed = [line for line in lines if line.startswith("corpus: ")]
    assert len(failed) == 4
    assert all("; expected " in line for line in failed)
    assert "new document" in done.stdout
    missing = run_here(application, "corpus", tmp_path / "home", "add", "no\u202e\x1bthing.txt")
    assert missing.returncode == 1
    assert {hidden for line in missing.stderr.splitlines() for hidden in hidden_in(line)} == set()
