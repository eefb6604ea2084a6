"""``python -m corpus add``, ``remove``, ``restore``, ``export`` and ``import`` as a person runs them."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from corpus.__main__ import application
from corpus.library import Library
from corpus.shelf.versions import versions_of
from tests.commands import run_here
from tests.patience import PROCESS

ROOT = Path(__file__).parents[2]
REPORT = "wg6-2020-report"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def corpus(home: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return run_here(application, "corpus", home, *map(str, arguments))


def file(folder: Path, name: str, *lines: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text("\n\n".join(lines) + "\n", "utf-8")
    return folder / name


def test_a_folder_is_added_whole_and_a_bad_file_does_not_keep_the_others_out(home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    file(folder, "a.txt", "1. Seals eat fish in the sea.", "2. Whales sing to other whales.")
    (folder / "b.txt").write_bytes(b"")
    file(folder, "c.txt", "1. Firearms are marked at import.")
    file(folder, ".hidden", "nothing")
    done = corpus(home, "add", folder)
    assert done.returncode == 1
    assert len(done.stdout.splitlines()) == 2
    assert all("new document" in line for line in done.stdout.splitlines())
    last = done.stderr.splitlines()[-1]
    assert last.startswith("corpus: b.txt: ")
    assert "; expected " in last
    assert "Traceback" not in done.stderr
    assert len(Library.open(home).documents()) == 5 + 2
    again = corpus(home, "add", folder / "a.txt")
    assert again.returncode == 0
    assert "skipped: the library holds this file" in again.stdout


def test_a_file_gets_what_is_said_of_it(home: Path, tmp_path: Path) -> None:
    paper = file(tmp_path, "paper.txt", "1. Seals eat fish in the sea.")
    done = corpus(
        home, "add", paper, "--doc-id", "seals", "--title", "On seals", "--symbol", "A/CONF.1/2",
        "--date", "2023-05-02", "--official",
    )  # fmt: skip
    assert done.returncode == 0
    record = Library.open(home).document("seals")
    assert (record.titles.en, record.symbol, record.symbol_status) == ("On seals", "A/CONF.1/2", "confirmed")
    assert (record.year, record.dates.zh, record.dates.en) == (2023, "2023年5月2日", "2 May 2023")
    assert versions_of(Library.open(home), "seals")[0].official


def test_what_was_inferred_stays_inferred_where_nobody_is_asked_and_is_shown(home: Path, tmp_path: Path) -> None:
    paper = file(tmp_path, "paper.txt", "1. Seals eat fish in the sea.")
    done = corpus(home, "add", paper, "--doc-id", "seals")
    assert "(inferred)" in done.stderr
    assert "official text:     no" in done.stderr
    assert Library.open(home).document("seals").symbol_status in ("inferred", "unknown")


def test_files_of_one_batch_do_not_take_each_others_place(home: Path, tmp_path: Path) -> None:
    file(tmp_path / "both", "a.txt", "1. Seals eat fish in the sea.")
    file(tmp_path / "both", "b.txt", "1. Seals eat squid in the sea.")
    done = corpus(home, "add", tmp_path / "both", "--doc-id", "seals")
    assert done.returncode == 1
    assert "corpus: b.txt: another file of these is seals in the same language" in done.stderr
    assert "fish" in Library.open(home).units("seals")[-1].text
    assert corpus(home, "add", tmp_path / "both" / "b.txt", "--doc-id", "seals").returncode == 0
    assert "squid" in Library.open(home).units("seals")[-1].text


@pytest.mark.parametrize(("reply", "held"), [("y", True), ("n", False)])
def test_at_a_terminal_a_person_is_asked(home: Path, tmp_path: Path, reply: str, held: bool) -> None:
    paper = file(tmp_path, "paper.txt", "1. Seals eat fish in the sea.")
    terminal, theirs = pty.openpty()
    os.write(terminal, f"{reply}\n".encode())
    done = subprocess.run(
        [sys.executable, "-m", "corpus", "add", str(paper), "--doc-id", "seals"], stdin=theirs, capture_output=True,
        text=True, cwd=ROOT, env={**os.environ, "RAPPORTEUR_HOME": str(home)}, timeout=PROCESS, check=False,
    )  # fmt: skip
    os.close(terminal)
    os.close(theirs)
    assert "Is this right?" in done.stderr
    assert done.returncode == 0, done.stderr
    assert ("seals" in {document.doc_id for document in Library.open(home).documents()}) is held


def test_too_many_files_and_none_are_refused(home: Path, tmp_path: Path) -> None:
    for n in range(21):
        file(tmp_path / "many", f"{n}.txt", f"1. Paper {n}.")
    done = corpus(home, "add", tmp_path / "many")
    assert done.returncode == 1
    assert "21 files; expected 1 to 20 at once" in done.stderr
    assert len(Library.open(home).documents()) == 5
    nowhere = corpus(home, "add", tmp_path / "nowhere.pdf")
    assert nowhere.returncode == 1
    assert "there is no file nowhere.pdf" in nowhere.stderr
    assert corpus(home, "add").returncode == 2


def test_a_symbol_without_a_network_is_said(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAPPORTEUR_UN_DOCUMENTS", "http://127.0.0.1:9/access")
    done = corpus(home, "add", "A/RES/75/1", "--language", "en")
    assert done.returncode == 1
    assert "corpus: A/RES/75/1: " in done.stderr
    assert "network connection" in done.stderr


def test_a_document_is_removed_listed_and_brought_back(home: Path) -> None:
    assert corpus(home, "remove", REPORT).stdout == f"removed {REPORT}, 182 units\n"
    assert REPORT not in corpus(home, "list").stdout
    assert corpus(home, "restore").stdout.startswith(REPORT)
    assert corpus(home, "restore", REPORT).returncode == 0
    assert REPORT in corpus(home, "list").stdout
    again = corpus(home, "restore", REPORT)
    assert again.returncode == 1
    assert "remove it first" in again.stderr
    assert corpus(home, "remove", "nowhere").returncode == 1


def test_a_library_is_carried_to_another_home(home: Path, tmp_path: Path) -> None:
    corpus(home, "add", file(tmp_path, "paper.txt", "1. Seals eat fish in the sea."), "--doc-id", "seals")
    assert corpus(home, "export", tmp_path / "backup.zip").stdout == "exported 6 documents, 1 files, 0 feedbacks\n"
    done = corpus(tmp_path / "other", "import", tmp_path / "backup.zip")
    assert (done.returncode, done.stdout) == (0, "imported 6 documents, 1 files, 0 feedbacks\n")
    assert corpus(tmp_path / "other", "list").stdout == corpus(home, "list").stdout
    wrong = corpus(home, "import", tmp_path / "paper.txt")
    assert wrong.returncode == 1
    assert "is not a whole ZIP" in wrong.stderr
