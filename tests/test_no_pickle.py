"""Nothing is ever unpickled: a file that runs code when it is read has no place in a library."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
#: Modules whose reading runs what a file says, and calls that do so where they are told to.
RUNS_CODE = frozenset("pickle cPickle _pickle dill cloudpickle joblib shelve marshal".split())
RUN_CODE = frozenset(
    "torch.load pandas.read_pickle pd.read_pickle yaml.full_load yaml.unsafe_load eval exec os.system".split()
)
FOLDERS = ("corpus", "embeddings", "assistant", "eval", "web", "benchmarks", "docs")


def unpickling(source: str) -> list[str]:
    """What in a source unpickles, or may."""
    found = []
    for node in ast.walk(ast.parse(source)):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [name.name.split(".")[0] for name in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names = [(node.module or "").split(".")[0]]
        elif isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            allowed = any(
                word.arg == "allow_pickle" and not (isinstance(word.value, ast.Constant) and word.value.value is False)
                for word in node.keywords
            )
            trusted = any(word.arg == "trust_remote_code" for word in node.keywords)
            unsafe = called == "yaml.load" and not any(word.arg == "Loader" for word in node.keywords)
            names = ["pickle"] if allowed or trusted or unsafe or called in RUN_CODE else []
        found += [name for name in names if name in RUNS_CODE]
    return found


@pytest.mark.parametrize(
    "source",
    ["import pickle", "from joblib import load", "def f():\n    import shelve", "np.load(x, allow_pickle=True)",
     "np.load(x, allow_pickle=flag)", "torch.load(path)", "yaml.load(text)", "exec(text)", "os.system(text)",
     "SentenceTransformer(name, trust_remote_code=True)"],
)  # fmt: skip
def test_unpickling_is_seen(source: str) -> None:
    assert unpickling(source)


def test_reading_plain_arrays_is_not_taken_for_it() -> None:
    assert unpickling("import numpy\nnp.load(x, allow_pickle=False)\nnp.load(y)\njson.load(z)\nyaml.safe_load(t)") == []


def test_nothing_is_unpickled() -> None:
    files = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py")] + [ROOT / "app.py"]
    assert len(files) > 100
    assert [str(path.relative_to(ROOT)) for path in files if unpickling(path.read_text("utf-8"))] == []
