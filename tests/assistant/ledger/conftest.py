"""A library of the bundled documents, without an index: the ledger needs none."""

from __future__ import annotations

import pytest

from assistant.ledger.book import Book
from corpus.home import BUNDLED_DATA
from corpus.library import Library
from corpus.sync import sync_folder


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Library:
    library = Library.open(tmp_path_factory.mktemp("ledger"))
    sync_folder(library, BUNDLED_DATA)
    return library


@pytest.fixture(scope="session")
def book(shelf: Library) -> Book:
    return Book(shelf)
