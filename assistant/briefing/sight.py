"""How much of a topic the sentences of a text hold, the phrases left out that stand in nearly every paragraph.

Set phrases, such as the title of the protocol, say nothing of a topic.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.briefing.weights import BRIEFING
from assistant.briefing.wording import Wording
from assistant.concepts import Concept, Form, Topic, held
from corpus.normal import normalise
from corpus.records import Language, Sentence, Unit
from corpus.words import segmenter

# The field that all the documents are about, as its instruments name it.
_SET_PHRASES: dict[Language, re.Pattern[str]] = {
    "zh": re.compile(r"(?:非法)?(?:制造和贩运)?枪支\s*、?及?其?\s*零部件\s*[和、]\s*弹药"),
    "en": re.compile(
        r"(?:illicit manufacturing (?:of )?and trafficking in )?firearms,? (?:and )?their parts and components and "
        r"ammunition",
        re.IGNORECASE,
    ),
}
_TITLES = re.compile(r"《[^《》]{4,}》")
_CLAUSES: dict[Language, re.Pattern[str]] = {"zh": re.compile(r"[，；。：,;:]"), "en": re.compile(r"[,;:](?=\s)")}
# The words of a short topic belong together; those of a long one lie over a sentence.
_SHORT = 4


@lru_cache(maxsize=16384)
def _words(text: str) -> frozenset[str]:
    return frozenset(segmenter().words(text))


@dataclass(frozen=True)
class Seen:
    """How much of a topic a text holds, each 0 to 1: each of its ``sentences``, and all of it.

    ``core`` is how surely it speaks of the rarest thing that the topic names.
    """

    sentences: tuple[float, ...]
    unit: float
    core: float

    @property
    def best(self) -> float:
        """What its best sentence holds."""
        return max(self.sentences, default=0.0)


class Sight:
    """Looks at units of one language for a topic."""

    def __init__(self, worded: Wording, language: Language, subject: str, units: Iterable[Unit], total: int) -> None:
        """Of a topic's wording, all units that will be looked at, and how many units of the language there are."""
        self._language, self._with_titles = language, "《" in normalise(subject)
        self._parting = _CLAUSES[language] if len(worded.concepts) <= _SHORT else None
        self._cut = {unit.anchor_id: self._parts(unit) for unit in units}
        concepts = [self._weighed(concept) for concept in worded.concepts]
        speaking = [
            sum(max((held(concept, words) for each in of for words in each), default=0.0) for of in self._cut.values())
            for concept in concepts
        ]
        # As of the word index, over what is left of the texts.
        rarities = [math.log(1 + (max(total - n, 0) + 0.5) / (n + 0.5)) for n in speaking]
        counted = [rarity * count for rarity, count in zip(rarities, worded.counts, strict=True)]
        self._topic = Topic(concepts, counted)
        self._core = concepts[max(range(len(counted)), key=counted.__getitem__)] if counted else None

    def see(self, unit: Unit) -> Seen:
        """What a unit holds of the topic."""
        parts = self._cut[unit.anchor_id]
        sentences = tuple(max(map(self._topic.share, each), default=0.0) for each in parts)
        words = frozenset[str]().union(*(words for each in parts for words in each))
        core = held(self._core, words) if self._core else 0.0
        return Seen(sentences, self._topic.share(words), core)

    def _weighed(self, concept: Concept) -> Concept:
        """A concept whose everyday words stand for it less surely where the texts have a name of its own for it."""
        if any(form.weight >= 1 and self._is_held(form) for form in concept):
            return tuple(
                replace(form, weight=min(form.weight, BRIEFING.beside_own)) if form.weight != 1 else form
                for form in concept
            )
        return concept

    def _is_held(self, form: Form) -> bool:
        return any(form.held_by(words) for each in self._cut.values() for of in each for words in of)

    def _parts(self, unit: Unit) -> list[list[frozenset[str]]]:
        """The words of each part of each sentence of a unit."""
        texts = [self._plain(unit.text[each.start : each.end]) for each in spans_of(unit)]
        return [[_words(part) for part in (self._parting.split(text) if self._parting else [text])] for text in texts]

    def _plain(self, text: str) -> str:
        text = _SET_PHRASES[self._language].sub(" ", normalise(text))
        return text if self._with_titles else _TITLES.sub(" ", text)


def spans_of(unit: Unit) -> Sequence[Sentence]:
    """The sentences of a unit; all of it where it has none."""
    return unit.sentences or (Sentence(0, len(unit.text)),)
