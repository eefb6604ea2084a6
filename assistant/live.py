"""What an answer is made with: words, index and ranking of one generation of the library, swapped when it changes.

An answer reads the library within one transaction, so that what it finds, quotes and cites is of one moment. The index
is derived and may lag: what was removed since is not in the library and is not found, what was added is found once it
is in the index.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import wraps
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from assistant.reading import QuestionReader
from assistant.respond import Responder
from assistant.retrieve import QuestionEncoder, Retriever
from assistant.weights import Weights
from corpus.errors import RapporteurError, SnapshotError
from corpus.library import Library
from corpus.shelf.owners import Seen, owns_any
from embeddings.embed import PassageEncoder, refine
from embeddings.opening import current_vectors, ensure_vectors, open_vectors
from embeddings.progress import Progress
from embeddings.vectors import Vectors

# Readers with documents of their own for whom all is kept ready: each takes the memory of the words of the library.
_READERS = 32


class Model(PassageEncoder, QuestionEncoder, Protocol):
    """What answering and indexing need of a model."""

    def __hash__(self) -> int: ...


@dataclass(frozen=True)
class Opened:
    """What is made of one generation of the library, over the index there is."""

    generation: int
    snapshot: Vectors
    responder: Responder
    reader: QuestionReader


@dataclass(frozen=True)
class Following:
    """How far the index is behind the library.

    ``generation`` is that of the library which the index knows whole. Where it is ``behind`` and new paragraphs are
    embedded, ``done`` of ``total`` are, and the rest will be in ``seconds_left``, None while that is unknown; before
    and after there are none; so of a large addition that is found already and whose sentences are still being
    embedded, which is ``refining``. ``error`` is why the last try failed, of which there will be another.
    """

    generation: int
    behind: bool = False
    done: int = 0
    total: int = 0
    seconds_left: float | None = None
    error: RapporteurError | None = None
    refining: bool = False


class Live:
    """Gives who answers what is opened of the library as it stands. Safe to use from several threads."""

    def __init__(
        self,
        library: Library,
        encoder: Model,
        snapshot: Vectors,
        weights: Weights,
        retriever: Retriever | None = None,
        whole: Live | None = None,
    ) -> None:
        """Over an index of the library; a ``retriever`` that is given searches for good.

        Where ``library`` is what one reader sees of another, ``whole`` is over that and keeps the index.
        """
        self.library, self._whole = library, whole
        self._encoder, self._weights, self._retriever = encoder, weights, retriever
        self._thread = threading.local()
        self._swapping, self._building, self._knowing = threading.Lock(), threading.Lock(), threading.Lock()
        self._readers: dict[str, Live] = {}
        self._refused = ""
        self._told = Following(0, behind=True)
        with library.reading():
            self._opened = self._open(library.generation(), snapshot)

    @property
    def now(self) -> Opened:
        """What the calling thread answers with; outside an answer, what is opened of the library as it is."""
        opened: Opened | None = getattr(self._thread, "opened", None)
        if opened is not None:
            return opened
        with self.library.reading():
            return self._of(self.library.generation())

    @property
    def behind(self) -> bool:
        """Whether the index lags behind the library, or lacks sentences of it."""
        snapshot = self._opened.snapshot
        return self.library.generation() != snapshot.generation or bool(snapshot.unrefined)

    def seen_by(self, reader: str) -> Live:
        """What answers one reader: of what others own neither texts nor words are there."""
        name = reader if owns_any(self.library, reader) else ""
        with self._knowing:
            known = self._readers.pop(name, None) or Live(
                Seen(self.library, name), self._encoder, self._opened.snapshot, self._weights, whole=self
            )
            self._readers[name] = known
            if len(self._readers) > _READERS:
                del self._readers[next(iter(self._readers))]
        return known

    @property
    def following(self) -> Following:
        """How far the index is behind the library."""
        snapshot = self._opened.snapshot
        behind = self.library.generation() != snapshot.generation
        if not behind and not snapshot.unrefined:
            return Following(snapshot.generation)
        told = (self._whole or self)._told
        return replace(told, generation=snapshot.generation, behind=behind, refining=not behind)

    @contextmanager
    def answering(self) -> Iterator[Opened]:
        """All that the calling thread reads within is of one generation."""
        if getattr(self._thread, "opened", None) is not None:
            yield self.now
            return
        with self.library.reading():
            self._thread.opened = self._of(self.library.generation())
            try:
                yield self.now
            finally:
                self._thread.opened = None

    def refresh(self, progress: Progress | None = None) -> None:
        """Brings the index up to the library and swaps it in; answers go on meanwhile.

        Raises:
            HomeError, SnapshotError: library or index cannot be written; answers go on with the index there is.
        """
        with self._building:
            if self._whole is not None:
                self._whole.refresh(progress)
            elif self.behind:
                self._build(progress)
        with self.answering():
            pass
        with self._knowing:
            readers = tuple(self._readers.values())
        # Rather now than while one of them waits.
        for each in readers:
            with each.answering():
                pass

    def _build(self, progress: Progress | None) -> None:
        def told(done: int, total: int, seconds_left: float | None) -> None:
            self._told = Following(0, True, done, total, seconds_left)
            if progress:
                progress(done, total, seconds_left)

        error: RapporteurError | None = None
        try:
            # Whoever added much asks about it before its sentences are embedded, and whoever adds more then has the
            # turn before they are.
            self._take(ensure_vectors(self.library, self._encoder, told, refined=False))
            if self._opened.snapshot.unrefined and refine(self.library, self._encoder, told):
                self._take(ensure_vectors(self.library, self._encoder, told))
        except RapporteurError as raised:
            error = raised
            raise
        finally:
            self._told = Following(0, behind=True, error=error)

    def _take(self, snapshot: Vectors) -> None:
        """Answers with a snapshot from now on, where it is of the library as it is."""
        with self._swapping, self.library.reading():
            if self._retriever is None and self.library.generation() == snapshot.generation:
                self._opened = self._open(snapshot.generation, snapshot)

    def _of(self, generation: int) -> Opened:
        opened = self._opened
        current = generation == opened.generation == opened.snapshot.generation
        if self._retriever is not None or (current and self._newest(generation) in (None, opened.snapshot)):
            return opened
        with self._swapping:
            opened = self._opened
            snapshot = self._snapshot(generation, opened.snapshot)
            if generation == opened.generation and snapshot is opened.snapshot:
                return opened
            fresh = self._open(generation, snapshot)
            # A thread may still read what another one has left behind.
            if generation >= opened.generation:
                self._opened = fresh
            return fresh

    def _snapshot(self, generation: int, snapshot: Vectors) -> Vectors:
        """The index of a generation where it is built, else the one there is."""
        if (newest := self._newest(generation)) is not None:
            return newest
        if snapshot.generation == generation:
            return snapshot
        name = f"{generation} {current_vectors(self.library)}"
        if name == self._refused:
            return snapshot
        try:
            return open_vectors(self.library, generation, snapshot.fingerprint)
        except SnapshotError:
            # It is not built yet; there is nothing new to look at until another one is the current one.
            self._refused = name
            return snapshot

    def _newest(self, generation: int) -> Vectors | None:
        """The index of a generation that the whole library's readers have, which may have been refined since."""
        newest = self._whole._opened.snapshot if self._whole else None
        return newest if newest is not None and newest.generation == generation else None

    def _open(self, generation: int, snapshot: Vectors) -> Opened:
        retriever = self._retriever or Retriever(
            self.library, snapshot, self._encoder, self._weights.retrieval, self._encoder
        )
        responder = Responder(self.library, retriever, self._weights)
        return Opened(generation, snapshot, responder, QuestionReader(self.library, retriever.words, responder))


class _Answers(Protocol):
    _live: Live


_Self = TypeVar("_Self", bound=_Answers)
_Parameters = ParamSpec("_Parameters")
_Result = TypeVar("_Result")


def of_one_generation(
    method: Callable[Concatenate[_Self, _Parameters], _Result],
) -> Callable[Concatenate[_Self, _Parameters], _Result]:
    """A method whose whole answer is of one generation of the library."""

    @wraps(method)
    def answered(self: _Self, /, *arguments: _Parameters.args, **named: _Parameters.kwargs) -> _Result:
        with self._live.answering():
            return method(self, *arguments, **named)

    return answered
