"""One arrow: corpus → embeddings → assistant → web and app, or eval. A stage imports only stages to its left."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
#: What each part of the product may import of the others. Benchmarks may import any but the application.
ALLOWED = {
    "corpus": set[str](),
    "embeddings": {"corpus"},
    "assistant": {"corpus", "embeddings"},
    "eval": {"corpus", "embeddings", "assistant"},
    "web": {"corpus", "assistant"},
    "app": {"corpus", "assistant", "web"},
    "benchmarks": {"corpus", "embeddings", "assistant", "eval", "web"},
    "docs": {"assistant", "web"},
}


def sources(part: str) -> list[Path]:
    """The Python files of a part, which is a folder or a file at the top."""
    return sorted((ROOT / part).rglob("*.py")) or [ROOT / f"{part}.py"]


def imported(source: str, package: str = "") -> set[tuple[str, int]]:
    """The top-level modules a source imports, wherever in it, each with its line."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {(name.name.split(".")[0], node.lineno) for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            name = package if node.level else (node.module or "")
            found.add((name.split(".")[0], node.lineno))
        elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in {"import_module", "__import__"}:
                found.add((str(node.args[0].value).split(".")[0], node.lineno))
    return found


def test_an_import_is_seen_wherever_it_stands() -> None:
    source = """
import corpus.library, json
from embeddings.model import Encoder
from . import other
def late():
    from assistant import Assistant
    importlib.import_module("web.page")
if TYPE_CHECKING:
    import app
"""
    seen = {name for name, _ in imported(source, "corpus")}
    assert seen == {"corpus", "json", "embeddings", "assistant", "web", "app"}


def test_every_part_of_the_product_is_known() -> None:
    """A new folder or file at the top must be given its place in the arrow."""
    folders = {path.parent.name for path in ROOT.glob("*/*.py")} | {path.stem for path in ROOT.glob("*.py")}
    assert {name for name in folders if not name.startswith(".")} - {"tests"} == ALLOWED.keys()


@pytest.mark.parametrize("part", ALLOWED)
def test_a_part_imports_only_what_is_to_its_left(part: str) -> None:
    files = sources(part)
    assert all(file.is_file() for file in files)
    strangers = [
        f"{file.relative_to(ROOT)}:{line} imports {name}"
        for file in files
        for name, line in sorted(imported(file.read_text("utf-8"), part))
        if name in ALLOWED.keys() | {"tests"} and name not in ALLOWED[part] | {part}
    ]
    assert strangers == []
    if part in {"app", "benchmarks"}:
        assert not any(name == "app" for file in files for name, _ in imported(file.read_text("utf-8")))
