"""Every promise of docs/security.md names tests that exist, and what is pinned is pinned."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "security.md"
HELD_BY = "held by"
TEST = re.compile(r"`([\w/]+\.py)::(\w+)`")


def rows(text: str) -> list[tuple[str, str]]:
    """Each promise of the tables that say what holds it, and that."""
    found, within = [], False
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")] if line.startswith("|") else []
        within = bool(cells) and (within or cells[-1] == HELD_BY)
        if within and cells[-1] != HELD_BY and not cells[-1].startswith("--"):
            found.append((cells[0], cells[-1]))
    return found


@cache
def functions_of(file: str) -> frozenset[str]:
    """The tests that a file under ``tests/`` defines; none where there is no such file."""
    path = ROOT / "tests" / file
    tree = ast.parse(path.read_text("utf-8")) if path.is_file() else ast.Module([], [])
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


def missing(held_by: str) -> list[str]:
    """What is wrong with the cell that names tests."""
    named = TEST.findall(held_by)
    if not named:
        return [f"no test in {held_by!r}"]
    return [f"{file}::{name}" for file, name in named if not name.startswith("test_") or name not in functions_of(file)]


def test_every_promise_is_held_by_tests_that_exist() -> None:
    promises = rows(PAGE.read_text("utf-8"))
    assert len(promises) > 40
    wrong = {promise: found for promise, held_by in promises if (found := missing(held_by))}
    assert wrong == {}


@pytest.mark.parametrize(
    "held_by", ["", "a test", "`test_promises.py::test_nowhere`", "`nowhere.py::test_x`", "`test_promises.py::rows`"]
)
def test_a_promise_without_a_test_would_be_seen(held_by: str) -> None:
    assert missing(held_by)
    assert rows(f"| promise | held by |\n|---|---|\n| this | {held_by} |\n") == [("this", held_by)]


def test_every_complaint_about_comparable_systems_has_its_row() -> None:
    complaints = PAGE.read_text("utf-8").partition("## Complaints")[2].partition("\n## ")[0]
    assert len(rows(complaints)) == 12


def test_every_version_is_pinned() -> None:
    for name in ("requirements.txt", "requirements-dev.txt", "requirements-model.txt", "requirements-scale.txt"):
        lines = [line.partition("#")[0].strip() for line in (ROOT / name).read_text("utf-8").splitlines()]
        loose = [
            line for line in lines if line and not line.startswith("-r ") and not re.match(r"[\w.\[\]-]+==\d", line)
        ]
        assert loose == [], name
    (gradio,) = re.findall(r"^gradio==(\d+)\.(\d+)", (ROOT / "requirements.txt").read_text("utf-8"), re.MULTILINE)
    assert tuple(map(int, gradio)) >= (6, 20)
