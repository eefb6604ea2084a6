"""``python -m assistant`` as a person runs it: JSON alone on standard output, one line of error, codes 0, 1 and 2.

``ask`` and ``search`` each load the model once in a process of their own; what else the output depends on is seen in
the process of the tests, with the same application over the same home.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.__main__ import application
from corpus.library import LIBRARY_FILE
from embeddings.model import MODEL_VARIABLE
from tests.commands import run_here
from tests.patience import PROCESS

ROOT = Path(__file__).parents[2]
CRYPTOCURRENCY = "决议草案哪一段提到加密货币？"


def run(home: Path, *arguments: str, root: Path = ROOT) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "RAPPORTEUR_HOME": str(home), "PYTHONIOENCODING": "utf-8"}
    environment.pop(MODEL_VARIABLE, None)
    return subprocess.run(
        [sys.executable, "-m", "assistant", *arguments],
        cwd=root, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=PROCESS, check=False,
    )  # fmt: skip


def assert_one_line(done: subprocess.CompletedProcess[str], *words: str) -> None:
    assert done.returncode == 1, done.stderr
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert done.stderr.startswith("assistant: ")
    assert "; expected " in done.stderr
    for word in words:
        assert word in done.stderr


def rows(home: Path) -> list[str]:
    """All that the library holds, as SQL."""
    with closing(sqlite3.connect(home / LIBRARY_FILE)) as connection:
        return list(connection.iterdump())


@pytest.fixture(scope="module")
def together(built_home: Path) -> dict[str, subprocess.CompletedProcess[str]]:
    """``ask`` and ``search``, each in a process of its own, at the same time over the same home."""
    commands = {
        "ask": ("ask", CRYPTOCURRENCY, "--json", "--language", "en"),
        "search": ("search", "加密货币", "--json", "-k", "3", "--doc", "cop10-2020-draft-resolution"),
    }
    with ThreadPoolExecutor(len(commands)) as pool:
        done = pool.map(lambda arguments: run(built_home, *arguments), commands.values())
        return dict(zip(commands, done, strict=True))


def test_ask_prints_json_alone_with_labels_in_the_language_asked_for(
    together: dict[str, subprocess.CompletedProcess[str]], assistant: Assistant
) -> None:
    done = together["ask"]
    assert (done.returncode, done.stderr) == (0, "")
    printed, expected = json.loads(done.stdout), assistant.ask(CRYPTOCURRENCY, language="en").to_dict()
    assert list(printed) == list(expected)
    assert printed["citations"][0]["anchor"] == "cop10-2020-draft-resolution#op14"
    assert printed["citations"][0]["label"] == "operative para. 14"
    assert printed["sentences"] == expected["sentences"]
    assert "加密货币" in done.stdout


def test_search_prints_json_alone(together: dict[str, subprocess.CompletedProcess[str]]) -> None:
    done = together["search"]
    assert (done.returncode, done.stderr) == (0, "")
    printed = json.loads(done.stdout)
    assert list(printed) == ["hits"]
    assert [list(hit) for hit in printed["hits"]] == [["anchor", "language", "score", "text"]] * 3
    assert printed["hits"][0]["anchor"] == "cop10-2020-draft-resolution#op14"
    assert all(hit["anchor"].startswith("cop10-2020-draft-resolution#") for hit in printed["hits"])


def test_an_unknown_document_is_one_line_and_code_1(built_home: Path) -> None:
    done = run_here(application, "assistant", built_home, "ask", "标记枪支", "--doc", "wg6-1999")
    assert_one_line(done, "wg6-1999", "wg6-2020-report")


def test_a_question_without_words_is_one_line_and_code_1(tmp_path: Path) -> None:
    assert_one_line(run(tmp_path, "ask", "???。。。", "--json"), "no words")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("arguments", [("ask",), ("search", "枪支", "-k", "0")])
def test_wrong_usage_is_code_2(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    done = run(tmp_path, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Usage: python -m assistant" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_home_that_cannot_be_written_is_one_line_and_code_1(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = run(tmp_path / "file" / "home", "ask", "标记枪支")
    assert_one_line(done, "RAPPORTEUR_HOME")
    assert str(tmp_path) not in done.stderr


@pytest.mark.parametrize("content", [b"not a database at all " * 300, b"SQLite format 3\0" + b"\xaa" * 8000])
def test_a_garbage_library_file_is_one_line_and_code_1(tmp_path: Path, content: bytes) -> None:
    (tmp_path / LIBRARY_FILE).write_bytes(content)
    assert_one_line(run(tmp_path, "search", "标记枪支"), LIBRARY_FILE)
    assert (tmp_path / LIBRARY_FILE).read_bytes() == content


@pytest.mark.parametrize("broken", ["id: [unclosed", "id: wg6-2020-report\n", "nonsense: true\n"])
def test_a_broken_meta_file_is_one_line_and_the_library_is_as_it_was(
    copy_home: Callable[[], Path], tmp_path: Path, broken: str
) -> None:
    home, root = copy_home(), tmp_path / "tree"
    for stage in ("corpus", "embeddings", "assistant"):
        shutil.copytree(ROOT / stage, root / stage, ignore=shutil.ignore_patterns("__pycache__"))
    (root / "corpus" / "data" / "wg6-2020-report" / "meta.yaml").write_text(broken, "utf-8")
    before = rows(home)
    assert_one_line(run(home, "ask", "报告讨论要点41", root=root), "wg6-2020-report")
    assert rows(home) == before


@pytest.mark.parametrize(
    ("question", "official", "unofficial"),
    [
        ("What does discussion point 10 of the report say?", "Chinese (official United Nations text)",
         "English (unofficial working translation, not a United Nations text)"),
        ("报告讨论要点10怎么说？", "中文 (联合国正式文本)", "英文 (非正式工作译文，非联合国文本)"),
    ],
)  # fmt: skip
def test_ask_shows_each_cited_paragraph_in_both_languages(
    built_home: Path, question: str, official: str, unofficial: str
) -> None:
    done = run_here(application, "assistant", built_home, "ask", question, "--both")
    assert (done.returncode, done.stderr) == (0, "")
    chinese, english = done.stdout.index(official), done.stdout.index(unofficial)
    assert chinese < done.stdout.index("并将非法持有、上传和下载此类蓝图", chinese) < english
    assert english < done.stdout.index("criminalizing the illicit possession, uploading and downloading", english)
