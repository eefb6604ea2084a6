"""``python -m eval run --questions`` over the real library: report, exit codes, faulty files refused with the line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest

from corpus.library import Library
from eval.__main__ import application
from tests.commands import run_here
from tests.shelf import add_paper

OPENS = {
    "id": "mine-1",
    "language": "en",
    "kind": "fact",
    "question": "When does the eighth meeting open?",
    "answerable": True,
    "gold": {"any": ["wg6-2021-agenda#item1a.1", "wg6-2021-agenda#annex.r1"]},
    "quotes": [{"anchor": "wg6-2021-agenda#item1a.1", "language": "en", "quote": "Monday, 10 May 2021, at 10 a.m."}],
    "must": [["10 a.m."]],
}
ABSENT = {"id": "mine-2", "language": "zh", "kind": "absent", "question": "法国的首都是哪里？", "answerable": False}


def written(folder: Path, *lines: object) -> Path:
    path = folder / "mine.jsonl"
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines) + "\n", encoding="utf-8")
    return path


def test_a_persons_own_questions_give_a_report(built_home: Path, tmp_path: Path) -> None:
    report = tmp_path / "report"
    path = written(tmp_path, OPENS, ABSENT)
    done = run_here(application, "eval", built_home, "run", "--questions", str(path), "--report", str(report))
    assert done.returncode == 0, done.stderr
    assert "citation_recall" in done.stdout
    assert sorted(file.name for file in report.iterdir()) == ["junit.xml", "report.html", "report.json"]
    found = json.loads((report / "report.json").read_text("utf-8"))
    assert [(result["id"], result["complaints"]) for result in found["results"]] == [("mine-1", []), ("mine-2", [])]
    assert found["gate"] is None
    suites = ElementTree.fromstring((report / "junit.xml").read_bytes())
    assert [(suite.get("name"), suite.get("tests"), suite.get("failures")) for suite in suites] == [
        ("questions", "2", "0")
    ]


@pytest.mark.parametrize(
    ("second", "reason"),
    [
        ({**OPENS, "id": "mine-2", "gold": {"any": ["wg6-2021-agenda#item99"]}}, "wg6-2021-agenda#item99"),
        ({**OPENS}, "repeats the id 'mine-1' of line 1"),
        ({**OPENS, "id": "mine-2", "quotes": [{**OPENS["quotes"][0], "quote": "at noon"}]}, "at noon"),  # type: ignore[index]
        ({**OPENS, "id": "mine-2", "colour": "red"}, "colour"),
        ("no object", "a string"),
    ],
)
def test_a_faulty_line_is_wrong_usage(built_home: Path, tmp_path: Path, second: object, reason: str) -> None:
    path = written(tmp_path, OPENS, second)
    done = run_here(application, "eval", built_home, "run", "--questions", str(path))
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    assert "mine.jsonl line 2" in done.stderr
    assert reason in done.stderr


def test_the_gate_is_for_the_projects_own_questions(built_home: Path, tmp_path: Path) -> None:
    done = run_here(application, "eval", built_home, "run", "--gate", "--questions", str(written(tmp_path, OPENS)))
    assert done.returncode == 2
    assert "--gate with --questions" in done.stderr


def test_questions_about_a_document_of_ones_own_are_asked_too(built_home: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(built_home, home)
    add_paper(Library.open(home), ["Seals eat fish in the northern sea."], "seals", kind="other")
    own = {
        "id": "mine-2", "language": "en", "kind": "fact", "question": "What do seals eat?", "answerable": True,
        "gold": {"any": ["seals#p1"]}, "quotes": [{"anchor": "seals#p1", "language": "en", "quote": "Seals eat fish"}],
        "must": [["fish"]],
    }  # fmt: skip
    report = tmp_path / "report"
    path = written(tmp_path, OPENS, own)
    done = run_here(application, "eval", home, "run", "--questions", str(path), "--report", str(report))
    assert done.returncode == 0, done.stderr
    found = json.loads((report / "report.json").read_text("utf-8"))
    assert [(result["id"], result["complaints"]) for result in found["results"]] == [("mine-1", []), ("mine-2", [])]
