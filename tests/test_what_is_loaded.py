"""A command loads what it needs: torch takes a second, sentence-transformers three, scipy a third of one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.patience import PROCESS

ROOT = Path(__file__).parents[1]
RUN = """
import json, runpy, sys
wanted, sys.argv = sys.argv[1].split(","), sys.argv[2:]
try:
    runpy.run_module(sys.argv[0], run_name="__main__")
except SystemExit as left:
    assert not left.code, left.code
print(json.dumps([name for name in wanted if name in sys.modules]), file=sys.stderr)
"""


def loaded(home: Path, packages: str, *command: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", RUN, packages, *command],
        cwd=ROOT, env={**os.environ, "RAPPORTEUR_HOME": str(home)}, capture_output=True, text=True, timeout=PROCESS,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found: list[str] = json.loads(done.stderr.splitlines()[-1])
    return found


@pytest.mark.parametrize(
    ("command", "packages", "needed"),
    [
        (("corpus", "list"), "numpy,torch,faiss,scipy,sentence_transformers,sqlite3", ["sqlite3"]),
        (
            ("assistant", "ask", "什么是幽灵枪？"),
            "torch,transformers,sentence_transformers,scipy,gradio,faiss",
            ["faiss"],
        ),
        (("assistant", "compare", "wg6-2020-chair-summary", "wg6-2020-report"), "torch,transformers,scipy", ["scipy"]),
    ],
)
def test_a_command_loads_what_it_needs(
    built_home: Path, command: tuple[str, ...], packages: str, needed: list[str]
) -> None:
    assert loaded(built_home, packages, *command) == needed


def test_the_application_answers_without_sentence_transformers(built_home: Path) -> None:
    asking = "Assistant.open().ask('什么是幽灵枪？')"
    code = f"import sys; from assistant import Assistant; {asking}; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT, env={**os.environ, "RAPPORTEUR_HOME": str(built_home)},
        capture_output=True, text=True, timeout=PROCESS,
    )  # fmt: skip
    modules = done.stdout.split()
    assert "torch" in modules
    assert not {"sentence_transformers", "transformers"} & set(modules)


def test_what_is_wrong_with_the_command_is_told_before_anything_is_loaded() -> None:
    code = """
import json, runpy, sys
sys.argv = ["app.py", "--host", "0.0.0.0"]
try:
    runpy.run_path("app.py", run_name="__main__")
except SystemExit:
    print(json.dumps(sorted({"torch", "gradio", "fastapi", "numpy"} & set(sys.modules))))
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=PROCESS)
    assert done.stderr.startswith("app: --host 0.0.0.0;")
    assert json.loads(done.stdout) == []
