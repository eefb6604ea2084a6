"""What adding a file would do, and doing it once its reader has confirmed it."""

from __future__ import annotations

import logging
from collections.abc import Container

from corpus.errors import RapporteurError
from corpus.library import Library
from corpus.shelf.adding import Added, add_version, foresee
from corpus.shelf.description import Description
from web.access import Reader
from web.adding import refusals
from web.adding.form import Filled, description_in, first_filled, is_certain, wrong_in
from web.adding.staging import Staged, Staging

logger = logging.getLogger(__name__)


def filled_of(staged: Staged) -> Filled:
    """The form of a file that was read, as its reader has it, else as its masthead fills it in."""
    assert staged.reading is not None
    return staged.filled or first_filled(staged.reading, staged.name)


def whose(reader: Reader) -> str:
    """The name of whom a document will be alone that a reader adds; empty where all readers will share it."""
    return "" if reader.librarian else reader.name


def foreseen(library: Library, reader: Reader, staged: Staged, filled: Filled) -> Added:
    """What adding the file so would do, for its reader.

    Raises:
        RapporteurError: it would be refused; the message says why.
    """
    assert staged.reading is not None
    return foresee(library, staged.reading, _described(library, staged, filled), staged.data, whose(reader))


def is_plain(library: Library, reader: Reader, staged: Staged) -> bool:
    """Whether a file may be confirmed together with others: nothing to check, and nothing that it replaces."""
    if staged.state != "read" or staged.reading is None or staged.filled is not None:
        return False
    if not is_certain(staged.reading, staged.name) or wrong_in(filled_of(staged)):
        return False
    try:
        plan = foreseen(library, reader, staged, filled_of(staged))
    except RapporteurError:
        return False
    return plan.outcome in ("new", "paired") and not (plan.only_here or plan.only_there)


def confirm(library: Library, staging: Staging, reader: Reader, staged: Staged, filled: Filled) -> bool:
    """Adds a file as its reader has filled in its form; whether it was.

    What keeps it out is left beside the file: fields that cannot be, or why the library refuses it.
    """
    wrong = wrong_in(filled)
    if wrong:
        staging.change(staged, filled=filled, wrong=wrong, error=None)
        return False
    adding = staging.change(staged, state="adding", filled=filled, wrong={}, error=None)
    if adding is None or adding.reading is None:
        return False
    try:
        described = _described(library, adding, filled)
        added = _add(library, reader, adding, described)
    except RapporteurError as error:
        staging.change(adding, state="read", error=error)
        return False
    except Exception:
        logger.exception("a file could not be added")
        staging.change(adding, state="read", error=refusals.failed(adding.name))
        return False
    staging.change(adding, state="added", added=added, generation=library.generation(), data=b"", reading=None)
    return True


def _add(library: Library, reader: Reader, staged: Staged, described: Description) -> Added:
    """The one place where a reader's file enters the library."""
    assert staged.reading is not None
    return add_version(library, staged.reading, described, staged.data, staged.name, whose(reader))


def _described(library: Library, staged: Staged, filled: Filled) -> Description:
    assert staged.reading is not None

    def taken() -> Container[str]:
        return {document.doc_id for document in library.documents()}

    return description_in(filled, staged.reading, staged.name, taken)
