"""Bad files as a batch brings them: none leaves anything behind, and a long one is no bad one."""

from __future__ import annotations

import codecs
import io
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from corpus.errors import EmptyFileError, RapporteurError, UnpacksTooFarError
from corpus.library import Library
from corpus.readers.decode import decode_text
from corpus.readers.file import read_file
from corpus.readers.limits import LARGEST_UNPACKED, MOST_UNPACKED_TIMES, Allowance
from corpus.shelf.batch import add_each
from corpus.shelf.masthead import Given, description_of
from tests.corpus.readers.test_refusals import REFUSED
from tests.shelf import everything, files_of

ROOT = Path(__file__).parents[3]
#: One of each kind of refusal that is quickly made; each cause has its own test in test_refusals.py.
CAUSES = (
    "empty", "bytes of no encoding", "a web page named .pdf", "old Word", "an encrypted DOCX", "a DOCX cut short",
    "a DOCX with external entities", "a scanned PDF", "an encrypted PDF",
)  # fmt: skip


@pytest.mark.parametrize("mark", [codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE])
def test_a_byte_order_mark_alone_is_an_empty_file(mark: bytes) -> None:
    with pytest.raises(EmptyFileError):
        decode_text(mark, "a.txt")


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-16-le", "utf-16-be"])
def test_characters_of_extension_b_come_whole_from_every_encoding_that_has_them(encoding: str) -> None:
    text = "𠮷姓与𡈽姓的代表发言，缔约国会议如此决定。"
    reading = read_file(text.encode(encoding), "a.txt")
    assert [unit.text for unit in reading.units] == [text]
    assert "𠮷" in reading.units[0].text


def test_a_file_that_unpacks_to_little_but_many_times_its_size_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", b"A" * 30_000_000)
    data = buffer.getvalue()
    assert LARGEST_UNPACKED > 30_000_000
    assert len(data) * MOST_UNPACKED_TIMES < 30_000_000
    with pytest.raises(UnpacksTooFarError, match="100 times"):
        read_file(data, "a.docx")


def test_nothing_is_stored_of_a_file_that_is_refused_and_the_others_are(tmp_path: Path) -> None:
    library = Library.open(tmp_path / "home")
    sources = []
    for at, cause in enumerate(CAUSES):
        name, data, _, _ = REFUSED[cause]
        sources.append(tmp_path / f"{at}" / name)
        sources[-1].parent.mkdir()
        sources[-1].write_bytes(data())
    good = tmp_path / "good.txt"
    good.write_text("1. Seals eat fish in the sea.", "utf-8")
    before = everything(library)
    given = Given()
    outcomes = add_each(
        library, [str(path) for path in sources], None,
        lambda reading, _, name: description_of(reading, name, given, confirmed=False),
    )  # fmt: skip
    for cause, outcome in zip(CAUSES, outcomes, strict=True):
        assert isinstance(outcome.error, RapporteurError), cause
        assert str(tmp_path) not in str(outcome.error) + outcome.error.message("zh"), cause
    assert (everything(library), files_of(library)) == (before, set())
    (added,) = add_each(
        library, [str(good)], None, lambda reading, _, name: description_of(reading, name, given, confirmed=False)
    )
    assert added.added is not None


def test_eighty_pages_are_read_in_seconds() -> None:
    """They took others ten minutes; who reads a file is stopped after one, and that is an error."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=True)
    for page in range(80):
        for line in range(40):
            number = page * 10 + line // 4 + 1
            piece = (f"{number}. The Working Group took", "note of the report", "of its meeting", f"number {number}.")
            canvas.drawString(72, 780 - 17 * line, piece[line % 4])
        canvas.showPage()
    canvas.save()
    assert Allowance().seconds <= 60
    reading = read_file(buffer.getvalue(), "long.pdf")
    assert reading.pages == 80
    text = " ".join(unit.text for unit in reading.units)
    assert re.findall(r"number (\d+)\.", text) == [str(n) for n in range(1, 801)]


# What a file would have its reader do, tried at the moment at which the reader takes up its bytes.
TRYING = """
import os, socket, subprocess, sys, types, urllib.request
from corpus.readers import child

class Bytes:
    def read(self):
        for name, attempt in {
            "connect": lambda: socket.create_connection(("127.0.0.1", 9)),
            "look up": lambda: socket.getaddrinfo("localhost", 9),
            "open": lambda: urllib.request.urlopen("http://127.0.0.1:9/"),
            "run": lambda: subprocess.run(["true"]),
            "system": lambda: os.system("true"),
            "execute": lambda: os.execv("/bin/true", ["true"]),
        }.items():
            try:
                attempt()
            except PermissionError:
                print("refused to", name, file=sys.stderr)
        return b"text"

sys.stdin = types.SimpleNamespace(buffer=Bytes())
sys.argv = ["child", "text", "a.txt", "-", str(2**32)]
sys.exit(child.main())
"""


def test_the_reader_of_files_connects_to_nothing_and_runs_nothing() -> None:
    done = subprocess.run([sys.executable, "-c", TRYING], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stderr.splitlines() == [
        f"refused to {what}" for what in ("connect", "look up", "open", "run", "system", "execute")
    ]
    assert '"reading"' in done.stdout


def test_the_reader_of_files_gets_nothing_of_the_environment_it_need_not_have(monkeypatch: pytest.MonkeyPatch) -> None:
    # With this, no Python starts.
    monkeypatch.setenv("PYTHONHOME", "/nowhere")
    assert read_file(b"Some words.", "a.txt").units[0].text == "Some words."
