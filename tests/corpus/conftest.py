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
from corpus.records import Document, Language, Unit
from corpus.sync import sync_folder
from tests.corpus.translation import Piece, pieces_of

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
def versions(documents: dict[str, Document]) -> dict[tuple[str, Language], Parsed]:
    """Each language version of the bundled documents parsed, by id and language."""
    return {
        (doc_id, version.language): parse_version(
            documents[doc_id], version.language, (BUNDLED_DATA / doc_id / version.file).read_bytes()
        )
        for doc_id in BUNDLED
        for version in documents[doc_id].versions
    }


@pytest.fixture(
    params=[(doc_id, language) for doc_id in BUNDLED for language in ("zh", "en")], ids=lambda key: "-".join(key)
)
def version(request: pytest.FixtureRequest, versions: dict[tuple[str, Language], Parsed]) -> Parsed:
    """Each language version in turn."""
    return versions[request.param]


@pytest.fixture(scope="session")
def parsed(versions: dict[tuple[str, Language], Parsed]) -> dict[str, Parsed]:
    """The Chinese version of each document, by its id."""
    return {doc_id: versions[doc_id, "zh"] for doc_id in BUNDLED}


@pytest.fixture(scope="session")
def units(parsed: dict[str, Parsed]) -> dict[str, Unit]:
    """Every Chinese unit of the bundled documents, by its anchor id (``wg6-2020-report#dp10``)."""
    return {unit.anchor_id: unit for version in parsed.values() for unit in version.units}


@pytest.fixture(scope="session")
def english_units(versions: dict[tuple[str, Language], Parsed]) -> dict[str, Unit]:
    """Every English unit of the bundled documents, by its anchor id."""
    return {unit.anchor_id: unit for doc_id in BUNDLED for unit in versions[doc_id, "en"].units}


@pytest.fixture(scope="session")
def pieces(versions: dict[tuple[str, Language], Parsed]) -> list[Piece]:
    """Every unit, note and heading of the bundled documents in both languages."""
    return [piece for doc_id in BUNDLED for piece in pieces_of(versions[doc_id, "zh"], versions[doc_id, "en"])]


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
