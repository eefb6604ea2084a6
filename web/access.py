"""Who asks: the reader that a request comes from, and what that reader may do."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from starlette.requests import HTTPConnection

READER: Final = "rapporteur.reader"


@dataclass(frozen=True)
class Reader:
    """Who asks. ``name`` is empty where there is no login: whoever sits at this computer, who may do everything.

    A librarian changes what all readers share; any other reader adds, changes and removes only what is theirs.
    """

    name: str = ""
    librarian: bool = True

    @property
    def owners(self) -> Collection[str] | None:
        """Whose documents the reader may change, the empty name standing for those that are shared; None for all.

        As :func:`corpus.shelf.removing.remove` and the others take it.
        """
        if not self.name:
            return None if self.librarian else frozenset()
        return frozenset({self.name, ""} if self.librarian else {self.name})

    def may_change(self, owner: str) -> bool:
        """Whether the reader may change, remove and bring back a document of an owner, shared where that is empty."""
        return self.owners is None or owner in self.owners


#: Who has not said who they are, where that is asked: sees what is shared and changes nothing.
NOBODY: Final = Reader(librarian=False)


def reader_of(connection: HTTPConnection) -> Reader:
    """The reader that a request or another connection comes from."""
    reader = connection.scope.get(READER, Reader())
    assert isinstance(reader, Reader)
    return reader
