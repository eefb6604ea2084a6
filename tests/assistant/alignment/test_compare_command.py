"""``python -m assistant compare``: JSON alone on standard output, files, one line of error, codes 0, 1 and 2."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from assistant.__main__ import application
from tests.assistant.export.reading import word_lines
from tests.commands import run_here
from tests.patience import PROCESS

ROOT = Path(__file__).parents[3]
CHAIR, REPORT = "wg6-2020-chair-summary", "wg6-2020-report"


@pytest.fixture
def run(held_home: Path) -> Callable[..., CompletedProcess[str]]:
    return lambda *arguments: run_here(application, "assistant", held_home, "compare", *arguments)


@pytest.fixture(scope="module")
def held_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that nothing was embedded in yet."""
    return tmp_path_factory.mktemp("compared")


def assert_one_line(done: CompletedProcess[str], *words: str) -> None:
    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert done.stderr.startswith("assistant: ")
    for word in ("; expected ", *words):
        assert word in done.stderr


def test_a_process_of_its_own_gives_the_json_alone_without_the_model(held_home: Path) -> None:
    # The model would be taken from this name.
    environment = {**os.environ, "RAPPORTEUR_HOME": str(held_home), "RAPPORTEUR_MODEL": "no such model"}
    done = subprocess.run(
        [sys.executable, "-m", "assistant", "compare", CHAIR, REPORT, "--json"],
        cwd=ROOT, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=PROCESS, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    pairs = json.loads(done.stdout)["pairs"]
    assert {
        "a": [f"{CHAIR}#dp16"],
        "b": [f"{REPORT}#dp22"],
        "change": "same",
        "similarity": 1.0,
        "moved": False,
    } in pairs
    split = next(pair for pair in pairs if pair["change"] == "split")
    assert (split["a"], split["b"]) == ([f"{CHAIR}#dp24"], [f"{REPORT}#dp34", f"{REPORT}#dp35"])


def test_without_json_it_is_a_paper_to_read(run: Callable[..., CompletedProcess[str]]) -> None:
    done = run(CHAIR, REPORT, "--language", "en")
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0] == "# Two documents compared point by point"
    assert "### Discussion point 24 → discussion points 34–35: split" in lines
    assert "### Discussion point 11 → discussion point 7: reworded, moved" in lines
    assert "- asked of others: “Member States” → “States”" in lines
    # What each text is worth stands at its head.
    head = "\n".join(lines[: lines.index("### Discussion point 1 → discussion point 1: reworded")])
    assert "The Chair's summary is the Chair's own text, not negotiated" in head
    assert "The discussion points were not negotiated line by line or finally adopted" in head
    assert "unofficial working translation" in head
    assert "4 the same, 23 reworded, 1 split, 15 new; 3 of these moved" in head


def test_files_hold_the_same_and_the_json_is_printed_beside_them(
    run: Callable[..., CompletedProcess[str]], tmp_path: Path
) -> None:
    word, markdown = tmp_path / "note.docx", tmp_path / "note.md"
    done = run(CHAIR, REPORT, "--json", "-o", str(word))
    assert done.returncode == 0, done.stderr
    assert len(json.loads(done.stdout)["pairs"]) == 89
    assert run(CHAIR, REPORT, "-o", str(markdown)).stdout == ""
    lines = word_lines(word.read_bytes())
    assert "讨论要点24 → 讨论要点34至35：拆分" in lines
    assert "### 讨论要点24 → 讨论要点34至35：拆分" in markdown.read_text(encoding="utf-8").splitlines()
    assert "<del>会员国</del>" in markdown.read_text(encoding="utf-8")


def test_what_cannot_be_done_is_said_in_one_line(run: Callable[..., CompletedProcess[str]], tmp_path: Path) -> None:
    assert_one_line(run(CHAIR, "nowhere"), "nowhere", REPORT)
    assert_one_line(run(REPORT, REPORT), "twice", "two documents")
    assert_one_line(run(CHAIR, REPORT, "-o", str(tmp_path / "none" / "note.md")), "note.md", "cannot be written")
    (tmp_path / "folder.md").mkdir()
    assert_one_line(run(CHAIR, REPORT, "-o", str(tmp_path / "folder.md")), "folder.md")


@pytest.mark.parametrize("arguments", [(CHAIR,), (CHAIR, REPORT, "-o", "a.pdf"), (CHAIR, REPORT, "--language", "fr")])
def test_wrong_usage(run: Callable[..., CompletedProcess[str]], arguments: tuple[str, ...]) -> None:
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
