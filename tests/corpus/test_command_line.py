"""``python -m corpus`` as a person runs it: the result on standard output, one line of error, exit codes 0, 1 and 2."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.patience import PROCESS

ROOT = Path(__file__).parents[2]
# The line that list prints of each document: id, units (each counted once, whatever its languages), symbol and its
# status, title; newest first, and of one year the report before the drafts.
LISTED = [
    ("wg6-2021-agenda", "37 units", "CTOC/COP/WG.6/2021/1 (inferred)", "枪支问题工作组第八次会议临时议程说明"),
    ("wg6-2020-report", "91 units", "CTOC/COP/WG.6/2020/4 (inferred)", "枪支问题工作组会议报告"),
    ("cop10-2020-draft-resolution", "45 units", "- (unknown)", "萨尔瓦多、危地马拉和墨西哥：决议修订草案"),
    ("wg6-2020-chair-summary", "29 units", "- (unknown)", "增编，附件一：主席的总结"),
    ("wg6-2014-background", "95 units", "CTOC/COP/WG.6/2014/3 (inferred)", "秘书处编写的背景文件"),
]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder that the commands of this file share."""
    return tmp_path_factory.mktemp("commands") / "home"


def _corpus(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "RAPPORTEUR_HOME": str(home), "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [sys.executable, "-m", "corpus", *arguments],
        cwd=ROOT, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=PROCESS, check=False,
    )  # fmt: skip


def _assert_refused_in_one_line(done: subprocess.CompletedProcess[str], *words: str) -> None:
    assert done.returncode == 1
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert done.stderr.startswith("corpus: ")
    assert "; expected " in done.stderr
    assert "Traceback" not in done.stderr
    for word in words:
        assert word in done.stderr


def test_list_prints_a_line_a_document_newest_first(home: Path) -> None:
    done = _corpus(home, "list")
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert len(lines) == len(LISTED)
    for line, words in zip(lines, LISTED, strict=True):
        assert line.startswith(words[0])
        assert all(word in line for word in (*words, "en+zh"))
    assert (home / "library.sqlite3").is_file()


def test_show_prints_a_unit_with_its_label_headings_and_standing(home: Path) -> None:
    done = _corpus(home, "show", "wg6-2020-report", "dp9")
    assert (done.returncode, done.stderr) == (0, "")
    assert "wg6-2020-report#dp9" in done.stdout
    assert "2020年会议报告，讨论要点9" in done.stdout
    assert "1. 关于立法措施的讨论要点" in done.stdout
    assert (
        "\n认识到停用枪支不同于销毁枪支，为防止非法重新启用枪支，缔约国应考虑依照《枪支议定书》采用国家停用标准，"
        "使武器永久无法使用，相当于销毁其底把或机匣。\n"
    ) in done.stdout
    assert "讨论要点未经逐行谈判和最后通过" in done.stdout


def test_show_prints_the_language_asked_for(home: Path) -> None:
    done = _corpus(home, "show", "wg6-2020-report", "dp9", "--language", "en")
    assert (done.returncode, done.stderr) == (0, "")
    assert "wg6-2020-report#dp9  report of the 2020 meeting, discussion point 9\n" in done.stdout
    assert "\nRecognizing that the deactivation of firearms differs from the destruction of firearms" in done.stdout
    whole = _corpus(home, "show", "wg6-2021-agenda", "--language", "en").stdout.splitlines()
    assert whole[0] == "[head] Working Group on Firearms"
    assert sum(line.startswith("[") for line in whole) == 37


def test_show_prints_the_footnotes_of_a_unit(home: Path) -> None:
    done = _corpus(home, "show", "cop10-2020-draft-resolution", "pp4")
    assert done.returncode == 0
    assert "[2] 大会第 70/1 号决议。" in done.stdout


def test_show_prints_a_document_whole(home: Path) -> None:
    done = _corpus(home, "show", "wg6-2021-agenda")
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0] == "[head] 枪支问题工作组"
    assert "[item1a] 会议开幕；" in lines
    assert "[item6.1] 工作组将通过本次会议的报告，报告草稿将由秘书处编写。" in lines
    assert sum(line.startswith("[") for line in lines) == 37


def test_check_proves_that_no_character_is_lost_or_doubled(home: Path) -> None:
    done = _corpus(home, "check")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("missing 0, doubled 0, altered 0") == 10
    assert "wg6-2020-report (zh): 91 units" in done.stdout
    assert "wg6-2020-report (en): 91 units" in done.stdout
    assert done.stdout.count("44 discussion_point, 1 head, 46 paragraph") == 2


def test_an_unknown_document_or_anchor_is_one_line_and_code_1(home: Path) -> None:
    _assert_refused_in_one_line(_corpus(home, "show", "wg6-1999"), "wg6-1999", "wg6-2020-report")
    _assert_refused_in_one_line(_corpus(home, "show", "wg6-2020-report", "p47"), "p47", "wg6-2020-report")


@pytest.mark.parametrize(
    "arguments",
    [
        ("show",),
        ("remember",),
        ("list", "extra"),
        ("check", "--fast"),
        ("show", "wg6-2021-agenda", "--language", "fr"),
        (),
    ],
)
def test_wrong_usage_is_code_2(home: Path, arguments: tuple[str, ...]) -> None:
    done = _corpus(home, *arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "Usage: python -m corpus" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_home_that_cannot_be_written_is_one_line_and_code_1(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = _corpus(tmp_path / "file" / "home", "list")
    _assert_refused_in_one_line(done, "RAPPORTEUR_HOME")
    assert str(tmp_path) not in done.stderr


def test_a_library_file_of_another_kind_is_one_line_and_code_1(tmp_path: Path) -> None:
    (tmp_path / "library.sqlite3").write_bytes(b"not a database at all " * 300)
    _assert_refused_in_one_line(_corpus(tmp_path, "list"), "library.sqlite3")


def test_a_library_file_damaged_inside_is_one_line_and_code_1(tmp_path: Path) -> None:
    assert _corpus(tmp_path, "list").returncode == 0
    file = tmp_path / "library.sqlite3"
    content = file.read_bytes()
    file.write_bytes(content[:4096] + b"\xaa" * (len(content) - 4096))
    _assert_refused_in_one_line(_corpus(tmp_path, "list"), "library.sqlite3")
