"""Thirty passages and 42 queries in two languages, in ``data``, and folders of a few lines to break."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from embeddings.model import Encoder
from eval.beir.aligned import read_aligned
from eval.beir.search import BeirSearch

DATA = Path(__file__).parent / "data"

PASSAGES = (
    {"_id": "p1", "title": "Tides", "text": "The tide rises twice a day. The moon raises it."},
    {"_id": "p2", "title": "", "text": "A glacier moves several metres a day.", "metadata": {"source": "none"}},
)
QUERIES = ({"_id": "q1", "text": "Why does the tide rise?"}, {"_id": "q2", "text": "How fast is a glacier?", "n": 1})
QRELS = "query-id\tcorpus-id\tscore\nq1\tp1\t1\nq2\tp2\t1\n"


def json_lines(*values: object) -> str:
    """Values as a file of one a line holds them."""
    return "".join(json.dumps(value, ensure_ascii=False) + "\n" for value in values)


@pytest.fixture(scope="session")
def data_home(tmp_path_factory: pytest.TempPathFactory, know_centres: Callable[[Path], None]) -> Path:
    """The home folder that :func:`search` searches."""
    home = tmp_path_factory.mktemp("beir")
    know_centres(home)
    return home


@pytest.fixture(scope="session")
def search(data_home: Path, bundled_encoder: Encoder) -> BeirSearch:
    """The passages of both languages in one library. For reading only."""
    return BeirSearch.store(data_home, read_aligned([DATA / "zh", DATA / "en"]), bundled_encoder, progress=False)


@pytest.fixture
def new_home(tmp_path: Path, know_centres: Callable[[Path], None]) -> Path:
    """A home without documents."""
    know_centres(tmp_path / "home")
    return tmp_path / "home"


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """A function that writes a sound data set of two passages, or one of which a file is other than that."""

    def write_folder(
        name: str = "set",
        corpus: str | bytes | None = json_lines(*PASSAGES),
        queries: str | bytes | None = json_lines(*QUERIES),
        **qrels: str | bytes,
    ) -> Path:
        folder = tmp_path / name
        (folder / "qrels").mkdir(parents=True)
        files = {"corpus.jsonl": corpus, "queries.jsonl": queries}
        splits = qrels or {"qrels": QRELS}
        files |= {f"{at}.tsv" if at == "qrels" else f"qrels/{at}.tsv": rows for at, rows in splits.items()}
        for path, content in files.items():
            if content is not None:
                (folder / path).write_bytes(content if isinstance(content, bytes) else content.encode())
        return folder

    return write_folder
