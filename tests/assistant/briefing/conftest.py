"""The bundled documents without vectors: what is not searched for needs none."""

from __future__ import annotations

import pytest

from corpus.library import Library
from tests.assistant.briefing.notes import seeds


@pytest.fixture(scope="session")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return seeds(tmp_path_factory.mktemp("texts") / "home")
