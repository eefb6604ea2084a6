"""What no file of the product may hold: paths of the machine it was written on, and notes of work left over."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TEXT = {".py", ".md", ".yaml", ".yml", ".toml", ".txt", ".js", ".css", ".html", ".json", ".jsonl", ".sh", ""}
# Written in parts, so that this file is a file like any other.
_FOLDERS = "|".join(("work", "root", "home", "Users", "mnt", "workspace", "tmp"))
MACHINE_PATH = re.compile(rf"(?<![\w.:/~$}})-])/(?:{_FOLDERS})/[\w.-]|\b[A-Z]:\\+(?:Users|Documents)\b")
LEFT_OVER = re.compile(r"\b(?:TO" + "DO|FIX" + r"ME)\b")


def product_files() -> list[Path]:
    """The files that git keeps or would keep; where there is no git, all but hidden folders and builds."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True,
        ).stdout  # fmt: skip
        found = [ROOT / name for name in listed.split("\0") if name]
    except (OSError, subprocess.CalledProcessError):
        hidden = re.compile(r"^(?:\.(?!ci$)|__pycache__$|.*\.egg-info$)")
        found = [
            path for path in ROOT.rglob("*")
            if not any(hidden.match(part) for part in path.relative_to(ROOT).parts[:-1])
        ]  # fmt: skip
    return sorted(path for path in found if path.is_file() and path.suffix in TEXT)


def lines_with(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}"
        for path in product_files()
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if pattern.search(line)
    ]


def test_all_parts_of_the_product_are_read() -> None:
    names = {str(path.relative_to(ROOT)) for path in product_files()}
    assert {"app.py", "Makefile", ".ci/run", "pyproject.toml", "corpus/data/wg6-2020-report/meta.yaml"} <= names
    assert len(names) > 80


def test_no_path_of_a_machine() -> None:
    assert lines_with(MACHINE_PATH) == []


def test_nothing_is_left_to_do() -> None:
    assert lines_with(LEFT_OVER) == []


@pytest.mark.parametrize("folder", ["work", "root", "home", "Users"])
def test_a_path_of_a_machine_is_seen(folder: str) -> None:
    assert MACHINE_PATH.search(f'open("/{folder}/someone/file")')
    assert MACHINE_PATH.search(f"/{folder}/x")
    assert not MACHINE_PATH.search(f"https://example.org/{folder}/page")
    assert not MACHINE_PATH.search(f"$PWD/{folder}/x")
