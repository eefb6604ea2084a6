"""Which units of a large library hold a word: their row ids while they are few, else a bit for each row."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from corpus.library import Library
from corpus.records import Language

Ints = NDArray[np.int64]
Bits = NDArray[np.uint64]

# Ids of eight bytes take as much room as the bits of so many rows.
_A_ID = 64
# Words remembered, those asked for last: of a million units that all are common ones two thousand.
MOST_BYTES = 256 << 20
# Of which so much may be of words that nobody has asked for yet.
_LEARNT = 0.75


@dataclass(frozen=True)
class Holders:
    """Some units: ``ids``, ascending, or None where they are many; then ``bits`` has one for each row id."""

    ids: Ints | None
    bits: Bits

    @classmethod
    def of(cls, ids: Ints, rows: int) -> Holders:
        """Of ascending ids, each less than ``rows``."""
        if len(ids) * _A_ID < rows:
            return cls(ids, np.zeros(0, np.uint64))
        held = np.zeros(-(-rows // 64) * 64, dtype=bool)
        held[ids] = True
        return cls(None, np.packbits(held, bitorder="little").view(np.uint64))

    @cached_property
    def count(self) -> int:
        """How many they are."""
        return int(np.bitwise_count(self.bits).sum()) if self.ids is None else len(self.ids)

    def __and__(self, other: Holders) -> Holders:
        """Those that are in both."""
        if self.ids is not None:
            return Holders(self.ids[other.has(self.ids)], self.bits)
        return other & self if other.ids is not None else Holders(None, self.bits & other.bits)

    def has(self, ids: Ints) -> NDArray[np.bool_]:
        """Whether each of some ids is among them; one written since they were listed is not."""
        if self.ids is None:
            within = ids < 64 * len(self.bits)
            within[within] = has_bits(self.bits, ids[within])
            return within
        if not len(self.ids):
            return np.zeros(len(ids), dtype=bool)
        places = np.minimum(np.searchsorted(self.ids, ids), len(self.ids) - 1)
        return np.asarray(self.ids[places] == ids)

    def places(self, ids: Ints) -> Ints:
        """Where those that are among them stand in some ids, ascending and each once."""
        if self.ids is None or len(self.ids) >= len(ids):
            return np.flatnonzero(self.has(ids))
        places = np.searchsorted(ids, self.ids)
        return np.asarray(places[ids[np.minimum(places, len(ids) - 1)] == self.ids])

    def first(self, limit: int) -> Ints:
        """The ids of the first of them, ascending, at most so many."""
        if self.ids is not None:
            return self.ids[:limit]
        words = np.flatnonzero(self.bits)[:limit]
        places = np.flatnonzero(np.unpackbits(self.bits[words].view(np.uint8), bitorder="little"))[:limit]
        return np.asarray(words[places // 64] * 64 + places % 64, dtype=np.int64)

    @property
    def bytes(self) -> int:
        """The memory that they take."""
        return self.bits.nbytes + (0 if self.ids is None else self.ids.nbytes)


def ascending(ids: Ints) -> Ints:
    """Ids in order, each once; numpy's own way, by hashing, takes several times as long."""
    ordered = np.sort(ids)
    return np.asarray(ordered[np.r_[np.ones(min(1, len(ids)), dtype=bool), ordered[1:] != ordered[:-1]]])


#: No units.
NOBODY = Holders(np.zeros(0, np.int64), np.zeros(0, np.uint64))


def has_bits(bits: Bits, ids: Ints) -> NDArray[np.bool_]:
    """Whether the bit of each of some ids is set."""
    return np.asarray((bits[ids >> 6] >> (ids & 63).astype(np.uint64)) & np.uint64(1), dtype=bool)


def weight_held(forms: Sequence[tuple[float, Holders]], rows: int) -> float:
    """The sum over all units of the greatest weight of a form that each holds; ``forms`` with the units that hold them.

    Numbers of units, so that where each form weighs 1 it is how many hold any.
    """
    if len(forms) == 1:
        ((weight, holders),) = forms
        return weight * holders.count
    covered, held = np.zeros(-(-rows // 64), np.uint64), 0.0
    for weight, holders in sorted(forms, key=lambda form: -form[0]):
        if holders.ids is None:
            held += weight * int(np.bitwise_count(holders.bits & ~covered).sum())
            covered |= holders.bits
        else:
            new = holders.ids[~has_bits(covered, holders.ids)]
            held += weight * len(new)
            np.bitwise_or.at(covered, new >> 6, np.uint64(1) << (new & 63).astype(np.uint64))
    return held


class WordHolders:
    """The units of each language that hold a word, listed when it is first asked for. Safe to use from several threads.

    ``rows`` is more than any row id.
    """

    def __init__(
        self, library: Library, known: Collection[str], units: Mapping[Language, Ints], most: int = MOST_BYTES
    ) -> None:
        """Of a library with these words and these row ids of units, ascending; ``most`` bytes are remembered."""
        self._library, self._known, self._most = library, known, most
        self.rows = 1 + max((int(ids[-1]) for ids in units.values() if len(ids)), default=0)
        self._own = {language: Holders.of(ids, self.rows) for language, ids in units.items()}
        self._lists: dict[str, dict[Language, Holders]] = {}
        self._bytes, self._lock = 0, Lock()

    def of(self, words: Sequence[str], language: Language) -> Holders:
        """The units of a language that hold all of some words; none where there are no words."""
        # Numbers are listed in their parts (16.4 as 16 and 4), so only words can be told to be in no unit.
        if not words or any(word not in self._known for word in words if word.isalpha()):
            return NOBODY
        found = self._of_word(words[0])[language]
        for word in words[1:]:
            found &= self._of_word(word)[language]
        return found

    def learn(self, words: Iterable[str]) -> None:
        """Lists who holds words before they are asked for, as long as there is room."""
        for word in words:
            if self._bytes > _LEARNT * self._most:
                return
            self._of_word(word)

    def _of_word(self, word: str) -> Mapping[Language, Holders]:
        with self._lock:
            known = self._lists.pop(word, None)
            if known is not None:
                # As the one asked for last.
                self._lists[word] = known
        if known is None:
            text = self._library.holders_of(word)
            ids = np.sort(np.fromstring(text, dtype=np.int64, sep=",")) if text else np.zeros(0, np.int64)
            # What was written since the index was opened is in none of them.
            ids = ids[ids < self.rows]
            known = {language: Holders.of(ids[own.has(ids)], self.rows) for language, own in self._own.items()}
            with self._lock:
                # Two threads may have listed one word.
                self._bytes += _bytes(known) - _bytes(self._lists.pop(word, {}))
                self._lists[word] = known
                while self._bytes > self._most and len(self._lists) > 1:
                    self._bytes -= _bytes(self._lists.pop(next(iter(self._lists))))
        return known


def _bytes(of: Mapping[Language, Holders]) -> int:
    return sum(holders.bytes for holders in of.values())
