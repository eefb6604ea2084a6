"""Quoted sentences to connected ones: a model writes them section by section, and what stands is put into the note."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, replace
from threading import Event, Lock
from typing import Final

from assistant.answer import Shortfall
from assistant.briefing.records import SectionKey
from assistant.briefing.rewording import Quotation, Quotations, Reworded, Worded
from assistant.claims import SentenceEncoder
from assistant.generate.breaker import Breaker
from assistant.generate.client import ChatModel, Deadline, UnavailableError
from assistant.generate.covering import Cover
from assistant.generate.drafts import Drafted, Drafts
from assistant.generate.judging import judged
from assistant.generate.neutral import tokens
from assistant.generate.prompts import ANSWER_FORM, paragraph, polishing
from assistant.generate.settings import Settings
from corpus.records import Language

# Quotations that are given at a time: as many sentences are read of an answer as are of one to a question.
_AT_ONCE: Final = 8
# Calls that are made side by side: a note has several sections, and one time for all of them.
_BESIDE: Final = 4
# Notes whose wording is kept, so that who leaves out a sentence or saves the note does not have it written anew.
_KEPT: Final = 32

_Key = tuple[Language, tuple[tuple[SectionKey, tuple[Quotation, ...]], ...]]


@dataclass(frozen=True)
class _Batch:
    """Quotations of a section that are given at a time, and their places among those of it."""

    section: SectionKey
    places: tuple[int, ...]
    given: tuple[Quotation, ...]


@dataclass(frozen=True)
class _Written:
    """What came of a batch; ``shortfall`` is ``failed`` or ``cut``."""

    standing: tuple[Reworded, ...] = ()
    removed: int = 0
    shortfall: Shortfall | None = None


class Polisher:
    """Words the quotations of briefing notes. Safe to use from several threads."""

    def __init__(self, settings: Settings, model: ChatModel, breaker: Breaker) -> None:
        """Over a model that is asked as its settings say, and the breaker of all that it is asked."""
        self._settings, self._model, self._breaker = settings, model, breaker
        self._kept: OrderedDict[_Key, Worded] = OrderedDict()
        self._lock = Lock()

    def polish(
        self, given: Quotations, language: Language, encoder: SentenceEncoder | None = None, again: bool = True
    ) -> Worded:
        """The sentences that may stand in the place of quotations, in the language of their note.

        What was made of the same quotations before is given again where it came to its end; with ``again`` False also
        where it did not. All that is asked for one note takes no longer than the settings' ``total_s``.
        """
        kept = self.kept(given, language)
        if not given or (kept and not (again and kept.shortfall)):
            return kept or Worded()
        if self._breaker.resting:
            return kept or self._keep(given, language, Worded(shortfall="resting"))
        return self._keep(given, language, self._worded(given, language, encoder))

    def kept(self, given: Quotations, language: Language) -> Worded | None:
        """What was made of the same quotations before; None where that is not kept."""
        with self._lock:
            return self._kept.get(_key(given, language))

    def _keep(self, given: Quotations, language: Language, worded: Worded) -> Worded:
        with self._lock:
            self._kept[_key(given, language)] = worded
            self._kept.move_to_end(_key(given, language))
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return worded

    def _worded(self, given: Quotations, language: Language, encoder: SentenceEncoder | None) -> Worded:
        deadline, failed = Deadline(self._settings.limits.total_s), Event()

        def written(batch: _Batch) -> _Written:
            # Where the model does not answer for one part it is not asked for those that wait.
            if failed.is_set() or not deadline.left_s:
                return _Written(shortfall="failed")
            result = self._written(batch, language, encoder, deadline)
            if result.shortfall == "failed":
                failed.set()
            return result

        batches = list(self._batches(given))
        if not batches:
            return Worded()
        with ThreadPoolExecutor(_BESIDE, thread_name_prefix="polish") as pool:
            parts = list(pool.map(written, batches))
        if all(part.shortfall == "failed" for part in parts):
            self._breaker.failed()
        else:
            self._breaker.succeeded()
        sections: dict[SectionKey, tuple[Reworded, ...]] = {}
        for batch, part in zip(batches, parts, strict=True):
            placed = (replace(each, of=tuple(batch.places[n] for n in each.of)) for each in part.standing)
            sections[batch.section] = (*sections.get(batch.section, ()), *placed)
        return Worded(sections, sum(part.removed for part in parts), _shortfall(parts))

    def _written(
        self, batch: _Batch, language: Language, encoder: SentenceEncoder | None, deadline: Deadline
    ) -> _Written:
        drafted, shortfall = self._drafted(batch, language, deadline)
        cover = Cover(batch.given, language, encoder)
        held, removed = cover.held(drafted)
        if self._settings.judge:
            good = judged(self._model, held, language, deadline)
            removed += good.count(False)
            held = [each for each, stands in zip(held, good, strict=True) if stands]
        covering = cover.covering(held)
        return _Written(covering.standing, removed + covering.removed, shortfall)

    def _drafted(self, batch: _Batch, language: Language, deadline: Deadline) -> tuple[list[Drafted], Shortfall | None]:
        """What the model writes of some quotations, as far as the limits go."""
        limits = self._settings.limits
        said = [
            paragraph(n, f"{each.name or citation.document.short_title}, {citation.label}", each.text)
            for n, each in enumerate(batch.given, 1)
            for citation in (each.paragraph.citation,)
        ]
        drafts, drafted, characters = Drafts(), list[Drafted](), 0
        shortfall: Shortfall | None = None
        prompt = polishing(said, language, not self._model.plain)
        try:
            with closing(self._model.stream(prompt, deadline, ANSWER_FORM)) as pieces:
                for piece in pieces:
                    characters += len(piece)
                    drafted += drafts.feed(piece)
                    if characters > limits.characters or len(drafted) >= limits.sentences:
                        shortfall = "cut"
                        break
        except UnavailableError:
            shortfall = "cut" if characters else "failed"
        drafted += drafts.end(whole=shortfall is None)
        return drafted, shortfall

    def _batches(self, given: Quotations) -> Iterator[_Batch]:
        """The quotations in as many parts as what is sent and what comes back have room for, each of one section.

        One that alone is longer than that is not given.
        """
        limits = self._settings.limits
        # What comes back is about as long, and stands within JSON.
        room = min(limits.context_tokens, limits.answer_tokens * 2 // 3)
        for section, own in given.items():
            places: list[int] = []
            left = room
            for n, each in enumerate(own):
                needed = tokens(each.text)
                if needed > room:
                    continue
                if needed > left or len(places) == _AT_ONCE:
                    yield _Batch(section, tuple(places), tuple(own[place] for place in places))
                    places, left = [], room
                places.append(n)
                left -= needed
            if places:
                yield _Batch(section, tuple(places), tuple(own[place] for place in places))


def _key(given: Quotations, language: Language) -> _Key:
    return language, tuple(given.items())


def _shortfall(parts: Sequence[_Written]) -> Shortfall | None:
    """What a model fell short of with a note as a whole."""
    if all(part.shortfall == "failed" for part in parts):
        return "failed"
    if not any(part.standing for part in parts):
        return "unsupported"
    return "cut" if any(part.shortfall for part in parts) else None
