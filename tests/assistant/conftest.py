"""What these tests ask with: the records of the bundled documents, and the questions kept in ``data``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from corpus.home import BUNDLED_DATA
from corpus.meta import read_meta
from corpus.records import Document

#: In the order of the library: newest first, and of one year the report before the drafts.
DOC_IDS = (
    "wg6-2021-agenda",
    "wg6-2020-report",
    "cop10-2020-draft-resolution",
    "wg6-2020-chair-summary",
    "wg6-2014-background",
)


@pytest.fixture(scope="session")
def documents() -> tuple[Document, ...]:
    """The record of each bundled document."""
    return tuple(read_meta(BUNDLED_DATA / doc_id / "meta.yaml") for doc_id in DOC_IDS)


def _questions(name: str) -> list[dict[str, Any]]:
    path = Path(__file__).parent / "data" / f"{name}.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="session")
def kept_questions() -> list[dict[str, Any]]:
    """The development questions and the held-out ones."""
    return _questions("development") + _questions("heldout")


@pytest.fixture(scope="session")
def crossing_questions() -> list[dict[str, Any]]:
    """The questions for search across languages."""
    return _questions("crossing")
