"""Who asks: the reader that a request comes from, and what that reader may do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from starlette.requests import HTTPConnection

_READER: Final = "rapporteur.reader"


@dataclass(frozen=True)
class Reader:
    """Who asks. ``name`` is empty where there is no login: whoever sits at this computer, who may do everything.

    A librarian changes what all readers share; any other reader adds, changes and removes only what is theirs.
    """

    name: str = ""
    librarian: bool = True


def reader_of(connection: HTTPConnection) -> Reader:
    """The reader that a request or another connection comes from."""
    reader = connection.scope.get(_READER, Reader())
    assert isinstance(reader, Reader)
    return reader
