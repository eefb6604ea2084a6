"""What ``python -m eval run`` and ``accept`` leave for the page: a project of four questions, over the real library."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

import eval
from eval.__main__ import application
from eval.report.summary import SUMMARY
from tests.commands import run_here
from tests.patience import PROCESS

ROOT = Path(eval.__file__).parent.parent
OPENS: dict[str, Any] = {
    "id": "opens-en", "language": "en", "kind": "fact", "split": "test", "answerable": True,
    "question": "When does the eighth meeting open?",
    "gold": {"any": ["wg6-2021-agenda#item1a.1", "wg6-2021-agenda#annex.r1"]},
}  # fmt: skip
CAPITAL = {
    "id": "capital-zh",
    "language": "zh",
    "kind": "absent",
    "split": "test",
    "question": "法国的首都是哪里？",
    "answerable": False,
}
# Neither is answered by the paragraph it names: both fall short.
SHOWN = {**OPENS, "id": "shown", "split": "dev", "gold": {"any": ["wg6-2014-background#p59"]}}
HIDDEN = {**SHOWN, "id": "hidden", "split": "test", "question": "At what time will the eighth meeting open?"}


@pytest.fixture
def project(tmp_path: Path) -> Callable[..., Path]:
    """A function that makes a project whose own questions are these: the evaluation copied, what it measures linked.

    Where nothing depends on how good briefing notes and the check of sentences are, one note is written for each half
    of the gold list and one sentence in twenty checked, not all.
    """

    def made(*questions: object, all_parts: bool = False) -> Path:
        root = tmp_path / "project"
        shutil.copytree(ROOT / "eval", root / "eval", ignore=shutil.ignore_patterns("__pycache__", "released.json"))
        for name in ("corpus", "embeddings", "assistant", "pyproject.toml"):
            (root / name).symlink_to(ROOT / name)
        lines = "".join(json.dumps(question, ensure_ascii=False) + "\n" for question in questions)
        (root / "eval" / "questions.jsonl").write_text(lines, encoding="utf-8")
        if not all_parts:
            claims = root / "eval" / "claims.jsonl"
            some = claims.read_text(encoding="utf-8").splitlines(keepends=True)[::20]
            claims.write_text("".join(some), encoding="utf-8")
            gold = yaml.safe_load((ROOT / "eval" / "briefs.yaml").read_text(encoding="utf-8"))
            gold["briefs"] = gold["briefs"][:2]
            (root / "eval" / "briefs.yaml").write_text(yaml.safe_dump(gold, allow_unicode=True), encoding="utf-8")
        return root

    return made


def evaluate(root: Path, home: Path, command: str) -> subprocess.CompletedProcess[str]:
    """``python -m eval`` in a process of its own, in that project."""
    return subprocess.run(
        [sys.executable, "-m", "eval", command],
        cwd=root, capture_output=True, text=True, encoding="utf-8", check=False,
        env={**os.environ, "RAPPORTEUR_HOME": str(home)}, timeout=PROCESS,
    )  # fmt: skip


def test_a_run_over_the_projects_own_questions_leaves_its_summary_and_one_over_others_does_not(
    project: Callable[..., Path], copy_home: Callable[[], Path], tmp_path: Path
) -> None:
    home = copy_home()
    done = evaluate(project(OPENS, CAPITAL, SHOWN, HIDDEN), home, "run")
    assert done.returncode == 0, done.stderr
    text = (home / SUMMARY).read_text(encoding="utf-8")
    found = json.loads(text)
    assert (found["origin"], found["documents"], found["gate"]) == ("run", 5, None)
    assert len(found["model"]) == 16
    (failure,) = found["failures"]
    assert (failure["id"], failure["faults"]) == ("shown", ["uncited", "first_citation"])
    assert "hidden" not in text
    hits = next(
        row for row in found["figures"] if (row["split"], row["language"], row["figure"]) == ("test", "all", "hit@1")
    )
    assert (hits["value"], hits["questions"]) == (0.5, 2)

    own = tmp_path / "mine.jsonl"
    own.write_text(json.dumps({**OPENS, "id": "mine"}) + "\n", encoding="utf-8")
    other = run_here(application, "eval", home, "run", "--questions", str(own))
    assert other.returncode == 0, other.stderr
    assert (home / SUMMARY).read_text(encoding="utf-8") == text


def test_a_summary_that_cannot_be_kept_is_a_warning(
    project: Callable[..., Path], copy_home: Callable[[], Path]
) -> None:
    home = copy_home()
    (home / SUMMARY).mkdir()
    done = evaluate(project(OPENS, CAPITAL), home, "run")
    assert done.returncode == 0, done.stderr
    assert "abstention_recall" in done.stdout
    assert "eval: the summary cannot be written" in done.stderr
    assert "Traceback" not in done.stderr


def test_what_is_accepted_is_released(project: Callable[..., Path], copy_home: Callable[[], Path]) -> None:
    root, home = project(OPENS, CAPITAL, SHOWN, all_parts=True), copy_home()
    done = evaluate(root, home, "accept")
    assert done.returncode == 0, done.stdout + done.stderr
    released = json.loads((root / "eval" / "released.json").read_bytes())
    assert (released["origin"], released["gate"]) == ("release", {"passes": True, "fallen": []})
    assert [failure["id"] for failure in released["failures"]] == ["shown"]
    assert json.loads((root / "eval" / "baseline.json").read_bytes()).keys() == {"opens-en", "capital-zh"}
    # What is released says nothing of this computer's library.
    assert not (home / SUMMARY).exists()
