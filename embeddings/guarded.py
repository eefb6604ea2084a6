"""Vectors of a server with those of this machine behind them: who asks is answered, whatever becomes of the server."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from typing import TypeVar

from corpus.errors import SnapshotError, VectorServerError
from corpus.records import Language
from embeddings.snapshot import Query
from embeddings.space import Floats
from embeddings.vectors import Vectors

logger = logging.getLogger(__name__)

_Result = TypeVar("_Result")
#: How long a server that failed is left alone: a question must not wait for it each time.
REST_SECONDS = 60.0


class GuardedVectors:
    """The vectors of a server while it answers, else the local ones (:class:`embeddings.vectors.Vectors`).

    A call that the server fails is answered locally at once, and so are all for ``rest`` seconds; then the server is
    looked for aside, while answers go on, and taken up where it has the same generation. Both are of the same library
    and model, so that parts of one answer may come from either.
    """

    def __init__(
        self,
        open_served: Callable[[], Vectors],
        open_local: Callable[[], Vectors],
        served: Vectors | None = None,
        rest: float = REST_SECONDS,
    ) -> None:
        """``served`` are the vectors of the server, where they are open already."""
        self._open_served, self._open_local, self._rest = open_served, open_local, rest
        self._lock = threading.Lock()
        self._local: Vectors | None = None
        self._served = served
        self._next_look = time.monotonic() + rest
        self._looking = False
        known = served or self._locally()
        self._generation, self._fingerprint = known.generation, known.fingerprint
        self.unit_count, self.sentence_count = known.unit_count, known.sentence_count
        self.state_count, self.unrefined = known.state_count, known.unrefined

    @property
    def generation(self) -> int:
        """The generation of the library they were made of."""
        return self._generation

    @property
    def fingerprint(self) -> str:
        """The model they are of."""
        return self._fingerprint

    @property
    def served(self) -> bool:
        """Whether the server is asked; the local index is, otherwise."""
        return self._served is not None

    def nearest(self, query: Query, language: Language, limit: int, among: Sequence[int] | None = None) -> list[int]:
        """See :meth:`embeddings.vectors.Vectors.nearest`."""
        return self._ask(lambda vectors: vectors.nearest(query, language, limit, among))

    def unit_scores(self, query: Query, unit_ids: list[int], language: Language) -> dict[int, float]:
        """See :meth:`embeddings.vectors.Vectors.unit_scores`."""
        return self._ask(lambda vectors: vectors.unit_scores(query, unit_ids, language))

    def sentence_scores(self, query: Query, unit_ids: list[int], language: Language) -> dict[int, dict[int, float]]:
        """See :meth:`embeddings.vectors.Vectors.sentence_scores`."""
        return self._ask(lambda vectors: vectors.sentence_scores(query, unit_ids, language))

    def token_scores(self, query: Query, unit_ids: list[int], language: Language) -> dict[int, float]:
        """See :meth:`embeddings.vectors.Vectors.token_scores`."""
        return self._ask(lambda vectors: vectors.token_scores(query, unit_ids, language))

    def token_matches(self, query: Query, unit_ids: list[int], language: Language) -> dict[int, Floats]:
        """See :meth:`embeddings.vectors.Vectors.token_matches`."""
        return self._ask(lambda vectors: vectors.token_matches(query, unit_ids, language))

    def _ask(self, ask: Callable[[Vectors], _Result]) -> _Result:
        served = self._served
        if served is None:
            self._look_again()
            return ask(self._locally())
        try:
            return ask(served)
        except VectorServerError as error:
            self._leave(served, error)
        return ask(self._locally())

    def _leave(self, served: Vectors, error: VectorServerError) -> None:
        with self._lock:
            if self._served is not served:
                return
            self._served, self._next_look = None, time.monotonic() + self._rest
        # Once, however many questions meet it.
        logger.warning("%s; the index on this machine answers meanwhile", error)

    def _locally(self) -> Vectors:
        local = self._local
        if local is None:
            local = self._open_local()
            self._local = local
        return local

    def _look_again(self) -> None:
        with self._lock:
            if self._looking or time.monotonic() < self._next_look:
                return
            self._looking = True
        threading.Thread(target=self._look, name="look for the vector server", daemon=True).start()

    def _look(self) -> None:
        try:
            served = self._open_served()
        except SnapshotError:
            # It was said when it failed; that it still does says nothing new.
            served = None
        with self._lock:
            self._looking, self._next_look = False, time.monotonic() + self._rest
            if served is not None and served.generation == self._generation:
                self._served = served
                logger.warning("the vector server answers again")
