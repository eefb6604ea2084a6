"""The bundled documents, parsed once; a library of them; and copies of their folders to change."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.home import BUNDLED_DATA
from corpus.library import Library
from corpus.meta import read_meta
from corpus.parse.builder import Parsed
from corpus.parse.document import parse_version
from corpus.records import Document, Unit
from corpus.sync import sync_folder

BUNDLED = (
    "wg6-2021-agenda",
    "wg6-2020-report",
    "wg6-2014-background",
    "cop10-2020-draft-resolution",
    "wg6-2020-chair-summary",
)


@pytest.fixture(params=BUNDLED)
def doc_id(request: pytest.FixtureRequest) -> str:
    """The id of each bundled document in turn."""
    return str(request.param)


@pytest.fixture(scope="session")
def documents() -> dict[str, Document]:
    """The record of each bundled document, by its id."""
    return {doc_id: read_meta(BUNDLED_DATA / doc_id / "meta.yaml") for doc_id in BUNDLED}


@pytest.fixture(scope="session")
def parsed(documents: dict[str, Document]) -> dict[str, Parsed]:
    """Each bundled document parsed, by its id."""
    return {
        doc_id: parse_version(documents[doc_id], "zh", (BUNDLED_DATA / doc_id / "zh.txt").read_bytes())
        for doc_id in BUNDLED
    }


@pytest.fixture(scope="session")
def units(parsed: dict[str, Parsed]) -> dict[str, Unit]:
    """Every unit of the bundled documents, by its anchor id (``wg6-2020-report#dp10``)."""
    return {unit.anchor_id: unit for version in parsed.values() for unit in version.units}


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """A library of the bundled documents, for reading only."""
    built = Library.open(tmp_path_factory.mktemp("home"))
    sync_folder(built, BUNDLED_DATA)
    return built


@pytest.fixture
def copy_of(tmp_path: Path) -> Callable[..., Path]:
    """A function that copies bundled document folders to a data folder of the test's own."""

    def copy(*doc_ids: str, into: str = "data") -> Path:
        for doc_id in doc_ids:
            shutil.copytree(BUNDLED_DATA / doc_id, tmp_path / into / doc_id)
        return tmp_path / into

    return copy
