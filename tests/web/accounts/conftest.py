"""An application with a login, and a browser before it that has not logged in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from corpus.library import Library
from tests.patience import PATIENCE
from tests.web.accounts.people import Clock, accounts_in, file_of
from tests.web.conftest import Site, serving
from tests.web.fake import FakeAssistant
from web.accounts.throttle import WITHIN_S
from web.security import LOOPBACK_NAMES


@pytest.fixture(scope="module")
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("users")


@pytest.fixture(scope="module")
def running(made: Library, clock: Clock, folder: Path) -> Iterator[Site]:
    names = (*LOOPBACK_NAMES, "rapporteur.example.org")
    with serving(FakeAssistant(made), made, accounts=accounts_in(folder, clock), names=names) as site:
        yield site


@pytest.fixture
def client(running: Site, clock: Clock, folder: Path) -> Iterator[httpx.Client]:
    """A browser that has not logged in; what failed before is long ago."""
    clock.passes(WITHIN_S)
    file_of(folder)
    with httpx.Client(base_url=running.url, headers={"accept-language": "en"}, timeout=PATIENCE) as client:
        yield client
