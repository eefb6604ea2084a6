"""What searching needs of vectors, wherever they are kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from corpus.records import Language
from embeddings.snapshot import Query
from embeddings.space import Floats


class Vectors(Protocol):
    """Vectors of one generation of a library by one model, open for reading. Safe to use from several threads.

    Scores are cosines after each language's centre is taken away (:mod:`embeddings.space`). The units that one call
    asks about are all of one language; of ids that are not known nothing is said. Where they are kept on a server,
    every method may raise VectorServerError.
    """

    @property
    def generation(self) -> int:
        """The generation of the library they were made of."""

    @property
    def fingerprint(self) -> str:
        """The model they are of."""

    @property
    def unit_count(self) -> int:
        """How many units have a vector, each version of a paragraph counted."""

    @property
    def sentence_count(self) -> int:
        """How many sentences have a vector."""

    @property
    def state_count(self) -> int:
        """How many tokens of units have a state; 0 of a model without them."""

    @property
    def unrefined(self) -> int:
        """How many sentences of the library have no vector yet; their units are ranked without."""

    def nearest(self, query: Query, language: Language, limit: int, among: Sequence[int] | None = None) -> list[int]:
        """Ids of the units of one language, or those ``among`` them, nearest to a query by plain cosine, best first.

        Those of the ``limit`` best vectors, of which a long unit has several.
        """

    def unit_scores(self, query: Query, unit_ids: list[int], language: Language) -> dict[int, float]:
        """Score of each unit's vector; of several windows the best."""

    def sentence_scores(self, query: Query, unit_ids: list[int], language: Language) -> dict[int, dict[int, float]]:
        """Score of each sentence of each unit, by unit id and sentence position."""

    def token_scores(self, query: Query, unit_ids: list[int], language: Language) -> dict[int, float]:
        """The mean, over the query's tokens, of the best score among each unit's tokens (MaxSim)."""

    def token_matches(self, query: Query, unit_ids: list[int], language: Language) -> dict[int, Floats]:
        """The best score of each of the query's tokens among those of each unit: (t,) a unit."""
