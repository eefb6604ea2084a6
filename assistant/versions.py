"""Which units of a large library are versions of one anchor, held in memory.

The library knows, but a question would wait for it: it reads a page of its file for nearly every unit asked about.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from assistant.holders import Ints, ascending
from corpus.library import Library
from corpus.records import LANGUAGES, Language


class ManyVersions:
    """The versions of the anchors of one generation of a library, 5 bytes a row id."""

    def __init__(self, library: Library, units: Mapping[Language, Ints]) -> None:
        """Of a library with these units, their row ids ascending; what is written later is not known."""
        count = 1 + max((int(ids[-1]) for ids in units.values() if len(ids)), default=0)
        self._language = np.full(count, -1, np.int8)
        for at, language in enumerate(LANGUAGES):
            self._language[units[language]] = at
        text = library.pairs()
        pairs = (np.fromstring(text, dtype=np.int64, sep=",") if text else np.zeros(0, np.int64)).reshape(-1, 2)
        pairs = pairs[(pairs < count).all(axis=1)]
        # No row has the id 0.
        self._other = np.zeros(count, np.int32)
        self._other[pairs[:, 0]], self._other[pairs[:, 1]] = pairs[:, 1], pairs[:, 0]

    def anchors_of(self, ids: Iterable[int]) -> dict[Language, dict[int, str]]:
        """As :meth:`corpus.library.Library.anchors_of`, but that an anchor has a name of its own, not the library's.

        Names are in the order in which the anchors were written.
        """
        asked = np.fromiter(ids, np.int64)
        asked = asked[asked < len(self._other)]
        both = ascending(np.concatenate([asked, self._other[asked]]))
        both = both[self._language[both] >= 0]
        others = self._other[both]
        firsts = np.where(others, np.minimum(both, others), both)
        found: dict[Language, dict[int, str]] = {language: {} for language in LANGUAGES}
        for i, first, at in zip(both.tolist(), firsts.tolist(), self._language[both].tolist(), strict=True):
            found[LANGUAGES[at]][i] = f"{first:012d}"
        return found
