"""What an assistant does with two documents: it compares them."""

from __future__ import annotations

from assistant.alignment.records import Comparison
from assistant.live import Live, of_one_generation
from corpus.records import Language


class Compares:
    """The part of an assistant that compares documents of its library, over the index that it answers with."""

    _live: Live

    @of_one_generation
    def compare(self, a: str, b: str, language: Language | None = None) -> Comparison:
        """Two documents compared, from ``a`` to ``b``: which points correspond, which words moved, what matters.

        See :func:`assistant.alignment.compare.compare` for arguments and errors.
        """
        # Half a second of loading, which a question has no use for.
        from assistant.alignment.compare import compare

        return compare(self._live.library, self._live.now.snapshot, a, b, language)
