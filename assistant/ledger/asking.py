"""What an assistant knows of who said what."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.ledger.records import Ledger
from assistant.live import Live, of_one_generation
from corpus.records import Language


class Ledgers:
    """The part of an assistant that keeps a ledger of its library."""

    _live: Live

    @of_one_generation
    def ledger(
        self, actor: str = "", topic: str = "", documents: Sequence[str] = (), *, language: Language | None = None
    ) -> Ledger:
        """Who said what: the entries of an actor, about a topic, in some documents; all where nothing is said.

        See :meth:`assistant.ledger.book.Book.ledger` for arguments and errors.
        """
        return self._live.now.responder.book.ledger(actor, topic, documents, language)
